/** La feuille de la carte, en SVG, par une fonction pure : les mêmes données donnent les mêmes octets. Unité : le point (1/72 pouce). */
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { formatEntier } from '../nombres/format.ts';
import { echelleRonde, longueurRonde, projeter } from './projection.ts';
import type { Etendue, Projection } from './projection.ts';

export const FORMATS = { A4: [841.89, 595.28], A3: [1190.55, 841.89] } as const;
export type Format = keyof typeof FORMATS;

export type Dessin = {
  format: Format;
  titre: string;
  sousTitre: string;
  etendue: Etendue;
  contours: { geometrie: Polygon | MultiPolygon; nom: string }[];
  /** `couleur` nulle : sans valeur, hachuré. */
  surfaces: { geometrie: Polygon | MultiPolygon; couleur: string | null }[];
  quartiers: MultiPolygon[];
  /** `taille` : de 0 à 1, la racine de la part du plus grand. `sur` : à sa vraie place, sinon autour du centre `foyer`. */
  cercles: { lon: number; lat: number; taille: number; couleur: string | null; sur: boolean; foyer: string | null }[];
  legende: { libelle: string; couleur: string | null; logements: number }[];
  titreLegende: string;
  /** Ce que le plus grand cercle vaut ; `null` si la taille ne dit rien. */
  plusGrand: string | null;
  notes: string[];
  source: string;
  attribution: string;
};

const ENCRE = '#1b2430';
const DOUCE = '#5a6472';
const FILET = '#8a8577';
const QPV = '#9c5410';
const POLICE = 'Roboto, sans-serif';
const MARGE = 28;
const COLONNE = 196;
const METRES_PAR_POINT = 0.0254 / 72;
const RAYON_MAX = 11;

const r2 = (n: number): string => String(Math.round(n * 100) / 100 + 0);
const texteSur = (t: string): string => t.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u202f', '\u00a0');

type Style = { taille?: number; gras?: boolean; couleur?: string; ancre?: 'start' | 'middle' | 'end' };
const ecrire = (x: number, y: number, texte: string, { taille = 8, gras = false, couleur = ENCRE, ancre = 'start' }: Style = {}): string =>
  `<text x="${r2(x)}" y="${r2(y)}" font-family="${POLICE}" font-size="${taille}"${gras ? ' font-weight="bold"' : ''} fill="${couleur}" text-anchor="${ancre}">${texteSur(texte)}</text>`;

/** Coupe un texte en lignes, d'après la largeur moyenne d'un caractère. */
export function couper(texte: string, largeur: number, taille: number): string[] {
  const max = Math.max(8, Math.floor(largeur / (taille * 0.51)));
  const lignes: string[] = [];
  let ligne = '';
  for (const mot of texte.split(' ')) {
    if (ligne !== '' && `${ligne} ${mot}`.length > max) {
      lignes.push(ligne);
      ligne = mot;
    } else ligne = ligne === '' ? mot : `${ligne} ${mot}`;
  }
  return ligne === '' ? lignes : [...lignes, ligne];
}

type Cadre = { x: number; y: number; largeur: number; hauteur: number };
type Feuille = { cadre: Cadre; denominateur: number; poser: (lon: number, lat: number) => [number, number] };

/** Le cadre de la carte, et l'échelle ronde à laquelle l'étendue y tient entière, au centre. */
export function mettreEnPage(format: Format, etendue: Etendue): Feuille {
  const [largeur, hauteur] = FORMATS[format];
  const cadre = { x: MARGE, y: MARGE + 40, largeur: largeur - 2 * MARGE - COLONNE - 16, hauteur: hauteur - 2 * MARGE - 40 - 30 };
  const projection = projeter(etendue);
  const bords = borner(etendue, projection);
  const [dx, dy] = [bords.maxX - bords.minX, bords.maxY - bords.minY];
  const utile = { largeur: cadre.largeur - 4 * RAYON_MAX, hauteur: cadre.hauteur - 4 * RAYON_MAX };
  const denominateur = echelleRonde(Math.max(dx / (utile.largeur * METRES_PAR_POINT), dy / (utile.hauteur * METRES_PAR_POINT), 5000));
  const points = 1 / (METRES_PAR_POINT * denominateur);
  const [cx, cy] = [(bords.minX + bords.maxX) / 2, (bords.minY + bords.maxY) / 2];
  return {
    cadre, denominateur,
    poser: (lon, lat) => {
      const [x, y] = projection(lon, lat);
      return [cadre.x + cadre.largeur / 2 + (x - cx) * points, cadre.y + cadre.hauteur / 2 - (y - cy) * points];
    },
  };
}

