import { formatSaisie } from '../../../shared/domain/nombres/format.ts';
import { parseSaisie } from '../../../shared/domain/nombres/saisie.ts';

/** Une case à lire, dans l'unité de sa ligne : sa mise en forme française, ou le texte tel que tapé avec ce qu'on lui reproche. */
export function lireCase(texte: string, unite = ''): { affiche: string; message: string | null } {
  if (texte === '') return { affiche: '', message: null };
  const lu = parseSaisie(texte);
  return lu.ok ? { affiche: formatSaisie(lu.saisie, unite), message: null } : { affiche: texte, message: lu.message };
}

export type Grandeur = { genre: 'taux' | 'nombre'; valeur: number };

/** Une grandeur pour la petite courbe : le taux (sur 100) s'il y en a un, sinon le nombre. */
export function grandeurDe(texte: string): Grandeur | null {
  const lu = parseSaisie(texte);
  if (!lu.ok) return null;
  const { pourcentage, numerateur, denominateur, valeur } = lu.saisie;
  if (pourcentage !== null) return { genre: 'taux', valeur: Number(pourcentage) };
  if (numerateur !== null && denominateur) return { genre: 'taux', valeur: (100 * numerateur) / denominateur };
  return valeur === null ? null : { genre: 'nombre', valeur: Number(valeur) };
}

/** Les horizons à trois et six ans cumulent depuis le début de la convention ; une référence n'est pas un cumul. */
export const estCumul = (horizon: string): boolean => horizon.endsWith('ans');

/**
 * Les points de la petite courbe, dans l'ordre des colonnes, `null` pour une case vide. Vide quand
 * les valeurs ne se suivent pas : nombres et taux mêlés, ou années et cumuls.
 */
export function trajectoire(reference: string, cases: readonly { horizon: string; texte: string }[]): (number | null)[] {
  const cumuls = cases.filter((c) => estCumul(c.horizon)).length;
  if (cumuls > 0 && cumuls < cases.length) return [];
  const textes = [...(cumuls > 0 ? [] : [reference]), ...cases.map((c) => c.texte)];
  const grandeurs = textes.map(grandeurDe);
  const genres = new Set(grandeurs.flatMap((g) => (g ? [g.genre] : [])));
  return genres.size > 1 ? [] : grandeurs.map((g) => g?.valeur ?? null);
}

/** Ce que relie la petite courbe d'une ligne : ses cumuls sans leur référence, qui n'en est pas un, ou toute la suite de ses années. */
export const nomTrajectoire = (horizons: readonly string[]): string =>
  horizons.length > 0 && horizons.every(estCumul)
    ? `Du cumul à ${horizons.map((h) => h.replace('ans', '\u00a0ans')).join(' au cumul à ')}`
    : 'De la référence à la cible';

/** La saisie avec ce dénominateur : `12` et 48 donnent `12/48` ; vide, il reste à taper le numérateur. */
export function avecDenominateur(texte: string, denominateur: number): { texte: string; complet: boolean } | null {
  // Un dénominateur seul attend son numérateur : c'est une case vide pour qui propose.
  const lu = parseSaisie(/^\s*\/\s*\d*\s*$/.test(texte) ? '' : texte);
  if (!lu.ok) return null;
  const { valeur, numerateur, pourcentage } = lu.saisie;
  const n = numerateur ?? (valeur !== null && /^\d+$/.test(valeur) ? Number(valeur) : null);
  const taux = pourcentage === null ? '' : ` = ${pourcentage.replace('.', ',')} %`;
  if (n === null) return valeur === null ? { texte: `/${denominateur}${taux}`, complet: false } : null;
  return { texte: `${n}/${denominateur}${taux}`, complet: true };
}
