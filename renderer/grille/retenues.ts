/**
 * Un geste de sélection multiple : rangs concernés, et s'il part d'un nouveau point (`neuf`) ou
 * prolonge le précédent.
 */
export type Geste = { mode: 'bascule' | 'etendre'; de: number; a: number; neuf: boolean } | { mode: 'tout' | 'rien' };

export type Retenues = {
  retenues: ReadonlySet<string>;
  /** Ce qui était retenu quand l'extension en cours a commencé : revenir en arrière la réduit. */
  base: ReadonlySet<string>;
};

export const AUCUNE: Retenues = { retenues: new Set(), base: new Set() };

/** Les clés retenues après un geste ; `cles` : celles de toutes les lignes, dans l'ordre montré. */
export function appliquerGeste(avant: Retenues, geste: Geste, cles: (de: number, a: number) => readonly string[], total: number): Retenues {
  switch (geste.mode) {
    case 'rien':
      return AUCUNE;
    case 'tout': {
      const toutes = new Set(cles(0, total - 1));
      return { retenues: toutes, base: toutes };
    }
    case 'bascule': {
      const suivantes = new Set(avant.retenues);
      for (const cle of cles(geste.de, geste.a)) if (!suivantes.delete(cle)) suivantes.add(cle);
      return { retenues: suivantes, base: suivantes };
    }
    case 'etendre': {
      const base = geste.neuf ? avant.retenues : avant.base;
      return { retenues: new Set([...base, ...cles(Math.min(geste.de, geste.a), Math.max(geste.de, geste.a))]), base };
    }
  }
}
