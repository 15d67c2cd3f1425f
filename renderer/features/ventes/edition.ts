import type { EditionGrille } from '../../grille/edition.tsx';
import { editionTableur, type TableModifiable } from '../patrimoine/edition.ts';
import { ecrireBloc, ecrireCase, type Ecrire } from './gestes.ts';

type Table<L> = Omit<TableModifiable<L>, 'modifiable' | 'libelle' | 'ecrireCase' | 'ecrireBloc'> & { nomDe: (ligne: L) => string; modifiables: ReadonlySet<string>; ecrire: Ecrire };

/** Les gestes d'un tableur sur une table du plan de mise en vente. */
export function editionDe<L>({ nomDe, modifiables, ecrire, ...table }: Table<L>): EditionGrille<L> {
  const libelle = (cle: string): string => table.colonnes.find((c) => c.cle === cle)?.libelle ?? cle;
  return editionTableur<L>({
    ...table, libelle,
    modifiable: (colonne) => modifiables.has(colonne),
    ecrireCase: (ligne, colonne, texte) => ecrireCase(ecrire, { cible: table.cleDe(ligne), colonne, texte }, `${libelle(colonne)}, ${nomDe(ligne)}`),
    ecrireBloc: (cases) => ecrireBloc(ecrire, cases),
  });
}
