import { invalide } from '../../shared/erreurs.ts';
import type { Base } from '../store/base.ts';
import { readColonnesCorrigees } from '../store/corrections.ts';
import { readLogements, selectIds, sumLogements, sumSelection } from '../store/logements.ts';
import type { Totaux } from '../store/logements.ts';
import { countRepartition, readCodes } from '../store/repartition.ts';
import type { Codes } from '../store/repartition.ts';
import { buildSelection } from '../store/selection.ts';
import type { ColonneSql, Filtre, LigneTerritoire, Selection, Tri } from '../store/selection.ts';
import { resolveIdentifiant } from '../store/origines.ts';
import { versionSituations } from '../store/situations.ts';
import { readVersionLecture } from '../store/version.ts';
import { repertoireDe } from './qpv/registre.ts';
import { ensureSituations } from './qpv/situations.ts';
import { prepareSituations } from './qpv/preparation.ts';
import type { Contexte, Handlers, Suivi } from './contexte.ts';
import { buildRepartition } from './etat.ts';
import { checkFiltres, colonneDe } from './logements-filtres.ts';
import type { FiltreLu } from './logements-filtres.ts';
import { listColonnes, lecteurLignes, readTerritoires, SQL } from './logements-colonnes.ts';
import { listGroupes, listValeurs } from './logements-groupes.ts';

type Triee = { cle: string; filtres: string; ids: Int32Array; totaux: Totaux };

/** La sélection que font ces filtres, qui lira aussi `lues`. Erreurs : colonne inconnue, borne illisible. */
export function selectionDe(base: Base, filtres: readonly FiltreLu[], lues: readonly ColonneSql[]): Selection {
  return buildSelection(base, checkFiltres(filtres), SQL, lues, (): readonly LigneTerritoire[] => readTerritoires(base), () => void ensureSituations(base, repertoireDe(base)));
}

const cleDe = (base: Base, filtres: readonly Filtre[]): string => JSON.stringify([readVersionLecture(base), versionSituations(base), filtres]);

/** Avant une sélection qui lit ces colonnes : les positions et contours dont elles dépendent, calculés par lots. */
export async function prepareColonnes(contexte: Contexte, noms: readonly string[], suivi: Suivi): Promise<void> {
  if (noms.some((n) => SQL.get(n)?.jointure === 's')) await prepareSituations(contexte, suivi);
}

const colonnesDe = (filtres: readonly FiltreLu[], tri?: Tri): string[] => [...filtres.map((f) => f.colonne), ...(tri === undefined ? [] : [tri.colonne])];

/** Les identifiants triés et les totaux, refaits seulement quand le filtre, le tri ou le dossier changent. */
export function selectTriee(contexte: Contexte, filtres: readonly FiltreLu[], tri: Tri | undefined): Triee {
  const { base } = contexte.dossier();
  const colonne = tri === undefined ? undefined : colonneDe(tri.colonne);
  const selection = selectionDe(base, filtres, colonne === undefined ? [] : [colonne]);
  const deFiltres = cleDe(base, checkFiltres(filtres));
  const cle = JSON.stringify([deFiltres, tri ?? null]);
  const gardee = contexte.session.get('logements') as Triee | undefined;
  if (gardee?.cle === cle) return gardee;
  const totaux = gardee?.filtres === deFiltres ? gardee.totaux : sumSelection(base, selectionDe(base, filtres, []));
  const triee = { cle, filtres: deFiltres, ids: selectIds(base, selection, tri, colonne), totaux };
  contexte.session.set('logements', triee);
  return triee;
}

/** Numéros des logements que ces filtres montrent dans la table. */
export const idsFiltres = (base: Base, filtres: readonly FiltreLu[]): number[] => [...selectIds(base, selectionDe(base, filtres, []), undefined, undefined)];