function borner([ouest, sud, est, nord]: Etendue, projection: Projection): { minX: number; maxX: number; minY: number; maxY: number } {
  const milieu = (ouest + est) / 2;
  const points = [ouest, milieu, est].flatMap((lon) => [sud, nord].map((lat) => projection(lon, lat)));
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
  return { minX: Math.min(...xs), maxX: Math.max(...xs), minY: Math.min(...ys), maxY: Math.max(...ys) };
}

const anneaux = (g: Polygon | MultiPolygon): Position[][] => (g.type === 'Polygon' ? g.coordinates : g.coordinates.flat());

/** Le tracé d'un polygone ; vide s'il n'atteint pas le cadre. Deux sommets à moins d'un tiers de point n'en font qu'un. */
function tracer(g: Polygon | MultiPolygon, { cadre, poser }: Feuille): string {
  const parties: string[] = [];
  for (const anneau of anneaux(g)) {
    let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
    const points: [number, number][] = [];
    for (const [lon = 0, lat = 0] of anneau) {
      const p = poser(lon, lat);
      [minX, maxX, minY, maxY] = [Math.min(minX, p[0]), Math.max(maxX, p[0]), Math.min(minY, p[1]), Math.max(maxY, p[1])];
      const dernier = points.at(-1);
      if (dernier === undefined || Math.hypot(p[0] - dernier[0], p[1] - dernier[1]) > 0.34) points.push(p);
    }
    if (points.length < 3 || maxX < cadre.x || minX > cadre.x + cadre.largeur || maxY < cadre.y || minY > cadre.y + cadre.hauteur) continue;
    parties.push(`M${points.map(([x, y]) => `${r2(x)} ${r2(y)}`).join('L')}Z`);
  }
  return parties.join('');
}

/** Points entre deux cercles d'un même foyer, et rayon qu'il ne dépasse pas. */
const PAS_FOYER = 6;
const RAYON_FOYER = 30;

/** Les cercles posés autour d'un même centre, écartés assez pour se lire à cette échelle, comme à l'écran. */
function spreadFoyers<C extends { p: [number, number]; foyer: string | null }>(cercles: readonly C[]): C[] {
  const groupes = new Map<string, C[]>();
  for (const c of cercles) if (c.foyer !== null) groupes.set(c.foyer, [...(groupes.get(c.foyer) ?? []), c]);
  const deplaces = new Map<C, [number, number]>();
  for (const groupe of groupes.values()) {
    const n = groupe.length;
    const [cx, cy] = [groupe.reduce((s, c) => s + c.p[0], 0) / n, groupe.reduce((s, c) => s + c.p[1], 0) / n];
    const ecart = groupe.reduce((m, c) => Math.max(m, Math.hypot(c.p[0] - cx, c.p[1] - cy)), 0);
    const k = ecart === 0 ? 1 : Math.max(1, Math.min(RAYON_FOYER, PAS_FOYER * Math.sqrt(n - 1)) / ecart);
    for (const c of groupe) deplaces.set(c, [cx + k * (c.p[0] - cx), cy + k * (c.p[1] - cy)]);
  }
  return cercles.map((c) => ({ ...c, p: deplaces.get(c) ?? c.p }));
}

/** Le nom d'un contour au milieu de son plus grand anneau, s'il y tient et qu'il est dans le cadre. */
function nommer({ geometrie, nom }: Dessin['contours'][number], { cadre, poser }: Feuille): string {
  let place: { x: number; y: number; largeur: number } | null = null;
  for (const anneau of anneaux(geometrie)) {
    const xs = anneau.map(([lon = 0, lat = 0]) => poser(lon, lat));
    const [minX, maxX] = [Math.min(...xs.map((p) => p[0])), Math.max(...xs.map((p) => p[0]))];
    const [minY, maxY] = [Math.min(...xs.map((p) => p[1])), Math.max(...xs.map((p) => p[1]))];
    if (maxX - minX > (place?.largeur ?? 0)) place = { x: (minX + maxX) / 2, y: (minY + maxY) / 2, largeur: maxX - minX };
  }
  if (place === null || place.largeur < nom.length * 3.6) return '';
  const demi = nom.length * 1.8;
  const dedans = place.x - demi > cadre.x && place.x + demi < cadre.x + cadre.largeur && place.y - 8 > cadre.y && place.y + 4 < cadre.y + cadre.hauteur;
  return dedans ? ecrire(place.x, place.y, nom, { taille: 6.5, couleur: FILET, ancre: 'middle' }) : '';
}

