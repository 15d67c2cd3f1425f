/**
 * Partage un entier selon des poids entiers : la somme des parts est exactement l'entier (plus forts restes ; à
 * restes égaux, le premier donné). Un poids nul n'a rien ; sans aucun poids, personne n'a rien.
 */
export function partager(total: number, poids: readonly number[]): number[] {
  const somme = poids.reduce((s, p) => s + BigInt(p), 0n);
  if (somme <= 0n) return poids.map(() => 0);
  const exactes = poids.map((p) => (BigInt(total) * BigInt(p)));
  const parts = exactes.map((e) => Number(e / somme));
  const restes = exactes.map((e, i) => ({ i, reste: e % somme })).sort((a, b) => (a.reste === b.reste ? a.i - b.i : a.reste > b.reste ? -1 : 1));
  let manque = total - parts.reduce((s, p) => s + p, 0);
  for (const { i } of restes) {
    if (manque-- <= 0) break;
    parts[i] = (parts[i] ?? 0) + 1;
  }
  return parts;
}
