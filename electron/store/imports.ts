import type { Base } from './base.ts';
import { appendJournal } from './journal.ts';
import type { QuiQuand } from './champs.ts';
import { migration } from './migrations/0001-dossier.ts';
import { insertEnsembles, keepEnsembles, refreshPortraits } from './ensembles.ts';
import { SQL_TOUCHE_PARC, openOperation } from './operations.ts';
import { TABLES_RESUMES, noteResumes, recomputeResumes } from './resumes.ts';
import { AUTRES_TABLES } from './staging.ts';
import type { Amorce } from './staging.ts';

export type DeclarationEnVigueur = { id: number; annee: number | null; logements: number };

/** Ce qu'un import écrit de lui-même dans le dossier. */
export type FicheImport = {
  type: 'rpls' | 'logements';
  /** Bailleur d'où viennent les logements ; `null` : l'organisme du dossier. */
  origine: number | null;
  fichier: string;
  sha256: string;
  regles: number;
  profil: string | null;
  encodage: string | null;
  entete: Uint8Array | null;
  annee: number | null;
  resultat: string;
};

export type DernierImport = { id: number; type: 'rpls' | 'logements'; fichier: string; sha256: string; regles: number; profil: string | null; encodage: string | null; entete: Buffer | null; resultat: string };

const suivant = (base: Base, table: string): number =>
  (base.prepare<[], { n: number | null }>(`SELECT max(id) AS n FROM ${table}`).get()?.n ?? 0) + 1;

/** La déclaration en vigueur d'une origine (`null` : l'organisme du dossier). */
export function declarationEnVigueur(base: Base, origine: number | null): DeclarationEnVigueur | null {
  const d = base.prepare<[number | null], { id: number; annee: number | null }>('SELECT id, annee FROM declaration WHERE en_vigueur = 1 AND origine IS ?').get(origine);
  if (d === undefined) return null;
  return { ...d, logements: countLogements(base, d.id) };
}

/** Vrai tant qu'aucun logement n'est dans le dossier, d'aucune origine ni d'aucune année. */
export const isDossierVide = (base: Base): boolean => base.prepare('SELECT 1 FROM logement LIMIT 1').get() === undefined;

export function countLogements(base: Base, declaration: number): number {
  return base.prepare<[number], { n: number }>('SELECT count(*) AS n FROM logement WHERE declaration = ?').get(declaration)?.n ?? 0;
}

/** Le dernier import appliqué aux logements : de toutes les origines, ou d'une seule (`null` : l'organisme). */
export function dernierImport(base: Base, origine?: number | null): DernierImport | null {
  return (
    base
      .prepare<[{ toutes: 0 | 1; origine: number | null }], DernierImport>(
        `SELECT id, type, fichier, sha256, regles, profil, encodage, entete, resultat FROM import
         WHERE type IN ('rpls', 'logements') AND (@toutes OR origine IS @origine) ORDER BY id DESC LIMIT 1`,
      )
      .get({ toutes: origine === undefined ? 1 : 0, origine: origine ?? null }) ?? null
  );
}

/** Anomalies d'une préparation (`prep.anomalie`) ou d'un import (`main.anomalie`). */
export type LigneAnomalie = { ligne: number; champ: string; valeur: string; code: string; rejet: number; brut: Buffer | null };

export function premieresAnomalies(base: Base, schema: 'main' | 'prep', importId: number, nombre: number): LigneAnomalie[] {
  return base
    .prepare<[number, number], LigneAnomalie>(
      `SELECT ligne, champ, valeur, code, rejet, NULL AS brut FROM ${schema}.anomalie WHERE import = ? ORDER BY ligne, id LIMIT ?`,
    )
    .all(importId, nombre);
}

export function countAnomalies(base: Base, schema: 'main' | 'prep', importId: number): Record<string, number> {
  const lignes = base.prepare<[number], { code: string; n: number }>(`SELECT code, count(*) AS n FROM ${schema}.anomalie WHERE import = ? GROUP BY code ORDER BY code`).all(importId);
  return Object.fromEntries(lignes.map((l) => [l.code, l.n]));
}

