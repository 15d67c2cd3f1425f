import type { Sortie } from '../../../shared/contract.ts';
import { typographie } from '../../ui/format.ts';
import type { CritereNote } from './magasin.ts';

type Grille = NonNullable<Sortie<'serviceRendu.grille'>['grille']>;

/** Les familles, puis leurs critères ; l'aide d'un critère se lit au survol. */
export function TeteNotes({ grille, criteres }: { grille: Grille; criteres: readonly CritereNote[] }) {
  const colonnes = { gridTemplateColumns: GABARIT };
  return (
    <div role="presentation" className="notes-tete">
      <div role="presentation" className="notes-familles" style={colonnes}>
        <span className="notes-nom" />
        {grille.familles.filter((f) => f.criteres.length > 0).map((f) => (
          <span key={f.code} className="notes-famille coupe" style={{ gridColumn: `span ${f.criteres.length}` }} title={`${f.libelle}, poids ${f.poids.replace('.', ',')}`}>
            {typographie(f.libelle)}
          </span>
        ))}
        <span className="notes-resultat" />
      </div>
      <div role="row" aria-rowindex={1} className="notes-criteres" style={colonnes}>
        <span role="columnheader" aria-colindex={1} className="notes-nom" data-tete="nom">
          Ensemble
        </span>
        {criteres.map((c, j) => (
          <span key={c.code} role="columnheader" aria-colindex={j + 2} data-tete={j} className="notes-critere" title={[c.libelle, c.aide, `Poids ${c.poids.replace('.', ',')}.`].filter(Boolean).join('\n')}>
            <span>{typographie(c.libelle)}</span>
          </span>
        ))}
        <span role="columnheader" aria-colindex={criteres.length + 2} data-tete={criteres.length} className="notes-critere notes-resultat">
          Résultat
        </span>
      </div>
    </div>
  );
}

export const GABARIT = 'minmax(var(--col-nom), 1fr) repeat(var(--n), var(--col)) var(--col-resultat)';
