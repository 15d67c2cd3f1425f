import type { Base } from './base.ts';

/** Ce qu'une écriture ne touche pas : rien que le dossier donne à lire, ou rien du parc ni de ce qui s'y compte. */
type Hors = 'lecture' | 'parc';

const ecartees = new WeakMap<Base, Record<Hors, number>>();
const enCours = new WeakSet<Base>();

const readEcritures = (base: Base): number => base.prepare<[], number>('SELECT total_changes()').pluck().get() ?? 0;

/** Change à chaque écriture de cette connexion, la seule qui écrive le dossier : de quoi savoir si une lecture vaut encore. */
export const readVersionLecture = (base: Base): number => readEcritures(base) - (ecartees.get(base)?.lecture ?? 0);

/**
 * De même, pour ce qui ne se lit que dans les logements, leurs déclarations, leurs ensembles et les enquêtes : un champ
 * tapé, une cible ou un échange ne la changent pas. Qui lit aussi un champ l'ajoute à sa clé.
 */
export const readVersionParc = (base: Base): number => readVersionLecture(base) - (ecartees.get(base)?.parc ?? 0);

/** Écrit sans changer la version de ce que `hors` nomme. L'écriture est d'un trait : aucune autre ne s'y mêle. */
export function writeHors<T>(base: Base, hors: Hors, ecrire: () => T): T {
  // Déjà comptée par celle qui l'entoure.
  if (enCours.has(base)) return ecrire();
  const avant = readEcritures(base);
  enCours.add(base);
  try {
    return ecrire();
  } finally {
    enCours.delete(base);
    const comptes = ecartees.get(base) ?? { lecture: 0, parc: 0 };
    comptes[hors] += base.open ? readEcritures(base) - avant : 0;
    ecartees.set(base, comptes);
  }
}
