import type { Observation, ReferenceComptee, SeuilsObserves } from '../../shared/domain/attributions/seuils.ts';
import { lotsEnVigueur, readObjectifs } from '../store/attributions.ts';
import type { Base } from '../store/base.ts';
import { cumulsTerritoires, territoiresSeuil } from './attributions-resultats.ts';
import type { EtatEngagements } from './matrice.ts';
import { iterateReferences } from './propositions/attributions.ts';

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
  return { objectifs, observations, references: readReferences(base, etat) };
}

/** Les références que l'organisme a écrites et que des attributions proposent, quand une part en est inconnue. */
function readReferences(base: Base, etat: EtatEngagements): ReferenceComptee[] {
  const references: ReferenceComptee[] = [];
  for (const { ligne, p } of iterateReferences(base, etat)) {
    if ((etat.saisies.get(ligne.champReference) ?? '') === '' || p.compte.inconnu + p.compte.baseInconnue === 0) continue;
    references.push({ champ: ligne.champReference, compte: p.compte, fraction: ligne.ventilation.formes.includes('fraction') });
  }
  return references;
}
