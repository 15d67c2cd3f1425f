import type { Millesime } from '../../millesimes/types.ts';
import { findIndicateur } from '../../millesimes/index.ts';

/** Nom stable d'une cible : `engagement/PS-2/dep-13/2027/hors-qpv`. */
export type ChampEngagement = {
  genre: 'engagement';
  indicateur: string;
  territoire: string;
  horizon: string;
  ventilation: string;
};
/** Nom stable d'une référence historique : `reference/PS-2/dep-13/hors-qpv`. */
export type ChampReference = { genre: 'reference'; indicateur: string; territoire: string; ventilation: string };
export type ChampCible = ChampEngagement | ChampReference;

const INDICATEUR = /^[A-Z]{1,4}(?:-[A-Z]{1,4})*-?\d{1,2}$/;
const HORIZON = /^(?:\d{4}|[1-9]\d?ans)$/;
const VENTILATION = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;
const TERRITOIRE =
  /^(?:organisme|reg-\d{2}|dep-(?:\d{2}|2[AB]|9[78]\d)|(?:epci|ept)-\d{9}|com-(?:\d{5}|2[AB]\d{3}))$/;

/** `organisme`, `reg-93`, `dep-2A`, `epci-200054807`, `ept-200057867`, `com-13055`. Forme seulement. */
export function isCodeTerritoire(code: string): boolean {
  return TERRITOIRE.test(code);
}

/** Codes séparés par virgules, points-virgules ou espaces ; sans doublon, dans l'ordre tapé. */
export function parseListeTerritoires(texte: string): { codes: string[]; inconnus: string[] } {
  const tous = [...new Set(texte.split(/[,;\s]+/).filter((c) => c !== ''))];
  return { codes: tous.filter(isCodeTerritoire), inconnus: tous.filter((c) => !isCodeTerritoire(c)) };
}

/** Lit un nom de cible ou de référence ; `null` si ce n'en est pas un. N'affirme pas que la loi la demande. */
export function parseChamp(nom: string): ChampCible | null {
  const parties = nom.split('/');
  const [genre, indicateur = '', territoire = ''] = parties;
  const ventilation = parties.at(-1) ?? '';
  if (!INDICATEUR.test(indicateur) || !isCodeTerritoire(territoire) || !VENTILATION.test(ventilation)) return null;
  if (genre === 'reference' && parties.length === 4) return { genre, indicateur, territoire, ventilation };
  const horizon = parties[3] ?? '';
  if (genre !== 'engagement' || parties.length !== 5 || !HORIZON.test(horizon)) return null;
  return { genre, indicateur, territoire, horizon, ventilation };
}

export function formatChamp(c: ChampCible): string {
  return c.genre === 'engagement'
    ? `engagement/${c.indicateur}/${c.territoire}/${c.horizon}/${c.ventilation}`
    : `reference/${c.indicateur}/${c.territoire}/${c.ventilation}`;
}

/** Même nom avec le code de l'indicateur du millésime (`G1` → `G-1`) ; `null` si l'indicateur n'y est pas. */
export function normalizeChamp(millesime: Millesime, nom: string): string | null {
  const c = parseChamp(nom);
  if (c === null) return null;
  const indicateur = findIndicateur(millesime, c.indicateur);
  return indicateur === undefined ? null : formatChamp({ ...c, indicateur: indicateur.code });
}
