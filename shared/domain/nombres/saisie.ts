import { parseDecimal } from './decimal.ts';

/** Ce qu'une saisie contient : nombre et pourcentage en décimal exact (`12.5`), fraction en entiers. */
export type Saisie = {
  valeur: string | null;
  pourcentage: string | null;
  numerateur: number | null;
  denominateur: number | null;
};

export type CodeRefusSaisie =
  | 'non-communique'
  | 'formule'
  | 'erreur-tableur'
  | 'negatif'
  | 'ambigu'
  | 'fraction-non-entiere'
  | 'double'
  | 'trop-grand'
  | 'texte';

export type ResultatSaisie = { ok: true; saisie: Saisie } | { ok: false; code: CodeRefusSaisie; message: string };

export const SAISIE_VIDE: Saisie = { valeur: null, pourcentage: null, numerateur: null, denominateur: null };

const MESSAGES: Record<CodeRefusSaisie, string> = {
  'non-communique': '« Non communiqué » n’est pas une valeur : laisser la case vide, ou taper 0 si c’est zéro.',
  formule: 'Une formule a été collée : coller la valeur calculée.',
  'erreur-tableur': 'La cellule du tableur est en erreur : corriger la formule, puis coller la valeur.',
  negatif: 'Un nombre négatif est impossible ici : taper un nombre positif ou nul.',
  ambigu: 'Ce nombre se lit de deux façons : taper 1250 pour mille deux cent cinquante, 1,25 pour un et un quart.',
  'fraction-non-entiere': 'Une fraction se tape avec deux nombres entiers, par exemple 12/48.',
  double: 'La même sorte de valeur est tapée deux fois : garder un nombre, une fraction et un pourcentage au plus.',
  'trop-grand': 'Ce nombre est trop grand ou a trop de décimales (9 chiffres et 6 décimales au plus) : le vérifier.',
  texte: 'Ce n’est pas un nombre : taper par exemple 25 %, 12/48 ou 1 250.',
};

// Espaces que posent les tableurs et les traitements de texte entre les milliers.
const ESPACES = /[\u0020\u00a0\u2007\u2009\u202f]/g;
const NON_COMMUNIQUE = /^(n\.? ?c\.?|n\.? ?d\.?|n\/[acd]|na|n\.a\.|s\.? ?o\.?|sans objet|non communiqué|non communique|nr|néant|[-–—]+|\?+)$/i;
/** Vrai pour une valeur dite absente dans une source : « n.c. », « sans objet », « - ». */
export const isNonCommunique = (texte: string): boolean => NON_COMMUNIQUE.test(texte.replace(ESPACES, ' ').trim());

const LONGUEUR_MAX = 80;
const CHIFFRES_MAX = 9;
const DECIMALES_MAX = 6;

type OptionsSaisie = {
  /** Fichier dont les décimales ont un point : `1.250` y vaut un et un quart, au lieu d'être refusé. */
  pointDecimal?: boolean;
};

type Nombre = { ok: true; nombre: string } | { ok: false; code: CodeRefusSaisie };

function parseNombre(brut: string, options: OptionsSaisie): Nombre {
  const texte = brut.replace(ESPACES, ' ').trim();
  if (/^[-−–]\s?\d/.test(texte)) return { ok: false, code: 'negatif' };
  const m = /^(\d{1,3}(?: \d{3})+|\d+)(?:([.,])(\d+))?$/.exec(texte);
  if (m === null) return { ok: false, code: 'texte' };
  const groupe = m[1] ?? '';
  const entier = groupe.replaceAll(' ', '').replace(/^0+(?=\d)/, '');
  const decimales = m[3] ?? '';
  // « 1.250 » : point des milliers d'un tableur étranger, ou décimale ? Deviner changerait un engagement.
  const milliers = m[2] === '.' && decimales.length === 3 && /^[1-9]\d{0,2}$/.test(groupe);
  if (milliers && options.pointDecimal !== true) return { ok: false, code: 'ambigu' };
  if (entier.length > CHIFFRES_MAX || decimales.length > DECIMALES_MAX) return { ok: false, code: 'trop-grand' };
  return { ok: true, nombre: decimales === '' ? entier : `${entier}.${decimales}` };
}

