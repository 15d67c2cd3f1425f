import { useMemo } from 'react';
import { accord, nombre } from '../../ui/format.ts';
import { useEngagements } from './magasin.ts';
import { compter } from './rangees.ts';

/** Cases obligatoires remplies ; le compte du service date de la dernière lecture, celui des cases change avec elles. */
export function Avancement() {
  const { matrice, index } = useEngagements();
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const { attendus, renseignes } = useMemo(() => compter(matrice?.lignes ?? []), [matrice, index]);
  if (matrice === null) return null;
  const part = attendus === 0 ? 0 : (100 * renseignes) / attendus;
  return (
    <div className="avancement">
      <span>
        <strong>{nombre(renseignes)}</strong> sur {accord(attendus, 'case obligatoire', 'cases obligatoires')}
      </span>
      <span className="avancement-piste" aria-hidden="true">
        <span style={{ width: `${part}%` }} />
      </span>
    </div>
  );
}
