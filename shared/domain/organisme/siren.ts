import { FINE } from '../nombres/format.ts';

// La Poste numérote ses établissements hors de la clé de Luhn : la somme des chiffres est un multiple de 5.
const SIREN_LA_POSTE = '356000000';

/** Clé de Luhn. Une suite de zéros la vérifie mais n'identifie personne : refusée. */
export function isLuhn(chiffres: string): boolean {
  if (!/^\d+$/.test(chiffres) || /^0+$/.test(chiffres)) return false;
  let somme = 0;
  for (let i = 0; i < chiffres.length; i++) {
    const chiffre = Number(chiffres[chiffres.length - 1 - i]);
    const double = chiffre * 2;
    somme += i % 2 === 0 ? chiffre : double > 9 ? double - 9 : double;
  }
  return somme % 10 === 0;
}

export function isSiren(texte: string): boolean {
  return /^\d{9}$/.test(texte) && isLuhn(texte);
}

export function isSiret(texte: string): boolean {
  if (!/^\d{14}$/.test(texte) || !isSiren(texte.slice(0, 9))) return false;
  if (isLuhn(texte)) return true;
  return texte.startsWith(SIREN_LA_POSTE) && texte.split('').reduce((s, c) => s + Number(c), 0) % 5 === 0;
}

/** Neuf chiffres sans espaces ; `null` si ce n'est pas un SIREN valide. Les espaces sont acceptées. */
export function parseSiren(texte: string): string | null {
  const net = texte.replace(/[\s\u00a0\u202f]/g, '');
  return isSiren(net) ? net : null;
}

/** Pourquoi un texte n'est pas un SIREN, sans majuscule ni point : sa forme d'abord, sa clé ensuite. */
export function refusSiren(texte: string): string {
  const net = texte.replace(/[\s\u00a0\u202f]/g, '');
  if (!/^\d+$/.test(net)) return 'un SIREN s’écrit avec neuf chiffres, sans lettre ni signe';
  if (net.length !== 9) return `il compte ${net.length} ${net.length > 1 ? 'chiffres' : 'chiffre'} au lieu de neuf`;
  return 'sa clé, le dernier de ses neuf chiffres, ne correspond pas aux autres';
}

/** SIREN d'un SIRET valide ; `null` sinon : un SIRET invalide ne désigne personne. */
export function sirenDeSiret(siret: string): string | null {
  const net = siret.replace(/[\s\u00a0\u202f]/g, '');
  return isSiret(net) ? net.slice(0, 9) : null;
}

/** `782824114` → `782 824 114`. */
export function formatSiren(siren: string): string {
  return siren.replace(/(\d{3})(?=\d)/g, `$1${FINE}`);
}
