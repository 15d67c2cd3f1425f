import type { BaseSurface, ConstatNpl, Plafond } from './types.ts';

/** Pourquoi des logements ne sont pas dans la masse ; se lit après un nombre ou seul. */
const EXCLUS: Partial<Record<ConstatNpl['code'], string>> = {
  'sans-surface': 'logements sans surface',
  'sans-maximum': 'logements sans loyer maximum connu',
  'modes-melanges': 'logements d’une autre surface que celle de leur ensemble',
  'surface-autre-base': 'logements dont ni la surface utile ni la surface corrigée n’est connue',
  'connu-autre-base': 'logements dont le maximum connu vaut pour une surface qui n’est pas connue',
  'limite-absente': 'logements d’ensembles sans plafond de loyer, en attente de la limite de R445-10',
};
export const libelleExclusNpl = (code: string): string => (EXCLUS as Readonly<Record<string, string>>)[code] ?? code;

/** `n` logements et pourquoi ils ne sont pas comptés, accordés ; `nombre` : comment s'écrit un entier. */
export const direExclusNpl = (code: string, n: number, nombre: (n: number) => string): string =>
  `${nombre(n)} ${n < 2 ? libelleExclusNpl(code).replace(/^logements/u, 'logement') : libelleExclusNpl(code)}`;

export const libellePlafond = (p: Plafond): string => (p === 'INCONNU' ? 'Non renseigné' : p);
export const libelleBase = (b: BaseSurface): string => (b === 'SU' ? 'Surface utile' : 'Surface corrigée');
