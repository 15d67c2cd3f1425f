import type { Millesime } from '../../millesimes/types.ts';
import type { ValeursChamps } from '../organisme/champs.ts';
import { parseListeTerritoires } from './champ.ts';

export type OptionsEngagements = {
  /** Indicateurs facultatifs demandés, et codes des territoires identifiés pour chacun. */
  indicateurs: { code: string; territoires: string[] }[];
  /** Territoires de PS-1 décidés par l'utilisateur ; `null` : s'en tenir aux territoires proposés. */
  territoiresPs1: string[] | null;
  territoiresDemandes: string[];
  /** Listes de territoires saisies, par champ ; un champ vide n'y est pas. */
  listes: Readonly<Record<string, string[]>>;
};

/** Lit les champs `options/…` : ce que le préfet a demandé (R445-5, R445-5-1) et ce qui a été décidé. */
export function readOptions(millesime: Millesime, champs: ValeursChamps): OptionsEngagements {
  const liste = (nom: string): string[] => parseListeTerritoires(champs[nom] ?? '').codes;
  const ps1 = champs['options/territoires-ps1'] ?? '';
  return {
    indicateurs: millesime.indicateurs
      .filter((i) => !i.obligatoire && champs[`options/${i.code}`] === 'oui')
      .map((i) => ({ code: i.code, territoires: liste(`options/${i.code}/territoires`) })),
    territoiresPs1: ps1.trim() === '' ? null : parseListeTerritoires(ps1).codes,
    territoiresDemandes: liste('options/territoires-demandes'),
    listes: Object.fromEntries([...new Set(millesime.indicateurs.flatMap((i) => [i.territoires.champ, i.territoires.surDemande]))].flatMap((c) => (c === null || (champs[c] ?? '').trim() === '' ? [] : [[c, liste(c)]]))),
  };
}
