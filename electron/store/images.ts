import type { Base } from './base.ts';

/** Valeur d'une colonne telle que SQLite la prend et la rend. */
export type ValeurSql = string | number | bigint | Buffer | null;

type Colonne = { name: string; type: string; pk: number };

/** Colonnes d'une table, et celles de sa clé, dans leur ordre. */
export type Forme = { table: string; colonnes: { nom: string; type: string }[]; cle: string[] };

export function readForme(base: Base, table: string): Forme {
  const colonnes = base.prepare<[string], Colonne>('SELECT name, type, pk FROM pragma_table_info(?)').all(table);
  const cle = colonnes.filter((c) => c.pk > 0).toSorted((a, b) => a.pk - b.pk).map((c) => c.name);
  if (cle.length === 0) throw new Error(`table sans clé : ${table}`);
  return { table, colonnes: colonnes.map((c) => ({ nom: c.name, type: c.type })), cle };
}

/** Texte SQL de la clé d'une ligne : le numéro seul, ou un tableau JSON quand la clé a plusieurs colonnes. */
export function sqlCle(forme: Forme, alias: string): string {
  const [seule] = forme.cle;
  return forme.cle.length === 1 ? `CAST(${alias}.${seule ?? ''} AS TEXT)` : `json_array(${forme.cle.map((c) => `${alias}.${c}`).join(', ')})`;
}

/** Valeurs de la clé d'après son texte, une par colonne de la clé. */
export const lireCle = (forme: Forme, cle: string): ValeurSql[] => (forme.cle.length === 1 ? [cle] : (JSON.parse(cle) as ValeurSql[]));

/** Condition SQL « cette ligne est celle de cette clé » ; `cle` : expression SQL du texte de la clé. */
export function sqlMemeCle(forme: Forme, alias: string, cle: string): string {
  if (forme.cle.length > 1) return forme.cle.map((c, i) => `${alias}.${c} = json_extract(${cle}, '$[${i}]')`).join(' AND ');
  const [seule = ''] = forme.cle;
  const entier = forme.colonnes.find((c) => c.nom === seule)?.type === 'INTEGER';
  return `${alias}.${seule} = ${entier ? `CAST(${cle} AS INTEGER)` : cle}`;
}

/**
 * Expression SQL du JSON d'une ligne (de ces colonnes seulement, si elles sont données). JSON ne dit ni les
 * octets ni tous les chiffres d'un réel : eux passent par un couple [nature, texte].
 */
export function sqlImage(forme: Forme, alias: string, seulement?: readonly string[]): string {
  const retenues = seulement === undefined ? forme.colonnes : forme.colonnes.filter((c) => seulement.includes(c.nom));
  const paires = retenues.map(({ nom, type }) => {
    const c = `${alias}.${nom}`;
    if (type === 'BLOB') return `'${nom}', json_array(typeof(${c}), hex(${c}))`;
    if (type === 'REAL') return `'${nom}', json_array(typeof(${c}), printf('%!.17g', ${c}))`;
    return `'${nom}', ${c}`;
  });
  return `json_object(${paires.join(', ')})`;
}

export type Image = { colonnes: string[]; valeurs: ValeurSql[] };

/** L'inverse de `sqlImage`. */
export function lireImage(json: string): Image {
  const objet = JSON.parse(json) as Record<string, ValeurSql | [string, string]>;
  return { colonnes: Object.keys(objet), valeurs: Object.values(objet).map((v) => (Array.isArray(v) ? lireCouple(v) : v)) };
}

function lireCouple([nature, texte]: [string, string]): ValeurSql {
  if (nature === 'null') return null;
  return nature === 'blob' ? Buffer.from(texte, 'hex') : Number(texte);
}
