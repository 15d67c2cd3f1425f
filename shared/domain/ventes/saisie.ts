import type { ReglesVentes } from '../../millesimes/types.ts';
import { parseDate } from '../calendrier/dates.ts';
import { parseDecimal } from '../nombres/decimal.ts';
import { ETATS_VENTE, LIBELLE_ETAT_VENTE } from './types.ts';

/** Colonnes d'un logement du plan que la personne remplit. */
export const COLONNES_VENTE = ['annee', 'acquereur', 'etat', 'date', 'conso', 'documents', 'note'] as const;
export type ColonneVente = (typeof COLONNES_VENTE)[number];
export const isColonneVente = (nom: string): nom is ColonneVente => COLONNES_VENTE.some((c) => c === nom);

export const LIBELLE_COLONNE_VENTE: Readonly<Record<ColonneVente, string>> = {
  annee: 'Année de mise en vente', acquereur: 'Acquéreur prévu', etat: 'État', date: 'Date', conso: 'Consommation (kWhEP/m²/an)', documents: 'Documents réunis', note: 'Note',
};

/** Valeur gardée : texte ou nombre, `null` quand la case est vidée. */
export type CaseVente = { ok: true; valeur: string | number | null } | { ok: false; message: string };

const plat = (t: string): string => t.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/gu, ' ').trim();
const bien = (valeur: string | number | null): CaseVente => ({ ok: true, valeur });
const mal = (message: string): CaseVente => ({ ok: false, message });

/** Nombre décimal tel qu'on le tape (`312,5`, `1 200`) → écriture exacte ; `null` s'il n'en est pas un. */
export function parseNombre(texte: string): string | null {
  const net = texte.replace(/[\s\u00a0\u202f]/gu, '').replace(',', '.');
  return /^\d{1,12}(\.\d{1,6})?$/u.test(net) && parseDecimal(net) !== null ? net : null;
}

/**
 * Identifiants tapés ou collés, sans doublon : points-virgules, tabulations et lignes séparent toujours ; une virgule ou
 * une espace, qu'un identifiant peut contenir, seulement si le morceau entier n'en est pas un.
 */
export function parseListe(texte: string, connu: (id: string) => boolean): string[] {
  const morceaux = texte.split(/[\r\n;\t]+/u).map((t) => t.trim()).filter((t) => t !== '');
  const separer = (m: string, separateur: RegExp): string[] => (connu(m) ? [m] : m.split(separateur).map((t) => t.trim()).filter((t) => t !== ''));
  return [...new Set(morceaux.flatMap((m) => separer(m, /,/u)).flatMap((m) => separer(m, /\s+/u)))];
}

/** `oui`, `non`, `1`, `x`… → vrai ou faux ; `null` si ce n'est ni l'un ni l'autre. */
export function parseOuiNon(texte: string): boolean | null {
  const t = plat(texte);
  if (['oui', 'o', '1', 'vrai', 'x', 'true'].includes(t)) return true;
  return ['non', 'n', '0', 'faux', 'false'].includes(t) ? false : null;
}

/** Lit ce qui est tapé ou collé dans une case du plan. */
export function parseCaseVente(colonne: ColonneVente, texte: string, regles: ReglesVentes, annees: readonly number[]): CaseVente {
  const net = texte.trim();
  switch (colonne) {
    case 'annee': {
      if (net === '') return bien(null);
      const n = /^\d{4}$/u.test(net) ? Number(net) : Number.NaN;
      // Hors de la convention, l'année est gardée et signalée ; sans date d'effet, on ne sait pas encore.
      if (!(n >= 1990 && n <= 2100)) return mal(`« ${net} » n’est pas une année${annees.length > 0 ? ` de ${annees[0]} à ${annees.at(-1)}` : ''}.`);
      return bien(n);
    }
    case 'acquereur': {
      if (net === '') return bien(null);
      const trouve = regles.acquereurs.find((a) => [a.code, a.libelle, a.court].some((t) => plat(t) === plat(net)));
      return trouve === undefined ? mal(`« ${net} » n’est pas un acquéreur : ${regles.acquereurs.map((a) => a.court).join(', ')}.`) : bien(trouve.code);
    }
    case 'etat': {
      if (net === '') return bien('a-vendre');
      const trouve = ETATS_VENTE.find((e) => plat(e) === plat(net) || plat(LIBELLE_ETAT_VENTE[e]) === plat(net));
      return trouve === undefined ? mal(`« ${net} » n’est pas un état : ${ETATS_VENTE.map((e) => LIBELLE_ETAT_VENTE[e]).join(', ')}.`) : bien(trouve);
    }
    case 'date': {
      if (net === '') return bien(null);
      const date = parseDate(net);
      return date === null ? mal(`« ${net} » n’est pas une date (31/12/2027).`) : bien(date);
    }
    case 'conso': {
      if (net === '') return bien(null);
      const n = parseNombre(net);
      return n === null ? mal(`« ${net} » n’est pas une consommation en kWhEP/m²/an.`) : bien(n);
    }
    case 'documents': {
      const oui = net === '' ? false : parseOuiNon(net);
      return oui === null ? mal(`« ${net} » : répondre oui ou non.`) : bien(oui ? 1 : 0);
    }
    case 'note':
      return net.length > 2000 ? mal('Une note a au plus 2 000 caractères.') : bien(net);
  }
}
