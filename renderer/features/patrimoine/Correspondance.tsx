import { useState } from 'react';
import { Bandeau, Bouton, Champ, Choix, Saisie } from '../../ui/index.ts';
import { accord, nomDeFichier, typographie } from '../../ui/format.ts';
import { ApercuTableau } from './ApercuTableau.tsx';
import {
  brouillonDe, designer, encodageDe, formatDe, LIBELLE_ENCODAGE, manquants, profilDe, reprendre, traduire, valeursATraduire, type Brouillon, type Format,
} from './correspondance.ts';
import { useEssai } from './essai.ts';
import { EssaiImport } from './EssaiImport.tsx';
import { lireTableau, quitterCorrespondance, relire, type Analyse } from './importation.ts';
import { ValeursATraduire } from './ValeursATraduire.tsx';

/** Une liste tient une valeur vide pour un choix qui n'est pas fait : celui-ci l'est. */
const AUCUN = '-';

const SEPARATEURS = [
  { valeur: ';', libelle: 'Point-virgule' },
  { valeur: ',', libelle: 'Virgule' },
  { valeur: '\t', libelle: 'Tabulation' },
  { valeur: '|', libelle: 'Barre verticale' },
];

/** Quelles colonnes du fichier donnent quels champs, ce que veulent dire leurs valeurs, et ce que la lecture en ferait. */
export function Correspondance({ chemin, analyse, aTraduire }: { chemin: string; analyse: Analyse; aTraduire: Record<string, string[]> }) {
  const [b, setB] = useState<Brouillon>(() => brouillonDe(analyse));
  async function changer(format: Format) {
    const voulu = { ...b, ...format };
    setB(voulu);
    const relu = await relire(chemin, { ...formatDe(analyse, voulu), type: profilDe(analyse, voulu).type });
    if (relu) setB(reprendre(analyse, voulu, relu, format));
  }
  async function changerNature(type: Analyse['natures'][number]['type']) {
    const relu = await relire(chemin, { ...formatDe(analyse, b), type });
    if (relu) setB(brouillonDe(relu));
  }
  const manque = manquants(analyse, b);
  const essai = useEssai(chemin, manque.length > 0 ? null : profilDe(analyse, b));
  const ignorees = analyse.colonnes.filter((c) => b.colonnes[c.nom] === undefined);
  const traductions = valeursATraduire(analyse, b, aTraduire, essai.essai?.illisibles ?? []);
  const attendus = new Set(analyse.exigences.map(([premier]) => premier));
  const options = [{ valeur: AUCUN, libelle: 'Laisser de côté' }, ...analyse.cibles.map((c) => ({ valeur: c.nom, libelle: attendus.has(c.nom) ? `${c.libelle} (attendu)` : c.libelle }))];
  const alertes = new Map(essai.essai?.colonnes.map((c) => [c.colonne, c.phrase]));
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
      <div className="correspondance-deux">
        <div className="correspondance-corps defile">
          <FormatTableau analyse={analyse} b={b} changer={(f) => void changer(f)} surNotes={(notes) => setB({ ...b, notes })} changerNature={(t) => void changerNature(t)} />
          <ApercuTableau analyse={analyse} entete={b.entete} notes={b.notes} surEntete={(entete) => entete !== b.entete && void changer({ entete })} />
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
                  <td className="doux">
                    <span className="correspondance-exemples">{c.refusee ? 'non lue : rien n’en est gardé' : c.exemple.filter(Boolean).slice(0, 4).join(' · ') || 'vide'}</span>
                  </td>
                  <td>
                    {c.refusee ? (
                      <span className="doux">Refusée</span>
                    ) : (
                      <Choix nom={`Champ de la colonne ${c.nom}`} compact valeur={b.colonnes[c.nom] ?? AUCUN} options={options} surChoix={(cible) => setB(designer(b, c.nom, cible === AUCUN ? '' : cible))} />
                    )}
                    {alertes.has(c.nom) && <p className="correspondance-alerte">{typographie(alertes.get(c.nom) ?? '')}</p>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <Constantes analyse={analyse} b={b} retirer={(champ) => setB({ ...b, constantes: Object.fromEntries(Object.entries(b.constantes).filter(([c]) => c !== champ)) })} />
          {traductions.length > 0 && <ValeursATraduire traductions={traductions} surChoix={(t, code) => setB(traduire(b, t.champ, t.valeur, code))} />}
          {ignorees.length > 0 && <p className="doux">Laissées de côté : {ignorees.map((c) => c.nom).join(', ')}.</p>}
        </div>
        <EssaiImport etat={essai} manque={manque} />
      </div>
    </section>
  );
}

