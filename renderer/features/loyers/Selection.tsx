import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatMesure } from '../../../shared/domain/carte/mesures.ts';
import { direComptes, direTotaux } from '../../../shared/domain/carte/totaux.ts';
import { Bouton, BoutonIcone } from '../../ui/index.ts';
import type { Ligne, Maille, Surface } from './mesures.ts';
import type { Perimetre } from './perimetre.ts';
import { deselectionner, selectionner } from './reglages.ts';

/** Les totaux de ce qui est sélectionné ou montré, toujours là, ceux de tout à côté. */
export function Selection({ perimetre, montrees, maille, surface, children }: { perimetre: Perimetre; montrees: readonly Ligne[]; maille: Maille; surface: Surface; children?: ReactNode }) {
  const { genre, mot, total, tout } = perimetre;
  return (
    <div className="loyers-selection" role="group" aria-label="Sélection">
      <p role="status">
        <strong>{mot}</strong>
        {` : ${direTotaux(total, maille, surface)}`}
        {tout && <span className="doux">{` (tout : ${direComptes(tout, maille)}${tout.loyerM2 === null ? '' : `, ${formatMesure(tout.loyerM2, 'loyerM2')}`})`}</span>}
      </p>
      {genre === 'classes' && (
        <Bouton variante="texte" onClick={() => selectionner(montrees.map((l) => l.code), 'remplacer', maille)}>
          Sélectionner ces lignes
        </Bouton>
      )}
      {genre === 'selection' && (
        <BoutonIcone nom="Ne rien sélectionner" icone={X} onClick={deselectionner} />
      )}
      {children}
    </div>
  );
}
