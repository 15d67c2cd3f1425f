import type { Masse, PartMasse } from './masse.ts';
import type { TablePlafonds } from './plafonds.ts';
import { indexerEnsembles } from './rangement.ts';
import { situationDe } from './types.ts';
import type { EnsembleNpl } from './types.ts';

/** Logements dont le maximum répond à la question, sur ceux qu'on sait comparer ; `fixes` : ceux, comparés, dont le scénario fixe le maximum. */
export type Comparaison<C extends string> = Record<C, number> & { compares: number; fixes: number };

/**
 * Ce que les maximums offrent (L445-2 : la politique des loyers tient compte des objectifs de mixité de L441-1) : celui
 * que le scénario fixe, sinon celui d'aujourd'hui. Le niveau d'un logement est celui de son maximum, non de la
 * moyenne (IV). Des logements, non des attributions : la part de 25 % de L441-1 porte sur les attributions suivies
 * de baux, hors QPV ; elle est montrée à côté, jamais dite atteinte.
 */
export type Mixite = {
  /** Hors QPV : logements dont le maximum ne dépasse pas le plafond PLAI de la zone. */
  horsQpv: Comparaison<'auNiveauPlai'>;
  /** En QPV : logements dont le maximum dépasse le plafond PLAI. */
  qpv: Comparaison<'auDessusPlai'>;
  /** Logements non comparés : zone ou plafond PLAI inconnu, surface corrigée, ensemble à cheval sur un QPV ou de situation inconnue. */
  nonCompares: number;
};

/** Le maximum d'une part, celui d'aujourd'hui si le scénario n'en fixe pas, dépasse-t-il ce taux ? Comparé sans diviser. */
export const depasseTaux = (p: PartMasse, taux: bigint): boolean => (p.maximum === null ? p.avant > taux * BigInt(p.surface) : p.maximum > taux);

export function computeMixite(masse: Masse, ensembles: readonly EnsembleNpl[], table: TablePlafonds): Mixite {
  const parCode = indexerEnsembles(ensembles);
  const m: Mixite = { horsQpv: { auNiveauPlai: 0, compares: 0, fixes: 0 }, qpv: { auDessusPlai: 0, compares: 0, fixes: 0 }, nonCompares: 0 };
  for (const l of masse.ensembles) {
    const e = parCode.get(l.ensemble);
    const plai = e === undefined || l.base === 'SC' ? null : table.plafond('PLAI', e.zones);
    const situation = e === undefined ? 'mele' : situationDe(e);
    for (const p of l.parts) {
      if (plai === null || situation === 'mele' || p.surface === 0) {
        m.nonCompares += p.logements;
        continue;
      }
      const auDessus = depasseTaux(p, plai.taux);
      const c = situation === 'qpv' ? m.qpv : m.horsQpv;
      c.compares += p.logements;
      if (p.maximum !== null) c.fixes += p.logements;
      if (situation === 'qpv') m.qpv.auDessusPlai += auDessus ? p.logements : 0;
      else m.horsQpv.auNiveauPlai += auDessus ? 0 : p.logements;
    }
  }
  return m;
}
