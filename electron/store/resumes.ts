import { Comptes } from '../../shared/domain/rpls/comptes.ts';
import type { LogementCompte } from '../../shared/domain/rpls/comptes.ts';
import type { Base } from './base.ts';
import { enVigueur } from './en-vigueur.ts';

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
}

export function clearResumes(base: Base): void {
  for (const table of ['resume_parc', 'resume_ensemble', 'resume_financement']) base.prepare(`DELETE FROM main.${table}`).run();
}

const COMPTES = `SELECT commune, ensemble, sortiepatrim, qpv, typeconst, nbpiece, surfhab, construct, finan, mode, modesurf, surfmode, loyerprinc, dpeenergie, loyermaxapl, loyermaxcus
     FROM main.logement WHERE`;

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
  for (const id of new Set(ensembles)) {
    for (const table of ['resume_ensemble', 'resume_financement']) base.prepare(`DELETE FROM main.${table} WHERE ensemble = ?`).run(id);
    for (const l of lire.iterate(id)) comptes.add(l);
  }
  writeComptesEnsembles(base, 'main', comptes);
}
