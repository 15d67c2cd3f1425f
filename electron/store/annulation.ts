import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { codeSqlite } from './connexion.ts';
import { lireCle, lireImage, readForme, sqlCle, sqlImage, sqlMemeCle } from './images.ts';
import type { Forme, Image } from './images.ts';
import { appendJournal } from './journal.ts';
import { ANNULATION, NOTEES, REFECTION, SUIVIES, forgetApres, natureRetour, tableDeCote } from './operations.ts';
import type { OperationLue } from './operations.ts';
import { trackResumes } from './resumes.ts';

type Sens = 'annuler' | 'refaire';
const IMAGES = { annuler: { table: 'operation_avant', colonne: 'avant' }, refaire: { table: 'operation_apres', colonne: 'apres' } } as const;
const TABLES: readonly string[] = [...NOTEES, ...SUIVIES.map((s) => s.table)];
/** Natures qui touchent tout le parc : dire chaque ensemble n'apprendrait rien. */
const ENTIERES: ReadonlySet<string> = new Set(['import', 'ensembles.regle']);
const LOT = 5_000;

/**
 * Remet chaque ligne touchée par l'opération dans son état d'avant, et les résumés avec elles ; garde ce
 * qu'elle avait écrit, pour `redoOperation`. Rend les numéros des ensembles dont la composition ou le nom
 * revient. Dans la transaction de l'appelant.
 */
export function undoOperation(base: Base, operation: OperationLue): number[] {
  return move(base, operation, 'annuler');
}

/** Refait ce que `undoOperation` a défait, à l'identique. */
export function redoOperation(base: Base, operation: OperationLue): number[] {
  return move(base, operation, 'refaire');
}

function move(base: Base, operation: OperationLue, sens: Sens): number[] {
  base.pragma('defer_foreign_keys = ON');
  const ensembles = ENTIERES.has(operation.nature) ? new Set<number>() : new Set(readEnsemblesTouches(base, operation.id));
  const formes = TABLES.map((table) => readForme(base, table));
  const finir = trackResumes(base, operation.id);
  if (sens === 'annuler') for (const forme of formes) keepApres(base, operation.id, forme);
  moveSuites(base, operation.id, sens, false);
  for (const forme of formes) removeAjouts(base, operation.id, forme, sens);
  for (const forme of formes) restoreImages(base, operation.id, forme, sens);
  moveSuites(base, operation.id, sens, true);
  finir();
  if (!ENTIERES.has(operation.nature)) for (const e of readEnsemblesTouches(base, operation.id)) ensembles.add(e);
  if (sens === 'refaire') forgetApres(base, operation.id);
  return [...ensembles];
}

/** Ensembles d'où des logements étaient venus, où ils sont allés, et ceux qui ont changé de nom. */
function readEnsemblesTouches(base: Base, operation: number): number[] {
  return base
    .prepare<[{ 1: number }], number>(
      `SELECT CAST(cle AS INTEGER) FROM operation_avant WHERE operation = ?1 AND nom_table = 'ensemble'
       UNION SELECT json_extract(avant, '$.ensemble') FROM operation_avant WHERE operation = ?1 AND nom_table = 'logement' AND json_type(avant, '$.ensemble') IS NOT NULL
       UNION SELECT l.ensemble FROM operation_avant o JOIN logement l ON l.id = CAST(o.cle AS INTEGER)
         WHERE o.operation = ?1 AND o.nom_table = 'logement' AND json_type(o.avant, '$.ensemble') IS NOT NULL`,
    )
    .pluck()
    .all({ 1: operation });
}

