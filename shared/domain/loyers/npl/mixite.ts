import type { Masse } from './masse.ts';
import type { TablePlafonds } from './plafonds.ts';
import type { EnsembleNpl } from './types.ts';

/**
 * Ce que les nouveaux maximums offrent (L445-2 : la politique des loyers tient compte des objectifs de
 * mixité de L441-1). Des logements, non des attributions : la part de 25 % de L441-1 porte sur les
 * attributions suivies de baux, hors QPV ; elle est montrée à côté, sans être déduite d'ici.
 */
export type Mixite = {
  /** Hors QPV : logements dont le maximum ne dépasse pas le plafond PLAI de la zone, sur ceux qu'on sait comparer. */
  horsQpv: { auNiveauPlai: number; compares: number };
  /** En QPV : logements dont le maximum dépasse le plafond PLAI. */
  qpv: { auDessusPlai: number; compares: number };
  /** Logements non comparés : zone ou plafond PLAI inconnu, surface corrigée, ensemble à cheval sur un QPV. */
  nonCompares: number;
};

export function computeMixite(masse: Masse, ensembles: readonly EnsembleNpl[], table: TablePlafonds): Mixite {
  const parCode = new Map(ensembles.map((e) => [e.ensemble, e]));
  const m: Mixite = { horsQpv: { auNiveauPlai: 0, compares: 0 }, qpv: { auDessusPlai: 0, compares: 0 }, nonCompares: 0 };
  for (const l of masse.ensembles) {
    const e = parCode.get(l.ensemble);
    const plai = e === undefined || l.base === 'SC' ? null : table.plafond('PLAI', e.zones);
    const cheval = e === undefined || (e.qpv > 0 && e.qpv < e.logements);
    for (const p of l.parts) {
      if (plai === null || cheval || p.surface === 0) {
        m.nonCompares += p.logements;
        continue;
      }
      // Masse sur surface, sans diviser : le taux de la part dépasse-t-il celui du PLAI ?
      const auDessus = p.apres > plai.taux * BigInt(p.surface);
      if (e.qpv > 0) {
        m.qpv.compares += p.logements;
        if (auDessus) m.qpv.auDessusPlai += p.logements;
      } else {
        m.horsQpv.compares += p.logements;
        if (!auDessus) m.horsQpv.auNiveauPlai += p.logements;
      }
    }
  }
  return m;
}
