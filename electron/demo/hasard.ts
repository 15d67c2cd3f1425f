/** Tirages reproductibles : une graine et des clés donnent toujours la même suite (mulberry32). */
export type Hasard = {
  /** Dans [0, 1[. */
  reel(): number;
  /** Entier de `min` à `max`, bornes comprises. */
  entier(min: number, max: number): number;
  chance(probabilite: number): boolean;
  parmi<T>(choix: readonly [T, ...T[]]): T;
  /** Tirage pondéré ; les poids n'ont pas besoin de valoir 1 en tout. */
  pondere<T>(choix: readonly (readonly [T, number])[]): T;
};

function melanger(graine: number, cles: readonly number[]): number {
  let h = graine | 0;
  for (const cle of cles) {
    h = Math.imul(h ^ cle, 0x9e3779b1);
    h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
    h ^= h >>> 13;
  }
  return h;
}

export function hasard(graine: number, ...cles: number[]): Hasard {
  let a = melanger(graine, cles);
  const reel = (): number => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const entier = (min: number, max: number): number => min + Math.floor(reel() * (max - min + 1));
  return {
    reel,
    entier,
    chance: (p) => reel() < p,
    parmi: (choix) => choix[entier(0, choix.length - 1)] ?? choix[0],
    pondere: (choix) => {
      let reste = reel() * choix.reduce((s, [, poids]) => s + poids, 0);
      for (const [valeur, poids] of choix) {
        reste -= poids;
        if (reste < 0) return valeur;
      }
      const dernier = choix.at(-1);
      if (!dernier) throw new Error('tirage sans choix');
      return dernier[0];
    },
  };
}
