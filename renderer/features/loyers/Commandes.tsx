import { useId, type ReactNode } from 'react';
import { nombreAdmis, nombresDeClasses } from '../../../shared/domain/carte/classer.ts';
import { METHODES, type Methode } from '../../../shared/domain/carte/classes.ts';
import { Choix } from '../../ui/index.ts';
import { CLASSES, MAILLES, SURFACES, TAILLES, type Mesure } from './mesures.ts';
import { regler, useReglages } from './reglages.ts';

/** La ligne de réglages : elle vaut pour la carte, la légende, l'histogramme et le tableau. */
export function Commandes({ mesures, grille, annees, annee }: {
  /** Ce que la carte sait colorer dans ce dossier. */
  mesures: readonly { valeur: Mesure; libelle: string }[];
  /** Le dossier a une grille du service rendu. */
  grille: boolean;
  /** Années dont des plafonds de loyer sont saisis, et celle qui est prise. */
  annees: readonly number[];
  annee: number | null;
}) {
  const r = useReglages();
  const deLaGrille = r.mesure === 'serviceRendu' && grille;
  const classes: { valeur: Methode | 'main' | 'grille'; libelle: string }[] = [
    ...(deLaGrille ? [{ valeur: 'grille' as const, libelle: 'De la grille' }] : CLASSES.map((c) => ({ valeur: c.valeur, libelle: c.libelle }))),
    ...(r.posees ? [{ valeur: 'main' as const, libelle: 'Posées à la main' }] : []),
  ];
  const plafond = [r.mesure, r.comparee].some((m) => m?.startsWith('plafond'));
  const anneesDites = annee === null || annees.includes(annee) ? annees : [annee, ...annees];
  return (
    <div className="loyers-commandes" role="group" aria-label="Réglages de la carte et du tableau">
      <Reglage libelle="Colorer par">{(id) => <Choix id={id} compact valeur={r.mesure} options={mesures} surChoix={(mesure) => regler({ mesure })} />}</Reglage>
      <Reglage libelle="Comparer à">
        {(id) => (
          <Choix<Mesure | 'rien'>
            id={id}
            compact
            valeur={r.comparee ?? 'rien'}
            options={[{ valeur: 'rien', libelle: 'Rien' }, ...mesures]}
            surChoix={(c) => useReglages.setState({ comparee: c === 'rien' ? null : c })}
          />
        )}
      </Reglage>
      <Reglage libelle="Taille">{(id) => <Choix id={id} compact valeur={r.taille} options={TAILLES} surChoix={(taille) => useReglages.setState({ taille })} />}</Reglage>
      <Reglage libelle="Classes">
        {(id) => (
          <Choix
            id={id}
            compact
            valeur={r.posees ? 'main' : deLaGrille ? 'grille' : r.methode}
            options={classes}
            surChoix={(choix) => {
              const methode = METHODES.find((m) => m === choix);
              if (methode) regler({ methode });
              else if (choix === 'grille') regler({});
            }}
          />
        )}
      </Reglage>
      {!deLaGrille && (
        <Reglage libelle="Nombre">
          {(id) => (
            <Choix
              id={id}
              compact
              valeur={String(nombreAdmis(r.mesure, r.nombre))}
              options={nombresDeClasses(r.mesure).map((n) => ({ valeur: String(n), libelle: String(n) }))}
              surChoix={(n) => regler({ nombre: Number(n) })}
            />
          )}
        </Reglage>
      )}
      <Reglage libelle="Surface">{(id) => <Choix id={id} compact valeur={r.surface} options={SURFACES} surChoix={(surface) => regler({ surface })} />}</Reglage>
      <Reglage libelle="Maille">{(id) => <Choix id={id} compact valeur={r.maille} options={MAILLES} surChoix={(maille) => regler({ maille })} />}</Reglage>
      {plafond && anneesDites.length > 0 && annee !== null && (
        <Reglage libelle="Plafonds de">
          {(id) => <Choix id={id} compact valeur={String(annee)} options={anneesDites.map((a) => ({ valeur: String(a), libelle: annees.includes(a) ? String(a) : `${a} (non saisis)` }))} surChoix={(a) => regler({ annee: Number(a) })} />}
        </Reglage>
      )}
    </div>
  );
}

function Reglage({ libelle, children }: { libelle: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="loyers-reglage">
      <label htmlFor={id}>{libelle}</label>
      {children(id)}
    </div>
  );
}
