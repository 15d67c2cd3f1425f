import type { Masse, MasseEnsemble, PartMasse } from './masse.ts';
import { partager } from '../../nombres/partage.ts';
import { plancher } from './revision.ts';
import type { Plafond } from './types.ts';

/** Nouveau maximum proposé pour un ensemble et un plafond ; à appliquer au scénario, jamais appliqué d'office. */
export type Proposition = { ensemble: string; plafond: Plafond; avant: bigint; apres: bigint };
export type Cible = { ensemble: string; plafond: Plafond };

/** Pas d'un maximum : le centime d'€/m², écrit en dix-millièmes. */
const PAS = 100n;
export const basCentime = (taux: bigint): bigint => (taux <= 0n ? 0n : (taux / PAS) * PAS);

/** Taux d'aujourd'hui d'une part : celui du scénario, sinon celui qui redonne sa masse, arrondi vers le bas. */
export const tauxActuel = (p: PartMasse): bigint => p.moyenne ?? p.maximum ?? (p.surface > 0 ? p.avant / BigInt(p.surface) : 0n);

export function* partsVisees(masse: Masse, cibles: readonly Cible[]): Generator<{ m: MasseEnsemble; p: PartMasse }> {
  const visees = new Set(cibles.map((c) => `${c.ensemble}/${c.plafond}`));
  for (const m of masse.ensembles) for (const p of m.parts) if (visees.has(`${m.ensemble}/${p.plafond}`)) yield { m, p };
}

function proposer(masse: Masse, cibles: readonly Cible[], nouveau: (actuel: bigint, p: PartMasse) => bigint): Proposition[] {
  return [...partsVisees(masse, cibles)].flatMap(({ m, p }) => {
    const avant = tauxActuel(p);
    const calcule = nouveau(avant, p);
    const apres = calcule < 0n ? 0n : calcule;
    // Un maximum qui ne change pas ne se propose pas : il serait fixé sans que personne ne l'ait décidé.
    return apres === avant ? [] : [{ ensemble: m.ensemble, plafond: p.plafond, avant, apres }];
  });
}

/** Monte ou baisse d'un montant en dix-millièmes d'€/m². */
export const ajouterTaux = (masse: Masse, cibles: readonly Cible[], ecart: bigint): Proposition[] => proposer(masse, cibles, (t) => t + ecart);

/** Monte ou baisse d'un pourcentage en centièmes de % (`250` : 2,5 %) ; calcul exact, arrondi une fois, au dix-millième inférieur. */
export const appliquerPourcentage = (masse: Masse, cibles: readonly Cible[], centiemes: number): Proposition[] =>
  proposer(masse, cibles, (t, p) => {
    const part = BigInt(10_000 + centiemes);
    return p.maximum === null && p.surface > 0 ? plancher(p.avant * part, 10_000n * BigInt(p.surface)) : plancher(t * part, 10_000n);
  });

/** Amène à un plafond donné par part (`null` : la part ne bouge pas). */
export const amenerAuPlafond = (masse: Masse, cibles: readonly Cible[], plafond: (c: Cible) => bigint | null): Proposition[] =>
  [...partsVisees(masse, cibles)].flatMap(({ m, p }) => {
    const apres = plafond({ ensemble: m.ensemble, plafond: p.plafond });
    const avant = tauxActuel(p);
    return apres === null || apres === avant ? [] : [{ ensemble: m.ensemble, plafond: p.plafond, avant, apres }];
  });

/** Écrit à l'année du scénario les maximums fixés dans une autre (V). Ceux d'aujourd'hui, eux, y sont déjà amenés. */
export const reviserFixes = (masse: Masse, cibles: readonly Cible[]): Proposition[] =>
  [...partsVisees(masse, cibles)].flatMap(({ m, p }) =>
    p.fixe === null || p.fixe.annee === null || p.fixe.annee === masse.anneeMontants ? [] : [{ ensemble: m.ensemble, plafond: p.plafond, avant: p.fixe.moyenne ?? p.fixe.maximum, apres: tauxActuel(p) }],
  );

/**
 * Partage ce qui reste de la masse entre les parts choisies, selon un poids (surface si tous sont nuls),
 * sans jamais dépasser : chaque taux est arrondi vers le bas au dix-millième d'€/m². Rien si le reste est négatif.
 */
export function partagerReste(masse: Masse, cibles: readonly Cible[], poids: (c: Cible) => number): Proposition[] {
  const parts = [...partsVisees(masse, cibles)].filter(({ p }) => p.surface > 0);
  if (masse.reste <= 0n || parts.length === 0) return [];
  const demandes = parts.map(({ m, p }) => Math.max(0, Math.round(poids({ ensemble: m.ensemble, plafond: p.plafond }))));
  const retenus = demandes.some((d) => d > 0) ? demandes : parts.map(({ p }) => p.surface);
  // Un reste de plus de 9 milliards d'euros ne tient pas dans un entier sûr : le partage se fait au centime.
  const lots = partager(Number(masse.reste / 10_000n), retenus);
  return parts.flatMap(({ m, p }, i) => {
    const avant = tauxActuel(p);
    const lot = BigInt(lots[i] ?? 0) * 10_000n;
    const courante = p.moyenne === null && p.maximum === null ? p.avant : avant * BigInt(p.surface);
    const apres = (courante + lot) / BigInt(p.surface);
    return apres > avant ? [{ ensemble: m.ensemble, plafond: p.plafond, avant, apres }] : [];
  });
}

/**
 * Ce qui respecterait la contrainte : le plus petit abaissement commun (en %) des parts choisies qui ramène
 * la masse sous celle d'avant. Propositions vides si elle est respectée ; `null` si même zéro n'y suffit pas.
 */
export function ramenerSousLaMasse(masse: Masse, cibles: readonly Cible[]): Proposition[] | null {
  if (masse.respectee) return [];
  const parts = [...partsVisees(masse, cibles)];
  const visee = parts.reduce((s, { p }) => s + p.apres, 0n);
  const permise = visee + masse.reste;
  if (permise < 0n || visee === 0n) return null;
  return parts.map(({ m, p }) => {
    const avant = tauxActuel(p);
    return { ensemble: m.ensemble, plafond: p.plafond, avant, apres: (avant * permise) / visee };
  });
}
