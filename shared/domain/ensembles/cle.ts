import { REGLE_DEPART } from './regle.ts';
import type { Critere, Regle } from './regle.ts';

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
  codsegpatrim: string | null;
};

// Les mêmes noms reviennent par milliers. La table est vidée quand elle grandit trop : elle n'est qu'un raccourci.
const connus = new Map<string, string>();
const CONNUS_MAX = 5_000;

/** Comparable d'une saisie à l'autre : sans casse, accents, ponctuation ni espaces en trop. */
export function normaliser(texte: string | null): string {
  if (texte === null) return '';
  let normal = connus.get(texte);
  if (normal === undefined) {
    normal = normaliserSansRetenir(texte);
    if (connus.size >= CONNUS_MAX) connus.clear();
    connus.set(texte, normal);
  }
  return normal;
}

/** La même forme, pour ce dont rien ne doit rester en mémoire. */
export function normaliserSansRetenir(texte: string): string {
  return texte
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Valeurs d'un critère, comparables ; `null` quand il n'est pas renseigné. */
function valeurDe(s: Situation, critere: Critere): string | null {
  switch (critere) {
    case 'segment': return normaliser(s.codsegpatrim) || null;
    case 'programme': return normaliser(s.complgeo) || null;
    case 'immeuble': return normaliser(s.immeu) || null;
    case 'bat': return normaliser(s.bat) || null;
    case 'lieudit': return normaliser(s.lieudit) || null;
    case 'voie':
    case 'adresse': {
      const voie = normaliser(s.nomvoie);
      if (voie === '') return null;
      return critere === 'voie' ? `${normaliser(s.typvoie)}|${voie}` : `${normaliser(s.numvoie)}|${normaliser(s.indrep)}|${normaliser(s.typvoie)}|${voie}`;
    }
    case 'batiment': {
      const [immeuble, batiment] = [normaliser(s.immeu), normaliser(s.bat)];
      return immeuble === '' && batiment === '' ? null : `${immeuble}|${batiment}|${normaliser(s.lieudit)}`;
    }
  }
}

/** Rang du niveau qu'un logement suit, et ses valeurs ; le rang d'après le dernier : le reste de la commune. */
function applyRegle(s: Situation, regle: Regle): { niveau: number; valeurs: string } {
  for (let niveau = 0; niveau < regle.length; niveau++) {
    let valeurs = '';
    let entier = true;
    for (const critere of regle[niveau] ?? []) {
      const valeur = valeurDe(s, critere);
      entier = valeur !== null;
      if (!entier) break;
      valeurs += `|${valeur ?? ''}`;
    }
    if (entier) return { niveau, valeurs };
  }
  return { niveau: regle.length, valeurs: '' };
}

/**
 * Clé de l'ensemble proposé (R445-3 : « géographiquement cohérents, ainsi déterminé par l'organisme » ;
 * ceci n'est qu'une proposition), suivant la règle. Toujours dans une seule commune d'aujourd'hui. Deux
 * règles qui ont un niveau en commun y donnent la même clé.
 */
export function computeCle(s: Situation, regle: Regle = REGLE_DEPART): string {
  const { niveau, valeurs } = applyRegle(s, regle);
  return `${s.commune}|${regle[niveau]?.join('+') ?? 'sans-adresse'}${valeurs}`;
}

/** Rang du niveau de la règle que suit un logement ; `regle.length` : le reste de la commune. */
export const computeNiveau = (s: Situation, regle: Regle): number => applyRegle(s, regle).niveau;

/** Code public : la commune, puis le début de l'empreinte de la clé, allongé jusqu'à être libre. */
export function computeCode(commune: string, empreinteHex: string, pris: (code: string) => boolean): string {
  for (let longueur = 8; longueur <= empreinteHex.length; longueur += 4) {
    const code = `${commune}-${empreinteHex.slice(0, longueur).toUpperCase()}`;
    if (!pris(code)) return code;
  }
  throw new Error(`aucun code libre pour l'ensemble ${commune}-${empreinteHex}`);
}
