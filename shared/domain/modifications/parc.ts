import type { DonneesPaquet } from '../../paquet/donnees.ts';
import { LIBELLE_OPERATION } from '../origines/operations.ts';
import { compareValeurs } from './valeurs.ts';
import { valeursVentes } from './ventes.ts';
import type { Difference, ValeurNommee } from './valeurs.ts';

/** Chiffres du parc, des ensembles et des loyers qui ont changé. */
export function compareParc(avant: DonneesPaquet, apres: DonneesPaquet): Difference[] {
  return [
    ...compareValeurs(valeursEtat(avant.etat), valeursEtat(apres.etat)),
    ...compareValeurs(valeursOrigines(avant), valeursOrigines(apres)),
    ...compareValeurs(valeursEnsembles(avant), valeursEnsembles(apres)),
    ...compareValeurs(valeursServiceRendu(avant), valeursServiceRendu(apres)),
    ...compareValeurs(valeursLoyers(avant), valeursLoyers(apres)),
    ...compareValeurs(valeursNpl(avant), valeursNpl(apres)),
    ...compareValeurs(valeursVentes(avant), valeursVentes(apres)),
  ];
}

type Etat = DonneesPaquet['etat'];
type Dimension = 'familles' | 'financements' | 'dpe' | 'annees' | 'types' | 'pieces' | 'departements' | 'epci' | 'communes';

const NOMBRES = [
  ['logements', 'Logements du parc'], ['ensembles', 'Ensembles immobiliers'], ['qpv', 'Logements en QPV'], ['horsQpv', 'Logements hors QPV'],
  ['qpvInconnu', 'Logements dont le QPV est inconnu'], ['vacants', 'Logements vacants'], ['sortis', 'Logements sortis du parc'],
] as const satisfies readonly (readonly [keyof Etat, string])[];

const DIMENSIONS: readonly (readonly [Dimension, string])[] = [
  ['familles', 'Logements, famille'], ['financements', 'Logements, financement'], ['dpe', 'Logements, DPE'], ['annees', 'Logements, année de construction'],
  ['types', 'Logements, type'], ['pieces', 'Logements, nombre de pièces'], ['departements', 'Logements, département'], ['epci', 'Logements, EPCI'],
  ['communes', 'Logements, commune'],
];

function valeursEtat(etat: Etat): ValeurNommee[] {
  return [
    ...NOMBRES.map(([cle, libelle]) => ({ champ: `etat/${cle}`, libelle, valeur: String(etat[cle]) })),
    ...DIMENSIONS.flatMap(([dimension, libelle]) =>
      Object.entries(etat[dimension])
        // Une clé absente vaut zéro : la dire ou non ne change rien.
        .filter(([, n]) => n !== 0)
        .map(([cle, n]) => ({ champ: `etat/${dimension}/${cle}`, libelle: `${libelle} ${nameCle(etat, dimension, cle)}`, valeur: String(n) })),
    ),
  ];
}

function nameCle(etat: Etat, dimension: Dimension, cle: string): string {
  const territoire = dimension === 'departements' || dimension === 'epci' || dimension === 'communes';
  const nom = territoire ? etat.noms[cle] : undefined;
  return nom === undefined ? cle : `${nom} (${cle})`;
}

function valeursOrigines({ origines = [] }: DonneesPaquet): ValeurNommee[] {
  return origines.map((o) => ({
    champ: `origine/${o.siren}`,
    libelle: `Organisme réuni ${o.nom}`,
    valeur: [o.nom, o.operation === null ? 'organisme de la convention' : LIBELLE_OPERATION[o.operation].toLowerCase(), o.date ?? '', `logements ${o.logements}, sortis ${o.sortis}`].filter((t) => t !== '').join(', '),
  }));
}

