import { direComptes, totalMesures } from '../../../shared/domain/carte/totaux.ts';
import { accord } from '../../../shared/domain/nombres/accord.ts';
import { nombre } from '../../ui/format.ts';
import type { Ligne, Maille } from './mesures.ts';

export type Perimetre = {
  /** Ce que les totaux comptent : la sélection, sinon les classes montrées, sinon tout. */
  genre: 'tout' | 'selection' | 'classes';
  mot: string;
  total: ReturnType<typeof totalMesures>;
  /** Le total de tout, à côté ; `null` quand c'est déjà lui. */
  tout: ReturnType<typeof totalMesures> | null;
};

/** Ce dont l'écran dit les totaux, une fois pour le bandeau, le pied du tableau et sa légende. */
export function perimetreDe(lignes: readonly Ligne[], montrees: readonly Ligne[], selection: ReadonlySet<string>, filtre: boolean): Perimetre {
  const genre = selection.size > 0 ? 'selection' : filtre ? 'classes' : 'tout';
  const choisies = genre === 'selection' ? lignes.filter((l) => selection.has(l.code)) : montrees;
  return {
    genre, mot: { tout: 'Tout', selection: 'Sélection', classes: 'Classes montrées' }[genre],
    total: totalMesures(choisies), tout: genre === 'tout' ? null : totalMesures(lignes),
  };
}

/** « Sélection : 33 ensembles, 1 022 logements ; moyennes sur 950 logements loués. » */
export function direMoyennes(mot: string, total: Perimetre['total'], maille: Maille): string {
  return `${mot} : ${direComptes(total, maille)} ; ${total.loues === 0 ? 'aucune moyenne, aucun de ces logements n’étant loué avec un loyer et une surface de cette sorte déclarés' : `moyennes sur ${nombre(total.loues)} ${accord(total.loues, 'logement loué', 'logements loués')}`}.`;
}
