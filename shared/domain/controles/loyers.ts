import { formatEntier } from '../nombres/format.ts';
import { accord } from '../nombres/accord.ts';
import type { Regle } from './types.ts';

const logements = (n: number): string => `${formatEntier(n)} ${accord(n, 'logement')}`;

/** La politique des loyers retenue tient L445-3, et l'on sait combien de logements elle ne compte pas ; les loyers et maximums à 0 € se disent. */
export const checkLoyers: Regle = ({ npl, nuls = { loyers: 0, maximums: 0 } }) => {
  const zeros = [
    ...(nuls.loyers > 0 ? [{ code: 'loyers-nuls', champ: null, valeurs: { logements: `${logements(nuls.loyers)} ${accord(nuls.loyers, 'loué')} ${accord(nuls.loyers, 'déclaré')}` } }] : []),
    ...(nuls.maximums > 0 ? [{ code: 'maximums-nuls', champ: null, valeurs: { logements: logements(nuls.maximums) } }] : []),
  ];
  if (npl === null) return zeros;
  const champ = 'npl/retenu';
  const phrase = (b: { nom: string | null; message: string }) => ({ scenario: npl.nom, constat: b.message, ou: b.nom === null ? '' : ` (${b.nom})` });
  return [
    ...npl.bloquants.map((b) => ({ code: 'npl-non-conforme', champ: b.ensemble === null ? champ : `${champ}/${b.ensemble}/${b.plafond ?? ''}`, article: b.article, valeurs: phrase(b) })),
    // Chacun se justifie à part : son code est dans le champ.
    ...(npl.aJustifier ?? []).map((b) => ({ code: 'npl-a-justifier', champ: `${champ}/${b.code ?? ''}`, article: b.article, valeurs: phrase(b) })),
    ...(npl.exclus > 0 ? [{ code: 'npl-incomplete', champ, valeurs: { scenario: npl.nom, logements: logements(npl.exclus), comptes: formatEntier(npl.comptes) } }] : []),
    ...zeros,
  ];
};
