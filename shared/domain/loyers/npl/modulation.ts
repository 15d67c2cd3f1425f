import { partsVisees, tauxActuel } from './aides.ts';
import type { Cible, Proposition } from './aides.ts';
import type { Masse } from './masse.ts';

/** Coefficient a × {1 + (nombre de logements × b / surface utile totale)} ; `a` en dix-millièmes, `b` en centièmes de m². */
export type Modulation = { a: bigint; b: bigint };

/** Le seul texte retrouvé : proposé comme tel, jamais appliqué d'office. */
export const MODULATION_HISTORIQUE = {
  a: '0,77', b: '20', source: 'arrêté du 3 juin 2010 (DEVU1012649A), art. 4 : pris pour l’ancien R445-9, rien ne dit qu’il vaut encore',
} as const;

/**
 * Maximum modulé selon la taille moyenne des logements (L445-3, III) : un taux de base × le coefficient de l'ensemble, arrondi
 * une fois, au dix-millième inférieur. En surface utile seulement : les ensembles en surface corrigée ne bougent pas.
 */
export const moduler = (masse: Masse, cibles: readonly Cible[], base: bigint, { a, b }: Modulation): Proposition[] =>
  [...partsVisees(masse, cibles)].flatMap(({ m, p }) => {
    if (m.base !== 'SU' || m.surface <= 0) return [];
    const su = BigInt(m.surface);
    const avant = tauxActuel(p);
    const apres = (base * a * (su + BigInt(m.logements) * b)) / (10_000n * su);
    return apres === avant ? [] : [{ ensemble: m.ensemble, plafond: p.plafond, avant, apres }];
  });
