import type { BorneEnergie } from '../../millesimes/types.ts';
import { compareDecimal, parseDecimal } from '../nombres/decimal.ts';
import type { Decimal } from '../nombres/decimal.ts';
import { formatDecimal } from '../nombres/format.ts';
import { periodeDpe } from '../rpls/classes.ts';

export type Energie =
  | { verdict: 'oui' }
  /** `classe` : ce qui le dit, en mots. */
  | { verdict: 'non'; classe: string }
  | { verdict: 'incertain'; raison: string };

export type Diagnostic = { classe: string | null; /** `AAAA-MM`. */ mois: string | null; /** kWhEP/m²/an, écriture décimale. */ conso: string | null };

const entier = (n: number): Decimal => ({ mantisse: BigInt(n), echelle: 0 });

/**
 * Un logement sous la consommation maximale (« inférieure ou égale », R443-11-1). Une consommation connue
 * tranche ; sinon la classe, quand ses bornes sont tout entières d'un côté du seuil.
 */
export function judgeEnergie({ classe, mois, conso }: Diagnostic, seuil: Decimal, bornes: readonly BorneEnergie[]): Energie {
  const connue = conso === null ? null : parseDecimal(conso);
  if (connue !== null && conso !== null) return compareDecimal(connue, seuil) <= 0 ? { verdict: 'oui' } : { verdict: 'non', classe: `Consommation saisie de ${formatDecimal(conso)}` };
  if (classe === null) return { verdict: 'incertain', raison: 'Aucune classe de DPE connue.' };
  const periode = periodeDpe(classe, mois);
  const possibles = bornes.filter((b) => b.classe === classe && (periode === 'sans-date' || b.methode === periode));
  if (possibles.length === 0) return { verdict: 'incertain', raison: `Classe « ${classe} » sans bornes connues.` };
  const verdicts = new Set(possibles.map((b) => judgeBorne(b, seuil)));
  const [seul] = verdicts;
  if (verdicts.size === 1 && seul === 'oui') return { verdict: 'oui' };
  if (verdicts.size === 1 && seul === 'non') return { verdict: 'non', classe: `Classe ${classe} d’un DPE d’avant juillet 2021` };
  const pourquoi = periode === 'sans-date' ? 'DPE sans date : la méthode a changé en juillet 2021' : 'la classe peut tenir aux seules émissions, ou ses bornes encadrent le seuil';
  return { verdict: 'incertain', raison: `Classe ${classe} (${pourquoi}) : la consommation n’est pas donnée par le RPLS, la saisir.` };
}

function judgeBorne({ plusDe, auPlus }: BorneEnergie, seuil: Decimal): 'oui' | 'non' | 'incertain' {
  if (auPlus !== null && compareDecimal(entier(auPlus), seuil) <= 0) return 'oui';
  return plusDe !== null && compareDecimal(entier(plusDe), seuil) >= 0 ? 'non' : 'incertain';
}
