import { pluriel } from '../nombres/accord.ts';
import type { EntreeControles, Releve } from './types.ts';

/** R445-3 : l'ensemble mentionne, s'il y a lieu, sa situation en QPV. Un contour ne change pas le déclaré ; il invite à le relire. */
export function checkQpv({ qpv }: EntreeControles): Releve[] {
  if (qpv === null || qpv === undefined) return [];
  const { generation, fichier, ouiDehors, nonDedans, inconnuDedans } = qpv;
  const total = ouiDehors + nonDedans + inconnuDedans;
  if (total === 0) return [];
  const detail = [
    ouiDehors > 0 ? `${pluriel(ouiDehors, 'déclaré')} en QPV et hors des contours` : '',
    nonDedans > 0 ? `${pluriel(nonDedans, 'déclaré')} hors QPV et dans un contour` : '',
    inconnuDedans > 0 ? `${pluriel(inconnuDedans, 'sans déclaration', 'sans déclaration')} et dans un contour` : '',
  ].filter((t) => t !== '');
  return [{ code: 'qpv-desaccords', champ: 'qpv/desaccords', valeurs: { logements: pluriel(total, 'logement'), generation, fichier, detail: detail.join(', ') } }];
}
