import { CODES } from '../../shared/domain/rpls/codes.ts';
import { MOIS_METHODE_DPE, PERIODES_DPE, SURFACES_HABITABLES } from '../../shared/domain/rpls/classes.ts';
import type { Dimension } from '../../shared/domain/rpls/comptes.ts';
import { INCONNU } from '../../shared/domain/rpls/comptes.ts';
import type { Base } from './base.ts';
import { enVigueur } from './en-vigueur.ts';

const DPE = Object.keys(CODES.DPEENERGIE);
const TYPES = Object.keys(CODES.TYPECONST);

/** Rang de la classe de surface, à partir de 1 ; NULL si la surface est inconnue. */
const RANG_SURFACE = `CASE WHEN l.surfhab IS NULL THEN NULL ${SURFACES_HABITABLES.map((c, i) => (c.a === null ? `ELSE ${i + 1}` : `WHEN l.surfhab <= ${c.a} THEN ${i + 1}`)).join(' ')} END`;
const RANG_PERIODE = `CASE WHEN l.dpeenergie IS NULL THEN NULL WHEN l.dpedate IS NULL THEN 3 WHEN l.dpedate < '${MOIS_METHODE_DPE}' THEN 1 ELSE 2 END`;

type Cote = { dimension: Dimension; bits: number; sql: string; cle: (rang: number) => string };

const rangee = (cles: readonly string[]) => (rang: number): string => cles[rang - 1] ?? INCONNU;
const nombre = (n: number): string => (n === 0 ? INCONNU : String(n));

/** Ce que l'on compte, avec la place que prend sa valeur dans l'entier d'un logement ; 0 : inconnu. */
const BAS: readonly Cote[] = [
  { dimension: 'finan', bits: 7, sql: 'l.finan', cle: nombre },
  { dimension: 'type', bits: 3, sql: `instr('${TYPES.join('')}', l.typeconst)`, cle: rangee(TYPES) },
  { dimension: 'pieces', bits: 4, sql: 'l.nbpiece', cle: nombre },
  { dimension: 'qpv', bits: 2, sql: 'l.qpv', cle: nombre },
  { dimension: 'mode', bits: 3, sql: 'l.mode', cle: nombre },
  { dimension: 'surface', bits: 4, sql: RANG_SURFACE, cle: rangee(SURFACES_HABITABLES.map((c) => c.cle)) },
];
const HAUT: readonly Cote[] = [{ dimension: 'annee', bits: 14, sql: 'l.construct', cle: nombre }];
const DPE_BITS = 3;

const PAS = 2 ** BAS.reduce((n, c) => n + c.bits, 0);
const PAS_DPE = 2 ** HAUT.reduce((n, c) => n + c.bits, 0);

/** Un entier par logement : lire une seule colonne coûte dix fois moins qu'en lire dix. */
const ENTIER = (() => {
  let facteur = 1;
  const termes: string[] = [];
  const placer = (sql: string, bits: number) => {
    termes.push(`(coalesce(${sql}, 0) & ${2 ** bits - 1}) * ${facteur}`);
    facteur *= 2 ** bits;
  };
  for (const c of [...BAS, ...HAUT]) placer(c.sql, c.bits);
  placer(`instr('${DPE.join('')}', l.dpeenergie)`, DPE_BITS);
  placer(RANG_PERIODE, 2);
  return termes.join(' + ');
})();

/** Ce qu'il faut compter de chaque logement de la déclaration en vigueur, au rang de son identifiant moins `premier`. */
export type Codes = { premier: number; bas: Int32Array; haut: Int32Array };

/** Lit tous les logements en un parcours, sortis compris : cinq octets utiles par logement. */
export function readCodes(base: Base): Codes {
  const where = `WHERE ${enVigueur('+l.declaration')}`;
  const bornes = base.prepare<[], { premier: number | null; dernier: number | null }>(`SELECT min(l.id) AS premier, max(l.id) AS dernier FROM logement l ${where}`).get();
  const premier = bornes?.premier ?? 0;
  const taille = bornes?.dernier == null ? 0 : bornes.dernier - premier + 1;
  const codes: Codes = { premier, bas: new Int32Array(taille), haut: new Int32Array(taille) };
  const lire = base.prepare<[], [number, number]>(`SELECT l.id, ${ENTIER} FROM logement l ${where}`).raw();
  for (const [id, n] of lire.iterate()) {
    const haut = Math.floor(n / PAS);
    codes.haut[id - premier] = haut;
    codes.bas[id - premier] = n - haut * PAS;
  }
  return codes;
}

type Compte = { dimension: Dimension; cle: string; logements: number };

/**
 * Compte ces logements par dimension, en une passe : les mêmes dimensions et les mêmes clés que les
 * comptes du parc (`Comptes`), sortis compris s'il y en a.
 */
export function countRepartition({ premier, bas, haut }: Codes, ids: Int32Array): { logements: number; comptes: Compte[] } {
  const tables = [...BAS, ...HAUT].map((c) => new Uint32Array(2 ** c.bits));
  const dpe = new Uint32Array(2 ** (DPE_BITS + 2));
  const annees = tables[BAS.length] ?? dpe;
  const masqueAnnee = PAS_DPE - 1;
  const places: { table: Uint32Array; decalage: number; masque: number }[] = [];
  let decalage = 0;
  for (const [i, c] of BAS.entries()) {
    places.push({ table: tables[i] ?? dpe, decalage, masque: 2 ** c.bits - 1 });
    decalage += c.bits;
  }
  const plus = (table: Uint32Array, i: number): void => void (table[i] = (table[i] ?? 0) + 1);
  for (const id of ids) {
    const b = bas[id - premier] ?? 0;
    const h = haut[id - premier] ?? 0;
    for (const p of places) plus(p.table, (b >>> p.decalage) & p.masque);
    plus(annees, h & masqueAnnee);
    plus(dpe, Math.floor(h / PAS_DPE));
  }
  const comptes: Compte[] = [];
  const noter = (dimension: Dimension, cle: string, logements: number): void => {
    if (logements > 0) comptes.push({ dimension, cle, logements });
  };
  for (const [i, c] of [...BAS, ...HAUT].entries()) for (const [rang, n] of (tables[i] ?? []).entries()) noter(c.dimension, c.cle(rang), n);
  for (const [rang, n] of dpe.entries()) {
    const classe = rang % 2 ** DPE_BITS;
    const periode = PERIODES_DPE[Math.floor(rang / 2 ** DPE_BITS) - 1];
    noter('dpe', rangee(DPE)(classe), n);
    if (periode !== undefined) noter(`dpe-${periode}`, rangee(DPE)(classe), n);
  }
  return { logements: ids.length, comptes };
}
