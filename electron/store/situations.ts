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
/** Celle qu'un calcul remplit, jamais lue avant d'être entière. */
const NEUVE = 'temp.situation_qpv_neuve';
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
export const hasSituations = (base: Base): boolean => hasTable(base, 'situation_qpv');

const hasTable = (base: Base, nom: string): boolean => base.prepare<[string], number>('SELECT 1 FROM sqlite_temp_master WHERE name = ?').pluck().get(nom) === 1;

export type EcritureSituations = {
  /** Écrit un lot ; faux si la table en cours a été effacée (un import l'efface) : tout est à refaire. */
  ajouter(lot: readonly Situation[]): boolean;
  /** Remplace d'un coup la table lue ; même réponse. */
  terminer(): boolean;
  abandonner(): void;
};

/** Écrit de nouvelles situations à côté de celles qu'on lit, lot par lot. Une écriture à la fois par connexion. */
export function openSituations(base: Base): EcritureSituations {
  learnEcart(base);
  base.exec(`DROP TABLE IF EXISTS ${NEUVE}`);
  base.exec(`CREATE TABLE ${NEUVE} (logement INTEGER PRIMARY KEY, origine TEXT NOT NULL, lon REAL, lat REAL, contour INTEGER, couvert INTEGER NOT NULL, code TEXT, nom TEXT)`);
  const presente = (): boolean => hasTable(base, 'situation_qpv_neuve');
  return {
    ajouter(lot) {
      if (!presente()) return false;
      const inserer = base.prepare(`INSERT INTO ${NEUVE} VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
      base.transaction(() => {
        for (const s of lot) inserer.run(s.id, s.origine, s.lon, s.lat, s.contour === null ? null : Number(s.contour), Number(s.couvert), s.code, s.nom);
      })();
      return true;
    },
    terminer() {
      if (!presente()) return false;
      base.transaction(() => {
        base.exec(`DROP TABLE IF EXISTS ${TABLE}`);
        base.exec(`ALTER TABLE ${NEUVE} RENAME TO situation_qpv`);
      })();
      versions.set(base, versionSituations(base) + 1);
      return true;
    },
    abandonner: () => void base.exec(`DROP TABLE IF EXISTS ${NEUVE}`),
  };
}

function learnEcart(base: Base): void {
  if (avecFonction.has(base)) return;
  const booleen = (v: unknown): boolean | null => (typeof v === 'number' ? v === 1 : null);
  base.function('ecart_qpv', { deterministic: true }, (declare: unknown, contour: unknown, couvert: unknown): Ecart => comparer(typeof declare === 'number' ? declare : null, booleen(contour), couvert === 1));
  avecFonction.add(base);
}

/** Numéros de logements, bornes comprises : compter tout le parc d'une traite retiendrait une saisie. */
export type Tranche = [de: number, a: number];
const TRANCHE = 20_000;

export function listTranches(base: Base): Tranche[] {
  const bornes = base.prepare<[], { de: number | null; a: number | null }>(`SELECT min(logement) AS de, max(logement) AS a FROM ${TABLE}`).get();
  const { de, a } = { de: bornes?.de ?? 0, a: bornes?.a ?? -1 };
  return Array.from({ length: Math.ceil((a - de + 1) / TRANCHE) }, (_, i) => [de + i * TRANCHE, Math.min(a, de + (i + 1) * TRANCHE - 1)]);
}
const DANS = 's.logement BETWEEN ? AND ?';

/** Logements du parc d'une tranche, par issue de la comparaison. */
export function countEcarts(base: Base, tranche: Tranche): { ecart: Ecart; logements: number }[] {
  return base.prepare<Tranche, { ecart: Ecart; logements: number }>(`SELECT ${ECART} AS ecart, count(*) AS logements ${DEPUIS} WHERE ${DANS} AND ${PARC} AND ${EN_VIGUEUR} GROUP BY 1`).all(...tranche);
}

/** Logements du parc d'une tranche, par origine de leur position. */
export function countPositions(base: Base, tranche: Tranche): { origine: Origine; logements: number }[] {
  return base.prepare<Tranche, { origine: Origine; logements: number }>(`SELECT s.origine, count(*) AS logements ${DEPUIS} WHERE ${DANS} AND ${PARC} AND ${EN_VIGUEUR} GROUP BY 1`).all(...tranche);
}

export type GroupeEcarts = { cle: string; commune: string; declare: number | null; ecart: Ecart; code: string | null; nom: string | null; logements: number };

/** Comptes d'une tranche par commune ou par ensemble (son code), selon le déclaré, l'issue et le quartier. */
export function groupEcarts(base: Base, par: 'commune' | 'ensemble', tranche: Tranche): GroupeEcarts[] {
  const cle = par === 'commune' ? 'l.commune' : 'e.code';
  return base
    .prepare<Tranche, GroupeEcarts>(
      `SELECT ${cle} AS cle, ${par === 'commune' ? 'l.commune' : 'e.commune'} AS commune, l.qpv AS declare, ${ECART} AS ecart, s.code, s.nom, count(*) AS logements
       ${DEPUIS} JOIN ensemble e ON e.id = l.ensemble WHERE ${DANS} AND ${PARC} AND ${EN_VIGUEUR} GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1`,
    )
    .all(...tranche);
}

export type LigneEcart = {
  identifiant: string; ensemble: string; nomEnsemble: string; commune: string; adresse: string; declare: number | null; ecart: Ecart;
  quartier: string | null; nomQuartier: string | null; origine: Origine; lon: number; lat: number;
};

/** Les logements du parc d'une tranche dont l'issue est l'une de celles-ci. */
export function readLignesEcarts(base: Base, ecarts: readonly Ecart[], tranche: Tranche): LigneEcart[] {
  return base
    .prepare<[number, number, string], LigneEcart & { siren: string | null }>(
      `SELECT o.siren, l.ident_int AS identifiant, e.code AS ensemble, e.nom AS nomEnsemble, l.commune,
              trim(coalesce(l.numvoie || ' ', '') || coalesce(l.indrep || ' ', '') || coalesce(l.typvoie || ' ', '') || coalesce(l.nomvoie, '')) AS adresse,
              l.qpv AS declare, ${ECART} AS ecart, s.code AS quartier, s.nom AS nomQuartier, s.origine, s.lon, s.lat
       ${DEPUIS} JOIN ensemble e ON e.id = l.ensemble JOIN declaration d ON d.id = l.declaration LEFT JOIN origine o ON o.id = d.origine
       WHERE ${DANS} AND ${PARC} AND ${EN_VIGUEUR} AND ${ECART} IN (SELECT value FROM json_each(?))`,
    )
    .all(...tranche, JSON.stringify(ecarts))
    .map(({ siren, ...l }) => ({ ...l, identifiant: formatIdentifiant({ siren, ident: l.identifiant }) }));
}

/** Logements du parc d'un ensemble (son code) ou d'un logement (son identifiant), par origine de leur position. */
export function countOrigines(base: Base, objet: 'logement' | 'ensemble', cle: string): { origine: Origine; logements: number }[] {
  const ou = objet === 'ensemble' ? 'l.ensemble = (SELECT id FROM ensemble WHERE code = ?)' : 'l.id = ?';
  return base
    .prepare<[string | number | null], { origine: Origine; logements: number }>(`SELECT s.origine, count(*) AS logements FROM logement l JOIN ${TABLE} s ON s.logement = l.id WHERE ${ou} AND ${PARC} AND ${EN_VIGUEUR} GROUP BY 1`)
    .all(objet === 'logement' ? findLogement(base, cle) : cle);
}
