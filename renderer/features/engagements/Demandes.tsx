import { useEffect, useRef } from 'react';
import { useRequete } from '../../app/requetes.ts';
import { useSession } from '../../app/session.ts';
import { ChampDossier } from '../organisme/ChampDossier.tsx';
import { useCibleChamp } from '../organisme/cibleChamp.ts';

/** Ce que le préfet demande en plus : indicateurs optionnels et territoires, qui changent la matrice. */
export function Demandes({ lectureSeule }: { lectureSeule: boolean }) {
  const champs = useRequete('champs.lister', {}).donnees?.champs.filter((c) => c.champ.startsWith('options/'));
  const volet = useRef<HTMLDetailsElement>(null);
  const vise = useSession((s) => s.cible?.champ.startsWith('options/') ?? false);
  useEffect(() => {
    if (vise && volet.current) volet.current.open = true;
  }, [vise]);
  useCibleChamp(vise && champs !== undefined);
  if (!champs || champs.length === 0) return null;
  const donnes = champs.filter((c) => c.valeur && c.valeur !== 'non').length;
  return (
    <details ref={volet} className="demandes">
      <summary>
        Territoires et indicateurs demandés <span className="doux">{donnes === 0 ? 'aucun' : donnes}</span>
      </summary>
      <div className="groupe-champs">
        {champs.map((c) => (
          <ChampDossier key={c.champ} champ={c} lectureSeule={lectureSeule} />
        ))}
      </div>
    </details>
  );
}
