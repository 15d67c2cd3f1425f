import { basCentime, tauxActuel } from './aides.ts';
import type { Proposition } from './aides.ts';
import type { Masse, MasseEnsemble } from './masse.ts';
import { partager } from '../../nombres/partage.ts';
import { PLAFONDS } from './types.ts';
import type { Plafond } from './types.ts';

/** Maximum d'un plafond de ressources, avec la part de logements et de surface qui lui revient dans son ensemble. */
export type PropositionMixite = Proposition & { logements: number; surface: number };

export type Mixite = {
  propositions: PropositionMixite[];
  /** Part des plafonds de loyer que la masse permet, en fraction ; un si elle les permet entiers. */
  coefficient: { haut: bigint; bas: bigint };
  ensembles: number;
  /** Ensembles laissés tels quels : en surface corrigée, ou un plafond de loyer manque à leur zone. */
  inchanges: number;
  logements: Map<Plafond, number>;
};

/**
 * Ce qui respecterait la contrainte pour une mixité visée : les logements comptés des ensembles choisis se
 * partagent entre plafonds de ressources selon `parts`, leurs maximums sont les plafonds de loyer de la zone, tous
 * ramenés à la même fraction, la plus grande qui garde la masse sous celle d'avant ; au centime d'€/m² inférieur.
 * `null` si même zéro n'y suffit pas.
 */
export function viserMixite(masse: Masse, choisis: ReadonlySet<string>, parts: ReadonlyMap<Plafond, number>, plafond: (ensemble: string, produit: Plafond) => bigint | null): Mixite | null {
  const produits = PLAFONDS.filter((p) => (parts.get(p) ?? 0) > 0);
  const vises = masse.ensembles.filter((m) => choisis.has(m.ensemble));
  const touches = vises.flatMap((m) => {
    const taux = produits.map((p) => plafond(m.ensemble, p));
    const connus = taux.filter((t) => t !== null);
    return produits.length === 0 || m.base === 'SC' || m.surface <= 0 || connus.length < produits.length ? [] : [{ m, taux: connus }];
  });
  const donner = distribuer(produits.map((p) => parts.get(p) ?? 0));
  const lots = touches.flatMap(({ m, taux }) => lotsDe(m, produits, taux, donner(m.logements)));
  const plein = lots.reduce((s, l) => s + l.taux * BigInt(l.surface), 0n);
  const permis = touches.reduce((s, { m }) => s + m.apres, 0n) + masse.reste;
  if (touches.length > 0 && permis < 0n) return null;
  const [haut, bas] = plein <= permis ? [1n, 1n] : [permis, plein];
  const logements = new Map<Plafond, number>();
  for (const l of lots) logements.set(l.plafond, (logements.get(l.plafond) ?? 0) + l.logements);
  return {
    propositions: lots.map((l) => ({ ensemble: l.m.ensemble, plafond: l.plafond, avant: actuel(l.m, l.plafond), apres: basCentime((l.taux * haut) / bas), logements: l.logements, surface: l.surface })),
    coefficient: { haut, bas }, ensembles: touches.length, inchanges: vises.length - touches.length, logements,
  };
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
