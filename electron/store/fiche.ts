import { HISTOIRE_MAX } from '../../shared/domain/ensembles/fiche.ts';
import type { LogementFiche } from '../../shared/domain/ensembles/fiche.ts';
import type { Base } from './base.ts';
import { enVigueur } from './en-vigueur.ts';

const COLONNES = [
  'commune', 'ensemble', 'sortiepatrim', 'qpv', 'typeconst', 'nbpiece', 'surfhab', 'construct', 'finan', 'cus', 'mode', 'modesurf', 'surfmode', 'loyerprinc', 'dpeenergie',
  'loyeracc', 'loyermaxapl', 'loyermaxcus', 'dpedate', 'conv', 'numconv', 'datconv', 'qualacq', 'miscommercial', 'prixvente', 'prodfin',
] as const satisfies readonly (keyof LogementFiche)[];

/** Logements en vigueur d'un ensemble, sortis du parc compris. */
export function iterateFiche(base: Base, ensemble: number): IterableIterator<LogementFiche> {
  return base
    .prepare<[number], LogementFiche>(`SELECT ${COLONNES.join(', ')} FROM logement WHERE ensemble = ? AND ${enVigueur('+declaration')}`)
    .iterate(ensemble);
}

export type LigneHistoire = { quand: string; qui: string; champ: string; avant: string | null; apres: string | null };

/** Journal d'un ensemble, de ce qui en dépend (`ensemble/<code>/…`) et de la règle, le plus récent d'abord ; `HISTOIRE_MAX` lignes au plus. */
export function readHistoire(base: Base, code: string): LigneHistoire[] {
  const champ = `ensemble/${code}`;
  // Le caractère « 0 » suit « / » : tous les champs qui commencent par « ensemble/<code>/ ».
  return base
    .prepare<[string, string, string], LigneHistoire>(
      `SELECT quand, qui, champ, avant, apres FROM journal WHERE champ IN (?, 'ensembles/regle') OR (champ > ? AND champ < ?) ORDER BY id DESC LIMIT ${HISTOIRE_MAX}`,
    )
    .all(champ, `${champ}/`, `${champ}0`);
}

/** Mois des diagnostics des logements en vigueur d'un ensemble. */
export function readMoisDpe(base: Base, code: string): string[] {
  return base
    .prepare<[string], string>(
      `SELECT DISTINCT dpedate FROM logement WHERE ensemble = (SELECT id FROM ensemble WHERE code = ?)
       AND ${enVigueur('+declaration')} AND dpedate IS NOT NULL ORDER BY dpedate`,
    )
    .pluck()
    .all(code);
}
