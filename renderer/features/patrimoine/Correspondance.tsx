import { useState } from 'react';
import { Bandeau, Bouton, Champ, Choix, Saisie } from '../../ui/index.ts';
import { accord, nomDeFichier } from '../../ui/format.ts';
import {
  brouillonDe, designer, encodageDe, formatDe, LIBELLE_ENCODAGE, manquants, profilDe, reprendre, traduire, valeursATraduire, type Brouillon, type Format,
} from './correspondance.ts';
import { lireTableau, quitterCorrespondance, relire, type Analyse } from './importation.ts';

/** Une liste tient une valeur vide pour un choix qui n'est pas fait : celui-ci l'est. */
const AUCUN = '-';

const SEPARATEURS = [
  { valeur: ';', libelle: 'Point-virgule' },
  { valeur: ',', libelle: 'Virgule' },
  { valeur: '\t', libelle: 'Tabulation' },
  { valeur: '|', libelle: 'Barre verticale' },
];

/** Quelles colonnes du fichier donnent quels champs, et ce que veulent dire leurs valeurs. Retenu pour la fois suivante. */
export function Correspondance({ chemin, analyse, aTraduire }: { chemin: string; analyse: Analyse; aTraduire: Record<string, string[]> }) {
  const [b, setB] = useState<Brouillon>(() => brouillonDe(analyse));
  async function changer(format: Format) {
    const voulu = { ...b, ...format };
    setB(voulu);
    const relu = await relire(chemin, formatDe(analyse, voulu));
    if (relu) setB(reprendre(analyse, voulu, relu, format));
  }
  const manque = manquants(analyse, b);
  const ignorees = analyse.colonnes.filter((c) => b.colonnes[c.nom] === undefined);
  const traductions = valeursATraduire(analyse, b, aTraduire);
  const options = [{ valeur: AUCUN, libelle: 'Laisser de côté' }, ...analyse.cibles.map((c) => ({ valeur: c.nom, libelle: c.obligatoire ? `${c.libelle} (attendu)` : c.libelle }))];
  return (
    <section className="correspondance" aria-label="Correspondance des colonnes">
      <header className="comparaison-tete">
        <div>
          <h2 className="titre-section">Les colonnes de {nomDeFichier(chemin)}</h2>
          <p className="doux">
            {analyse.profilRetrouve ? 'Profil retrouvé d’après les colonnes du fichier : les correspondances de la dernière fois sont reprises.' : 'Les correspondances choisies ici seront reprises au prochain fichier de même forme.'}{' '}
            {accord(ignorees.length, 'colonne laissée de côté', 'colonnes laissées de côté')}.
          </p>
        </div>
        <span className="page-actions">
          <Bouton onClick={quitterCorrespondance}>Renoncer</Bouton>
          <Bouton variante="principal" disabled={manque.length > 0} onClick={() => void lireTableau(chemin, profilDe(analyse, b))}>
            Lire le fichier
          </Bouton>
        </span>
      </header>
      {manque.length > 0 && <Bandeau ton="attention" titre={`Aucune colonne ne donne : ${manque.join(', ')}.`}>Choisir la colonne du fichier qui porte cette information.</Bandeau>}
      <div className="correspondance-corps defile">
        <div className="correspondance-format">
          <Champ libelle="Ligne d’en-tête">
            {({ id }) => (
              <Saisie
                id={id}
                compact
                inputMode="numeric"
                defaultValue={String(b.entete)}
                onBlur={(e) => {
                  const entete = Math.max(0, Math.trunc(Number(e.target.value)) || 0);
                  if (entete !== b.entete) void changer({ entete });
                }}
              />
            )}
          </Champ>
          {analyse.feuilles.length > 0 ? (
            <Champ libelle="Feuille">
              {({ id }) => (
                <Choix
                  id={id}
                  compact
                  valeur={b.feuille ?? analyse.feuilles[0] ?? ''}
                  options={analyse.feuilles.map((f) => ({ valeur: f, libelle: f }))}
                  surChoix={(feuille) => void changer({ feuille })}
                />
              )}
            </Champ>
          ) : (
            <>
              <Champ libelle="Séparateur">
                {({ id }) => <Choix id={id} compact valeur={b.separateur} options={SEPARATEURS} surChoix={(separateur) => void changer({ separateur })} />}
              </Champ>
              <Champ libelle="Encodage">
                {({ id }) => (
                  <Choix
                    id={id}
                    compact
                    valeur={b.encodage}
                    options={Object.entries(LIBELLE_ENCODAGE).map(([valeur, libelle]) => ({ valeur: encodageDe(valeur), libelle }))}
                    surChoix={(encodage) => void changer({ encodage })}
                  />
                )}
              </Champ>
            </>
          )}
        </div>
        <table className="correspondance-table">
          <thead>
            <tr>
              <th scope="col">Colonne du fichier</th>
              <th scope="col">Exemples</th>
              <th scope="col">Champ</th>
            </tr>
          </thead>
          <tbody>
            {analyse.colonnes.map((c) => (
              <tr key={c.nom} className={b.colonnes[c.nom] === undefined ? 'correspondance-ignoree' : undefined}>
                <th scope="row">{c.nom}</th>
                <td className="doux">{c.exemple.filter(Boolean).slice(0, 4).join(' · ') || 'vide'}</td>
                <td>
                  <Choix nom={`Champ de la colonne ${c.nom}`} compact valeur={b.colonnes[c.nom] ?? AUCUN} options={options} surChoix={(cible) => setB(designer(b, c.nom, cible === AUCUN ? '' : cible))} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {traductions.length > 0 && (
          <section aria-label="Valeurs à traduire">
            <h3 className="titre-section">Valeurs que le champ ne connaît pas</h3>
            <p className="doux">Ce qui n’est pas traduit reste inconnu, et le rapport le dit ligne par ligne.</p>
            <table className="correspondance-table">
              <thead>
                <tr>
                  <th scope="col">Champ</th>
                  <th scope="col">Valeur du fichier</th>
                  <th scope="col">Veut dire</th>
                </tr>
              </thead>
              <tbody>
                {traductions.map((t) => (
                  <tr key={`${t.champ} ${t.valeur}`}>
                    <td>{t.libelle}</td>
                    <th scope="row">{t.valeur}</th>
                    <td>
                      <Choix
                        nom={`${t.libelle} : ${t.valeur} veut dire`}
                        compact
                        valeur={t.code === '' ? AUCUN : t.code}
                        options={[{ valeur: AUCUN, libelle: 'Inconnu' }, ...Object.entries(t.codes).map(([valeur, l]) => ({ valeur, libelle: l === valeur ? l : `${valeur} ${l}` }))]}
                        surChoix={(code) => setB(traduire(b, t.champ, t.valeur, code === AUCUN ? '' : code))}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        {ignorees.length > 0 && (
          <p className="doux">
            Laissées de côté : {ignorees.map((c) => c.nom).join(', ')}.
          </p>
        )}
      </div>
    </section>
  );
}
