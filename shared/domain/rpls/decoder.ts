import type { Champ } from './champs.ts';

/** Valeur d'un champ telle que gardée : texte, entier (code, année, centièmes) ou rien. */
export type Valeur = string | number | null;

/** Rendu quand le texte n'a pas de sens dans ce champ : gardé comme `null`, avec une remarque. */
export const ILLISIBLE = Symbol('illisible');
export type Lu = Valeur | typeof ILLISIBLE;

const NOMBRE = /^\d{1,12}(?:[.,]\d{1,20})?$/;
const MOIS = /^(0[1-9]|1[0-2])\/([12]\d{3})$/;
const JOUR = /^(0[1-9]|[12]\d|3[01])\/(0[1-9]|1[0-2])\/([12]\d{3})$/;

/**
 * Valeur d'un champ d'après son texte (déjà débarrassé de ses guillemets). Vide et sentinelle du
 * champ → `null` ; texte sans sens pour ce champ → `ILLISIBLE`. La sentinelle d'un champ est une
 * valeur partout ailleurs.
 */
export function decodeTexte(champ: Champ, brut: string): Lu {
  const texte = brut.trim();
  if (texte === '') return null;
  switch (champ.type) {
    case 'texte':
      return texte;
    case 'code':
      if (texte === champ.sentinelle) return null;
      return isCode(champ, texte) ? Number(texte) : ILLISIBLE;
    case 'lettre': {
      const majuscule = texte.toUpperCase();
      return isCode(champ, majuscule) ? majuscule : ILLISIBLE;
    }
    case 'annee':
      return /^[12]\d{3}$/.test(texte) ? Number(texte) : ILLISIBLE;
    case 'surface':
    case 'euros':
      return decodeNombre(champ, texte);
    case 'mois':
      return decodeMois(champ, texte);
    case 'jour':
      return decodeJour(texte);
  }
}

function isCode(champ: Champ, texte: string): boolean {
  return champ.codes !== null && texte.length === champ.longueurCode && Object.hasOwn(champ.codes, texte);
}

/** Centièmes entiers ; au-delà de deux décimales, arrondi au plus proche (la demie vers le haut). */
export function centiemes(texte: string): number | null {
  if (!NOMBRE.test(texte)) return null;
  const [entier = '', fraction = ''] = texte.split(/[.,]/);
  const retenue = (fraction[2] ?? '0') >= '5' ? 1 : 0;
  return Number(entier) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0')) + retenue;
}

function decodeNombre(champ: Champ, texte: string): Lu {
  const valeur = centiemes(texte.replace(/[\s\u00a0\u202f]/g, ''));
  if (valeur === null) return ILLISIBLE;
  return champ.sentinelle !== null && valeur === Number(champ.sentinelle) * 100 ? null : valeur;
}

function decodeMois(champ: Champ, texte: string): Lu {
  if (texte === champ.sentinelle) return null;
  const m = MOIS.exec(texte);
  return m === null ? ILLISIBLE : `${m[2]}-${m[1]}`;
}

function decodeJour(texte: string): Lu {
  const m = JOUR.exec(texte);
  if (m === null) return ILLISIBLE;
  const [, jour = '', mois = '', annee = ''] = m;
  return Number(jour) <= joursDuMois(Number(annee), Number(mois)) ? `${annee}-${mois}-${jour}` : ILLISIBLE;
}

function joursDuMois(annee: number, mois: number): number {
  if (mois === 2) return (annee % 4 === 0 && annee % 100 !== 0) || annee % 400 === 0 ? 29 : 28;
  return mois === 4 || mois === 6 || mois === 9 || mois === 11 ? 30 : 31;
}
