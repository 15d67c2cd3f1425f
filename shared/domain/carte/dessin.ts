/** La feuille de la carte, en SVG, par une fonction pure : les mêmes données donnent les mêmes octets. Unité : le point (1/72 pouce). */
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { formatEntier } from '../nombres/format.ts';
import { echelleRonde, longueurRonde, projeter } from './projection.ts';
import type { Etendue, Projection } from './projection.ts';
import { drawColonne } from './feuille-legende.ts';
import { ACCENT, couper, DOUCE, ecrire, ENCRE, FILET, QPV, r2, SANS_VALEUR } from './feuille-svg.ts';

const METRES_PAR_POINT = 0.0254 / 72;
export const FORMATS = { A4: [841.89, 595.28], A3: [1190.55, 841.89] } as const;
export type Format = keyof typeof FORMATS;
/** La taille d'une feuille, en mètres. */
export const tailleFeuille = (format: Format): [number, number] => { const [l, h] = FORMATS[format]; return [l * METRES_PAR_POINT, h * METRES_PAR_POINT]; };

/** `couleur` nulle : sans valeur, hachuré. `retenu` : de la sélection, cerné. */
export type Surface = { geometrie: Polygon | MultiPolygon; couleur: string | null; retenu: boolean };
/** `taille` : de 0 à 1, la racine de la part du plus grand. `sur` : à sa vraie place, sinon autour du centre `foyer`. */
export type Cercle = { lon: number; lat: number; taille: number; couleur: string | null; sur: boolean; foyer: string | null; retenu: boolean };
/** `cote` : ce que veut dire le côté de zéro où est la classe ; `choisis` : ceux de la sélection, s'il y en a une. */
export type LigneFeuille = { libelle: string; cote: string | null; couleur: string | null; logements: number; choisis: number | null };
/** Une carte de la feuille : une mesure, ses classes ; `titre` est écrit au-dessus d'elle quand elles sont deux. */
export type Panneau = { titre: string; titreLegende: string; surfaces: Surface[]; cercles: Cercle[]; legende: LigneFeuille[] };

export type Dessin = {
  format: Format;
  titre: string;
  sousTitre: string;
  etendue: Etendue;
  contours: { geometrie: Polygon | MultiPolygon; nom: string }[];
  quartiers: MultiPolygon[];
  /** Tracés des communes du parc et leurs noms, du plus peuplé de logements au moins : dessinés d'assez près. */
  communes: { traces: (Polygon | MultiPolygon)[]; noms: { lon: number; lat: number; nom: string; poids: number }[] };
  /** Une carte, ou deux côte à côte à la même échelle. */
  panneaux: Panneau[];
  /** Ce que le plus grand cercle vaut ; `null` si la taille ne dit rien. */
  plusGrand: string | null;
  notes: string[];
  source: string;
};

const MARGE = 28;
const COLONNE = 196;
const ENTRE = 14;
/** Sous les titres de la feuille ; deux cartes ont en plus chacune le sien. */
const HAUT = 40;
const TITRE_CARTE = 16;
const RAYON_MAX = 11;

type Cadre = { x: number; y: number; largeur: number; hauteur: number };
type Feuille = { cadre: Cadre; denominateur: number; poser: (lon: number, lat: number) => [number, number] };

