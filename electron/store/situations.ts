import { comparer } from '../../shared/domain/qpv/ecarts.ts';
import type { Ecart } from '../../shared/domain/qpv/ecarts.ts';
import { formatIdentifiant } from '../../shared/domain/origines/identifiant.ts';
import type { Base } from './base.ts';
import { enVigueur } from './en-vigueur.ts';
import { findLogement } from './positions.ts';

/**
 * Position et contour de chaque logement en vigueur, refaits quand ils changent, dans une table
 * temporaire : ni le dossier ni ses copies ne la gardent. `lon`, `lat` : vides pour un repli sur la commune.
 */
export type Situation = { id: number; origine: Origine; lon: number | null; lat: number | null; contour: boolean | null; couvert: boolean; code: string | null; nom: string | null };
export type Origine = 'fichier' | 'ban' | 'repere' | 'voie' | 'commune' | 'departement' | 'aucune';

const TABLE = 'temp.situation_qpv';
const PARC = '(l.sortiepatrim IS NULL OR l.sortiepatrim = 9)';
const EN_VIGUEUR = enVigueur('l.declaration');
/** L'issue de la comparaison, d'un logement `l` et de sa situation `s`. */
const ECART = 'ecart_qpv(l.qpv, s.contour, s.couvert)';
const DEPUIS = `FROM ${TABLE} s JOIN logement l ON l.id = s.logement`;
const avecFonction = new WeakSet<Base>();

/** Expressions d'une colonne, la table temporaire `s` étant jointe. */
export const sqlSituation = { quartier: "(s.nom || ' (' || s.code || ')')", origine: 's.origine', ecart: ECART } as const;

const versions = new WeakMap<Base, number>();
/** Change chaque fois que les positions ou les contours de cette connexion sont refaits. */
export const versionSituations = (base: Base): number => versions.get(base) ?? 0;

/** Vrai quand la table temporaire est là : un import, qui change où SQLite range le temporaire, l'efface. */
export const hasSituations = (base: Base): boolean => base.prepare<[], number>(`SELECT 1 FROM sqlite_temp_master WHERE name = 'situation_qpv'`).pluck().get() === 1;

export function writeSituations(base: Base, situations: Iterable<Situation>): void {
  if (!avecFonction.has(base)) {
    const booleen = (v: unknown): boolean | null => (typeof v === 'number' ? v === 1 : null);
    base.function('ecart_qpv', { deterministic: true }, (declare: unknown, contour: unknown, couvert: unknown): Ecart => comparer(typeof declare === 'number' ? declare : null, booleen(contour), couvert === 1));
    avecFonction.add(base);
  }
  versions.set(base, versionSituations(base) + 1);
  base.exec(`DROP TABLE IF EXISTS ${TABLE}`);
  base.exec(`CREATE TABLE ${TABLE} (logement INTEGER PRIMARY KEY, origine TEXT NOT NULL, lon REAL, lat REAL, contour INTEGER, couvert INTEGER NOT NULL, code TEXT, nom TEXT)`);
  const inserer = base.prepare(`INSERT INTO ${TABLE} VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  base.transaction(() => {
    for (const s of situations) inserer.run(s.id, s.origine, s.lon, s.lat, s.contour === null ? null : Number(s.contour), Number(s.couvert), s.code, s.nom);
  })();
}

/** Logements du parc par issue de la comparaison. */
export function countEcarts(base: Base): { ecart: Ecart; logements: number }[] {
  return base.prepare<[], { ecart: Ecart; logements: number }>(`SELECT ${ECART} AS ecart, count(*) AS logements ${DEPUIS} WHERE ${PARC} AND ${EN_VIGUEUR} GROUP BY 1`).all();
}

export type GroupeEcarts = { cle: string; commune: string; declare: number | null; ecart: Ecart; code: string | null; nom: string | null; logements: number };

/** Comptes du parc par commune ou par ensemble (son code), selon le déclaré, l'issue et le quartier. */
export function groupEcarts(base: Base, par: 'commune' | 'ensemble'): GroupeEcarts[] {
  const cle = par === 'commune' ? 'l.commune' : 'e.code';
  return base
    .prepare<[], GroupeEcarts>(
      `SELECT ${cle} AS cle, ${par === 'commune' ? 'l.commune' : 'e.commune'} AS commune, l.qpv AS declare, ${ECART} AS ecart, s.code, s.nom, count(*) AS logements
       ${DEPUIS} JOIN ensemble e ON e.id = l.ensemble WHERE ${PARC} AND ${EN_VIGUEUR} GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1`,
    )
    .all();
}

export type LigneEcart = {
  identifiant: string; ensemble: string; nomEnsemble: string; commune: string; adresse: string; declare: number | null; ecart: Ecart;
  quartier: string | null; nomQuartier: string | null; origine: Origine; lon: number; lat: number;
};

/** Les logements du parc dont l'issue est l'une de celles-ci, par commune, ensemble, identifiant. */
export function readLignesEcarts(base: Base, ecarts: readonly Ecart[], nombre: number): LigneEcart[] {
  return base
    .prepare<[string, number], LigneEcart & { siren: string | null }>(
      `SELECT o.siren, l.ident_int AS identifiant, e.code AS ensemble, e.nom AS nomEnsemble, l.commune,
              trim(coalesce(l.numvoie || ' ', '') || coalesce(l.indrep || ' ', '') || coalesce(l.typvoie || ' ', '') || coalesce(l.nomvoie, '')) AS adresse,
              l.qpv AS declare, ${ECART} AS ecart, s.code AS quartier, s.nom AS nomQuartier, s.origine, s.lon, s.lat
       ${DEPUIS} JOIN ensemble e ON e.id = l.ensemble JOIN declaration d ON d.id = l.declaration LEFT JOIN origine o ON o.id = d.origine
       WHERE ${PARC} AND ${EN_VIGUEUR} AND ${ECART} IN (SELECT value FROM json_each(?)) ORDER BY l.commune, e.code, l.ident_int LIMIT ?`,
    )
    .all(JSON.stringify(ecarts), nombre)
    .map(({ siren, ...l }) => ({ ...l, identifiant: formatIdentifiant({ siren, ident: l.identifiant }) }));
}

/** Logements du parc d'un ensemble (son code) ou d'un logement (son identifiant), par origine de leur position. */
export function countOrigines(base: Base, objet: 'logement' | 'ensemble' | null, cle: string): { origine: Origine; logements: number }[] {
  const ou = objet === null ? '?1 = ?1' : objet === 'ensemble' ? 'l.ensemble = (SELECT id FROM ensemble WHERE code = ?1)' : 'l.id = ?1';
  return base.prepare<[{ 1: string | number | null }], { origine: Origine; logements: number }>(`SELECT s.origine, count(*) AS logements ${DEPUIS} WHERE ${PARC} AND ${EN_VIGUEUR} AND ${ou} GROUP BY 1`).all({ 1: objet === 'logement' ? findLogement(base, cle) : cle });
}