function FormatTableau(props: {
  analyse: Analyse;
  b: Brouillon;
  changer: (f: Format) => void;
  surNotes: (notes: number) => void;
  changerNature: (type: Analyse['natures'][number]['type']) => void;
}) {
  const { analyse, b, changer } = props;
  const nature = analyse.natures.find((n) => n.type === analyse.type)?.type ?? null;
  return (
    <div className="correspondance-format">
      {analyse.natures.length > 1 && (
        <Champ libelle="Nature du tableau">
          {({ id }) => <Choix id={id} compact valeur={nature} options={analyse.natures.map((n) => ({ valeur: n.type, libelle: n.nom }))} surChoix={props.changerNature} />}
        </Champ>
      )}
      <Champ libelle="Ligne d’en-tête">{({ id }) => <Entier id={id} key={b.entete} valeur={b.entete} surValeur={(entete) => changer({ entete })} />}</Champ>
      <Champ libelle="Lignes de notes">{({ id }) => <Entier id={id} key={b.notes} valeur={b.notes} surValeur={props.surNotes} />}</Champ>
      {analyse.feuilles.length > 0 ? (
        <Champ libelle="Feuille">
          {({ id }) => <Choix id={id} compact valeur={b.feuille ?? analyse.feuille ?? ''} options={analyse.feuilles.map((f) => ({ valeur: f, libelle: f }))} surChoix={(feuille) => changer({ feuille })} />}
        </Champ>
      ) : (
        <>
          <Champ libelle="Séparateur">{({ id }) => <Choix id={id} compact valeur={b.separateur} options={SEPARATEURS} surChoix={(separateur) => changer({ separateur })} />}</Champ>
          <Champ libelle="Encodage">
            {({ id }) => (
              <Choix
                id={id}
                compact
                valeur={b.encodage}
                options={Object.entries(LIBELLE_ENCODAGE).map(([valeur, libelle]) => ({ valeur: encodageDe(valeur), libelle }))}
                surChoix={(encodage) => changer({ encodage })}
              />
            )}
          </Champ>
        </>
      )}
    </div>
  );
}

function Entier({ id, valeur, surValeur }: { id: string; valeur: number; surValeur: (n: number) => void }) {
  return (
    <Saisie
      id={id}
      compact
      inputMode="numeric"
      defaultValue={String(valeur)}
      onBlur={(e) => {
        const n = Math.max(0, Math.trunc(Number(e.target.value)) || 0);
        if (n !== valeur) surValeur(n);
      }}
    />
  );
}

/** Ce que le titre d'une colonne dit de toutes les lignes. */
function Constantes({ analyse, b, retirer }: { analyse: Analyse; b: Brouillon; retirer: (champ: string) => void }) {
  return Object.entries(b.constantes).map(([champ, code]) => {
    const cible = analyse.cibles.find((c) => c.nom === champ);
    return (
      <p key={champ} className="correspondance-constantes">
        <span>
          D’après les titres, chaque ligne reçoit « {cible?.libelle ?? champ} » : <strong>{cible?.codes?.[code] ?? code}</strong>.
        </span>
        <Bouton variante="texte" onClick={() => retirer(champ)}>
          Retirer
        </Bouton>
      </p>
    );
  });
}
