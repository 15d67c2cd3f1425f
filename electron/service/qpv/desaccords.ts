import { extname, resolve } from 'node:path';
import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { DESACCORDS, ECARTS } from '../../../shared/domain/qpv/ecarts.ts';
import type { Ecart } from '../../../shared/domain/qpv/ecarts.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { findCommune } from '../../../shared/territoires/index.ts';
import { csvLine } from '../../documents/csv.ts';
import type { Base } from '../../store/base.ts';
import { countEcarts, groupEcarts, readLignesEcarts } from '../../store/situations.ts';
import type { GroupeEcarts, LigneEcart } from '../../store/situations.ts';
import type { Contexte, Suivi } from '../contexte.ts';
import { writeFichier } from '../fichiers.ts';
import { readParTranches } from './preparation.ts';

export type Ecarts = NonNullable<Sortie<'qpv.etat'>['ecarts']>;
type Groupe = Sortie<'qpv.ecarts'>['lignes'][number];
type Ligne = Sortie<'qpv.lignes'>['lignes'][number];

const aucunEcart = (): Ecarts => ({ 'oui-dehors': 0, 'non-dedans': 0, 'inconnu-dedans': 0, 'inconnu-dehors': 0, 'sans-position': 0, 'sans-contour': 0, accord: 0 });

/** Comptes de la comparaison avec les contours de cet ordinateur ; `null` quand il n'en a pas. */
export async function readEcarts(contexte: Contexte, suivi: Suivi): Promise<{ generation: string; fichier: string; ecarts: Ecarts } | null> {
  const { situations: { contours }, lues } = await readParTranches(contexte, suivi, countEcarts);
  if (contours === null) return null;
  return { generation: contours.fiche.generation, fichier: contours.fiche.nom, ecarts: sumEcarts(lues) };
}

export function sumEcarts(comptes: readonly { ecart: Ecart; logements: number }[]): Ecarts {
  const ecarts = aucunEcart();
  for (const { ecart, logements } of comptes) ecarts[ecart] += logements;
  return ecarts;
}

const poids = (l: Groupe): number => DESACCORDS.reduce((s, e) => s + l.ecarts[e], 0);

/** Comptes par commune ou par ensemble, les plus en désaccord d'abord. */
export async function listEcarts(contexte: Contexte, { par, desaccords }: EntreeLue<'qpv.ecarts'>, suivi: Suivi): Promise<Sortie<'qpv.ecarts'>> {
  const { base } = contexte.dossier();
  const { situations: { contours }, lues } = await readParTranches(contexte, suivi, (b, tranche) => groupEcarts(b, par, tranche));
  if (contours === null) return { generation: null, lignes: [] };
  const lignes = grouper(lues, par === 'commune' ? null : readNoms(base));
  return {
    generation: contours.fiche.generation,
    lignes: lignes.filter((l) => !desaccords || poids(l) > 0).sort((a, b) => poids(b) - poids(a) || (a.code < b.code ? -1 : 1)),
  };
}

const readNoms = (base: Base): Map<string, string> => new Map(base.prepare<[], { code: string; nom: string }>('SELECT code, nom FROM ensemble').all().map((e) => [e.code, e.nom]));

