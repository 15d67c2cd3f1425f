import type { Base } from './base.ts';
import { enVigueur } from './en-vigueur.ts';

/** Tables qu'une colonne demande, outre `logement l` : l'ensemble (`e`), les territoires de la commune (`t`), la position (`s`). */
export type Jointure = 'e' | 't' | 's';

/** Colonne qu'un filtre, un tri ou un groupe peut nommer, avec son expression SQL : jamais de texte venu d'ailleurs. */
export type ColonneSql = {
  nom: string;
  sql: string;
  /** Expression de tri, quand l'ordre n'est pas celui des valeurs. */
  tri?: string;
  numerique: boolean;
  /** 100 pour les montants et surfaces, gardés en centièmes. */
  facteur?: number;
  jointure?: Jointure;
};
export type Colonnes = ReadonlyMap<string, ColonneSql>;
/** Bornes et valeurs déjà vérifiées, dans l'unité montrée. */
export type Filtre = { colonne: string; valeurs?: string[]; contient?: string; de?: string; a?: string; vide?: boolean };
export type Tri = { colonne: string; sens: 'asc' | 'desc' };

/** Une commune d'aujourd'hui et ses territoires ; `rang` : sa place dans l'ordre alphabétique français. */
export type LigneTerritoire = { code: string; nom: string; rang: number; departement: string; region: string; epci: string | null };

/** De quoi lire une sélection : ce qui suit le SELECT, et les valeurs liées, dans l'ordre. */
export type Selection = { depuis: string; where: string; valeurs: (string | number)[] };

/** Un texte qui n'est pas tout ASCII : le seul dont la comparaison sans accents coûte un appel. */
const ACCENTUE = `*[^${String.fromCharCode(1)}-~]*`;

const LISTE_MAX = 100;

type Clause = { sql: string; valeurs: (string | number)[] };

/** Texte comparable : sans accents ni majuscules. */
export const plat = (texte: string): string => texte.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Apprend à cette connexion la fonction `plat` des filtres « contient ». */
function learnPlat(base: Base): void {
  if (connues.has(base)) return;
  base.function('plat', { deterministic: true }, (v: unknown) => (typeof v === 'string' ? plat(v) : null));
  connues.add(base);
}
const connues = new WeakSet<Base>();

/** Pour chaque connexion, les territoires que sa table temporaire contient. */
const territoiresEcrits = new WeakMap<Base, string>();

/**
 * Les territoires des communes, dans une table temporaire : une jointure par clé, que l'on refait
 * seulement quand les communes du dossier changent. Rien n'en est gardé dans le fichier.
 */
function writeTerritoires(base: Base, territoires: readonly LigneTerritoire[]): void {
  const json = JSON.stringify(territoires);
  if (territoiresEcrits.get(base) === json) return;
  base.exec(`CREATE TEMP TABLE IF NOT EXISTS territoire_commune (code TEXT PRIMARY KEY, nom TEXT, rang INTEGER, departement TEXT, region TEXT, epci TEXT) STRICT, WITHOUT ROWID;
    DELETE FROM temp.territoire_commune`);
  base
    .prepare(
      `INSERT INTO temp.territoire_commune SELECT value->>'code', value->>'nom', value->>'rang', value->>'departement', value->>'region', value->>'epci' FROM json_each(?)`,
    )
    .run(json);
  territoiresEcrits.set(base, json);
}

function clauseFiltre(filtre: Filtre, colonne: ColonneSql): Clause {
  const { sql, numerique, facteur = 1 } = colonne;
  const lier = (v: string): string | number => (numerique ? Math.round(Number(v) * facteur) : v);
  const clauses: string[] = [];
  const valeurs: (string | number)[] = [];
  if (filtre.valeurs !== undefined) {
    const choisies = filtre.valeurs.filter((v) => v !== '');
    // Une longue liste (les communes d'une région) passe en JSON : une seule valeur liée.
    const liste = choisies.length > LISTE_MAX ? 'IN (SELECT value FROM json_each(?))' : choisies.length === 1 ? '= ?' : `IN (${choisies.map(() => '?').join(', ')})`;
    const ou = choisies.length > 0 ? [`${sql} ${liste}`] : [];
    if (choisies.length < filtre.valeurs.length) ou.push(`${sql} IS NULL`);
    clauses.push(ou.length > 0 ? `(${ou.join(' OR ')})` : '0');
    if (choisies.length > LISTE_MAX) valeurs.push(JSON.stringify(choisies.map(lier)));
    else valeurs.push(...choisies.map(lier));
  }
  if (filtre.contient !== undefined && filtre.contient !== '') {
    const motif = `%${plat(filtre.contient).replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`;
    clauses.push(`(${sql} LIKE ? ESCAPE '\\' OR (${sql} GLOB ? AND plat(${sql}) LIKE ? ESCAPE '\\'))`);
    valeurs.push(motif, ACCENTUE, motif);
  }
  if (filtre.de !== undefined) {
    clauses.push(`${sql} >= ?`);
    valeurs.push(lier(filtre.de));
  }
  if (filtre.a !== undefined) {
    clauses.push(`${sql} <= ?`);
    valeurs.push(lier(filtre.a));
  }
  if (filtre.vide !== undefined) clauses.push(`${sql} IS ${filtre.vide ? '' : 'NOT '}NULL`);
  return { sql: clauses.length > 0 ? clauses.join(' AND ') : '1', valeurs };
}

/**
 * La sélection que font ces filtres, prête pour un SELECT qui lit aussi les colonnes de `lues`.
 * `territoires` n'est demandé, et `situer` appelé, que si une colonne en dépend.
 */
export function buildSelection(base: Base, filtres: readonly Filtre[], colonnes: Colonnes, lues: readonly ColonneSql[], territoires: () => readonly LigneTerritoire[], situer: () => void): Selection {
  learnPlat(base);
  const jointures = new Set<Jointure>();
  // Le « + » refuse l'index par commune : sans filtre ni tri de commune, lire la table dans son ordre va deux fois plus vite.
  const parCommune = lues[0]?.nom === 'commune' || filtres.some((f) => f.colonne === 'commune' && f.valeurs !== undefined);
  const clauses: string[] = [enVigueur(`${parCommune ? '' : '+'}l.declaration`)];
  const valeurs: (string | number)[] = [];
  for (const c of lues) if (c.jointure !== undefined) jointures.add(c.jointure);
  for (const f of filtres) {
    const colonne = colonnes.get(f.colonne);
    if (colonne === undefined) throw new Error(`colonne inconnue : ${f.colonne}`);
    if (colonne.jointure !== undefined) jointures.add(colonne.jointure);
    const clause = clauseFiltre(f, colonne);
    clauses.push(clause.sql);
    valeurs.push(...clause.valeurs);
  }
  const t = jointures.has('t');
  if (t) writeTerritoires(base, territoires());
  const s = jointures.has('s');
  if (s) situer();
  return {
    depuis: `FROM logement l${jointures.has('e') ? ' JOIN ensemble e ON e.id = l.ensemble' : ''}${t ? ' LEFT JOIN temp.territoire_commune t ON t.code = l.commune' : ''}${s ? ' LEFT JOIN temp.situation_qpv s ON s.logement = l.id' : ''}`,
    where: `WHERE ${clauses.join(' AND ')}`,
    valeurs,
  };
}
