import type { ReglesVentes } from '../../millesimes/types.ts';
import { accord, pluriel } from '../nombres/accord.ts';

/** Logements du plan sur lesquels on ne consulte pas, par raison. */
export type Ecartes = { vendus: number; horsParc: number; sansAutorisation: number };

/** `2 logements vendus, 1 absent de la déclaration en vigueur, 3 destinés à un autre organisme HLM (L443-11, I : simple déclaration)` ; vide s'il n'y en a pas. */
export function direEcartes({ vendus, horsParc, sansAutorisation }: Ecartes, regles: ReglesVentes): string {
  const { article, court } = regles.sansAutorisation;
  const motifs: [number, string][] = [
    [vendus, accord(vendus, 'vendu')],
    [horsParc, `${accord(horsParc, 'absent')} de la déclaration en vigueur`],
    [sansAutorisation, `${accord(sansAutorisation, 'destiné')} à un autre organisme HLM (${article} : ${court})`],
  ];
  const [premier, ...autres] = motifs.filter(([n]) => n > 0);
  return premier === undefined ? '' : [`${pluriel(premier[0], 'logement')} ${premier[1]}`, ...autres.map(([n, mot]) => `${n} ${mot}`)].join(', ');
}
