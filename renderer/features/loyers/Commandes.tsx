import { isMesureNpl } from '../../../shared/domain/carte/npl.ts';
import { Choix } from '../../ui/index.ts';
import { Classement, type ScenarioCarte } from './Classement.tsx';
import { MAILLES, SURFACES, type Mesure } from './mesures.ts';
import { Reglage } from './Reglage.tsx';
import { regler, useReglages } from './reglages.ts';

/** La ligne de réglages : elle vaut pour la carte, la légende, l'histogramme et le tableau. */
export function Commandes({ mesures, absences, grille, annees, annee, scenarios, scenario, scenarioCompare }: {
  /** Ce que la carte sait colorer dans ce dossier. */
  mesures: readonly { valeur: Mesure; libelle: string }[];
  /** Pourquoi une mesure n'a pas de valeur ici : dit avant de la choisir. */
  absences: Partial<Record<Mesure, string>>;
  /** Le dossier a une grille du service rendu. */
  grille: boolean;
  /** Années dont des plafonds de loyer sont saisis, et celle qui est prise. */
  annees: readonly number[];
  annee: number | null;
  /** Scénarios de politique des loyers, et celui qui est pris. */
  scenarios: readonly ScenarioCarte[];
  scenario: number | null;
  /** Celui de la seconde carte. */
  scenarioCompare: number | null;
}) {
  const r = useReglages();
  // Chaque carte d'un scénario a le sien ; d'un seul scénario, il n'y a rien à choisir pour la seconde.
  const seconde = r.comparee !== null && isMesureNpl(r.comparee) && scenarios.length > 1;
  const premiere = isMesureNpl(r.mesure) || (r.comparee !== null && isMesureNpl(r.comparee) && !seconde);
  /** La même mesure des deux côtés : la seconde carte garde le scénario qu'elles montraient, sans quoi elles seraient deux fois la même. */
  const choisirScenario = (s: string): void => regler({ scenario: Number(s), ...(seconde && r.mesure === r.comparee && scenarioCompare === scenario ? { scenarioCompare: scenario } : {}) });
  const choix = scenarios.map((s) => ({ valeur: String(s.id), libelle: `${s.nom}, ${s.annee}${s.retenu ? ' (retenu)' : ''}` }));
  const options = mesures.map(({ valeur, libelle }) => ({ valeur, libelle, ...(absences[valeur] === undefined ? {} : { detail: absences[valeur] }) }));
  return (
    <div className="loyers-commandes" role="group" aria-label="Réglages de la carte et du tableau">
      <Reglage libelle="Colorer par">{(id) => <Choix id={id} compact valeur={r.mesure} options={options} surChoix={(mesure) => regler({ mesure })} />}</Reglage>
      <Reglage libelle="Comparer à">
        {(id) => (
          <Choix<Mesure | 'rien'> id={id} compact valeur={r.comparee ?? 'rien'} options={[{ valeur: 'rien', libelle: 'Rien' }, ...options]} surChoix={(c) => useReglages.setState({ comparee: c === 'rien' ? null : c })} />
        )}
      </Reglage>
      <Reglage libelle="Surface">{(id) => <Choix id={id} compact valeur={r.surface} options={SURFACES} surChoix={(surface) => regler({ surface })} />}</Reglage>
      <Reglage libelle="Maille">{(id) => <Choix id={id} compact valeur={r.maille} options={MAILLES} surChoix={(maille) => regler({ maille })} />}</Reglage>
      {premiere && scenario !== null && (
        <Reglage libelle="Scénario">
          {(id) => <Choix id={id} compact valeur={String(scenario)} options={choix} surChoix={choisirScenario} />}
        </Reglage>
      )}
      {seconde && scenarioCompare !== null && (
        <Reglage libelle="Scénario de la seconde carte">
          {(id) => <Choix id={id} compact valeur={String(scenarioCompare)} options={choix} surChoix={(s) => regler({ scenarioCompare: Number(s) })} />}
        </Reglage>
      )}
      <Classement grille={grille} annees={annees} annee={annee} />
    </div>
  );
}
