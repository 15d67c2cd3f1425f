/** Ce qui situe un logement, tel que déclaré. */
export type Situation = {
  commune: string;
  numvoie: string | null;
  indrep: string | null;
  typvoie: string | null;
  nomvoie: string | null;
  bat: string | null;
  immeu: string | null;
  complgeo: string | null;
  lieudit: string | null;
};

// Les mêmes noms reviennent par milliers. La table est vidée quand elle grandit trop : elle n'est qu'un raccourci.
const connus = new Map<string, string>();
const CONNUS_MAX = 5_000;

/** Comparable d'une saisie à l'autre : sans casse, accents, ponctuation ni espaces en trop. */
export function normaliser(texte: string | null): string {
  if (texte === null) return '';
  let normal = connus.get(texte);
  if (normal === undefined) {
    normal = computeNormal(texte);
    if (connus.size >= CONNUS_MAX) connus.clear();
    connus.set(texte, normal);
  }
  return normal;
}

function computeNormal(texte: string): string {
  return texte
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Clé de l'ensemble proposé (R445-3 : « géographiquement cohérents, ainsi déterminé par l'organisme » ;
 * ceci n'est qu'une proposition) : le programme, sinon l'adresse, sinon le bâtiment ou le lieudit,
 * sinon le reste de la commune. Toujours dans une seule commune d'aujourd'hui.
 */
export function computeCle(s: Situation): string {
  const programme = normaliser(s.complgeo);
  if (programme !== '') return `${s.commune}|programme|${programme}`;
  const voie = normaliser(s.nomvoie);
  if (voie !== '') return `${s.commune}|adresse|${normaliser(s.numvoie)}|${normaliser(s.indrep)}|${normaliser(s.typvoie)}|${voie}`;
  const lieudit = normaliser(s.lieudit);
  const immeuble = normaliser(s.immeu);
  const batiment = normaliser(s.bat);
  if (immeuble !== '' || batiment !== '') return `${s.commune}|batiment|${immeuble}|${batiment}|${lieudit}`;
  if (lieudit !== '') return `${s.commune}|lieudit|${lieudit}`;
  return `${s.commune}|sans-adresse`;
}

/** Code public : la commune, puis le début de l'empreinte de la clé, allongé jusqu'à être libre. */
export function computeCode(commune: string, empreinteHex: string, pris: (code: string) => boolean): string {
  for (let longueur = 8; longueur <= empreinteHex.length; longueur += 4) {
    const code = `${commune}-${empreinteHex.slice(0, longueur).toUpperCase()}`;
    if (!pris(code)) return code;
  }
  throw new Error(`aucun code libre pour l'ensemble ${commune}-${empreinteHex}`);
}