/** La feuille entière, et le nombre de cercles hors du cadre : ils sont dits, jamais tus. */
export function drawCarte(d: Dessin): { svg: string; denominateur: number; hors: number } {
  const [largeur, hauteur] = FORMATS[d.format];
  const feuille = mettreEnPage(d.format, d.etendue);
  const { cadre } = feuille;
    const poses = spreadFoyers(d.cercles.map((c) => ({ ...c, p: feuille.poser(c.lon, c.lat) }))).toSorted((a, b) => b.taille - a.taille);
  const dedans = poses.filter(({ p: [x, y] }) => x >= cadre.x && x <= cadre.x + cadre.largeur && y >= cadre.y && y <= cadre.y + cadre.hauteur);
  const hors = poses.length - dedans.length;
  const rayon = (taille: number): number => 1.4 + (RAYON_MAX - 1.4) * taille;
  const fond = d.contours.map((c) => tracer(c.geometrie, feuille)).join('');
  const corps = [
    `<rect x="${r2(cadre.x)}" y="${r2(cadre.y)}" width="${r2(cadre.largeur)}" height="${r2(cadre.hauteur)}" fill="#f3f1ea"/>`,
    fond === '' ? '' : `<path d="${fond}" fill="#ffffff" stroke="${FILET}" stroke-width="0.4"/>`,
    ...d.contours.map((c) => nommer(c, feuille)),
    ...d.surfaces.map((s) => {
      const t = tracer(s.geometrie, feuille);
      return t === '' ? '' : `<path d="${t}" fill="${s.couleur ?? '#e4e1d8'}" stroke="${ENCRE}" stroke-width="0.3"${s.couleur === null ? ' stroke-dasharray="1.5 1.5"' : ''}/>`;
    }),
    ...dedans.map(({ p: [x, y], taille, couleur, sur }) =>
      `<circle cx="${r2(x)}" cy="${r2(y)}" r="${r2(rayon(taille))}" fill="${couleur ?? '#e4e1d8'}" fill-opacity="${sur ? 0.95 : 0.7}" stroke="${ENCRE}" stroke-width="0.4"${couleur === null ? ' stroke-dasharray="1.5 1.5"' : ''}/>`),
    ...d.quartiers.map((q) => {
      const t = tracer(q, feuille);
      return t === '' ? '' : `<path d="${t}" fill="none" stroke="${QPV}" stroke-width="0.8"/>`;
    }),
  ].filter((t) => t !== '');
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${r2(largeur)}" height="${r2(hauteur)}" viewBox="0 0 ${r2(largeur)} ${r2(hauteur)}">`,
    `<defs><clipPath id="cadre"><rect x="${r2(cadre.x)}" y="${r2(cadre.y)}" width="${r2(cadre.largeur)}" height="${r2(cadre.hauteur)}"/></clipPath></defs>`,
    `<rect x="0" y="0" width="${r2(largeur)}" height="${r2(hauteur)}" fill="#ffffff"/>`,
    ecrire(MARGE, MARGE + 14, d.titre, { taille: 17, gras: true }),
    ecrire(MARGE, MARGE + 30, d.sousTitre, { taille: 9.5, couleur: DOUCE }),
    `<g clip-path="url(#cadre)">${corps.join('')}</g>`,
    `<rect x="${r2(cadre.x)}" y="${r2(cadre.y)}" width="${r2(cadre.largeur)}" height="${r2(cadre.hauteur)}" fill="none" stroke="${FILET}" stroke-width="0.8"/>`,
    barreEchelle(feuille),
    fleche(cadre),
    colonne(d, feuille, hors),
    ...couper(`${d.source} ${d.attribution}`, largeur - 2 * MARGE, 7).slice(0, 3).map((l, i) => ecrire(MARGE, hauteur - MARGE - 12 + i * 9, l, { taille: 7, couleur: DOUCE })),
    '</svg>',
  ].join('');
  return { svg, denominateur: feuille.denominateur, hors };
}