/** `noms` : ceux des ensembles ; `null` quand les groupes sont des communes. */
function grouper(groupes: readonly GroupeEcarts[], noms: ReadonlyMap<string, string> | null): Groupe[] {
  const parCle = new Map<string, { ligne: Groupe; quartiers: Map<string, Groupe['quartiers'][number]> }>();
  for (const g of groupes) {
    let connu = parCle.get(g.cle);
    if (connu === undefined) {
      const nomCommune = findCommune(g.commune)?.nom ?? g.commune;
      const ligne: Groupe = {
        code: g.cle, nom: noms === null ? nomCommune : (noms.get(g.cle) ?? g.cle), commune: g.commune, nomCommune, logements: 0, declares: 0, dedans: 0, ecarts: aucunEcart(), quartiers: [],
      };
      parCle.set(g.cle, (connu = { ligne, quartiers: new Map() }));
    }
    const { ligne, quartiers } = connu;
    ligne.logements += g.logements;
    ligne.ecarts[g.ecart] += g.logements;
    if (g.declare === 1) ligne.declares += g.logements;
    if (g.code === null) continue;
    ligne.dedans += g.logements;
    const q = quartiers.get(g.code) ?? { code: g.code, nom: g.nom ?? '', logements: 0 };
    quartiers.set(g.code, { ...q, logements: q.logements + g.logements });
  }
  return [...parCle.values()].map(({ ligne, quartiers }) => ({
    ...ligne, quartiers: [...quartiers.values()].sort((a, b) => b.logements - a.logements || (a.code < b.code ? -1 : 1)),
  }));
}

const toLigne = ({ declare, ...l }: LigneEcart): Ligne => ({ ...l, declare: declare === 1 ? 'oui' : declare === 2 ? 'non' : 'inconnu' });

/** Les logements en désaccord, par commune, ensemble, identifiant ; `null` sans contours. */
async function readDesaccords(contexte: Contexte, suivi: Suivi): Promise<{ generation: string; lignes: Ligne[] } | null> {
  const { situations: { contours }, lues } = await readParTranches(contexte, suivi, (base, tranche) => readLignesEcarts(base, DESACCORDS, tranche));
  if (contours === null) return null;
  const cle = (l: LigneEcart): string => `${l.commune}\u0000${l.ensemble}\u0000${l.identifiant}`;
  const rangees = lues.map((l) => [cle(l), l] as const).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { generation: contours.fiche.generation, lignes: rangees.map(([, l]) => toLigne(l)) };
}

/** Les premiers logements en désaccord, et combien il y en a en tout. */
export async function listLignes(contexte: Contexte, nombre: number, suivi: Suivi): Promise<Sortie<'qpv.lignes'>> {
  const { lignes } = (await readDesaccords(contexte, suivi)) ?? { lignes: [] };
  return { total: lignes.length, lignes: lignes.slice(0, nombre) };
}

const TITRES = ['identifiant', 'commune', 'nom_commune', 'ensemble', 'nom_ensemble', 'adresse', 'qpv_declare', 'desaccord', 'code_qp', 'lib_qp', 'origine_position', 'lon', 'lat', 'generation'];
const ORIGINES: Readonly<Record<string, string>> = { fichier: 'coordonnées du fichier', ban: 'adresse (BAN)', repere: 'repère posé' };

/** Écrit un CSV d'une ligne par logement en désaccord. */
export async function exportLignes(contexte: Contexte, destination: string, suivi: Suivi): Promise<Sortie<'qpv.exporter'>> {
  const chemin = resolve(destination);
  if (extname(chemin).toLowerCase() !== '.csv') throw invalide('format-inconnu', `« ${destination} » ne finit pas par .csv.`, 'Donner un nom de fichier en .csv.');
  const lus = await readDesaccords(contexte, suivi);
  if (lus === null) throw sansContours();
  const { generation, lignes } = lus;
  const corps = lignes.map((l) =>
    csvLine([
      l.identifiant, l.commune, findCommune(l.commune)?.nom ?? l.commune, l.ensemble, l.nomEnsemble, l.adresse, l.declare,
      ECARTS.find((e) => e.ecart === l.ecart)?.libelle ?? l.ecart, l.quartier ?? '', l.nomQuartier ?? '', ORIGINES[l.origine] ?? l.origine, l.lon.toFixed(6), l.lat.toFixed(6), generation,
    ]),
  );
  await writeFichier(contexte, chemin, `\ufeff${csvLine(TITRES)}${corps.join('')}`);
  return { chemin, lignes: lignes.length };
}

export const sansContours = (): Error => invalide('qpv-sans-contours', 'Aucun contour de QPV n’est chargé sur cet ordinateur.', 'Charger le GeoJSON officiel des quartiers prioritaires d’abord.');
