import { formatDecimal } from '../nombres/format.ts';
import { compareRationnel, parseRationnel } from '../nombres/rationnel.ts';
import type { Echelle } from './types.ts';

export type NoteLue = { ok: true; valeur: string | null } | { ok: false; message: string };

const ESPACES = /[\u0020\u00a0\u2007\u2009\u202f]/gu;
const NON_NOTE = /^(n\.? ?c\.?|n\.? ?d\.?|n\/[acd]|na|n\.a\.|s\.? ?o\.?|sans objet|non noté|nn|nr|néant|[-–—]+|\?+)$/iu;

/** Les deux bouts de l'échelle, en décimal exact. */
export function bornesEchelle(echelle: Echelle): { min: string; max: string } {
  if (echelle.genre === 'nombres') return { min: echelle.min, max: echelle.max };
  const tries = echelle.niveaux.map((n) => n.valeur).toSorted(compareTextes);
  return { min: tries[0] ?? '0', max: tries.at(-1) ?? '0' };
}

export function compareTextes(a: string, b: string): number {
  const [x, y] = [parseRationnel(a), parseRationnel(b)];
  return x === null || y === null ? 0 : compareRationnel(x, y);
}

/** `de 0 à 5`, `A, B, C, D` : ce qu'une note peut être, pour un message. */
export function direEchelle(echelle: Echelle): string {
  if (echelle.genre === 'niveaux') return echelle.niveaux.map((n) => n.code).join(', ');
  const decimales = echelle.decimales === 0 ? '' : `, ${echelle.decimales} décimale${echelle.decimales > 1 ? 's' : ''} au plus`;
  return `de ${formatDecimal(echelle.min)} à ${formatDecimal(echelle.max)}${decimales}`;
}

/**
 * Lit une note telle que tapée, d'après l'échelle. Vide : pas de note. Rien n'est arrondi ni rapproché :
 * ce qui n'est pas sur l'échelle est refusé, avec sa raison.
 */
export function parseNote(echelle: Echelle, texte: string): NoteLue {
  const net = texte.replace(ESPACES, ' ').trim();
  if (net === '') return { ok: true, valeur: null };
  const refus = (raison: string): NoteLue => ({ ok: false, message: raison });
  if (net.startsWith('#')) return refus('La cellule du tableur est en erreur : corriger la formule, puis coller la valeur.');
  if (/^[=+@]/u.test(net)) return refus('Une formule a été collée : coller la valeur calculée.');
  if (echelle.genre === 'niveaux') {
    const niveau = echelle.niveaux.find((n) => n.code.toLowerCase() === net.toLowerCase());
    if (niveau !== undefined) return { ok: true, valeur: niveau.valeur };
    return refus(`« ${net} » n’est pas sur l’échelle (${direEchelle(echelle)}).`);
  }
  if (NON_NOTE.test(net)) return refus('Ce n’est pas une note : laisser la case vide quand le critère n’est pas noté.');
  const m = /^([-−–]?)\s?(\d+)(?:[.,](\d+))?$/u.exec(net);
  if (m === null) return refus(`« ${net} » n’est pas un nombre ; l’échelle va ${direEchelle(echelle)}.`);
  const decimales = (m[3] ?? '').replace(/0+$/u, '');
  if (decimales.length > echelle.decimales) return refus(`« ${net} » a trop de décimales ; l’échelle va ${direEchelle(echelle)}.`);
  const entier = (m[2] ?? '').replace(/^0+(?=\d)/u, '');
  const ecrit = decimales === '' ? entier : `${entier}.${decimales}`;
  const valeur = m[1] === '' || /^0$/u.test(ecrit) ? ecrit : `-${ecrit}`;
  if (compareTextes(valeur, echelle.min) < 0 || compareTextes(valeur, echelle.max) > 0) {
    return refus(`« ${net} » est hors de l’échelle, qui va ${direEchelle(echelle)}.`);
  }
  return { ok: true, valeur };
}
