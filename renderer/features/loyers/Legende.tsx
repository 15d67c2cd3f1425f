import type { ReactNode } from 'react';
import { accord, nombre } from '../../ui/format.ts';
import { Bouton } from '../../ui/index.ts';
import type { LigneLegende } from './mesures.ts';
import { basculerClasse, useReglages } from './reglages.ts';

/** La légende compte les logements et filtre : une classe cliquée reste seule sur la carte et dans le tableau. */
export function Legende({ titre, lignes, choisis = null, notes, children, filtre = true, selectionner }: {
  titre: string;
  lignes: readonly LigneLegende[];
  /** Logements de la sélection dans chaque classe ; `null` : sans sélection. */
  choisis?: ReadonlyMap<number | null, number> | null;
  notes: readonly string[];
  children?: ReactNode;
  /** Faux : la seconde carte ; sa légende se lit, elle ne filtre pas. */
  filtre?: boolean;
  /** Ctrl+clic : la classe entre dans la sélection. */
  selectionner?: (classe: number | null) => void;
}) {
  const retenues = useReglages((s) => s.retenues);
  return (
    <div className="legende">
      <h2 className="legende-titre">{titre}</h2>
      <p className="legende-unite doux petit" aria-hidden="true">
        {choisis ? 'logements sélectionnés / tous' : 'logements'}
      </p>
      <ul aria-label="Légende">
        {lignes.map((l, i) => {
          const retenue = filtre && retenues.includes(l.classe);
          const dans = choisis?.get(l.classe) ?? 0;
          return (
            <li key={String(l.classe)}>
              {l.cote !== null && l.cote !== lignes[i - 1]?.cote && <p className="legende-cote petit">{l.cote}</p>}
              <button
                type="button"
                className="legende-ligne"
                aria-pressed={retenue}
                data-estompee={filtre && retenues.length > 0 && !retenue}
                disabled={!filtre}
                aria-label={`${[l.libelle, l.cote].filter((t) => t !== null).join(', ')} : ${accord(l.logements, 'logement')}${choisis ? `, dont ${accord(dans, 'sélectionné')}` : ''}`}
                onClick={(e) => (selectionner && (e.ctrlKey || e.metaKey) ? selectionner(l.classe) : basculerClasse(l.classe))}
              >
                <svg viewBox="0 0 18 12" aria-hidden="true">
                  {l.couleur === null ? (
                    <>
                      <rect x="0.5" y="0.5" width="17" height="11" rx="2" className="legende-sans" />
                      <path d="M2 11 L10 1 M8 11 L16 1" className="legende-hachure" />
                    </>
                  ) : (
                    <rect x="0.5" y="0.5" width="17" height="11" rx="2" className="legende-couleur" style={{ fill: `var(--${l.couleur})` }} />
                  )}
                </svg>
                <span>{l.libelle}</span>
                <span className="nombre doux">
                  {choisis && <strong>{nombre(dans)} / </strong>}
                  {nombre(l.logements)}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {filtre && retenues.length > 0 && (
        <Bouton variante="texte" onClick={() => useReglages.setState({ retenues: [] })}>
          Tout montrer
        </Bouton>
      )}
      {children}
      {notes.map((n) => (
        <p key={n} className="legende-note">
          {n}
        </p>
      ))}
    </div>
  );
}
