import type { Base } from './base.ts';

/** Numéros de logements, bornes comprises. */
export type Tranche = [de: number, a: number];
const TRANCHE = 10_000;

/** Tous les logements du dossier, par tranches que le service lit l'une après l'autre. */
export function listTranchesLogements(base: Base): Tranche[] {
  const bornes = base.prepare<[], { de: number | null; a: number | null }>('SELECT (SELECT min(id) FROM logement) AS de, (SELECT max(id) FROM logement) AS a').get();
  const { de, a } = { de: bornes?.de ?? 0, a: bornes?.a ?? -1 };
  return Array.from({ length: Math.ceil((a - de + 1) / TRANCHE) }, (_, i) => [de + i * TRANCHE, Math.min(a, de + (i + 1) * TRANCHE - 1)]);
}
