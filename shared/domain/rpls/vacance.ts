/**
 * Mois entiers depuis la dernière mise en location (champ 62), au 1er janvier de la déclaration ; `null`
 * si l'une des dates manque. Le RPLS dit le parc au 1er janvier de son année.
 */
export function dureeVacance(annee: number | null, remise: string | null): number | null {
  const lu = remise === null ? null : /^(\d{4})-(\d{2})$/u.exec(remise);
  if (annee === null || lu === null) return null;
  return annee * 12 + 1 - (Number(lu[1]) * 12 + Number(lu[2]));
}

export const MOIS_VACANCE = 3;
