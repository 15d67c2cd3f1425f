import { bornesPourcent } from '../../../shared/domain/attributions/part.ts';
import type { Verdict } from '../../../shared/domain/attributions/seuils.ts';
import { classes } from '../../ui/index.ts';
import type { Compte } from './mesures.ts';

/** Une part : ce qui est sûr, plein ; ce que l'inconnu peut y ajouter, hachuré ; le minimum, en trait. */
export function Barre({ compte, minimum, verdict }: { compte: Compte; minimum: number | null; verdict: Verdict | null }) {
  const bornes = bornesPourcent(compte) ?? { min: 0, max: compte.base + compte.baseInconnue === 0 ? 0 : 100 };
  return (
    <span className="attributions-barre" aria-hidden="true">
      <span className="attributions-doute" style={{ width: `${bornes.max}%` }} />
      <span className={classes(verdict === 'sous' && 'attributions-sous')} style={{ width: `${bornes.min}%` }} />
      {minimum !== null && <i style={{ left: `${minimum}%` }} />}
    </span>
  );
}
