/** Ce que la carte dit d'un scénario de politique des loyers : les mêmes parts que son tableau, sommées par ligne. */
import { sommer } from '../loyers/npl/masse.ts';
import type { MasseEnsemble, PartMasse } from '../loyers/npl/masse.ts';
import { tauxDe } from '../loyers/npl/quantites.ts';
import type { SommesLoyers } from '../loyers/taux.ts';

export const MESURES_NPL = ['maximumNpl', 'ecartNpl', 'hausseNpl'] as const;
export type MesureNpl = (typeof MESURES_NPL)[number];
export const isMesureNpl = (mesure: string): mesure is MesureNpl => MESURES_NPL.some((m) => m === mesure);

/**
 * De quoi refaire les mesures d'un groupe de lignes : surfaces en centièmes de m², masses en millionièmes d'euro par
 * mois, loyers en centimes. `…Loue` : les seuls ensembles dont un loyer est connu dans cette surface.
 */
export const SOMMES_NPL = ['surface', 'avant', 'apres', 'surfaceLoue', 'apresLoue', 'surfaceLoyer', 'loyer'] as const;
export type SommesNpl = Record<(typeof SOMMES_NPL)[number], number>;

export type LigneNplCarte = { sommes: SommesNpl; logements: number; logementsLoue: number; ensembles: number; sansLoyer: number };

/** Un groupe d'ensembles d'une même base, chacun avec ses loyers dans cette surface (`undefined` : aucun). */
export function sommerNpl(groupe: readonly { masse: MasseEnsemble; loyers: Pick<SommesLoyers, 'surface' | 'loyer'> | undefined }[]): LigneNplCarte {
  const loues = groupe.filter((g) => (g.loyers?.surface ?? 0) > 0);
  const parts = (g: typeof groupe): PartMasse[] => g.flatMap((x) => x.masse.parts);
  const [tout, loue] = [sommer(parts(groupe)), sommer(parts(loues))];
  return {
    sommes: {
      surface: tout.surface, avant: Number(tout.avant), apres: Number(tout.apres), surfaceLoue: loue.surface, apresLoue: Number(loue.apres),
      surfaceLoyer: loues.reduce((s, g) => s + (g.loyers?.surface ?? 0), 0), loyer: loues.reduce((s, g) => s + (g.loyers?.loyer ?? 0), 0),
    },
    logements: tout.logements, logementsLoue: loue.logements, ensembles: groupe.length, sansLoyer: groupe.length - loues.length,
  };
}

/** Les mesures de ces sommes, en € par m² ; le maximum s'écrit comme dans le tableau du scénario, au dix-millième inférieur. */
export function mesurerNpl(s: SommesNpl): Record<MesureNpl, number | null> {
  const parM2 = (micro: number, surface: number): number => micro / surface / 10_000;
  const maximum = tauxDe(BigInt(s.apres), s.surface);
  return {
    maximumNpl: maximum === null ? null : Number(maximum) / 10_000,
    ecartNpl: s.surfaceLoue > 0 && s.surfaceLoyer > 0 ? parM2(s.apresLoue, s.surfaceLoue) - s.loyer / s.surfaceLoyer : null,
    hausseNpl: s.surface > 0 ? parM2(s.apres - s.avant, s.surface) : null,
  };
}