export function iterateAnomalies(base: Base, schema: 'main' | 'prep', importId: number): IterableIterator<LigneAnomalie> {
  return base.prepare<[number], LigneAnomalie>(`SELECT ligne, champ, valeur, code, rejet, brut FROM ${schema}.anomalie WHERE import = ? ORDER BY ligne, id`).iterate(importId);
}

/** Compte de tout ce qu'une opération peut changer : différent, la comparaison est périmée. */
export function revision(base: Base): string {
  return JSON.stringify(base.prepare(`SELECT (SELECT max(id) FROM operation WHERE ${SQL_TOUCHE_PARC}) AS operation, (SELECT max(id) FROM import) AS import, (SELECT max(id) FROM ensemble) AS ensemble`).get());
}

/** Numéros et tables d'où partira la préparation ; ils ne valent que tant que le dossier ne change pas. */
export function computeAmorce(base: Base): Amorce & { groupe: number; ensemble: number } {
  const texte = base.prepare<[string], { sql: string }>(`SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?`);
  return {
    tables: {
      logement: texte.get('logement')?.sql ?? '',
      // Sans la référence à `import` : la préparation n'a pas cette table.
      autres: AUTRES_TABLES.map((nom) => texte.get(nom)?.sql.replace(/ REFERENCES \w+ \(\w+\)/g, '') ?? ''),
    },
    declaration: suivant(base, 'declaration'),
    import: suivant(base, 'import'),
    premierLogement: suivant(base, 'logement'),
    premiereAnomalie: suivant(base, 'anomalie'),
    groupe: suivant(base, 'groupe'),
    ensemble: suivant(base, 'ensemble'),
  };
}

