import type { ColonneGrille } from '../../grille/colonnes.ts';
import type { Logement } from './cases.tsx';
import { estModifiable } from './corrections.ts';

/** Les colonnes de la table quand elle montre des logements : chaque case de la déclaration s'explique, et dit si elle a été corrigée. */
export function marquerCases(definitions: readonly ColonneGrille<Logement>[]): ColonneGrille<Logement>[] {
  return definitions.map((d) =>
    estModifiable(d.cle)
      ? {
          ...d,
          sujet: (l: Logement) => `logement/${String(l['ident_int'])}/${d.cle.toUpperCase()}`,
          marque: (l: Logement) => (typeof l['corrigees'] === 'string' && l['corrigees'].split(' ').includes(d.cle) ? 'Corrigé à la main' : null),
        }
      : d,
  );
}
