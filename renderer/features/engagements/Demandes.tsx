import { useEffect, useState } from 'react';
import { useRequete } from '../../app/requetes.ts';
import { useSession } from '../../app/session.ts';
import { Echec, Squelette } from '../../ui/index.ts';
import { ChampDossier } from '../organisme/ChampDossier.tsx';
import { TerritoiresPs1 } from './TerritoiresPs1.tsx';
import { useCibleChamp } from '../organisme/cibleChamp.ts';

/** Ce que le préfet demande en plus : indicateurs optionnels et territoires, qui changent la matrice. */
export function Demandes({ lectureSeule }: { lectureSeule: boolean }) {
  const [ouvert, setOuvert] = useState(false);
  // La liste porte aussi les milliers de cibles : lue seulement quand le volet s'ouvre.
  const lu = useRequete('champs.lister', {}, ouvert);
  const champs = lu.donnees?.champs.filter((c) => c.champ.startsWith('options/'));
  const vise = useSession((s) => s.cible?.champ.startsWith('options/') ?? false);
  useEffect(() => {
    if (vise) setOuvert(true);
  }, [vise]);
  useCibleChamp(vise && champs !== undefined);
  return (
    <details open={ouvert} className="demandes" onToggle={(e) => setOuvert(e.currentTarget.open)}>
      <summary>Territoires et indicateurs demandés par le préfet</summary>
      {lu.erreur && <Echec erreur={lu.erreur} reessayer={lu.recharger} />}
      {lu.chargement && <Squelette lignes={3} />}
      {ouvert && <TerritoiresPs1 lectureSeule={lectureSeule} />}
      <div className="groupe-champs">
        {champs?.map((c) => (
          <ChampDossier key={c.champ} champ={c} lectureSeule={lectureSeule} />
        ))}
      </div>
    </details>
  );
}
