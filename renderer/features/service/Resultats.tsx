import { useMemo, useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { bornesEchelle } from '../../../shared/domain/service-rendu/echelle.ts';
import { nombreDe } from '../../../shared/domain/service-rendu/resultats.ts';
import { Chiffre } from '../../app/Chiffre.tsx';
import { useRequete } from '../../app/requetes.ts';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { accord, deuxDecimales, nombre, typographie } from '../../ui/format.ts';
import { Echec, Segments, Squelette } from '../../ui/index.ts';
import { couleurClasse } from './couleurs.ts';

type Lu = Sortie<'serviceRendu.lire'>;
type Ligne = Lu['lignes'][number];
type Grille = NonNullable<Lu['grille']>;
type Maille = 'ensemble' | 'commune' | 'epci' | 'departement';

const MAILLES: { valeur: Maille; libelle: string; colonne: string }[] = [
  { valeur: 'ensemble', libelle: 'Ensembles', colonne: 'Ensemble' },
  { valeur: 'commune', libelle: 'Communes', colonne: 'Commune' },
  { valeur: 'epci', libelle: 'EPCI', colonne: 'EPCI' },
  { valeur: 'departement', libelle: 'Départements', colonne: 'Département' },
];
const cleDe = (l: Ligne): string => l.code;

/** Les résultats en tableau et en figures : mêmes chiffres, chacun dit d'où il vient. */
export function Resultats({ grille }: { grille: Grille }) {
  const [maille, setMaille] = useState<Maille>('commune');
  const lu = useRequete('serviceRendu.lire', { par: maille });
  const colonnes = useMemo(() => colonnesDe(grille, maille), [grille, maille]);
  if (!lu.donnees || lu.donnees.organisme === null) return lu.erreur ? <Echec erreur={lu.erreur} reessayer={lu.recharger} /> : <Squelette lignes={10} />;
  const { lignes, organisme, qpv } = lu.donnees;
  const totaux = {
    nom: accord(lignes.length, 'ligne'), ensembles: surTotal(organisme.ensemblesNotes, organisme.ensembles), logements: surTotal(organisme.logementsNotes, organisme.logements),
    resultat: deuxDecimales(organisme.resultat), ...Object.fromEntries(organisme.familles.map((f) => [`f-${f.code}`, deuxDecimales(f.resultat)])),
  };
  return (
    <div className="service-resultats">
      <div className="service-territoires">
        <Segments nom="Maille des résultats" valeur={maille} options={MAILLES} surChoix={setMaille} />
        <GrilleLocale nom="Résultats du service rendu" colonnes={colonnes} lignes={lignes} cleDe={cleDe} totaux={totaux} triInitial={{ colonne: 'resultat', sens: 'asc' }} vide="Aucun ensemble au parc." />
      </div>
      <aside className="service-figures defile" aria-label="Résultats de l’organisme">
        <Ensemble grille={grille} organisme={organisme} />
        <Classes grille={grille} organisme={organisme} />
        <Jauges titre="Par famille" grille={grille} lignes={organisme.familles.map((f) => ({ cle: f.code, nom: grille.familles.find((x) => x.code === f.code)?.libelle ?? f.code, resultat: f.resultat, sujet: `service-rendu/organisme/organisme/${f.code}`, note: `${surTotal(f.logementsNotes, organisme.logements)} logements` }))} />
        <Jauges titre="En QPV et hors QPV" grille={grille} lignes={qpv.filter((l) => l.logements > 0).map((l) => ({ cle: l.code, nom: l.nom, resultat: l.resultat, sujet: `service-rendu/qpv/${l.code}/resultat`, note: `${surTotal(l.logementsNotes, l.logements)} logements` }))} />
      </aside>
    </div>
  );
}

const surTotal = (n: number, total: number): string => `${nombre(n)} sur ${nombre(total)}`;

function colonnesDe(grille: Grille, maille: Maille): ColonneLocale<Ligne>[] {
  const sujet = (quoi: string) => (l: Ligne) => (l.code === '' ? null : `service-rendu/${maille}/${l.code}/${quoi}`);
  const compte: ColonneLocale<Ligne>[] =
    maille === 'ensemble'
      ? [{ cle: 'logements', libelle: 'Logements', largeur: 92, droite: true, triable: true, valeur: (l) => l.logements, contenu: (l) => nombre(l.logements) },
         { cle: 'notes', libelle: 'Critères notés', largeur: 118, droite: true, triable: true, valeur: (l) => l.notes, contenu: (l) => surTotal(l.notes, l.criteres), sujet: sujet('notes') }]
      : [{ cle: 'ensembles', libelle: 'Ensembles notés', largeur: 124, droite: true, triable: true, valeur: (l) => l.ensemblesNotes, contenu: (l) => surTotal(l.ensemblesNotes, l.ensembles), sujet: sujet('notes') },
         { cle: 'logements', libelle: 'Logements notés', largeur: 138, droite: true, triable: true, valeur: (l) => l.logementsNotes, contenu: (l) => surTotal(l.logementsNotes, l.logements), sujet: sujet('resultat') }];
  return [
    { cle: 'nom', libelle: MAILLES.find((m) => m.valeur === maille)?.colonne ?? '', largeur: 190, triable: true, valeur: (l) => l.nom, contenu: (l) => (l.nom === '' ? l.code : l.nom) },
    {
      cle: 'resultat', libelle: 'Résultat', aide: 'Moyenne pondérée par les logements des ensembles notés', largeur: 92, droite: true, triable: true, valeur: (l) => l.resultat, sujet: sujet('resultat'),
      contenu: (l) => (l.resultat === null ? '–' : (<><span className="service-pave" aria-hidden="true" style={{ background: couleurClasse(grille, l.classe) }} />{deuxDecimales(l.resultat)}</>)),
    },
    { cle: 'classe', libelle: 'Classe', largeur: 132, triable: true, valeur: (l) => l.classe, contenu: (l) => (l.classe === null ? 'Sans résultat' : (grille.classes[l.classe]?.libelle ?? '')) },
    ...compte,
    ...grille.familles.map((f, i): ColonneLocale<Ligne> => ({
      cle: `f-${f.code}`, libelle: f.libelle, aide: `Famille de poids ${f.poids.replace('.', ',')}`, largeur: 132, droite: true, triable: true, valeur: (l) => l.familles[i]?.resultat ?? null,
      contenu: (l) => (l.familles[i]?.resultat === null ? '–' : deuxDecimales(l.familles[i]?.resultat)), sujet: sujet(f.code),
    })),
  ];
}

function Ensemble({ grille, organisme: o }: { grille: Grille; organisme: Ligne }) {
  return (
    <section className="service-tete-figure">
      <h2 className="etiquette">Organisme</h2>
      <p className="service-grand">
        <Chiffre sujet="service-rendu/organisme/organisme/resultat" nom="Résultat de l’organisme">
          {o.resultat === null ? '–' : deuxDecimales(o.resultat)}
        </Chiffre>
        <span className="doux">{o.classe === null ? 'sans résultat' : (grille.classes[o.classe]?.libelle ?? '')}</span>
      </p>
      <p className="doux petit">
        <Chiffre sujet="service-rendu/organisme/organisme/notes" nom="Notes données">
          {surTotal(o.ensemblesNotes, o.ensembles)}
        </Chiffre>{' '}
        ensembles notés, {surTotal(o.logementsNotes, o.logements)} logements.
      </p>
    </section>
  );
}

/** Logements et ensembles par classe ; ce qui est sans résultat est montré à sa taille. */
function Classes({ grille, organisme: o }: { grille: Grille; organisme: Ligne }) {
  const sans = { ensembles: o.ensembles - o.ensemblesNotes, logements: o.logements - o.logementsNotes };
  const max = Math.max(1, sans.logements, ...o.classes.map((c) => c.logements));
  return (
    <section>
      <h2 className="etiquette">Logements par classe</h2>
      <ul className="service-barres">
        {grille.classes.map((c, i) => {
          const compte = o.classes[i] ?? { ensembles: 0, logements: 0 };
          return (
            <li key={c.libelle}>
              <span className="coupe">{typographie(c.libelle)}</span>
              <span className="service-piste" aria-hidden="true"><span style={{ width: `${(100 * compte.logements) / max}%`, background: couleurClasse(grille, i) }} /></span>
              <Chiffre sujet={`service-rendu/organisme/organisme/classe-${i}`} nom={`${c.libelle} : ${accord(compte.logements, 'logement')}, ${accord(compte.ensembles, 'ensemble')}`} className="nombre">
                {nombre(compte.logements)}
              </Chiffre>
            </li>
          );
        })}
        {sans.ensembles > 0 && (
          <li>
            <span className="doux">Sans résultat</span>
            <span className="service-piste" aria-hidden="true"><span className="service-sans" style={{ width: `${(100 * sans.logements) / max}%` }} /></span>
            <span className="nombre doux">{nombre(sans.logements)}</span>
          </li>
        )}
      </ul>
    </section>
  );
}

type Jauge = { cle: string; nom: string; resultat: number | null; sujet: string; note: string };

/** Chaque résultat à sa place sur l'échelle de la grille. */
function Jauges({ titre, grille, lignes }: { titre: string; grille: Grille; lignes: readonly Jauge[] }) {
  const { min, max } = bornesEchelle(grille.echelle);
  const [bas, haut] = [nombreDe(min), nombreDe(max)];
  return (
    <section>
      <h2 className="etiquette">{titre}</h2>
      <ul className="service-jauges">
        {lignes.map((l) => (
          <li key={l.cle}>
            <span className="service-jauge-tete">
              <span className="coupe" title={l.nom}>{typographie(l.nom)}</span>
              <Chiffre sujet={l.sujet} nom={l.nom} className="nombre">{l.resultat === null ? '–' : deuxDecimales(l.resultat)}</Chiffre>
            </span>
            <span className="service-echelle" aria-hidden="true">{l.resultat !== null && <span style={{ left: `${(100 * (l.resultat - bas)) / (haut - bas)}%` }} />}</span>
            <span className="doux petit">{l.note}</span>
          </li>
        ))}
      </ul>
      <p className="service-bouts doux petit" aria-hidden="true"><span>{deuxDecimales(bas)}</span><span>{deuxDecimales(haut)}</span></p>
    </section>
  );
}
