import { basCentime, tauxActuel } from './aides.ts';
import type { Proposition } from './aides.ts';
import type { Masse, MasseEnsemble } from './masse.ts';
import { partager } from '../../nombres/partage.ts';
import { PLAFONDS } from './types.ts';
import type { Plafond } from './types.ts';

/** Maximum d'un plafond de ressources, avec la part de logements et de surface qui lui revient dans son ensemble. */
export type PropositionMixite = Proposition & { logements: number; surface: number };

/** Une mixité visée, et les ensembles qu'elle vise, chacun dans un groupe au plus. */
export type Visee = { ensembles: ReadonlySet<string>; parts: ReadonlyMap<Plafond, number> };

/** Ce qu'un groupe a reçu ; les ensembles laissés tels quels, par raison. */
export type GroupeMixite = { ensembles: number; logements: ReadonlyMap<Plafond, number>; surfaceCorrigee: number; sansPlafond: number };

export type Mixite = {
  propositions: PropositionMixite[];
  /** Part des plafonds de loyer que la masse permet, en fraction ; un si elle les permet entiers. */
  coefficient: { haut: bigint; bas: bigint };
  /** Dans l'ordre des visées. */
  groupes: GroupeMixite[];
};

/**
 * Ce qui respecterait la contrainte pour une mixité visée, ou deux (hors QPV et en QPV) : les logements comptés des
 * ensembles d'une visée se partagent entre plafonds de ressources selon ses parts ; tous leurs maximums sont les
 * plafonds de loyer de la zone, ramenés à la même fraction, la plus grande qui garde la masse sous celle d'avant.
 * `arrondi` : chaque maximum rendu de son taux. `null` si même zéro n'y suffit pas.
 */
export function viserMixite(masse: Masse, visees: readonly Visee[], plafond: (ensemble: string, produit: Plafond) => bigint | null, arrondi: (taux: bigint) => bigint = basCentime): Mixite | null {
  const faits = visees.map((v) => repartirGroupe(masse, v, plafond));
  const lots = faits.flatMap((f) => f.lots);
  const touches = faits.flatMap((f) => f.touches);
  const plein = lots.reduce((s, l) => s + l.taux * BigInt(l.surface), 0n);
  const permis = touches.reduce((s, m) => s + m.apres, 0n) + masse.reste;
  if (touches.length > 0 && permis < 0n) return null;
  const [haut, bas] = plein <= permis ? [1n, 1n] : [permis, plein];
  return {
    propositions: lots.map((l) => ({ ensemble: l.m.ensemble, plafond: l.plafond, avant: actuel(l.m, l.plafond), apres: arrondi((l.taux * haut) / bas), logements: l.logements, surface: l.surface })),
    coefficient: { haut, bas }, groupes: faits.map((f) => f.groupe),
  };
}

function repartirGroupe(masse: Masse, { ensembles, parts }: Visee, plafond: (ensemble: string, produit: Plafond) => bigint | null): { lots: Lot[]; touches: MasseEnsemble[]; groupe: GroupeMixite } {
  const produits = PLAFONDS.filter((p) => (parts.get(p) ?? 0) > 0);
  const donner = distribuer(produits.map((p) => parts.get(p) ?? 0));
  const logements = new Map<Plafond, number>();
  const [lots, touches]: [Lot[], MasseEnsemble[]] = [[], []];
  let [surfaceCorrigee, sansPlafond] = [0, 0];
  for (const m of masse.ensembles) {
    if (!ensembles.has(m.ensemble)) continue;
    const taux = produits.flatMap((p) => plafond(m.ensemble, p) ?? []);
    if (m.base === 'SC') surfaceCorrigee += 1;
    else if (m.surface <= 0 || taux.length < produits.length) sansPlafond += 1;
    else {
      touches.push(m);
      lots.push(...lotsDe(m, produits, taux, donner(m.logements)));
    }
  }
  for (const l of lots) logements.set(l.plafond, (logements.get(l.plafond) ?? 0) + l.logements);
  return { lots, touches, groupe: { ensembles: touches.length, logements, surfaceCorrigee, sansPlafond } };
}

type Lot = { m: MasseEnsemble; plafond: Plafond; taux: bigint; logements: number; surface: number };

function lotsDe(m: MasseEnsemble, produits: readonly Plafond[], taux: readonly bigint[], nombres: readonly number[]): Lot[] {
  // La surface suit le nombre de logements, comme quand elle est donnée pour tout l'ensemble (R445-9).
  const surfaces = partager(m.surface, nombres);
  return produits.flatMap((plafond, i) => {
    const logements = nombres[i] ?? 0;
    return logements === 0 ? [] : [{ m, plafond, taux: taux[i] ?? 0n, logements, surface: surfaces[i] ?? 0 }];
  });
}

/**
 * Donne les logements un à un au plafond le plus en retard, d'un ensemble à l'autre : de petits ensembles ne
 * faussent pas la mixité du tout, qui reste à un logement près de celle visée.
 */
function distribuer(poids: readonly number[]): (n: number) => number[] {
  const total = poids.reduce((s, p) => s + p, 0);
  const donnes = poids.map(() => 0);
  let rang = 0;
  return (n) => {
    const siens = poids.map(() => 0);
    for (let k = 0; k < n; k++) {
      rang += 1;
      let choisi = 0;
      let retard = Number.NEGATIVE_INFINITY;
      for (const [i, p] of poids.entries()) {
        const r = p * rang - (donnes[i] ?? 0) * total;
        if (r > retard) [choisi, retard] = [i, r];
      }
      donnes[choisi] = (donnes[choisi] ?? 0) + 1;
      siens[choisi] = (siens[choisi] ?? 0) + 1;
    }
    return siens;
  };
}

/** Taux d'aujourd'hui d'un plafond de l'ensemble ; celui de l'ensemble s'il ne le porte pas encore. */
function actuel(m: MasseEnsemble, plafond: Plafond): bigint {
  const p = m.parts.find((x) => x.plafond === plafond);
  return p === undefined ? m.apres / BigInt(m.surface) : tauxActuel(p);
}
