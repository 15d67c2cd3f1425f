import { parseDecimal } from '../nombres/decimal.ts';
import { partager } from '../nombres/partage.ts';

/** Ce selon quoi une cible de l'organisme se répartit entre territoires. */
export type CleRepartition = 'stock' | 'reference' | 'poids';

export type PartTerritoire = { territoire: string; poids: number; part: number };

/**
 * Poids tapés (`3`, `0,5`, `12.25`) ramenés à des entiers de mêmes proportions, exactement ; `null` pour un poids
 * illisible ou négatif. Une seule échelle pour tous : les parts ne dépendent que des rapports.
 */
export function entiersDePoids(poids: ReadonlyMap<string, string>): Map<string, number | null> {
  const lus = [...poids].map(([code, texte]) => [code, parseDecimal(texte.trim().replaceAll(/[\s\u00a0\u202f]/gu, '').replace(',', '.'))] as const);
  const echelle = Math.max(0, ...lus.map(([, d]) => d?.echelle ?? 0));
  return new Map(lus.map(([code, d]) => {
    const n = d === null || d.mantisse < 0n ? null : d.mantisse * 10n ** BigInt(echelle - d.echelle);
    return [code, n === null || n > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(n)];
  }));
}

/**
 * Répartit un nombre entier entre des territoires selon leurs poids : la somme des parts est exactement ce nombre
 * (plus forts restes). À restes égaux, l'ordre des codes tranche : l'ordre où les territoires sont donnés ne change
 * rien. Un poids nul n'a rien. Rend les parts dans l'ordre donné.
 */
export function repartirCible(total: number, poids: readonly { territoire: string; poids: number }[]): PartTerritoire[] {
  const tries = poids.toSorted((a, b) => (a.territoire < b.territoire ? -1 : a.territoire > b.territoire ? 1 : 0));
  const parts = partager(total, tries.map((p) => p.poids));
  const de = new Map(tries.map((p, i) => [p.territoire, parts[i] ?? 0]));
  return poids.map((p) => ({ ...p, part: de.get(p.territoire) ?? 0 }));
}