function barreEchelle({ cadre, denominateur }: Feuille): string {
  const metres = longueurRonde(cadre.largeur * 0.22 * METRES_PAR_POINT * denominateur);
  const longueur = metres / (METRES_PAR_POINT * denominateur);
  const [x, y] = [cadre.x + 12, cadre.y + cadre.hauteur - 14];
  const mot = metres >= 1000 ? `${formatEntier(metres / 1000)} km` : `${formatEntier(metres)} m`;
  return [
    `<rect x="${r2(x - 6)}" y="${r2(y - 18)}" width="${r2(Math.max(longueur, 96) + 44)}" height="26" fill="#ffffff" fill-opacity="0.85"/>`,
    `<path d="M${r2(x)} ${r2(y - 4)}V${r2(y)}H${r2(x + longueur)}V${r2(y - 4)}" fill="none" stroke="${ENCRE}" stroke-width="1"/>`,
    ecrire(x + longueur + 5, y + 1, mot),
    ecrire(x, y - 8, `Échelle 1 : ${formatEntier(denominateur)}`, { taille: 7, couleur: DOUCE }),
  ].join('');
}

function fleche(cadre: Cadre): string {
  const [x, y] = [cadre.x + cadre.largeur - 18, cadre.y + 16];
  return `<path d="M${r2(x)} ${r2(y - 8)}L${r2(x + 5)} ${r2(y + 8)}L${r2(x)} ${r2(y + 4)}L${r2(x - 5)} ${r2(y + 8)}Z" fill="${ENCRE}"/>${ecrire(x, y + 18, 'N', { gras: true, ancre: 'middle' })}`;
}

function colonne(d: Dessin, { cadre }: Feuille, hors: number): string {
  const x = cadre.x + cadre.largeur + 16;
  let y = cadre.y + 10;
  const morceaux: string[] = [];
  const paragraphe = (texte: string, style: Style, interligne: number): void => {
    for (const l of couper(texte, COLONNE, style.taille ?? 8)) {
      morceaux.push(ecrire(x, y, l, style));
      y += interligne;
    }
  };
  paragraphe(d.titreLegende, { taille: 10, gras: true }, 13);
  y += 4;
  for (const l of d.legende) {
    morceaux.push(`<rect x="${r2(x)}" y="${r2(y - 8)}" width="18" height="10" fill="${l.couleur ?? '#e4e1d8'}" stroke="${ENCRE}" stroke-width="0.4"${l.couleur === null ? ' stroke-dasharray="1.5 1.5"' : ''}/>`);
    morceaux.push(ecrire(x + 25, y, l.libelle, { taille: 8.5 }), ecrire(x + COLONNE, y, formatEntier(l.logements), { taille: 8.5, couleur: DOUCE, ancre: 'end' }));
    y += 15;
  }
  morceaux.push(ecrire(x + COLONNE, y - 2, 'logements', { taille: 7, couleur: DOUCE, ancre: 'end' }));
  y += 14;
  if (d.plusGrand !== null && d.cercles.length > 0) {
    morceaux.push(`<circle cx="${r2(x + RAYON_MAX)}" cy="${r2(y + 2)}" r="${RAYON_MAX}" fill="none" stroke="${ENCRE}" stroke-width="0.4"/>`);
    morceaux.push(ecrire(x + 2 * RAYON_MAX + 8, y + 5, d.plusGrand));
    y += 28;
  }
  if (d.quartiers.length > 0) {
    morceaux.push(`<rect x="${r2(x)}" y="${r2(y - 8)}" width="18" height="10" fill="none" stroke="${QPV}" stroke-width="0.8"/>`, ecrire(x + 25, y, 'Quartier prioritaire (QPV)', { taille: 8.5 }));
    y += 18;
  }
  const notes = [...d.notes, ...(hors > 0 ? [`${formatEntier(hors)} hors de la feuille ; la légende compte tout le parc.`] : [])];
  for (const n of notes) {
    paragraphe(n, { taille: 7.5, couleur: DOUCE }, 9.5);
    y += 4;
  }
  return morceaux.join('');
}