function parsePartie(partie: string, saisie: Saisie, options: OptionsSaisie): CodeRefusSaisie | null {
  const fraction = partie.split('/');
  if (fraction.length > 2) return 'texte';
  if (fraction.length === 2) {
    const n = parseNombre(fraction[0] ?? '', options);
    const d = parseNombre(fraction[1] ?? '', options);
    if (!n.ok) return n.code;
    if (!d.ok) return d.code;
    if (n.nombre.includes('.') || d.nombre.includes('.')) return 'fraction-non-entiere';
    if (saisie.numerateur !== null) return 'double';
    saisie.numerateur = Number(n.nombre);
    saisie.denominateur = Number(d.nombre);
    return null;
  }
  const pourcent = /^(.*)%$/s.exec(partie);
  // Un pourcentage ne dépasse pas 100 en pratique : 33.333 % n'a qu'une lecture.
  const n = parseNombre(pourcent?.[1] ?? partie.replace(/€$/, ''), pourcent === null ? options : { pointDecimal: true });
  if (!n.ok) return n.code;
  if (pourcent !== null) {
    if (saisie.pourcentage !== null) return 'double';
    saisie.pourcentage = n.nombre;
    return null;
  }
  if (saisie.valeur !== null) return 'double';
  saisie.valeur = n.nombre;
  return null;
}

/**
 * Lit une saisie française : `25 %`, `25,5%`, `12/48`, `1 250`, `1 234,56 €`, ou plusieurs jointes par
 * `=` (`12/48 = 25 %`). Une saisie vide est une saisie sans valeur. Rien n'est deviné : ce qui a
 * deux lectures est refusé, avec sa raison.
 */
export function parseSaisie(texte: string, options: OptionsSaisie = {}): ResultatSaisie {
  const refuse = (code: CodeRefusSaisie): ResultatSaisie => ({ ok: false, code, message: MESSAGES[code] });
  const net = texte.replace(ESPACES, ' ').trim();
  if (net === '') return { ok: true, saisie: { ...SAISIE_VIDE } };
  if (net.length > LONGUEUR_MAX) return refuse('texte');
  if (net.startsWith('#')) return refuse('erreur-tableur');
  if (/^[=+@]/.test(net)) return refuse('formule');
  if (NON_COMMUNIQUE.test(net)) return refuse('non-communique');
  const saisie = { ...SAISIE_VIDE };
  for (const partie of net.split('=')) {
    const code = parsePartie(partie.trim(), saisie, options);
    if (code !== null) return refuse(code);
  }
  return { ok: true, saisie };
}

export function isSaisieVide(s: Saisie): boolean {
  return s.valeur === null && s.pourcentage === null && s.numerateur === null && s.denominateur === null;
}

/**
 * Écriture conservée d'une saisie faite de colonnes séparées (fichier d'engagements), lisible par
 * `parseSaisie` avec `pointDecimal`. Un numérateur seul vaut un nombre ; un dénominateur seul n'a pas
 * d'écriture : `null`.
 */
export function composeSaisie(s: Saisie): string | null {
  const parties: string[] = [];
  if (s.valeur !== null) parties.push(virgule(s.valeur));
  if (s.numerateur !== null && s.denominateur !== null) parties.push(`${s.numerateur}/${s.denominateur}`);
  else if (s.numerateur !== null && s.valeur === null) parties.push(String(s.numerateur));
  else if (s.numerateur !== null && s.valeur !== String(s.numerateur)) return null;
  else if (s.denominateur !== null) {
    if (s.valeur === null || parseDecimal(s.valeur)?.echelle !== 0) return null;
    parties.push(`${s.valeur}/${s.denominateur}`);
  }
  if (s.pourcentage !== null) parties.push(`${virgule(s.pourcentage)} %`);
  return parties.join(' = ');
}

/**
 * Texte à conserver pour une cellule venue d'un fichier ou d'un terminal à point décimal : `1.250` y
 * devient `1,250`, qui n'a qu'une lecture. Tout autre texte est rendu tel quel.
 */
export function fromPointDecimal(texte: string): string {
  const direct = parseSaisie(texte);
  if (direct.ok || direct.code !== 'ambigu') return texte;
  const lu = parseSaisie(texte, { pointDecimal: true });
  return lu.ok ? (composeSaisie(lu.saisie) ?? texte) : texte;
}

// La virgule n'a qu'une lecture, avec ou sans l'option `pointDecimal`.
function virgule(decimal: string): string {
  return decimal.replace('.', ',');
}
