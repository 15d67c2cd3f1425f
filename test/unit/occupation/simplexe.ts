/**
 * Bornes exactes d'une forme linéaire sur { x ≥ 0, A x = A x0 }, par le simplexe (règle de Bland), en partant
 * de la solution connue x0. Sans rapport avec le code jugé : de l'algèbre, rien d'autre.
 */
export function bornes(equations: readonly (readonly number[])[], x0: readonly number[], forme: readonly number[]): { min: number; max: number } {
  return { max: maximiser(equations, x0, forme), min: -maximiser(equations, x0, forme.map((c) => -c)) };
}

const EPS = 1e-9;

function maximiser(equations: readonly (readonly number[])[], x0: readonly number[], forme: readonly number[]): number {
  const n = x0.length;
  const produit = (e: readonly number[]): number => e.reduce((s, c, i) => s + c * (x0[i] ?? 0), 0);
  // Phase 1 : une variable artificielle par équation, à ramener à zéro ; phase 2 : la forme.
  const m = equations.length;
  const t = equations.map((e, i) => [...e, ...Array.from({ length: m }, (_, k) => (k === i ? 1 : 0)), produit(e)]);
  const base = equations.map((_, i) => n + i);
  pivoter(t, base, [...Array.from({ length: n }, () => 0), ...Array.from({ length: m }, () => -1)], n + m);
  for (const [i, b] of base.entries()) {
    if (b < n) continue;
    const j = (t[i] ?? []).findIndex((v, k) => k < n && Math.abs(v) > EPS);
    if (j >= 0) changer(t, base, i, j);
  }
  const gardees = base.map((b, i) => ({ b, i })).filter(({ b }) => b < n);
  const t2 = gardees.map(({ i }) => [...(t[i] ?? []).slice(0, n), t[i]?.at(-1) ?? 0]);
  const base2 = gardees.map(({ b }) => b);
  if (!pivoter(t2, base2, [...forme], n)) return Infinity;
  return base2.reduce((s, b, i) => s + (forme[b] ?? 0) * (t2[i]?.at(-1) ?? 0), 0);
}

function pivoter(t: number[][], base: number[], couts: readonly number[], colonnes: number): boolean {
  for (;;) {
    let entrante = -1;
    for (let j = 0; j < colonnes && entrante < 0; j++) {
      const reduit = (couts[j] ?? 0) - base.reduce((s, b, i) => s + (couts[b] ?? 0) * (t[i]?.[j] ?? 0), 0);
      if (reduit > EPS) entrante = j;
    }
    if (entrante < 0) return true;
    let sortante = -1;
    let meilleur = Infinity;
    for (const [i, l] of t.entries()) {
      const c = l[entrante] ?? 0;
      if (c <= EPS) continue;
      const q = (l.at(-1) ?? 0) / c;
      if (q < meilleur - EPS || (q < meilleur + EPS && (base[i] ?? 0) < (base[sortante] ?? Infinity))) [meilleur, sortante] = [q, i];
    }
    if (sortante < 0) return false;
    changer(t, base, sortante, entrante);
  }
}

function changer(t: number[][], base: number[], i: number, j: number): void {
  const pivot = t[i]?.[j] ?? 1;
  t[i] = (t[i] ?? []).map((v) => v / pivot);
  for (const [k, l] of t.entries()) {
    const c = l[j] ?? 0;
    if (k !== i && Math.abs(c) > 0) t[k] = l.map((v, x) => v - c * (t[i]?.[x] ?? 0));
  }
  base[i] = j;
}
