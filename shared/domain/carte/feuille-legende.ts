/** La colonne d'une feuille : la légende de chaque carte, la taille des cercles, les notes. */
import { pluriel } from '../nombres/accord.ts';
import { formatEntier } from '../nombres/format.ts';
import type { Dessin, LigneFeuille } from './dessin.ts';
import { ACCENT, couper, DOUCE, ecrire, ENCRE, QPV, r2, SANS_VALEUR } from './feuille-svg.ts';
import type { Style } from './feuille-svg.ts';

type Place = { x: number; y: number; largeur: number; rayon: number };

/** Les tailles de la colonne, en vingtièmes de sa taille normale : plus petite, elle ne se lirait plus. */
const TAILLES = [20, 19, 18, 17, 16, 15, 14, 13, 12] as const;
const PLUS_PETITE = 12 / 20;

/**
 * La colonne, dans sa place : trop longue pour sa hauteur, elle se réduit plutôt que de passer sur le bas de la feuille ;
 * à sa plus petite taille, elle dit combien de ses notes ne se lisent qu'à l'écran.
 */
export function drawColonne(d: Dessin, { hauteur, ...place }: Place & { hauteur: number }, hors: number): string {
  for (const k of TAILLES.map((t) => t / 20)) {
    const svg = tenter(d, place, hauteur, hors, k);
    if (svg !== null) return svg;
  }
  for (let gardees = d.notes.length - 1; gardees > 0; gardees--) {
    const notes = [...d.notes.slice(0, gardees), `${pluriel(d.notes.length - gardees, 'note de plus', 'notes de plus')} à l’écran des loyers.`];
    const svg = tenter({ ...d, notes }, place, hauteur, hors, PLUS_PETITE);
    if (svg !== null) return svg;
  }
  return tenter(d, place, Infinity, hors, PLUS_PETITE) ?? '';
}

/** La colonne à cette échelle ; `null` si elle n'y tient pas. Le cercle de sa légende garde, sur la feuille, la taille de ceux de la carte. */
function tenter(d: Dessin, place: Place, hauteur: number, hors: number, k: number): string | null {
  const { svg, bas } = k === 1 ? dessiner(d, place, hors) : dessiner(d, { x: 0, y: 0, largeur: place.largeur / k, rayon: place.rayon / k }, hors);
  if ((k === 1 ? bas - place.y : bas * k) > hauteur) return null;
  return k === 1 ? svg : `<g transform="translate(${r2(place.x)} ${r2(place.y)}) scale(${r2(k)})">${svg}</g>`;
}

/** Ce que dit la colonne, et l'ordonnée de sa dernière ligne. */
function dessiner(d: Dessin, { x, y: haut, largeur, rayon }: Place, hors: number): { svg: string; bas: number } {
  let y = haut;
  let bas = haut;
  const morceaux: string[] = [];
  const paragraphe = (texte: string, style: Style, interligne: number): void => {
    for (const l of couper(texte, largeur, style.taille ?? 8)) {
      morceaux.push(ecrire(x, y, l, style));
      bas = y;
      y += interligne;
    }
  };
  const choisie = d.panneaux.some((p) => p.legende.some((l) => l.choisis !== null));
  const droite = (n: string, rang: number, style: Style): void => void morceaux.push(ecrire(x + largeur - rang * 46, y, n, { ...style, ancre: 'end' }));
  const ligne = (l: LigneFeuille): void => {
    morceaux.push(`<rect x="${r2(x)}" y="${r2(y - 8)}" width="18" height="10" fill="${l.couleur ?? SANS_VALEUR}" stroke="${ENCRE}" stroke-width="0.4"${l.couleur === null ? ' stroke-dasharray="1.5 1.5"' : ''}/>`, ecrire(x + 25, y, l.libelle, { taille: 8.5 }));
    if (l.choisis !== null) droite(formatEntier(l.choisis), 1, { taille: 8.5, gras: true });
    droite(formatEntier(l.logements), 0, { taille: 8.5, couleur: DOUCE });
    y += 15;
  };
  for (const p of d.panneaux) {
    paragraphe(p.titreLegende, { taille: 10, gras: true }, 13);
    y += 2;
    if (choisie) droite('sélection', 1, { taille: 7, couleur: DOUCE });
    droite('logements', 0, { taille: 7, couleur: DOUCE });
    y += 13;
    let cote: string | null = null;
    for (const l of p.legende) {
      if (l.cote !== null && l.cote !== cote) {
        y -= 2;
        paragraphe(`${l.cote.charAt(0).toUpperCase()}${l.cote.slice(1)}`, { taille: 8, gras: true, couleur: DOUCE }, 12);
        y += 1;
      }
      cote = l.cote;
      ligne(l);
    }
    y += 8;
  }
  if (choisie) {
    morceaux.push(`<circle cx="${r2(x + 9)}" cy="${r2(y - 3)}" r="5" fill="#ffffff" stroke="${ACCENT}" stroke-width="1.6"/>`, ecrire(x + 25, y, 'De la sélection', { taille: 8.5 }));
    y += 18;
  }
  if (d.plusGrand !== null && d.panneaux.some((p) => p.cercles.length > 0)) {
    const milieu = y - 9 + rayon;
    morceaux.push(`<circle cx="${r2(x + rayon)}" cy="${r2(milieu)}" r="${r2(rayon)}" fill="none" stroke="${ENCRE}" stroke-width="0.4"/>`);
    morceaux.push(ecrire(x + 2 * rayon + 8, milieu + 3, d.plusGrand));
    y += 2 * rayon + 6;
  }
  if (d.quartiers.length > 0) {
    morceaux.push(`<rect x="${r2(x)}" y="${r2(y - 8)}" width="18" height="10" fill="none" stroke="${QPV}" stroke-width="0.8"/>`, ecrire(x + 25, y, 'Quartier prioritaire (QPV)', { taille: 8.5 }));
    y += 18;
  }
  for (const n of [...d.notes, ...(hors > 0 ? [`${formatEntier(hors)} hors de la feuille ; la légende compte tout le parc.`] : [])]) {
    paragraphe(n, { taille: 7.5, couleur: DOUCE }, 9.5);
    y += 4;
  }
  return { svg: morceaux.join(''), bas: Math.max(bas, y - 12) };
}