/** Garde l'état présent de chaque ligne notée : les mêmes colonnes que son image d'avant, ou toute la ligne. */
function keepApres(base: Base, operation: number, forme: Forme): void {
  const { table } = forme;
  const premiere = forme.cle[0] ?? '';
  base
    .prepare(
      `INSERT INTO operation_apres (operation, nom_table, cle, apres)
       SELECT o.operation, o.nom_table, o.cle, CASE WHEN l.${premiere} IS NULL THEN NULL ELSE ${sqlImage(forme, 'l')} END
       FROM operation_avant o LEFT JOIN ${table} l ON ${sqlMemeCle(forme, 'l', 'o.cle')}
       WHERE o.operation = ? AND o.nom_table = ? AND (o.avant IS NULL OR json_type(o.avant, '$.${premiere}') IS NOT NULL)`,
    )
    .run(operation, table);
  const partielles = base
    .prepare<[number, string], { cle: string; avant: string }>(
      `SELECT cle, avant FROM operation_avant WHERE operation = ? AND nom_table = ? AND avant IS NOT NULL AND json_type(avant, '$.${premiere}') IS NULL`,
    )
    .all(operation, table);
  const garder = new Map<string, (cle: string) => void>();
  for (const { cle, avant } of partielles) {
    const { colonnes } = lireImage(avant);
    const nom = colonnes.join();
    let g = garder.get(nom);
    if (g === undefined) {
      const inserer = base.prepare(
        `INSERT INTO operation_apres (operation, nom_table, cle, apres) SELECT ?, ?, ${sqlCle(forme, 'l')}, ${sqlImage(forme, 'l', colonnes)} FROM ${table} l WHERE ${sqlMemeCle(forme, 'l', '?')}`,
      );
      garder.set(nom, (g = (c) => void inserer.run(operation, table, ...forme.cle.map(() => c))));
    }
    g(cle);
  }
}

/** Les lignes qui ne sont venues qu'avec une ligne neuve : mises de côté d'un bloc, et rendues de même. */
function moveSuites(base: Base, operation: number, sens: Sens, apresCoup: boolean): void {
  for (const { table, suites = [] } of SUIVIES) {
    const neuves = `(SELECT CAST(cle AS INTEGER) FROM operation_avant WHERE operation = ${operation} AND nom_table = '${table}' AND avant IS NULL)`;
    for (const suite of suites) {
      const cote = tableDeCote(operation, suite);
      const present = base.prepare<[string], number>(`SELECT 1 FROM main.sqlite_master WHERE name = ?`).pluck().get(cote) === 1;
      if (sens === 'annuler' && !apresCoup) {
        const ou = `${suite.cle} IN ${neuves}`;
        if (base.prepare(`SELECT 1 FROM ${suite.table} WHERE ${ou}`).get() === undefined) continue;
        base.exec(`CREATE TABLE ${cote} AS SELECT * FROM ${suite.table} WHERE ${ou}; DELETE FROM ${suite.table} WHERE ${ou}`);
      } else if (sens === 'refaire' && apresCoup && present) {
        const colonnes = readForme(base, suite.table).colonnes.map((c) => c.nom).join(', ');
        base.exec(`INSERT INTO ${suite.table} (${colonnes}) SELECT ${colonnes} FROM ${cote}`);
      }
    }
  }
}

function removeAjouts(base: Base, operation: number, forme: Forme, sens: Sens): void {
  const { table, colonne } = IMAGES[sens];
  const lignes = base.prepare<[number, string], string>(`SELECT cle FROM ${table} WHERE operation = ? AND nom_table = ? AND ${colonne} IS NULL`).pluck();
  const retirer = base.prepare(`DELETE FROM ${forme.table} WHERE ${forme.cle.map((c) => `${c} = ?`).join(' AND ')}`);
  for (const cle of lignes.all(operation, forme.table)) retirer.run(...lireCle(forme, cle));
}

