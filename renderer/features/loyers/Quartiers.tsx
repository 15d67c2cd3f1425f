import { etendueObjet } from '../../../shared/domain/carte/plan.ts';
import { accord } from '../../ui/format.ts';
import type { Etendue, Quartiers as Contours } from './positions.ts';

/** Les quartiers prioritaires de la carte, par leur nom : la même chose au clavier qu'au survol. */
export function Quartiers({ generation, quartiers, montrer }: { generation: string | null; quartiers: Contours; montrer: (e: Etendue | null) => void }) {
  if (generation === null || quartiers.codes.length === 0) return null;
  return (
    <details className="legende-quartiers">
      <summary>
        <svg viewBox="0 0 18 12" aria-hidden="true">
          <rect x="1" y="1" width="16" height="10" rx="2" className="legende-quartier" />
        </svg>
        {accord(quartiers.codes.length, 'quartier prioritaire', 'quartiers prioritaires')} de {generation}
      </summary>
      <ul aria-label="Quartiers prioritaires">
        {quartiers.codes.map((code, i) => (
          <li key={code}>
            <button type="button" className="legende-ligne-quartier" onClick={() => montrer(etendueObjet(quartiers.plan, i))}>
              {quartiers.noms[i]} <span className="doux">{code.slice(4)}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
