/**
 * La révision des montants, écrite ici seulement. L445-3, V : les montants des II (la masse), III (les maximums) et
 * IV (leurs moyennes) sont révisés au 1er janvier de chaque année selon l'IRL du deuxième trimestre de l'année
 * précédente ; L445-3-1 : de même pour les maximums d'une ancienne CUS. Les trois le sont donc ensemble, par le
 * même indice, de l'année où chacun est écrit à celle du scénario :
 * - un maximum ou un loyer du RPLS, de l'année de la déclaration (janvier N) ;
 * - un maximum saisi d'une convention, de son année (à défaut, celle de la déclaration) ;
 * - un maximum ou une moyenne du scénario, de l'année où il a été fixé (à défaut, celle du scénario).
 * De l'année A à l'année N, le montant est multiplié par IRL(T2, N-1) / IRL(T2, A-1) : le produit des révisions
 * annuelles, sans arrondi entre elles. S'il manque un indice, rien n'est révisé, ni avant ni après, et c'est dit :
 * réviser un côté sans l'autre changerait la contrainte.
 */

/** Indice de référence des loyers du deuxième trimestre, en centièmes de point (`145.17` → 14517). */
export type Irl = { annee: number; indice: number; source: string };

/** Rapport exact de deux indices ; deux rapports égaux sont le même objet. */
export type Ratio = { readonly num: bigint; readonly den: bigint };
export const UN: Ratio = { num: 1n, den: 1n };
const RATIOS = new Map<string, Ratio>();

function ratioDe(num: number, den: number): Ratio {
  if (num === den) return UN;
  const cle = `${num}/${den}`;
  const deja = RATIOS.get(cle);
  if (deja !== undefined) return deja;
  const r = { num: BigInt(num), den: BigInt(den) };
  RATIOS.set(cle, r);
  return r;
}

export type Revision = {
  /** Par quoi multiplier un montant de cette année ; 1 quand rien n'est révisé. */
  de(annee: number | null | undefined): Ratio;
  /** Année des montants après révision ; `null` : chacun reste dans la sienne. */
  annee: number | null;
  /** Années dont l'indice manque, et années d'origine postérieures à celle du scénario. */
  manquants: number[];
  posterieures: number[];
  /** Identité : deux révisions de même clé donnent les mêmes rapports. */
  cle: string;
};

const AUCUNE: Revision = { de: () => UN, annee: null, manquants: [], posterieures: [], cle: '' };

/** La révision vers `annee` de montants écrits dans ces années. */
export function createRevision(indices: readonly Irl[], annee: number | undefined, ecrites: Iterable<number | null | undefined>): Revision {
  if (annee === undefined) return AUCUNE;
  const indice = new Map(indices.filter((i) => i.indice > 0).map((i) => [i.annee, i.indice]));
  const autres = [...new Set(ecrites)].filter((a): a is number => typeof a === 'number' && a !== annee).sort((a, b) => a - b);
  const posterieures = autres.filter((a) => a > annee);
  const manquants = [...new Set(autres.flatMap((a) => [a - 1, annee - 1]))].filter((a) => !indice.has(a)).sort((a, b) => a - b);
  if (posterieures.length > 0 || manquants.length > 0) return { ...AUCUNE, annee: null, manquants: posterieures.length > 0 ? [] : manquants, posterieures };
  const ratios = new Map(autres.map((a) => [a, ratioDe(indice.get(annee - 1) ?? 1, indice.get(a - 1) ?? 1)]));
  return {
    de: (a) => (a === null || a === undefined ? UN : (ratios.get(a) ?? UN)), annee, manquants: [], posterieures: [],
    cle: `${annee}:${[...ratios].map(([a, r]) => `${a}=${r.num}/${r.den}`).join(',')}`,
  };
}

/** Montant ou taux révisé, arrondi vers le bas (taux : au dix-millième d'€/m²). */
export const revise = (montant: bigint, r: Ratio): bigint => (r === UN ? montant : plancher(montant * r.num, r.den));

/** Quotient arrondi vers le bas, même négatif. */
export function plancher(n: bigint, d: bigint): bigint {
  if (d === 1n) return n;
  const q = n / d;
  return n < 0n && n % d !== 0n ? q - 1n : q;
}

/**
 * Plus haut taux permis un an après `taux` quand des travaux d'amélioration sont à équilibrer : tant de pour cent en
 * sus de la variation de l'IRL (L445-3, III, 2e alinéa), arrondi vers le bas. Suppose l'accord de l'autorité.
 */
export function hausseMaximale(taux: bigint, ancien: Irl, nouveau: Irl, pourcent: number): bigint {
  const a = BigInt(ancien.indice);
  // taux × (n/a + pourcent/100), sur un dénominateur commun.
  return (taux * (BigInt(nouveau.indice) * 100n + BigInt(pourcent) * a)) / (100n * a);
}

/**
 * Variation de l'IRL à appliquer aux maximums d'une année : `null` si l'un des deux indices manque. Une
 * révision au 1er janvier N compare le T2 de N-1 à celui de N-2.
 */
export function irlDeRevision(indices: readonly Irl[], annee: number): { ancien: Irl; nouveau: Irl } | null {
  const de = (n: number): Irl | null => indices.find((i) => i.annee === n) ?? null;
  const ancien = de(annee - 2);
  const nouveau = de(annee - 1);
  return ancien === null || nouveau === null || ancien.indice <= 0 ? null : { ancien, nouveau };
}
