import { PLAN_VIDE, type Plan } from '../../shared/domain/carte/plan.ts';
import type { CoucheObjet, Objet } from './tuiles/atelier.ts';
import { CERCLES_VIDES, type CerclesPlan } from './tuiles/cercles.ts';
import { NOMS_VIDES, type NomsPlan } from './tuiles/noms.ts';

/** Ce que la carte montre. Chaque partie garde son identité tant qu'elle ne change pas : elle n'est alors pas renvoyée. */
export type DonneesCarte = {
  /**
   * Le fond entier, et la classe de chacun de ses objets (voir `HORS`) ; `rangs` : ceux qui sont coloriés.
   */
  surfaces: { plan: Plan; codes: readonly string[]; rangs: ReadonlyMap<string, number>; classes: Int8Array<ArrayBuffer> };
  /** Quartiers prioritaires, leurs codes (`qpv/QN…`). */
  quartiers: { plan: Plan; codes: readonly string[]; rangs: ReadonlyMap<string, number> };
  cercles: { plan: CerclesPlan; codes: readonly string[]; rangs: ReadonlyMap<string, number> };
  /** Les noms des lieux. */
  noms: NomsPlan;
  /** Nom de la couleur de chaque classe, dans le thème. */
  couleurs: readonly string[];
};

export const DONNEES_VIDES: DonneesCarte = {
  surfaces: { plan: PLAN_VIDE, codes: [], rangs: new Map(), classes: new Int8Array(0) },
  quartiers: { plan: PLAN_VIDE, codes: [], rangs: new Map() },
  cercles: { plan: CERCLES_VIDES, codes: [], rangs: new Map() },
  noms: NOMS_VIDES,
  couleurs: [],
};

const COUCHES: readonly CoucheObjet[] = ['surfaces', 'cercles', 'quartiers'];

/** Les objets de la carte qui portent ce code. */
export function identifier(donnees: DonneesCarte, code: string | null): Objet[] {
  if (code === null) return [];
  return COUCHES.flatMap((couche): Objet[] => {
    const rang = donnees[couche].rangs.get(code);
    return rang === undefined ? [] : [{ couche, rang }];
  });
}
