import { findChamp } from '../../shared/millesimes/index.ts';
import type { CodeEtape } from '../../shared/millesimes/types.ts';
import type { Base } from '../store/base.ts';
import { labelCible } from './cibles.ts';
import { CHAMP_MILLESIME, millesimeDe } from './millesime.ts';

/** Nom français d'un champ, pour le journal, les observations et les modifications. */
export function labelChamp(base: Base, champ: string): string {
  const millesime = millesimeDe(base);
  const connu = findChamp(millesime, champ);
  if (connu !== undefined) return connu.libelle;
  if (champ === CHAMP_MILLESIME) return 'Millésime des règles';
  if (champ.startsWith('import/')) return 'Import';
  if (champ.startsWith('justification/')) return `Justification du constat ${champ.split('/')[1] ?? ''}`;
  return labelCible(millesime, champ);
}

/** Étape du rail où le champ se remplit. */
export function etapeChamp(base: Base, champ: string): CodeEtape {
  if (champ.startsWith('engagement/') || champ.startsWith('reference/')) return 'engagements';
  return findChamp(millesimeDe(base), champ)?.etape ?? 'patrimoine';
}
