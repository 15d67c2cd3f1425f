import type { ReglesNpl } from '../../../millesimes/types.ts';
import type { Masse } from './masse.ts';
import { formatTaux } from './quantites.ts';
import { hausseMaximale, irlDeRevision, plancher } from './revision.ts';
import type { Irl } from './revision.ts';
import type { ConstatNpl } from './types.ts';

const indice = (i: Irl): string => (i.indice / 100).toFixed(2).replace('.', ',');

/**
 * Hausse d'un maximum d'une année à l'autre (L445-3, III, 2e alinéa), là où le maximum de l'année d'avant est donné :
 * sans accord de l'autorité, le maximum révisé ne peut pas être dépassé (V) ; avec son accord, en vue d'équilibrer
 * une opération d'amélioration, pas de plus que ce que le millésime permet en sus de la variation de l'IRL.
 */
export function controlerHausses(masse: Masse, irl: readonly Irl[], annee: number, { pourcent, article }: ReglesNpl['hausseTravaux']): ConstatNpl[] {
  const lus = irlDeRevision(irl, annee);
  const constats: ConstatNpl[] = [];
  for (const m of masse.ensembles) {
    for (const p of m.parts) {
      const precedent = p.fixe?.precedent ?? null;
      if (precedent === null || p.maximum === null) continue;
      const ou = { ensemble: m.ensemble, plafond: p.plafond, logements: p.logements, article };
      if (lus === null) {
        constats.push({ ...ou, code: 'hausse-non-verifiee', bloquant: false, message: `Hausse depuis ${formatTaux(precedent)} non vérifiée : l’IRL du 2e trimestre de ${annee - 2} ou de ${annee - 1} n’est pas saisi.` });
        continue;
      }
      const { ancien, nouveau } = lus;
      const revise = plancher(precedent * BigInt(nouveau.indice), BigInt(ancien.indice));
      const permis = m.travaux ? hausseMaximale(precedent, ancien, nouveau, pourcent) : revise;
      if (p.maximum <= permis) continue;
      const variation = `${indice(nouveau)} / ${indice(ancien)}`;
      const calcul = m.travaux ? `${formatTaux(precedent)} × (${variation} + ${pourcent} %) = ${formatTaux(permis)}` : `${formatTaux(precedent)} × ${variation} = ${formatTaux(permis)}`;
      const raison = m.travaux ? `au-delà de ${pourcent} % en sus de l’IRL` : 'au-delà de la révision, sans accord de l’autorité administrative à une hausse après travaux';
      constats.push({ ...ou, code: 'hausse-excessive', bloquant: true, message: `Maximum de ${formatTaux(p.maximum)} ${raison} : ${calcul} au plus.` });
    }
  }
  return constats;
}
