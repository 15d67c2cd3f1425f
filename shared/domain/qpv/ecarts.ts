/**
 * Ce que donne, pour un logement du parc, la comparaison du champ 22 déclaré et du contour :
 * `accord` ; `oui-dehors` (déclaré oui, contour non) ; `non-dedans` (déclaré non, contour oui) ;
 * `inconnu-dedans`, `inconnu-dehors` (rien de déclaré) ; `sans-contour` (aucun quartier du fichier dans le
 * département : rien n'est conclu) ; `sans-position` (ni coordonnées, ni adresse, ni repère).
 */
export type Ecart = 'accord' | 'oui-dehors' | 'non-dedans' | 'inconnu-dedans' | 'inconnu-dehors' | 'sans-contour' | 'sans-position';

export const ECARTS: readonly { ecart: Ecart; libelle: string; desaccord: boolean }[] = [
  { ecart: 'oui-dehors', libelle: 'Déclarés en QPV, hors des contours', desaccord: true },
  { ecart: 'non-dedans', libelle: 'Déclarés hors QPV, dans un contour', desaccord: true },
  { ecart: 'inconnu-dedans', libelle: 'Sans déclaration, dans un contour', desaccord: true },
  { ecart: 'inconnu-dehors', libelle: 'Sans déclaration, hors des contours', desaccord: false },
  { ecart: 'sans-position', libelle: 'Sans position sûre', desaccord: false },
  { ecart: 'sans-contour', libelle: 'Sans contour dans leur département', desaccord: false },
  { ecart: 'accord', libelle: 'D’accord', desaccord: false },
];

export const DESACCORDS: readonly Ecart[] = ECARTS.filter((e) => e.desaccord).map((e) => e.ecart);

/** `contour` : le point est dans un quartier, ou non ; `null` sans point sûr. Le déclaré n'est jamais changé. */
export function comparer(declare: number | null, contour: boolean | null, couvert: boolean): Ecart {
  if (contour === null) return 'sans-position';
  if (!couvert) return 'sans-contour';
  if (declare === 1) return contour ? 'accord' : 'oui-dehors';
  if (declare === 2) return contour ? 'non-dedans' : 'accord';
  return contour ? 'inconnu-dedans' : 'inconnu-dehors';
}
