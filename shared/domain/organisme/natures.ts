/** Natures d'organismes tenus de conclure une convention (L445-1 ; R481-5-1 pour les SEM agréées). */
export const natures = [
  { valeur: 'OPH', libelle: 'Office public de l’habitat', article: 'L445-1' },
  { valeur: 'ESH', libelle: 'Entreprise sociale pour l’habitat (société anonyme d’HLM)', article: 'L445-1' },
  { valeur: 'COOP', libelle: 'Société coopérative d’HLM', article: 'L445-1' },
  { valeur: 'SEM', libelle: 'Société d’économie mixte agréée', article: 'R481-5-1' },
] as const;

export type Nature = (typeof natures)[number]['valeur'];

export function isNature(texte: string): texte is Nature {
  return natures.some((n) => n.valeur === texte);
}
