import { memo, type ReactNode } from 'react';
import { classes } from '../ui/index.ts';
import type { ColonneGrille } from './colonnes.ts';

export type PropsRangee<L> = {
  id: string;
  index: number;
  haut: number;
  ligne: L | null;
  colonnes: readonly ColonneGrille<L>[];
  largeurs: readonly number[];
  /** Colonne active de cette rangée, −1 si aucune. */
  active: number;
  choisie: boolean;
  /** Retenue dans une sélection de plusieurs lignes ; `null` si la grille n'en fait pas. */
  retenue: boolean | null;
  /** La saisie en cours dans la colonne active ; `null` sinon. */
  saisie: ReactNode;
  /** Dans une table à groupes : niveau, et si le groupe est ouvert. */
  niveau?: number;
  ouvert?: boolean;
};

function RangeeNue<L>({ id, index, haut, ligne, colonnes, largeurs, active, choisie, retenue, saisie, niveau, ouvert }: PropsRangee<L>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={retenue ?? choisie}
      aria-level={niveau}
      aria-expanded={ouvert}
      aria-busy={ligne === null || undefined}
      className={classes('grille-rangee', choisie && 'grille-choisie', retenue === true && 'grille-retenue', active >= 0 && 'grille-courante', ouvert !== undefined && 'grille-groupe', ouvert !== undefined && niveau === 1 && 'grille-groupe-premier')}
      style={{ top: haut }}
    >
      {colonnes.map((c, j) => (
        <div
          key={c.cle}
          id={j === active ? id : undefined}
          role={j === 0 ? 'rowheader' : 'gridcell'}
          aria-colindex={j + 1}
          data-sujet={ligne === null ? undefined : (c.sujet?.(ligne) ?? undefined)}
          title={ligne === null ? undefined : (c.marque?.(ligne) ?? undefined)}
          className={classes(
            'grille-case',
            saisie !== null && j === active && 'grille-saisie',
            ligne !== null && (c.marque?.(ligne) ?? null) !== null && 'grille-marquee',
             c.droite && 'grille-droite', j === active && 'grille-active', j === 0 && 'grille-figee', c.droite && c.sujet && 'grille-expliquee',
          )}
          style={{ width: largeurs[j] }}
        >
          {j === 0 && retenue !== null && <span aria-hidden="true" className="grille-retenir" />}
          {saisie !== null && j === active ? saisie : ligne === null ? <span className="grille-attente" /> : j === 0 ? <span className="grille-entier"><Contenu colonne={c} ligne={ligne} /></span> : <Contenu colonne={c} ligne={ligne} />}
        </div>
      ))}
    </div>
  );
}

/** Un chiffre expliqué porte son trait au survol : un clic dit d'où il vient. */
function Contenu<L>({ colonne, ligne }: { colonne: ColonneGrille<L>; ligne: L }) {
  const contenu = colonne.contenu(ligne);
  return colonne.droite && colonne.sujet ? <span className="grille-chiffre">{contenu}</span> : contenu;
}

/** Une ligne de la grille ; refaite seulement quand son contenu change, jamais parce qu'on défile. */
export const Rangee = memo(RangeeNue) as typeof RangeeNue;
