import { formatEntier } from '../nombres/format.ts';
import { accord } from '../nombres/accord.ts';
import type { Regle } from './types.ts';

/** La politique des loyers retenue tient L445-3, et l'on sait combien de logements elle ne compte pas. */
export const checkLoyers: Regle = ({ npl }) => {
  if (npl === null) return [];
  const champ = 'npl/retenu';
  return [
    ...npl.bloquants.map((b) => ({ code: 'npl-non-conforme', champ: b.ensemble === null ? champ : `${champ}/${b.ensemble}/${b.plafond ?? ''}`, article: b.article, valeurs: { scenario: npl.nom, constat: b.message, ou: b.nom === null ? '' : ` (${b.nom})` } })),
    ...(npl.exclus > 0 ? [{ code: 'npl-incomplete', champ, valeurs: { scenario: npl.nom, logements: `${formatEntier(npl.exclus)} ${accord(npl.exclus, 'logement')}`, comptes: formatEntier(npl.comptes) } }] : []),
  ];
};