/** Les logements d'une sélection, dans n'importe quel ordre : ceux de la table, si elle montre la même. */
function selectQuelconque(contexte: Contexte, filtres: readonly FiltreLu[]): Int32Array {
  const { base } = contexte.dossier();
  const selection = selectionDe(base, filtres, []);
  const gardee = contexte.session.get('logements') as Triee | undefined;
  return gardee?.filtres === cleDe(base, checkFiltres(filtres)) ? gardee.ids : selectIds(base, selection, undefined, undefined);
}

/** Ce qu'on compte de chaque logement, lu une fois par version du dossier : changer de filtre n'y relit rien. */
function codesDe(contexte: Contexte): Codes {
  const { base } = contexte.dossier();
  const version = readVersionLecture(base);
  const gardes = contexte.session.get('logements.codes') as { version: number; codes: Codes } | undefined;
  if (gardes?.version === version) return gardes.codes;
  const codes = readCodes(base);
  contexte.session.set('logements.codes', { version, codes });
  return codes;
}

/** Surfaces en m², loyers en euros. */
export const toTotaux = ({ logements, surfaceHabitable, loyerMensuel, loues }: Totaux): Totaux => ({
  logements, surfaceHabitable: surfaceHabitable / 100, loyerMensuel: loyerMensuel / 100, loues,
});

export const handlers = {
  'logements.colonnes': (contexte) => ({ colonnes: listColonnes(contexte.dossier().base) }),

  'logements.page': async (contexte, { decalage, nombre, tri, filtres }, suivi) => {
    await prepareColonnes(contexte, colonnesDe(filtres, tri), suivi);
    const { ids, totaux } = selectTriee(contexte, filtres, tri);
    const { base } = contexte.dossier();
    const page = ids.subarray(decalage, decalage + nombre);
    const corrigees = readColonnesCorrigees(base, [...page]);
    const lire = lecteurLignes(base);
    const lignes = readLogements(base, page).map((l) => ({ corrigees: corrigees.get(Number(l['id'])) ?? null, ...lire(l) }));
    return { total: ids.length, lignes, totaux: toTotaux(totaux) };
  },

  'logements.totaux': (contexte, { identifiants }) => {
    const { base } = contexte.dossier();
    const resoudre = resolveIdentifiant(base);
    return toTotaux(sumLogements(base, identifiants.flatMap((i) => resoudre(i) ?? [])));
  },

  'logements.repartition': async (contexte, { filtres }, suivi) => {
    await prepareColonnes(contexte, colonnesDe(filtres), suivi);
    const ids = selectQuelconque(contexte, filtres);
    return buildRepartition(countRepartition(codesDe(contexte), ids));
  },

  'logements.groupes': async (contexte, { par, filtres, tri }, suivi) => {
    await prepareColonnes(contexte, [...par, ...colonnesDe(filtres)], suivi);
    const { base } = contexte.dossier();
    if (par[0] === par[1]) throw invalide('groupes-identiques', 'Les deux niveaux groupent par la même colonne.', 'Choisir deux colonnes différentes.');
    return listGroupes(base, (lues) => selectionDe(base, filtres, lues), par, tri);
  },

  'logements.valeurs': async (contexte, { colonne, filtres, cherche, limite }, suivi) => {
    await prepareColonnes(contexte, [colonne, ...colonnesDe(filtres)], suivi);
    const { base } = contexte.dossier();
    // Sous les autres filtres : celui de la colonne cacherait les valeurs qu'on pourrait y ajouter.
    return listValeurs(base, (lues) => selectionDe(base, filtres.filter((f) => f.colonne !== colonne), lues), colonne, cherche, limite);
  },

  'logements.exporter': async (contexte, demande, suivi) => {
    const { exportLogements } = await import('./logements-export.ts');
    await prepareColonnes(contexte, colonnesDe(demande.filtres, demande.tri), suivi);
    return exportLogements(contexte, demande, suivi);
  },
} satisfies Partial<Handlers>;
