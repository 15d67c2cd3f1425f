import type { Base } from './base.ts';

export type LigneGardee = { ligne: number; brut: Buffer; encodage: string | null };

/**
 * Lignes rejetées en double d'un logement de cette déclaration, telles que lues par ses imports :
 * remises sans correction dans un complément, elles ne doivent pas remplacer ce logement.
 */
export function readDoublons(base: Base, declaration: number): LigneGardee[] {
  return base
    .prepare<[number], LigneGardee>(
      `SELECT a.ligne, a.brut, i.encodage FROM declaration d
       JOIN import i ON i.id >= d.import AND i.type = 'rpls' AND i.origine IS d.origine
       JOIN main.anomalie a ON a.import = i.id
       WHERE d.id = ? AND a.code = 'doublon' AND a.brut IS NOT NULL
         AND EXISTS (SELECT 1 FROM main.logement l WHERE l.declaration = d.id AND l.ident_int = a.valeur)`,
    )
    .all(declaration);
}

/** Lignes que les imports de cette déclaration ont gardées avec leurs anomalies : ce que leurs rapports montrent. */
export function iterateLignesGardees(base: Base, declaration: number): IterableIterator<LigneGardee> {
  return base
    .prepare<[number], LigneGardee>(
      `SELECT a.ligne, a.brut, i.encodage FROM declaration d
       JOIN import i ON i.id >= d.import AND i.type = 'rpls' AND i.origine IS d.origine
       JOIN main.anomalie a ON a.import = i.id
       WHERE d.id = ? AND a.brut IS NOT NULL`,
    )
    .iterate(declaration);
}

/**
 * Dans la préparation d'un complément comparé (`prep.ecart` rempli), ne garde la remarque
 * « complement-remplace » que des lignes qui changent un logement. Rend le nombre de lignes signalées.
 */
export function keepRemplacements(base: Base): number {
  base.exec(
    `DELETE FROM prep.anomalie WHERE code = 'complement-remplace'
     AND ligne NOT IN (SELECT n.ligne FROM prep.ecart e JOIN lot.logement n ON n.id = e.nouveau WHERE e.volet = 'modifies')`,
  );
  return base.prepare<[], { n: number }>(`SELECT count(DISTINCT ligne) AS n FROM prep.anomalie WHERE rejet = 0 AND ligne > 1`).get()?.n ?? 0;
}

/** Redonne aux lignes d'une préparation leur numéro dans le fichier de la personne : [ligne lue, numéro]. */
export function renumber(base: Base, numeros: readonly (readonly [number, number])[]): void {
  base.exec('CREATE TEMP TABLE numero (lue INTEGER PRIMARY KEY, ligne INTEGER NOT NULL) STRICT');
  try {
    const inserer = base.prepare('INSERT INTO temp.numero (lue, ligne) VALUES (?, ?)');
    for (const [lue, ligne] of numeros) inserer.run(lue, ligne);
    for (const table of ['prep.anomalie', 'lot.logement']) {
      base.exec(`UPDATE ${table} SET ligne = coalesce((SELECT n.ligne FROM temp.numero n WHERE n.lue = ${table.split('.')[1]}.ligne), ligne)`);
    }
  } finally {
    base.exec('DROP TABLE temp.numero');
  }
}

/** Remarque sur le fichier, ajoutée à la préparation après sa lecture. */
export function addRemarqueFichier(base: Base, importId: number, code: string, valeur: string): void {
  base.prepare(`INSERT INTO prep.anomalie (import, ligne, champ, valeur, code, rejet, brut) VALUES (?, 1, '', ?, ?, 0, NULL)`).run(importId, valeur, code);
}
