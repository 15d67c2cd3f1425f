import type { Observation, SeuilsObserves } from '../../shared/domain/attributions/seuils.ts';
import { lotsEnVigueur, readObjectifs } from '../store/attributions.ts';
import type { Base } from '../store/base.ts';
import { cumulsTerritoires, territoiresSeuil } from './attributions-resultats.ts';
import type { EtatEngagements } from './matrice.ts';

/** Ce que les attributions importées montrent des minimums de la loi ; `null` : rien d'importé ni de fixé. */
export function readSeuilsObserves(base: Base, etat: EtatEngagements): SeuilsObserves | null {
  const objectifs = readObjectifs(base);
  const lots = lotsEnVigueur(base);
  if (lots.length === 0) return objectifs.length === 0 ? null : { objectifs, observations: [] };
  const parAnnee = lots.map(({ annee }) => ({ annee, cumuls: cumulsTerritoires(base, new Set([annee])) }));
  const observations: Observation[] = [];
  for (const seuil of etat.millesime.seuils) {
    for (const territoire of territoiresSeuil(seuil, etat)) {
      const annees = parAnnee.flatMap(({ annee, cumuls }) => {
        const compte = cumuls.get(territoire.code)?.mesures[seuil.mesure];
        return compte === undefined ? [] : [{ annee, compte }];
      });
      if (annees.length > 0) observations.push({ seuil: seuil.code, territoire, annees });
    }
  }
  return { objectifs, observations };
}
