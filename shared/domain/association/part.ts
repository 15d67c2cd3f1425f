/** Part du parc social d'un ressort, comparée à un seuil en entiers : rien n'est arrondi. */
export type Part = { logements: number; parcSocial: number; atteinte: boolean; seuil: { numerateur: number; denominateur: number } };

/** Au moins le seuil : `logements / parcSocial ≥ numerateur / denominateur`, égalité comprise. */
export function computePart(logements: number, parcSocial: number, seuil: Part['seuil']): Part {
  // Des produits de nombres de logements tiennent dans un entier exact (moins de 2^53).
  return { logements, parcSocial, seuil, atteinte: logements * seuil.denominateur >= seuil.numerateur * parcSocial };
}
