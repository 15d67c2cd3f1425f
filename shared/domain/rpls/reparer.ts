import { isSiret } from '../organisme/siren.ts';
import type { CodeRemarque } from './anomalies.ts';
import type { Champ } from './champs.ts';

/** Un texte abîmé par un tableur, rétabli ; `texte` vide : il disait l'absence de valeur. */
export type Reparation = { texte: string; code: CodeRemarque };

/** Codes dont un tableur retire les zéros de tête, et leur longueur. */
const LONGUEURS: Readonly<Record<string, number>> = { DEPCOM: 5, CODEPOSTAL: 5, SIRETEXPRO: 14, QUALACQ: 2 };
/** Textes qui sont des numéros : une notation de tableur n'y est jamais voulue. */
const NUMEROS: ReadonlySet<string> = new Set(['IDENT_REP', 'IDENT_INT', 'DEPCOM', 'CODEPOSTAL', 'SIRETEXPRO', 'IDENTGES', 'NUMCONV', 'NUMVOIE', 'NUMAPPT']);
/** Noms courts où « NA » ou « NC » peut être celui d'un bâtiment, d'un escalier, d'une porte. */
const NOMS_COURTS: ReadonlySet<string> = new Set(['INDREP', 'NUMVOIE', 'NUMAPPT', 'NUMBOITE', 'ESC', 'COULOIR', 'ETAGE', 'ENTREE', 'BAT', 'IMMEU', 'COMPLIDENT']);

const ABSENTES: ReadonlySet<string> = new Set(['NA', 'NA/NA', 'N/A', '#N/A', 'NC', 'NULL', 'NAN']);
/** Identifiants choisis par l'organisme : ce qui y ressemble à une écriture de tableur est lu au plus strict. */
const IDENTIFIANTS: ReadonlySet<string> = new Set(['IDENT_REP', 'IDENT_INT', 'NUMCONV', 'IDENTGES']);
const LOCAUX: ReadonlySet<string> = new Set(['NUMVOIE', 'NUMAPPT']);

const EXPOSANT = /^(\d)(?:[.,](\d{1,15}))?E\+(\d{1,3})$/i;
const SUFFIXE = /^(\d+)[.,]0{1,6}$/;
const SUFFIXE_IDENTIFIANT = /^(\d+)\.0$/;
const NUMERO_DE_JOUR = /^(\d{5})(?:[.,]\d+)?$/;
/** Du 1er janvier 1928 au 31 décembre 2099 : assez loin des années et des codes pour ne pas s'y méprendre. */
const JOUR_MIN = 10_228;
const JOUR_MAX = 73_050;
const JOURS_1904 = 1462;

/** Ce qu'une valeur d'absence écrite en toutes lettres est dans ce champ ; `false` : une valeur comme une autre. */
export function isAbsente(champ: Champ, texte: string): boolean {
  if (texte.length > 5) return false;
  const majuscule = texte.toUpperCase();
  if (champ.type !== 'texte') return ABSENTES.has(majuscule) || majuscule === 'Z';
  return ABSENTES.has(majuscule) && (!NOMS_COURTS.has(champ.nom) || majuscule.includes('/'));
}

/**
 * Rétablit un texte qu'un tableur a abîmé : zéros de tête, notation scientifique qui est exactement un
 * entier, « .0 » ajouté à un code, numéro de jour au lieu d'une date. `null` : rien à rétablir.
 */
export function reparer(champ: Champ, texte: string, date1904: boolean): Reparation | null {
  if (champ.type === 'texte' && !NUMEROS.has(champ.nom)) return null;
  const entier = LOCAUX.has(champ.nom) ? null : notationScientifique(texte);
  if (entier !== null) return { texte: completerZeros(champ, entier) ?? entier, code: 'notation-scientifique' };
  if (champ.type === 'mois' || champ.type === 'jour' || champ.type === 'annee') {
    const jour = numeroDeJour(texte, date1904);
    if (jour !== null) return { texte: jour, code: 'date-en-nombre' };
  }
  const suffixe = champ.type === 'surface' || champ.type === 'euros' ? null : (IDENTIFIANTS.has(champ.nom) ? SUFFIXE_IDENTIFIANT : SUFFIXE).exec(texte);
  if (suffixe?.[1] !== undefined) return { texte: completerZeros(champ, suffixe[1]) ?? suffixe[1], code: 'suffixe-decimal' };
  const complet = completerZeros(champ, texte);
  return complet === null ? null : { texte: complet, code: 'code-repare' };
}

/** Le texte d'un code auquel un tableur a retiré ses zéros de tête (« 1001 » → « 01001 ») ; `null` sinon. */
function completerZeros(champ: Champ, texte: string): string | null {
  const longueur = LONGUEURS[champ.nom];
  if (longueur === undefined || !/^\d[\dAB]?\d*$/.test(texte)) return null;
  if (champ.nom === 'SIRETEXPRO') {
    const siret = texte.padStart(longueur, '0');
    return texte.length < longueur && texte.length >= 9 && isSiret(siret) ? siret : null;
  }
  return texte.length === longueur - 1 ? `0${texte}` : null;
}

/** « 2,00E+04 » → « 20000 » ; `null` quand ce n'est pas exactement un entier. */
export function notationScientifique(texte: string): string | null {
  const m = EXPOSANT.exec(texte);
  if (m === null) return null;
  const [, unite = '', decimales = '', exposant = ''] = m;
  const utiles = decimales.replace(/0+$/, '');
  const e = Number(exposant);
  if (e === 0 || e > 20 || utiles.length > e) return null;
  return `${unite}${utiles.padEnd(e, '0')}`;
}

/** Numéro de jour d'un tableur (calendrier de 1900 ou de 1904) → AAAA-MM-JJ. */
function numeroDeJour(texte: string, date1904: boolean): string | null {
  const m = NUMERO_DE_JOUR.exec(texte);
  if (m === null) return null;
  const jours = Number(m[1]) + (date1904 ? JOURS_1904 : 0);
  if (jours < JOUR_MIN || jours > JOUR_MAX) return null;
  return new Date(Date.UTC(1899, 11, 30) + jours * 86_400_000).toISOString().slice(0, 10);
}
