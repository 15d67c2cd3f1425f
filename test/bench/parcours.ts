import { openReadOnly } from '../../electron/store/connexion.ts';

/** Durée médiane d'un parcours complet de la table des logements (une colonne de chaque ligne est lue), en ms. */
export function fullScan(dossier: string): number {
  const base = openReadOnly(dossier);
  try {
    // Le « + » interdit un index : c'est bien la table entière qui est parcourue.
    const requete = base.prepare('SELECT sum(loyerprinc), count(contreslog) FROM logement NOT INDEXED WHERE +declaration = 1');
    const durees = Array.from({ length: 21 }, () => {
      const debut = performance.now();
      requete.get();
      return performance.now() - debut;
    });
    return durees.toSorted((a, b) => a - b)[10] ?? Number.NaN;
  } finally {
    base.close();
  }
}
