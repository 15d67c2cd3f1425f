import { decimal } from '../../ui/format.ts';

type Plafond = { annee: number; produit: string; zone: string; maximum: number };

/** Plusieurs valeurs pour une case : aucune n'est retenue, et c'est dit sur chacune des lignes. */
export function direDouble(p: Plafond, tous: readonly Plafond[]): { alerte?: string } {
  const autres = [...new Set(tous.filter((x) => x.annee === p.annee && x.produit === p.produit && x.zone === p.zone && x.maximum !== p.maximum).map((x) => x.maximum))].sort((a, b) => a - b).map(decimal);
  if (autres.length === 0) return {};
  const dites = autres.length === 1 ? `Deux valeurs pour cette case, l’autre est ${autres[0] ?? ''}` : `${autres.length + 1} valeurs pour cette case, les autres sont ${autres.slice(0, -1).join(' ; ')} et ${autres.at(-1) ?? ''}`;
  return { alerte: `${dites} : aucune n’est retenue.` };
}
