import { champEn, type Rangee } from './rangees.ts';

/** Une place dans la grille : rang de la rangée affichée, colonne (0 : référence). */
export type Place = { rang: number; colonne: number };
export type Bloc = { haut: number; bas: number; gauche: number; droite: number };

export function blocDe(ancre: Place, active: Place): Bloc {
  return {
    haut: Math.min(ancre.rang, active.rang),
    bas: Math.max(ancre.rang, active.rang),
    gauche: Math.min(ancre.colonne, active.colonne),
    droite: Math.max(ancre.colonne, active.colonne),
  };
}

export function borner(place: Place, rangs: number, colonnes: number): Place {
  return {
    rang: Math.max(0, Math.min(rangs - 1, place.rang)),
    colonne: Math.max(0, Math.min(colonnes - 1, place.colonne)),
  };
}

/** La case ouverte suivante dans le sens de lecture ; `null` au bout : Tab quitte alors la grille. */
export function caseSuivante(rangees: readonly Rangee[], colonnes: number, de: Place, sens: 1 | -1): Place | null {
  let { rang, colonne } = de;
  for (;;) {
    colonne += sens;
    if (colonne >= colonnes || colonne < 0) {
      rang += sens;
      if (rang < 0 || rang >= rangees.length) return null;
      colonne = sens === 1 ? 0 : colonnes - 1;
    }
    if (champEn(rangees[rang], colonne) !== null) return { rang, colonne };
  }
}

/** La case ouverte la plus proche au-dessus ou au-dessous, dans la même colonne ; sinon la même place. */
export function caseVerticale(rangees: readonly Rangee[], de: Place, sens: 1 | -1): Place {
  for (let rang = de.rang + sens; rang >= 0 && rang < rangees.length; rang += sens) {
    if (champEn(rangees[rang], de.colonne) !== null) return { ...de, rang };
  }
  return de;
}

/** La prochaine case obligatoire vide, en repartant du début au besoin. */
export function prochaineVide(rangees: readonly Rangee[], de: Place, vide: (champ: string) => boolean): Place | null {
  const n = rangees.length;
  for (let pas = 0; pas <= n; pas += 1) {
    const rang = (de.rang + pas) % n;
    const rangee = rangees[rang];
    if (rangee?.genre !== 'ligne') continue;
    for (const [i, c] of rangee.cases.entries()) {
      if (pas === 0 && i + 1 <= de.colonne) continue;
      if (c?.obligatoire && vide(c.champ)) return { rang, colonne: i + 1 };
    }
  }
  return null;
}
