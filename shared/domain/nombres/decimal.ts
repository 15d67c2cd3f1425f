/**
 * Décimaux exacts : un entier (`mantisse`) et un nombre de décimales (`echelle`). Aucune valeur
 * conservée ne passe par un flottant, où 0,1 + 0,2 ne fait pas 0,3.
 */
export type Decimal = { readonly mantisse: bigint; readonly echelle: number };

const CANONIQUE = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Lit l'écriture conservée (`1250.50`) ; `null` pour toute autre. */
export function parseDecimal(texte: string): Decimal | null {
  const m = CANONIQUE.exec(texte);
  if (m === null) return null;
  const decimales = m[3] ?? '';
  return { mantisse: BigInt(`${m[1] ?? ''}${m[2] ?? ''}${decimales}`), echelle: decimales.length };
}

/** Écriture conservée, avec les décimales tapées : `25.0` et `25` n'ont pas la même précision. */
export function writeDecimal(d: Decimal): string {
  const signe = d.mantisse < 0n ? '-' : '';
  const chiffres = (d.mantisse < 0n ? -d.mantisse : d.mantisse).toString().padStart(d.echelle + 1, '0');
  if (d.echelle === 0) return `${signe}${chiffres}`;
  return `${signe}${chiffres.slice(0, -d.echelle)}.${chiffres.slice(-d.echelle)}`;
}

function puissance(n: number): bigint {
  return 10n ** BigInt(n);
}

/** Négatif, nul ou positif selon que `a` est plus petit, égal ou plus grand que `b`. */
export function compareDecimal(a: Decimal, b: Decimal): number {
  const gauche = a.mantisse * puissance(b.echelle);
  const droite = b.mantisse * puissance(a.echelle);
  return gauche < droite ? -1 : gauche > droite ? 1 : 0;
}

export function addDecimal(a: Decimal, b: Decimal): Decimal {
  const echelle = Math.max(a.echelle, b.echelle);
  return {
    mantisse: a.mantisse * puissance(echelle - a.echelle) + b.mantisse * puissance(echelle - b.echelle),
    echelle,
  };
}

/** Vrai si les décimales tapées ne sont que des zéros. */
export function isEntier(d: Decimal): boolean {
  return d.mantisse % puissance(d.echelle) === 0n;
}

/** Quotient de deux entiers arrondi au plus proche, la demie s'éloignant de zéro. */
export function divideArrondi(numerateur: bigint, denominateur: bigint): bigint {
  if (denominateur === 0n) throw new RangeError('division par zéro');
  const negatif = numerateur < 0n !== denominateur < 0n;
  const n = numerateur < 0n ? -numerateur : numerateur;
  const d = denominateur < 0n ? -denominateur : denominateur;
  const q = (2n * n + d) / (2n * d);
  return negatif ? -q : q;
}

/** Arrondi à `decimales` chiffres, la demie s'éloignant de zéro. Pour l'affichage seulement. */
export function roundDecimal(d: Decimal, decimales: number): Decimal {
  if (d.echelle <= decimales) return { mantisse: d.mantisse * puissance(decimales - d.echelle), echelle: decimales };
  return { mantisse: divideArrondi(d.mantisse, puissance(d.echelle - decimales)), echelle: decimales };
}

/** Rapport de deux entiers en décimal arrondi ; `null` si le dénominateur est nul. */
export function ratio(numerateur: bigint | number, denominateur: bigint | number, decimales: number): Decimal | null {
  const d = BigInt(denominateur);
  if (d === 0n) return null;
  return { mantisse: divideArrondi(BigInt(numerateur) * puissance(decimales), d), echelle: decimales };
}

/** Pourcentage `numerateur / denominateur`, arrondi à `decimales` ; `null` si le dénominateur est nul. */
export function ratioPourcentage(numerateur: bigint | number, denominateur: bigint | number, decimales: number): Decimal | null {
  return ratio(BigInt(numerateur) * 100n, denominateur, decimales);
}

/**
 * Vrai si `d` peut être `numerateur × facteur / denominateur` écrit avec la précision de `d` : l'écart
 * ne dépasse pas la moitié de son dernier chiffre. Comparaison entière, sans division.
 */
export function isRatioArrondi(d: Decimal, numerateur: bigint, denominateur: bigint, facteur: bigint): boolean {
  if (denominateur === 0n) return false;
  const ecart = d.mantisse * denominateur - numerateur * facteur * puissance(d.echelle);
  const absolu = ecart < 0n ? -ecart : ecart;
  return 2n * absolu <= (denominateur < 0n ? -denominateur : denominateur);
}
