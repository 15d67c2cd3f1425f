import { FINE, formatDecimal } from '../../shared/domain/nombres/format.ts';

export type Colonne<L> = { titre: string; valeur(ligne: L): string; droite?: boolean };

/** Un tableau aligné, en-tête souligné ; les colonnes de nombres à droite. */
export function tableau<L>(colonnes: readonly Colonne<L>[], lignes: readonly L[]): string {
  const cellules = lignes.map((l) => colonnes.map((c) => uneLigne(c.valeur(l))));
  const largeurs = colonnes.map((c, i) => Math.max(longueur(c.titre), ...cellules.map((l) => longueur(l[i] ?? ''))));
  const aligner = (textes: readonly string[]): string =>
    textes
      .map((t, i) => {
        const blanc = ' '.repeat((largeurs[i] ?? 0) - longueur(t));
        return colonnes[i]?.droite === true ? blanc + t : t + blanc;
      })
      .join('  ')
      .trimEnd();
  return [aligner(colonnes.map((c) => c.titre)), aligner(largeurs.map((n) => '─'.repeat(n))), ...cellules.map(aligner)].join('\n');
}

/** Un retour à la ligne ou un autre caractère de commande casserait le tableau, ou le terminal. */
const uneLigne = (texte: string): string => texte.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const longueur = (texte: string): number => Array.from(texte).length;

/** `1 234` ; `—` pour une valeur absente. */
export function nombre(n: number | null, decimales?: number): string {
  return n === null ? '—' : formatDecimal(String(n), decimales);
}

export const euros = (n: number | null): string => (n === null ? '—' : `${nombre(n, 2)}${FINE}€`);

export { aucunOu, pluriel as compte } from '../../shared/domain/nombres/accord.ts';

/** Comptes par clé, du plus grand au plus petit, `inconnu` en dernier. */
export function comptesTries(comptes: Readonly<Record<string, number>>): [string, number][] {
  const dernier = (cle: string): number => (cle.toLowerCase() === 'inconnu' ? 1 : 0);
  return Object.entries(comptes).sort(([a, x], [b, y]) => dernier(a) - dernier(b) || y - x || (a < b ? -1 : 1));
}