/** Écrit l'import, son opération et sa ligne de journal ; rend leurs numéros. Dans la transaction de l'appelant. */
export function insertImport(base: Base, fiche: FicheImport, par: QuiQuand, libelle: string): { id: number; operation: number } {
  const operation = openOperation(base, 'import', libelle, par);
  const avant = dernierImport(base, fiche.origine)?.fichier ?? null;
  const id = Number(
    base
      .prepare(
        `INSERT INTO import (type, origine, fichier, sha256, regles, profil, importe_le, qui, operation, encodage, entete, resultat)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(fiche.type, fiche.origine, fiche.fichier, fiche.sha256, fiche.regles, fiche.profil, par.quand, par.qui, operation, fiche.encodage, fiche.entete, fiche.resultat)
      .lastInsertRowid,
  );
  appendJournal(base, { ...par, champ: `import/${fiche.type}`, avant, apres: fiche.fichier, operation });
  return { id, operation };
}

/**
 * Met en vigueur une nouvelle déclaration de son origine : tous les logements de la préparation (attachée
 * sous `prep`) y entrent. L'ancienne reste dans le dossier. Dans la transaction de l'appelant.
 */
export function insertDeclaration(base: Base, amorce: Amorce, fiche: FicheImport, par: QuiQuand, libelle: string): void {
  const vide = isDossierVide(base);
  const { id } = insertImport(base, fiche, par, libelle);
  if (id !== amorce.import) throw new Error('numéro d’import déjà pris');
  base.prepare('UPDATE declaration SET en_vigueur = 0 WHERE en_vigueur = 1 AND origine IS ?').run(fiche.origine);
  base.prepare('INSERT INTO declaration (id, annee, import, en_vigueur, origine) VALUES (?, ?, ?, 1, ?)').run(amorce.declaration, fiche.annee, id, fiche.origine);
  insertEnsemblesNommes(base);
  // Table vide et sans index : SQLite recopie les lignes telles quelles, sans les décoder.
  if (vide) for (const nom of nomsIndex()) base.exec(`DROP INDEX IF EXISTS ${nom}`);
  base.exec('INSERT INTO main.logement SELECT * FROM lot.logement');
  for (const sql of migration.indexLogements) base.exec(sql.replace(' INDEX ', ' INDEX IF NOT EXISTS '));
  insertAnomalies(base);
}

/** Les ensembles neufs reprennent le nom que la convention précédente donnait à celui de même identifiant. */
function insertEnsemblesNommes(base: Base): void {
  const dernier = suivant(base, 'ensemble');
  insertEnsembles(base);
  base
    .prepare(
      `UPDATE ensemble SET nom = p.nom, nom_decide_par = 'utilisateur' FROM ensemble_precedent p
       WHERE p.code = ensemble.code AND p.nom <> ensemble.nom AND ensemble.id >= ?`,
    )
    .run(dernier);
}

/** Recopie les résumés préparés : exacts quand chaque groupe est un ensemble, donc au tout premier import. */
export function copyResumes(base: Base): void {
  noteResumes(base);
  for (const table of TABLES_RESUMES) {
    base.exec(`DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM prep.${table}`);
  }
}

export function insertAnomalies(base: Base): void {
  base.exec('INSERT INTO main.anomalie SELECT * FROM prep.anomalie');
}

export const nomsIndex = (): string[] => migration.indexLogements.map((sql) => /INDEX (\w+)/.exec(sql)?.[1] ?? '');

/**
 * Change les logements d'une déclaration en vigueur d'après `prep.ecart`. Chaque ligne ajoutée,
 * changée ou retirée laisse son état d'avant à l'opération. Dans la transaction de l'appelant.
 */
export function updateDeclaration(base: Base, declaration: DeclarationEnVigueur, fiche: FicheImport, par: QuiQuand, libelle: string): void {
  const { operation } = insertImport(base, fiche, par, libelle);
  const colonnes = base.prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('logement')`).all().map((c) => c.name);
  keepEnsembles(base, declaration.id);
  insertEnsemblesNommes(base);
  const image = `json_object(${colonnes.map((c) => `'${c}', a.${c}`).join(', ')})`;
  base
    .prepare(
      `INSERT INTO operation_avant (operation, nom_table, cle, avant)
       SELECT ?, 'logement', a.id, ${image} FROM prep.ecart e JOIN main.logement a ON a.id = e.ancien`,
    )
    .run(operation);
  base.prepare(`INSERT INTO operation_avant (operation, nom_table, cle, avant) SELECT ?, 'logement', nouveau, NULL FROM prep.ecart WHERE volet = 'ajoutes'`).run(operation);
  base.exec(`DELETE FROM main.logement WHERE id IN (SELECT ancien FROM prep.ecart WHERE volet = 'disparus')`);
  const changees = colonnes.filter((c) => !['id', 'declaration', 'ident_int'].includes(c));
  base.exec(
    `UPDATE main.logement AS a SET ${changees.map((c) => `${c} = n.${c}`).join(', ')}
     FROM prep.ecart e JOIN lot.logement n ON n.id = e.nouveau WHERE e.volet = 'modifies' AND a.id = e.ancien`,
  );
  base
    .prepare(
      `INSERT INTO main.logement (${colonnes.join(', ')})
       SELECT ${colonnes.map((c) => (c === 'declaration' ? '?' : `n.${c}`)).join(', ')} FROM prep.ecart e JOIN lot.logement n ON n.id = e.nouveau WHERE e.volet = 'ajoutes'`,
    )
    .run(declaration.id);
  if (declaration.annee === null && fiche.annee !== null) {
    base.prepare('UPDATE declaration SET annee = ? WHERE id = ?').run(fiche.annee, declaration.id);
  }
  insertAnomalies(base);
  recomputeResumes(base);
  refreshPortraits(base);
}

/** Comme `insertDeclaration`, pour un dossier qui a déjà des logements : les ensembles connus restent. `ancienne` : `null` pour une origine neuve. */
export function replaceDeclaration(base: Base, ancienne: DeclarationEnVigueur | null, amorce: Amorce, fiche: FicheImport, par: QuiQuand, libelle: string): void {
  if (ancienne !== null) keepEnsembles(base, ancienne.id);
  insertDeclaration(base, amorce, fiche, par, libelle);
  recomputeResumes(base);
  refreshPortraits(base);
}
