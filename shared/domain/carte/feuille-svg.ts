/** Les morceaux de SVG d'une feuille : textes, couleurs, lignes coupées. Unité : le point (1/72 pouce). */
export const ENCRE = '#1b2430';
export const DOUCE = '#5a6472';
export const FILET = '#8a8577';
export const QPV = '#9c5410';
export const ACCENT = '#0e5a4a';
export const SANS_VALEUR = '#e4e1d8';
const POLICE = 'Roboto, sans-serif';

export const r2 = (n: number): string => String(Math.round(n * 100) / 100 + 0);
const texteSur = (t: string): string => t.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u202f', '\u00a0');

export type Style = { taille?: number; gras?: boolean; couleur?: string; ancre?: 'start' | 'middle' | 'end' };
export const ecrire = (x: number, y: number, texte: string, { taille = 8, gras = false, couleur = ENCRE, ancre = 'start' }: Style = {}): string =>
  `<text x="${r2(x)}" y="${r2(y)}" font-family="${POLICE}" font-size="${r2(taille)}"${gras ? ' font-weight="bold"' : ''} fill="${couleur}" text-anchor="${ancre}">${texteSur(texte)}</text>`;

/** Coupe un texte en lignes, d'après la largeur moyenne d'un caractère ; jamais entre un mot et son guillemet. */
export function couper(texte: string, largeur: number, taille: number): string[] {
  const max = Math.max(8, Math.floor(largeur / (taille * 0.51)));
  const lignes: string[] = [];
  let ligne = '';
  for (const mot of texte.replaceAll('« ', '«\u00a0').replaceAll(' »', '\u00a0»').split(' ')) {
    if (ligne !== '' && `${ligne} ${mot}`.length > max) {
      lignes.push(ligne);
      ligne = mot;
    } else ligne = ligne === '' ? mot : `${ligne} ${mot}`;
  }
  return ligne === '' ? lignes : [...lignes, ligne];
}