function valeursEnsembles({ ensembles }: DonneesPaquet): ValeurNommee[] {
  return ensembles.map((e) => ({
    champ: `ensemble/${e.id}`,
    libelle: `Ensemble immobilier ${e.nom}`,
    valeur: `${e.nom}, ${e.adresse}, ${e.nomCommune} : logements ${e.logements}, en QPV ${e.qpv}, ${financements(e.financements)}`,
  }));
}

const financements = (comptes: Readonly<Record<string, number>>): string =>
  `financements ${Object.entries(comptes)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, n]) => `${code} × ${n}`)
    .join(', ')}`;

/** La grille, l'organisme et chaque ensemble qui a un résultat. */
function valeursServiceRendu({ serviceRendu }: DonneesPaquet): ValeurNommee[] {
  const grille = serviceRendu?.grille ?? null;
  if (serviceRendu === undefined || grille === null) return [];
  const dire = (l: (typeof serviceRendu.qpv)[number]): string =>
    `${String(l.resultat ?? '').replace('.', ',')}${l.classe === null ? '' : `, ${grille.classes[l.classe]?.libelle ?? ''}`}`;
  const lignes = (par: string) => serviceRendu.mailles.find((m) => m.par === par)?.lignes ?? [];
  return [
    { champ: 'service-rendu/grille', libelle: 'Grille du service rendu', valeur: grille.familles.map((f) => `${f.libelle} (${f.poids}) : ${f.criteres.map((c) => `${c.libelle} (${c.poids})`).join(', ')}`).join(' ; ') },
    ...lignes('organisme').filter((l) => l.resultat !== null).map((l) => ({
      champ: 'service-rendu/organisme/organisme', libelle: 'Service rendu, organisme', valeur: `${dire(l)}, sur ${l.logementsNotes} logements notés`,
    })),
    ...lignes('ensemble').filter((l) => l.resultat !== null).map((l) => ({ champ: `service-rendu/ensemble/${l.code}`, libelle: `Service rendu, ${l.nom}`, valeur: dire(l) })),
  ];
}

function valeursLoyers({ loyers }: DonneesPaquet): ValeurNommee[] {
  return loyers
    .filter((l) => l.par === 'organisme')
    .flatMap(({ surface, lignes }) =>
      lignes.flatMap((l) => [
        { champ: `loyers/${surface}/loyerMensuel`, libelle: `Loyers mensuels en euros, logements comptés en ${surface}`, valeur: String(l.loyerMensuel) },
        { champ: `loyers/${surface}/loyerM2`, libelle: `Loyer moyen en €/m², surface ${surface}`, valeur: text(l.loyerM2) },
        { champ: `loyers/${surface}/loyerMaxM2`, libelle: `Loyer maximal moyen en €/m², surface ${surface}`, valeur: text(l.loyerMaxM2) },
        { champ: `loyers/${surface}/ecartM2`, libelle: `Écart au maximum en €/m², surface ${surface}`, valeur: text(l.ecartM2) },
      ]),
    );
}

const text = (n: number | null): string | null => (n === null ? null : String(n));

/** La politique des loyers retenue : sa masse, et les maximums qu'elle fixe. */
function valeursNpl({ npl }: DonneesPaquet): ValeurNommee[] {
  if (npl === undefined) return [];
  const r = npl.resultat;
  return [
    { champ: 'npl/retenu', libelle: 'Politique des loyers', valeur: `${r.scenario.nom}, ${r.scenario.annee}` },
    { champ: 'npl/masse/avant', libelle: 'Masse maximale des loyers avant, en euros par mois', valeur: String(r.avant) },
    { champ: 'npl/masse/apres', libelle: 'Masse maximale des loyers après, en euros par mois', valeur: String(r.apres) },
    ...r.lignes.filter((l) => l.maximum !== null).map((l) => ({
      champ: `npl/ensemble/${l.ensemble}/${l.plafond}`, libelle: `Loyer maximal ${l.nom}, plafond ${l.plafond}, en €/m² (${l.base})`,
      valeur: `${l.maximum}${l.moyenne === null ? '' : `, moyenne ${l.moyenne}`}`,
    })),
  ];
}
