import { accord } from '../../ui/format.ts';
import { etendueDe, type Etendue, type Quartier } from './positions.ts';

/** Les quartiers prioritaires de la carte, par leur nom : la même chose au clavier qu'au survol. */
export function Quartiers({ generation, quartiers, montrer }: { generation: string | null; quartiers: readonly Quartier[]; montrer: (e: Etendue | null) => void }) {
  if (generation === null || quartiers.length === 0) return null;
  return (
    <details className="legende-quartiers">
      <summary>
        <svg viewBox="0 0 18 12" aria-hidden="true">
          <rect x="1" y="1" width="16" height="10" rx="2" className="legende-quartier" />
        </svg>
        {accord(quartiers.length, 'quartier prioritaire', 'quartiers prioritaires')} de {generation}
      </summary>
      <ul aria-label="Quartiers prioritaires">
        {quartiers.map((q) => (
          <li key={q.properties.code}>
            <button type="button" className="legende-ligne-quartier" onClick={() => montrer(etendueDe([q]))}>
              {q.properties.nom} <span className="doux">{q.properties.code.slice(4)}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
