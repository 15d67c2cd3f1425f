import type { Matrice } from './rangees.ts';

export const HAUTEUR_TETE = 40;

/** L'en-tête de la matrice, qui reste en haut. */
export function TeteGrille({ colonnes, gabarit }: { colonnes: Matrice['colonnes']; gabarit: string }) {
  return (
    <div role="row" aria-rowindex={1} className="matrice-rangee matrice-tete" style={{ gridTemplateColumns: gabarit }}>
      <span role="columnheader" aria-colindex={1} className="matrice-nom">
        Indicateur, territoire, ventilation
      </span>
      <span role="columnheader" aria-colindex={2} className="matrice-ref nombre" data-tete data-colonne={0}>
        Référence
      </span>
      {colonnes.map((c, i) => (
        <span key={c.horizon} role="columnheader" aria-colindex={i + 3} className="matrice-colonne nombre" data-tete data-colonne={i + 1}>
          <TeteColonne libelle={c.libelle} />
        </span>
      ))}
    </div>
  );
}

/** « 3 ans (fin 2028) » sur deux lignes : la colonne reste étroite. */
function TeteColonne({ libelle }: { libelle: string }) {
  const m = /^(.*?)\s*\((.*)\)$/.exec(libelle);
  if (!m) return libelle;
  return (
    <>
      {m[1]} <small>{m[2]}</small>
    </>
  );
}

/** Les deux premières colonnes restent en place et cachent ce qui passe dessous. */
export function montrerColonne(vue: HTMLElement, colonne: number): void {
  const tete = vue.querySelector<HTMLElement>(`[data-tete][data-colonne="${colonne}"]`);
  const reference = vue.querySelector<HTMLElement>('[data-tete][data-colonne="0"]');
  if (!tete || !reference || colonne === 0) return;
  const collant = reference.offsetWidth + (Number.parseFloat(getComputedStyle(vue).getPropertyValue('--col-nom')) || 0);
  const gauche = tete.offsetLeft - collant;
  const droite = tete.offsetLeft + tete.offsetWidth - vue.clientWidth;
  if (vue.scrollLeft > gauche) vue.scrollLeft = gauche;
  else if (vue.scrollLeft < droite) vue.scrollLeft = droite;
}
