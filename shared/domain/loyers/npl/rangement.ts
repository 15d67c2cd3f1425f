import type { PartEnsemble } from './types.ts';

const GROUPES = new WeakMap<readonly PartEnsemble[], ReadonlyMap<string, readonly PartEnsemble[]>>();
const INDEX = new WeakMap<readonly unknown[], ReadonlyMap<string, unknown>>();

/** Les parts de chaque ensemble ; le même parc donne les mêmes listes, que le calcul reconnaît. */
export function grouperParts(parts: readonly PartEnsemble[]): ReadonlyMap<string, readonly PartEnsemble[]> {
  const deja = GROUPES.get(parts);
  if (deja !== undefined) return deja;
  const groupes = new Map<string, PartEnsemble[]>();
  let groupe: PartEnsemble[] = [];
  for (const p of parts) {
    // Celles d'un ensemble se suivent : le même groupe sert presque toujours.
    if (groupe[0]?.ensemble !== p.ensemble) {
      groupe = groupes.get(p.ensemble) ?? [];
      if (groupe.length === 0) groupes.set(p.ensemble, groupe);
    }
    groupe.push(p);
  }
  GROUPES.set(parts, groupes);
  return groupes;
}

/** Les ensembles par leur code ; la même liste, que personne ne modifie, n'est rangée qu'une fois. */
export function indexerEnsembles<T extends { ensemble: string }>(ensembles: readonly T[]): ReadonlyMap<string, T> {
  const deja = INDEX.get(ensembles) as ReadonlyMap<string, T> | undefined;
  if (deja !== undefined) return deja;
  const index = new Map<string, T>();
  for (const e of ensembles) index.set(e.ensemble, e);
  INDEX.set(ensembles, index);
  return index;
}