/** Une image dit toute la ligne, ou les seules colonnes que l'opération a changées. */
function restoreImages(base: Base, operation: number, forme: Forme, sens: Sens): void {
  const { table, colonne } = IMAGES[sens];
  const lire = base.prepare<[number, string, string, number], { cle: string; image: string }>(
    `SELECT cle, ${colonne} AS image FROM ${table} WHERE operation = ? AND nom_table = ? AND cle > ? AND ${colonne} IS NOT NULL ORDER BY cle LIMIT ?`,
  );
  const remises = new Map<string, (cle: string, image: Image) => void>();
  const remettre = (cle: string, image: Image): void => {
    const nom = image.colonnes.join();
    let r = remises.get(nom);
    if (r === undefined) remises.set(nom, (r = prepareRemise(base, forme, image.colonnes)));
    r(cle, image);
  };
  // Une ligne dont une valeur unique est encore tenue par une autre attend que celle-ci soit remise.
  const attente: { cle: string; image: Image }[] = [];
  for (let apres = ''; ; ) {
    const lot = lire.all(operation, forme.table, apres, LOT);
    for (const { cle, image } of lot) {
      const lue = lireImage(image);
      if (!essayer(() => remettre(cle, lue))) attente.push({ cle, image: lue });
    }
    apres = lot.at(-1)?.cle ?? apres;
    if (lot.length < LOT) break;
  }
  for (let restent = attente; restent.length > 0; ) {
    const encore = restent.filter(({ cle, image }) => !essayer(() => remettre(cle, image)));
    const [bloquee] = encore;
    // Plus rien n'avance : la première dit pourquoi, et la transaction entière est abandonnée.
    if (bloquee !== undefined && encore.length === restent.length) remettre(bloquee.cle, bloquee.image);
    restent = encore;
  }
}

function essayer(faire: () => void): boolean {
  try {
    faire();
    return true;
  } catch (e) {
    if (codeSqlite(e) === 'SQLITE_CONSTRAINT_UNIQUE') return false;
    throw e;
  }
}

function prepareRemise(base: Base, forme: Forme, colonnes: readonly string[]): (cle: string, image: Image) => void {
  const changer = base.prepare(`UPDATE ${forme.table} SET ${colonnes.map((c) => `${c} = ?`).join(', ')} WHERE ${forme.cle.map((c) => `${c} = ?`).join(' AND ')}`);
  return (cle, { valeurs }) => {
    if (changer.run(...valeurs, ...lireCle(forme, cle)).changes > 0) return;
    base.prepare(`INSERT INTO ${forme.table} (${colonnes.join(', ')}) VALUES (${colonnes.map(() => '?').join(', ')})`).run(...valeurs);
  };
}

/** Marque l'opération annulée ; rend le numéro de la ligne qui en fait date. Dans la transaction de l'appelant. */
export function markAnnulee(base: Base, operation: OperationLue, par: QuiQuand): number {
  base.prepare('UPDATE operation SET annulee_le = ?, refaisable = 1 WHERE id = ?').run(par.quand, operation.id);
  return faireDate(base, natureRetour(ANNULATION, operation.nature), `Annulation : ${operation.libelle}`, { avant: operation.libelle, apres: null }, operation, par);
}

/** Marque l'opération de nouveau en vigueur ; rend le numéro de la ligne qui en fait date. */
export function markRefaite(base: Base, operation: OperationLue, par: QuiQuand): number {
  base.prepare('UPDATE operation SET annulee_le = NULL WHERE id = ?').run(operation.id);
  return faireDate(base, natureRetour(REFECTION, operation.nature), `De nouveau : ${operation.libelle}`, { avant: null, apres: operation.libelle }, operation, par);
}

function faireDate(base: Base, nature: string, libelle: string, valeurs: { avant: string | null; apres: string | null }, operation: OperationLue, par: QuiQuand): number {
  const id = Number(base.prepare('INSERT INTO operation (nature, libelle, quand, qui) VALUES (?, ?, ?, ?)').run(nature, libelle, par.quand, par.qui).lastInsertRowid);
  appendJournal(base, { ...par, champ: `operation/${operation.id}`, ...valeurs, operation: id });
  return id;
}
