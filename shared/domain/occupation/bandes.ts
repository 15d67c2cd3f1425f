/**
 * Bandes de ressources, en pour cent des plafonds du PLUS. Les bornes sont de l'organisme ; celles proposées
 * sont usuelles, aucun texte lu ne les fixe. Une borne appartient à la bande qui finit par elle : un ménage à
 * 100 % du plafond est sous le plafond.
 */

export const BORNES_USUELLES: readonly number[] = [20, 40, 60, 80, 100, 120, 130, 150];
export const MENTION_USUELLES = 'usuelles, à vérifier';
const BORNES_MAX = 20;
const BORNE_MAX = 1000;

/** De `min` exclu (0 compris pour la première) à `max` inclus, en centièmes de pour cent ; `max` null : sans fin. */
export type Intervalle = { min: number; max: number | null };

/** Les bandes que font des bornes croissantes (pour cent entiers), la dernière sans fin. */
export function bandesDe(bornes: readonly number[]): Intervalle[] {
  const points = [0, ...bornes];
  return points.map((min, i) => ({ min: min * 100, max: points[i + 1] === undefined ? null : (points[i + 1] ?? 0) * 100 }));
}

/** « 0 à 20 % », « plus de 150 % ». */
export function libelleBande({ min, max }: Intervalle): string {
  const dire = (n: number): string => String(n / 100).replace('.', ',');
  return max === null ? (min === 0 ? 'toutes ressources' : `plus de ${dire(min)} %`) : `${dire(min)} à ${dire(max)} %`;
}

/** Bornes tapées (« 20, 40, 60 ») ; vide : les usuelles. Le message dit ce qui ne va pas. */
export function parseBornes(texte: string): { ok: true; bornes: readonly number[] } | { ok: false; message: string } {
  const propre = texte.trim();
  if (propre === '') return { ok: true, bornes: BORNES_USUELLES };
  const morceaux = propre.split(/[;,\s]+/u).filter((m) => m !== '');
  const bornes = morceaux.map(Number);
  const faute = morceaux.find((m) => !/^\d{1,4}$/u.test(m) || Number(m) < 1 || Number(m) > BORNE_MAX);
  if (faute !== undefined) return { ok: false, message: `« ${faute} » n’est pas une borne : des nombres entiers de 1 à ${BORNE_MAX}, en pour cent du plafond.` };
  if (bornes.some((b, i) => i > 0 && b <= (bornes[i - 1] ?? 0))) return { ok: false, message: 'Les bornes vont de la plus petite à la plus grande, sans répétition.' };
  if (bornes.length > BORNES_MAX) return { ok: false, message: `${BORNES_MAX} bornes au plus.` };
  return { ok: true, bornes };
}

/** Bornes du dossier ; illisibles, les usuelles. */
export function bornesDe(texte: string | null): readonly number[] {
  const lu = parseBornes(texte ?? '');
  return lu.ok ? lu.bornes : BORNES_USUELLES;
}

/** Rang de la bande où tombe une valeur ou une fourchette ; `null` : elle est à cheval sur plusieurs. */
export function rangBande(bandes: readonly Intervalle[], { min, max }: Intervalle): number | null {
  const exacte = max !== null && min === max;
  const rang = bandes.findIndex((b, i) =>
    exacte ? (min > b.min || (i === 0 && min >= 0)) && (b.max === null || min <= b.max) : min >= b.min && (b.max === null || (max !== null && max <= b.max)),
  );
  return rang < 0 ? null : rang;
}

const NOMBRE = String.raw`(\d{1,4}(?:[.,]\d{1,4})?)`;
const ENTRE = new RegExp(String.raw`^(?:de |entre )?[\[\]]?\s*${NOMBRE}\s*%?\s*(?:a|et|-|;|_)\s*(?:moins de )?${NOMBRE}\s*%?\s*[\[\]]?$`, 'u');
const SOUS = new RegExp(String.raw`^(?:<=?|≤|moins de|inf(?:erieur(?:es)?)?(?: ou egal(?:es)?)? a|jusqu a)\s*${NOMBRE}\s*%?$`, 'u');
const SUR = new RegExp(String.raw`^(?:>=?|≥|plus de|sup(?:erieur(?:es)?)?(?: ou egal(?:es)?)? a|au-dela de|au dela de)\s*${NOMBRE}\s*%?$`, 'u');
const ETPLUS = new RegExp(String.raw`^${NOMBRE}\s*%?\s*(?:et plus|et \+|\+)$`, 'u');
const SEUL = new RegExp(String.raw`^${NOMBRE}\s*%?$`, 'u');

/** Ressources d'un ménage : un pourcentage (« 57,3 % ») ou une fourchette (« 40-60 », « plus de 150 ») ; `null` : illisible. */
export function parseRessources(brut: string): Intervalle | null {
  const texte = brut.normalize('NFD').replace(/\p{M}/gu, '').replace(/['\u2019]/gu, ' ').replace(/[\u2013\u2014]/gu, '-').replace(/[\s\u00a0\u202f]+/gu, ' ').toLowerCase().trim();
  const lire = (motif: RegExp): number[] | null => motif.exec(texte)?.slice(1).map((m) => Math.round(Number(m.replace(',', '.')) * 100)) ?? null;
  const [seul] = lire(SEUL) ?? [];
  if (seul !== undefined) return { min: seul, max: seul };
  const [min, max] = lire(ENTRE) ?? [];
  if (min !== undefined && max !== undefined) return min < max ? { min, max } : null;
  const [sous] = lire(SOUS) ?? [];
  if (sous !== undefined) return sous > 0 ? { min: 0, max: sous } : null;
  const [sur] = lire(SUR) ?? lire(ETPLUS) ?? [];
  return sur === undefined ? null : { min: sur, max: null };
}
