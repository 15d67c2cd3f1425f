import { Comptes } from '../../shared/domain/rpls/comptes.ts';
import type { LogementCompte } from '../../shared/domain/rpls/comptes.ts';
import type { Base } from './base.ts';
import { enVigueur } from './en-vigueur.ts';
import { addNpl, forgetNplVides, writeNpl } from './npl/parc.ts';

/** Combien de fois les résumés de ce dossier ont été réécrits depuis son ouverture. */
const REVISIONS = new WeakMap<Base, number>();
export const revisionResumes = (base: Base): number => REVISIONS.get(base) ?? 0;
export const noteResumes = (base: Base): void => void REVISIONS.set(base, revisionResumes(base) + 1);

/** Tables que les comptes remplissent ; `resume_parc` seule ne suit pas les ensembles. */
export const TABLES_RESUMES = ['resume_parc', 'resume_ensemble', 'resume_financement', 'resume_npl'] as const;
const PAR_ENSEMBLE = TABLES_RESUMES.filter((t) => t !== 'resume_parc');

/** Écrit des comptes dans les tables de résumé, vides, du schéma `main` ou d'une base attachée. */
export function writeComptes(base: Base, schema: string, comptes: Comptes): void {
  const parc = base.prepare(`INSERT INTO ${schema}.resume_parc (commune, dimension, cle, logements) VALUES (?, ?, ?, ?)`);
  for (const l of comptes.parc()) parc.run(l.commune, l.dimension, l.cle, l.logements);
  writeComptesEnsembles(base, schema, comptes);
}

