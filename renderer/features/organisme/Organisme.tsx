import { useMemo } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { BoutonsHistorique, SuiteHistorique, useGestesEcran } from '../../app/BarreHistorique.tsx';
import { useRequete } from '../../app/requetes.ts';
import { Echec, Squelette } from '../../ui/index.ts';
import { ChampDossier } from './ChampDossier.tsx';
import { Frise } from './Frise.tsx';
import { Millesime } from './Millesime.tsx';
import { Origines } from './origines/Origines.tsx';
import { useCibleChamp } from './cibleChamp.ts';
import './organisme.css';

/** Ce qui s'annule d'ici : les champs, et le passage d'un millésime à un autre. */
const GESTES = /^(?:(?:champs|observations\.accepter)\.organisme$|millesime\.)/u;

export type ChampLu = Sortie<'champs.lister'>['champs'][number];

/** Préfixe des champs montrés dans la frise, à côté de la date qu'ils remplacent. */
const REMPLACEMENT = 'calendrier/echeance/';

/** Champs simples, groupés dans l'ordre du service. Ceux de la matrice ont leur propre écran. */
export function grouper(champs: readonly ChampLu[]): [string, ChampLu[]][] {
  const groupes = new Map<string, ChampLu[]>();
  for (const c of champs) {
    if (c.type === 'cible' || c.champ.startsWith(REMPLACEMENT) || c.champ.startsWith('options/') || c.champ.startsWith('developpement/') || c.champ.startsWith('occupation/') || c.champ.startsWith('concertation/')) continue;
    groupes.set(c.groupe, [...(groupes.get(c.groupe) ?? []), c]);
  }
  return [...groupes];
}

/** Organisme et calendrier : identité, plan stratégique, dates, et la frise des délais légaux. */
export default function Organisme() {
  const lu = useRequete('champs.lister', {});
  const info = useRequete('dossier.info', {}).donnees;
  const champs = lu.donnees?.champs;
  const groupes = useMemo(() => grouper(champs ?? []), [champs]);
  useCibleChamp(champs !== undefined);
  const gestes = useGestesEcran(GESTES, info?.lectureSeule ?? true);
  return (
    <div className="page">
      <div className="page-tete">
        <h1 className="titre-ecran">Organisme et calendrier</h1>
        {info?.lectureSeule === false && <BoutonsHistorique {...gestes} />}
      </div>
      <SuiteHistorique {...gestes} />
      {lu.erreur && <Echec erreur={lu.erreur} reessayer={lu.recharger} />}
      {lu.chargement && <Squelette lignes={12} nom="Lecture des champs" />}
      {champs && (
        <>
          {groupes.map(([groupe, liste]) => (
            <section key={groupe} className="groupe" aria-label={groupe}>
              <h2 className="groupe-titre">{groupe}</h2>
              <div className="groupe-champs">
                {liste.map((c) => (
                  <ChampDossier key={c.champ} champ={c} lectureSeule={info?.lectureSeule ?? false} />
                ))}
              </div>
            </section>
          ))}
          {info && <Origines lectureSeule={info.lectureSeule} />}
          {info && <Millesime lectureSeule={info.lectureSeule} />}
          {info && <Frise champs={champs} lectureSeule={info.lectureSeule} />}
        </>
      )}
    </div>
  );
}
