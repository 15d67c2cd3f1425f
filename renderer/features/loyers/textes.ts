import { accord } from '../../ui/format.ts';
import { libelleMesure, type Mesure, type ScenarioNomme } from '../../../shared/domain/carte/mesures.ts';
import { direValeur, type Ligne, type Maille } from './mesures.ts';
import { isApprochee, LIBELLE_PRECISION, type Precision } from './positions.ts';

/** Une mesure montrée par une carte : d'où elle vient, et où la lire pour une ligne. */
export type Montree = { mesure: Mesure; scenario: ScenarioNomme | null; lire: (l: Ligne) => number | null };

const valeurDe = (l: Ligne, { mesure, lire }: Montree): string => {
  const v = lire(l);
  return v === null ? 'sans valeur' : direValeur(v, mesure);
};

/** Ce qui est dit de la ligne choisie : sa valeur, nommée quand deux cartes en montrent chacune une. */
export function decrire(l: Ligne, montrees: readonly Montree[]): string {
  const dites = montrees.map((m) => (montrees.length > 1 ? `${libelleMesure(m.mesure, m.scenario)} : ${valeurDe(l, m)}` : valeurDe(l, m)));
  return `${l.nom} : ${dites.join(' ; ')}, ${accord(l.logements, 'logement')}`;
}

/** La bulle d'une ligne : ce que les cartes en colorient, ses loyers, ses comptes, sa position. */
export function direLigne(l: Ligne | undefined, montrees: readonly Montree[], precision?: Precision): string[] {
  if (!l) return [];
  const place = precision === undefined ? [] : [`Position : ${LIBELLE_PRECISION[precision]}`];
  const loyers = (['loyerM2', 'loyerMaxM2'] as const).filter((m) => montrees.every((c) => c.mesure !== m)).map((m): Montree => ({ mesure: m, scenario: null, lire: (x) => x[m] }));
  return [l.nom, ...[...montrees, ...loyers].map((m) => `${libelleMesure(m.mesure, m.scenario)} : ${valeurDe(l, m)}`), `${accord(l.logements, 'logement')}, ${accord(l.loues, 'loué')}`, ...place];
}

/** Ce que la carte ne sait pas placer exactement, dit sous la légende. */
export function direPlaces(maille: Maille, traces: number, lignes: number, carte: { ensembles: { precision: string }[]; sansPosition: number } | undefined): string[] {
  if (maille === 'organisme') return ['L’organisme entier n’a pas de place sur la carte : voir le tableau.'];
  const notes: string[] = [];
  const cercles = traces < lignes;
  if (cercles && maille === 'departement') return ['Les départements sans tracé sont dans le tableau.'];
  const approchees = maille !== 'ensemble' || carte === undefined || carte.ensembles.some((e) => isApprochee(e.precision));
  if (cercles && approchees) notes.push(`Position approchée (${maille === 'epci' ? 'milieu des communes du parc' : maille === 'ensemble' ? 'autour du centre de la commune' : 'centre de la commune'}).`);
  const loin = maille === 'ensemble' ? 0 : (carte?.ensembles.filter((e) => e.precision === 'departement').length ?? 0);
  if (cercles && maille !== 'epci' && loin > 0) notes.push(`${accord(loin, 'ensemble placé', 'ensembles placés')} au centre du département.`);
  if (carte && carte.sansPosition > 0 && maille === 'ensemble') notes.push(`${accord(carte.sansPosition, 'ensemble sans position', 'ensembles sans position')} : dans le tableau seulement.`);
  return notes;
}
