const INCONNU = 'inconnu';
/** Colonnes d'années qui tiennent dans une page. */
export const ANNEES_MAX = 8;

/** Largeur d'une colonne dans une page, en points : une année tient en moins. */
export const LARGEUR_ANNEE = (titre: string): number => (titre.length > 4 ? 46 : 26);

export type ColonneAnnee = { titre: string; lire(comptes: Readonly<Record<string, number>>): number };

/**
 * Les années de mise en vente en colonnes, au plus `ANNEES_MAX` : au-delà, la dernière réunit les années suivantes. Avec « Sans
 * année », une ligne fait toujours son total. `note` dit les années réunies, vide quand aucune ne l'est.
 */
export function colonnesAnnees(annees: readonly string[]): { colonnes: ColonneAnnee[]; note: string } {
  const toutes = [...new Set(annees)].filter((a) => a !== INCONNU).sort();
  const seules = toutes.length > ANNEES_MAX ? toutes.slice(0, ANNEES_MAX - 1) : toutes;
  const autres = toutes.slice(seules.length);
  return {
    colonnes: [
      ...seules.map((a): ColonneAnnee => ({ titre: a, lire: (c) => c[a] ?? 0 })),
      ...(autres.length === 0 ? [] : [{ titre: 'Autres années', lire: (c) => autres.reduce((s, a) => s + (c[a] ?? 0), 0) } satisfies ColonneAnnee]),
      { titre: 'Sans année', lire: (c) => c[INCONNU] ?? 0 },
    ],
    note: autres.length === 0 ? '' : `autres années : ${autres.join(', ')}`,
  };
}
