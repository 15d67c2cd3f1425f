import { findMillesime, MILLESIME_PAR_DEFAUT } from '../../shared/millesimes/index.ts';
import type { Millesime } from '../../shared/millesimes/types.ts';
import type { Base } from '../store/base.ts';
import { readChamp } from '../store/champs.ts';

export const CHAMP_MILLESIME = 'dossier/millesime';

/** Les règles dont le dossier relève. */
export function millesimeDe(base: Base): Millesime {
  return findMillesime(readChamp(base, CHAMP_MILLESIME) ?? MILLESIME_PAR_DEFAUT);
}
