import { findSysteme, systemeDuDepartement, toDegres } from './systemes.ts';
import { distance } from './zones.ts';
import type { Point } from './zones.ts';

/** Pourquoi des coordonnées du fichier ne placent pas le logement. */
export type Ecartees = 'incompletes' | 'illisibles' | 'systeme-inconnu' | 'systeme-a-deviner' | 'hors-limites' | 'loin-de-la-commune';

export const LIBELLES_ECARTEES: Readonly<Record<Ecartees, string>> = {
  incompletes: 'X ou Y manque',
  illisibles: 'X ou Y n’est pas un nombre',
  'systeme-inconnu': 'code EPSG inconnu',
  'systeme-a-deviner': 'EPSG absent, et aucun système ne convient au département',
  'hors-limites': 'point hors de France dans le système dit',
  'loin-de-la-commune': 'point trop loin du centre de la commune déclarée',
};

export type PointLu =
  | { point: Point; epsg: number; devine: boolean }
  | { ecartees: Ecartees; epsg: number | null };

/** Seuils proposés par Atelier CUS, non réglementaires : au-delà, le système ou la commune est faux. La Guyane a des communes immenses. */
const LOIN = 40_000;
const LOIN_GUYANE = 250_000;

const VIDE = /^(|na|nc|null|nan|none|-)$/i;
const ZERO = /^0([.,]0+)?$/;

/** Nombre écrit avec point ou virgule, espaces compris, ou en notation scientifique ; `null` sinon. */
export function lireNombre(texte: string): number | null {
  const propre = texte.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(propre) ? Number(propre) : null;
}

/** Code EPSG écrit « 2154 », « EPSG:2154 », « 2154.0 » ou « urn:ogc:def:crs:EPSG::2154 » ; `null` si ce n'en est pas un. */
export function lireEpsg(texte: string): number | null {
  const trouve = /^(?:.*\bEPSG:{1,2}(?:[\d.]*:)?)?\s*(\d{4,5})(?:[.,]0+)?$/i.exec(texte.trim());
  return trouve?.[1] === undefined ? null : Number(trouve[1]);
}

/**
 * Où le fichier place un logement, d'après X, Y et EPSG tels qu'écrits ; `null` quand il ne donne rien.
 * Sans EPSG, le système est deviné — en degrés si les nombres le sont, sinon celui du département — et
 * `devine` le dit. `centre` : centre de la commune déclarée, quand il est connu.
 */
export function lirePoint(x: string | null, y: string | null, epsg: string | null, departement: string, centre: Point | null): PointLu | null {
  const [tx, ty, te] = [x?.trim() ?? '', y?.trim() ?? '', epsg?.trim() ?? ''];
  const [vx, vy] = [VIDE.test(tx), VIDE.test(ty)];
  if ((vx || ZERO.test(tx)) && (vy || ZERO.test(ty))) return null;
  if (vx || vy) return { ecartees: 'incompletes', epsg: null };
  const [nx, ny] = [lireNombre(tx), lireNombre(ty)];
  if (nx === null || ny === null) return { ecartees: 'illisibles', epsg: null };
  const dit = te === '' || VIDE.test(te) ? undefined : lireEpsg(te);
  if (dit === null || (dit !== undefined && findSysteme(dit) === null)) return { ecartees: 'systeme-inconnu', epsg: dit };
  const code = dit ?? (Math.abs(nx) <= 180 && Math.abs(ny) <= 90 ? 4326 : systemeDuDepartement(departement));
  if (code === null) return { ecartees: 'systeme-a-deviner', epsg: null };
  const point = toDegres(code, nx, ny);
  if (point === null) return { ecartees: 'hors-limites', epsg: code };
  if (centre !== null && distance(point, centre) > (departement === '973' ? LOIN_GUYANE : LOIN)) return { ecartees: 'loin-de-la-commune', epsg: code };
  return { point, epsg: code, devine: dit === undefined };
}
