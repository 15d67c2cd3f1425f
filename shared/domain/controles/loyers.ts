import { formatEntier } from '../nombres/format.ts';
import { accord } from '../nombres/accord.ts';
import type { ConstatLoyers, Regle } from './types.ts';

const logements = (n: number): string => `${formatEntier(n)} ${accord(n, 'logement')}`;

/** Où est un constat : l'ensemble, et le plafond de ressources s'il n'en vise qu'un. */
const lieu = (c: ConstatLoyers): string[] => (c.nom === null ? [] : [c.plafond === null ? c.nom : `${c.nom} ${c.plafond}`]);
const NOMMES = 5;
/** Les constats à justifier, un par code : une seule raison vaut pour tous ceux de même nature, qui sont nommés ou comptés. */
function parCode(constats: readonly ConstatLoyers[]): { code: string; article: string; message: string; ou: string }[] {
  const groupes = new Map<string, ConstatLoyers[]>();
  for (const c of constats) {
    const siens = groupes.get(c.code ?? '');
    if (siens === undefined) groupes.set(c.code ?? '', [c]);
    else siens.push(c);
  }
  return [...groupes].map(([code, siens]) => {
    const lieux = siens.flatMap(lieu);
    const autres = lieux.length - NOMMES;
    const suite = autres > 0 ? ` et ${formatEntier(autres)} ${accord(autres, 'autre')}` : '';
    return { code, article: siens[0]?.article ?? '', message: siens[0]?.message ?? '', ou: lieux.length === 0 ? '' : ` (${lieux.slice(0, NOMMES).join(', ')}${suite})` };
  });
}

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
    // Chaque nature se justifie à part : son code est dans le champ.
    ...parCode(npl.aJustifier ?? []).map((b) => ({ code: 'npl-a-justifier', champ: `${champ}/${b.code}`, article: b.article, valeurs: { scenario: npl.nom, constat: b.message, ou: b.ou } })),
    ...(npl.exclus > 0 ? [{ code: 'npl-incomplete', champ, valeurs: { scenario: npl.nom, logements: logements(npl.exclus), comptes: formatEntier(npl.comptes) } }] : []),
    ...zeros,
  ];
};