/** Le cadre de la carte `rang` sur `total`, et l'échelle ronde à laquelle l'étendue y tient entière, au centre. */
export function mettreEnPage(format: Format, etendue: Etendue, rang = 0, total = 1): Feuille {
  const [large, haut] = FORMATS[format];
  const largeur = (large - 2 * MARGE - COLONNE - 16 - (total - 1) * ENTRE) / total;
  const dessus = HAUT + (total > 1 ? TITRE_CARTE : 0);
  const cadre = { x: MARGE + rang * (largeur + ENTRE), y: MARGE + dessus, largeur, hauteur: haut - 2 * MARGE - dessus - 30 };
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

/** Le dénominateur en deçà duquel les communes se lisent. */
const DE_PRES = 1_000_000;

/** Les noms des communes, sans que l'un couvre l'autre : la plus peuplée de logements garde sa place. */
function nommerCommunes(noms: Dessin['communes']['noms'], { cadre, poser }: Feuille): string[] {
  const places: { x: number; y: number; demi: number; nom: string }[] = [];
  for (const { lon, lat, nom } of noms.toSorted((a, b) => b.poids - a.poids)) {
    const [x, centre] = poser(lon, lat);
    const [y, demi] = [centre + 14, nom.length * 2.1];
    const tient = dansCadre(cadre, [x - demi, y - 8]) && dansCadre(cadre, [x + demi, y + 3]);
    if (tient && places.every((p) => Math.abs(p.y - y) > 10 || Math.abs(p.x - x) > p.demi + demi + 4)) places.push({ x, y, demi, nom });
  }
  return places.map(({ x, y, demi, nom }) => `<rect x="${r2(x - demi - 2)}" y="${r2(y - 7)}" width="${r2(2 * demi + 4)}" height="9.5" fill="#ffffff" fill-opacity="0.75"/>${ecrire(x, y, nom, { taille: 7.5, ancre: 'middle' })}`);
}

const pointille = (couleur: string | null): string => (couleur === null ? ' stroke-dasharray="1.5 1.5"' : '');
const bord = (retenu: boolean, trait: number): string => (retenu ? `stroke="${ACCENT}" stroke-width="1.6"` : `stroke="${ENCRE}" stroke-width="${trait}"`);
const dansCadre = ({ x, y, largeur, hauteur }: Cadre, [px, py]: [number, number]): boolean => px >= x && px <= x + largeur && py >= y && py <= y + hauteur;

/** Une carte dans son cadre, et ses cercles qui n'y tiennent pas. */
function dessinerPanneau(d: Dessin, { surfaces, cercles }: Panneau, feuille: Feuille, id: string): { svg: string; hors: number } {
  const { cadre } = feuille;
  const poses = spreadFoyers(cercles.map((c) => ({ ...c, p: feuille.poser(c.lon, c.lat) }))).toSorted((a, b) => b.taille - a.taille);
  const dedans = poses.filter(({ p }) => dansCadre(cadre, p));
  const rayon = (taille: number): number => 1.4 + (RAYON_MAX - 1.4) * taille;
  const fond = d.contours.map((c) => tracer(c.geometrie, feuille)).join('');
  const corps = [
    `<rect x="${r2(cadre.x)}" y="${r2(cadre.y)}" width="${r2(cadre.largeur)}" height="${r2(cadre.hauteur)}" fill="#f3f1ea"/>`,
    fond === '' ? '' : `<path d="${fond}" fill="#ffffff" stroke="${FILET}" stroke-width="0.4"/>`,
    ...(feuille.denominateur > DE_PRES ? d.contours.map((c) => nommer(c, feuille)) : d.communes.traces.map((t) => { const p = tracer(t, feuille); return p === '' ? '' : `<path d="${p}" fill="none" stroke="${FILET}" stroke-width="0.25"/>`; })),
    // Ce qui est cerné passe devant : son trait serait sinon sous le voisin.
    ...surfaces.toSorted((a, b) => Number(a.retenu) - Number(b.retenu)).map((s) => {
      const t = tracer(s.geometrie, feuille);
      return t === '' ? '' : `<path d="${t}" fill="${s.couleur ?? SANS_VALEUR}" ${bord(s.retenu, 0.3)}${pointille(s.couleur)}/>`;
    }),
    ...dedans.map(({ p: [x, y], taille, couleur, sur, retenu }) =>
      `<circle cx="${r2(x)}" cy="${r2(y)}" r="${r2(rayon(taille))}" fill="${couleur ?? SANS_VALEUR}" fill-opacity="${sur ? 0.95 : 0.7}" ${bord(retenu, 0.4)}${pointille(couleur)}/>`),
    ...d.quartiers.map((q) => {
      const t = tracer(q, feuille);
      return t === '' ? '' : `<path d="${t}" fill="none" stroke="${QPV}" stroke-width="0.8"/>`;
    }),
    ...(feuille.denominateur > DE_PRES ? [] : nommerCommunes(d.communes.noms, feuille)),
  ].filter((t) => t !== '');
  const svg = [
    `<defs><clipPath id="${id}"><rect x="${r2(cadre.x)}" y="${r2(cadre.y)}" width="${r2(cadre.largeur)}" height="${r2(cadre.hauteur)}"/></clipPath></defs>`,
    `<g clip-path="url(#${id})">${corps.join('')}</g>`,
    `<rect x="${r2(cadre.x)}" y="${r2(cadre.y)}" width="${r2(cadre.largeur)}" height="${r2(cadre.hauteur)}" fill="none" stroke="${FILET}" stroke-width="0.8"/>`,
    barreEchelle(feuille),
    fleche(cadre),
  ].join('');
  return { svg, hors: poses.length - dedans.length };
}

/** La feuille entière, et le nombre de cercles hors du cadre : ils sont dits, jamais tus. */
export function drawCarte(d: Dessin): { svg: string; denominateur: number; hors: number } {
  const [largeur, hauteur] = FORMATS[d.format];
  const utile = largeur - 2 * MARGE;
  const feuilles = d.panneaux.map((_, i) => mettreEnPage(d.format, d.etendue, i, d.panneaux.length));
  const dessines = d.panneaux.flatMap((p, i) => { const f = feuilles[i]; return f === undefined ? [] : [dessinerPanneau(d, p, f, `cadre-${i}`)]; });
  const [derniere] = feuilles.slice(-1);
  const hors = dessines[0]?.hors ?? 0;
  // Un titre long se réduit plutôt que d'être coupé.
  const tenir = (texte: string, taille: number, large = utile): number => Math.min(taille, large / (texte.length * 0.53));
  const svg = [
    // En points : ouverte ou imprimée seule, la feuille a sa vraie taille.
    `<svg xmlns="http://www.w3.org/2000/svg" width="${r2(largeur)}pt" height="${r2(hauteur)}pt" viewBox="0 0 ${r2(largeur)} ${r2(hauteur)}">`,
    `<rect x="0" y="0" width="${r2(largeur)}" height="${r2(hauteur)}" fill="#ffffff"/>`,
    ecrire(MARGE, MARGE + 14, d.titre, { taille: tenir(d.titre, 17), gras: true }),
    ecrire(MARGE, MARGE + 30, d.sousTitre, { taille: tenir(d.sousTitre, 9.5), couleur: DOUCE }),
    ...(d.panneaux.length > 1 ? d.panneaux.map(({ titre }, i) => { const { x = 0, y = 0, largeur: large = 1 } = feuilles[i]?.cadre ?? {}; return ecrire(x, y - 6, titre, { taille: tenir(titre, 10.5, large), gras: true }); }) : []),
    ...dessines.map((p) => p.svg),
    derniere === undefined ? '' : drawColonne(d, { x: derniere.cadre.x + derniere.cadre.largeur + 16, y: derniere.cadre.y + 10, largeur: COLONNE, hauteur: derniere.cadre.hauteur - 10, rayon: RAYON_MAX }, hors),
    ...couper(d.source, utile, 7).slice(0, 3).map((l, i) => ecrire(MARGE, hauteur - MARGE - 12 + i * 9, l, { taille: 7, couleur: DOUCE })),
    '</svg>',
  ].join('');
  return { svg, denominateur: feuilles[0]?.denominateur ?? 0, hors };
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