function writeComptesEnsembles(base: Base, schema: string, comptes: Comptes): void {
  const ensemble = base.prepare(
    `INSERT INTO ${schema}.resume_ensemble (ensemble, commune, surface, logements, qpv, qpv_inconnu, loues, somme_surface, somme_loyer, avec_maximum, surface_max, loyer_max_pratique, somme_max)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const l of comptes.ensembles()) {
    ensemble.run(
      l.ensemble, l.commune, l.surface, l.logements, l.qpv, l.qpvInconnu, l.loues, l.sommeSurface, l.sommeLoyer,
      l.avecMaximum, l.surfaceMax, l.loyerMaxPratique, l.sommeMax,
    );
  }
  const financement = base.prepare(`INSERT INTO ${schema}.resume_financement (ensemble, finan, logements) VALUES (?, ?, ?)`);
  for (const l of comptes.financements()) financement.run(l.ensemble, l.finan, l.logements);
  writeNpl(base, schema, comptes.npl);
}

export function clearResumes(base: Base): void {
  noteResumes(base);
  for (const table of TABLES_RESUMES) base.prepare(`DELETE FROM main.${table}`).run();
}

/** Ce que `Comptes` lit d'un logement. */
export const COLONNES_COMPTES =
  'commune, ensemble, sortiepatrim, qpv, typeconst, nbpiece, surfhab, construct, finan, cus, mode, modesurf, surfmode, loyerprinc, dpeenergie, dpedate, loyermaxapl, loyermaxcus';
const COMPTES = `SELECT ${COLONNES_COMPTES} FROM main.logement WHERE`;

/** Recompte tout d'après les logements des déclarations en vigueur ; à appeler dans la transaction qui les change. */
export function recomputeResumes(base: Base): void {
  clearResumes(base);
  const lignes = base.prepare<[], LogementCompte>(`${COMPTES} ${enVigueur()}`);
  const comptes = new Comptes();
  for (const l of lignes.iterate()) comptes.add(l);
  writeComptes(base, 'main', comptes);
}

/**
 * Recompte ces seuls ensembles, quand des logements ne font que passer de l'un à l'autre : le parc de
 * chaque commune ne change pas. Dans la transaction qui les déplace.
 */
export function recomputeEnsembles(base: Base, ensembles: Iterable<number>): void {
  const lire = base.prepare<[number], LogementCompte>(`${COMPTES} ensemble = ? AND ${enVigueur('+declaration')}`);
  const comptes = new Comptes();
  noteResumes(base);
  for (const id of new Set(ensembles)) {
    for (const table of PAR_ENSEMBLE) base.prepare(`DELETE FROM main.${table} WHERE ensemble = ?`).run(id);
    for (const l of lire.iterate(id)) comptes.add(l);
  }
  writeComptesEnsembles(base, 'main', comptes);
}

/** Au-delà, relire tous les logements coûte moins que compter les écarts. */
const ECARTS_MAXIMUM = 20_000;

/**
 * Corrige les résumés de ce que des logements comptaient avant et comptent après : exact, puisque tout y
 * est somme d'entiers. Dans la transaction qui change ces logements.
 */
export function adjustResumes(base: Base, avant: Iterable<LogementCompte>, apres: Iterable<LogementCompte>): void {
  const retires = comptesDe(avant);
  noteResumes(base);
  addComptes(base, retires, -1);
  addComptes(base, comptesDe(apres), 1);
  // Une somme tombée à rien n'a pas de ligne, comme dans un recompte entier.
  const parc = base.prepare('DELETE FROM main.resume_parc WHERE dimension = ? AND cle = ? AND commune = ? AND logements = 0');
  for (const l of retires.parc()) parc.run(l.dimension, l.cle, l.commune);
  const ensemble = base.prepare('DELETE FROM main.resume_ensemble WHERE ensemble = ? AND commune = ? AND logements = 0');
  for (const l of retires.ensembles()) ensemble.run(l.ensemble, l.commune);
  const financement = base.prepare('DELETE FROM main.resume_financement WHERE ensemble = ? AND finan = ? AND logements = 0');
  for (const l of retires.financements()) financement.run(l.ensemble, l.finan);
  forgetNplVides(base, retires.npl);
}

function comptesDe(logements: Iterable<LogementCompte>): Comptes {
  const comptes = new Comptes();
  for (const l of logements) comptes.add(l);
  return comptes;
}

const SOMMES = ['logements', 'qpv', 'qpv_inconnu', 'loues', 'somme_surface', 'somme_loyer', 'avec_maximum', 'surface_max', 'loyer_max_pratique', 'somme_max'] as const;

function addComptes(base: Base, comptes: Comptes, signe: 1 | -1): void {
  const parc = base.prepare(
    `INSERT INTO main.resume_parc (commune, dimension, cle, logements) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET logements = logements + excluded.logements`,
  );
  for (const l of comptes.parc()) parc.run(l.commune, l.dimension, l.cle, signe * l.logements);
  const ensemble = base.prepare(
    `INSERT INTO main.resume_ensemble (ensemble, commune, surface, ${SOMMES.join(', ')}) VALUES (?, ?, ?, ${SOMMES.map(() => '?').join(', ')})
     ON CONFLICT DO UPDATE SET ${SOMMES.map((c) => `${c} = ${c} + excluded.${c}`).join(', ')}`,
  );
  for (const l of comptes.ensembles()) {
    const sommes = [l.logements, l.qpv, l.qpvInconnu, l.loues, l.sommeSurface, l.sommeLoyer, l.avecMaximum, l.surfaceMax, l.loyerMaxPratique, l.sommeMax];
    ensemble.run(l.ensemble, l.commune, l.surface, ...sommes.map((n) => signe * n));
  }
  const financement = base.prepare('INSERT INTO main.resume_financement (ensemble, finan, logements) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET logements = logements + excluded.logements');
  for (const l of comptes.financements()) financement.run(l.ensemble, l.finan, signe * l.logements);
  addNpl(base, comptes.npl, signe);
}

/** Ce que ces logements (numéros, en JSON) comptent aujourd'hui, s'ils sont de la déclaration en vigueur. */
export function readComptes(base: Base, ids: string): LogementCompte[] {
  return base.prepare<[string], LogementCompte>(`${COMPTES} id IN (SELECT value FROM json_each(?)) AND ${enVigueur('+declaration')}`).all(ids);
}

/** À appeler avant d'annuler ou de refaire une opération ; ce qui est rendu, après : les résumés suivent ses logements. */
export function trackResumes(base: Base, operation: number): () => void {
  const notes = (table: string): number[] =>
    base.prepare<[number, string], number>('SELECT CAST(cle AS INTEGER) FROM operation_avant WHERE operation = ? AND nom_table = ?').pluck().all(operation, table);
  const logements = notes('logement');
  if (logements.length > ECARTS_MAXIMUM || notes('declaration').length > 0) return () => recomputeResumes(base);
  const ids = JSON.stringify(logements);
  const avant = readComptes(base, ids);
  return () => adjustResumes(base, avant, readComptes(base, ids));
}
