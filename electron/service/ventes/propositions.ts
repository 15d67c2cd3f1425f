import { anneesDe, countHorizon } from '../../../shared/domain/ventes/horizons.ts';
import { pluriel } from '../../../shared/domain/nombres/accord.ts';
import type { Proposition } from '../../../shared/domain/engagements/propositions.ts';
import type { SourcePropositions } from '../propositions/index.ts';
import { readPlanSansJour } from './plan.ts';
import { venteesDans } from './territoire.ts';

const QUAND = 'pour un logement à vendre, le plan donne l’année de la mise en vente, pas celle de la vente : elle peut se conclure plus tard.';

/**
 * Ce que le plan de mise en vente dit de PP-4 et des données qui l'accompagnent, à trois et six ans. Un plan vide
 * ne propose rien. Le parc est celui de la déclaration en vigueur.
 */
export const proposerVentes: SourcePropositions = function* proposerVentes(base, { matrice, millesime, territoires }): Generator<Proposition> {
  const { lignes, cadre } = readPlanSansJour(base);
  const { regles } = cadre;
  const premiere = matrice.premiereAnnee;
  if (lignes.length === 0 || regles.indicateur === null || premiere === null) return;
  for (const ligne of matrice.lignes) {
    if (ligne.indicateur.code !== regles.indicateur.code) continue;
    const dedans = venteesDans(lignes, ligne.territoire.code);
    const { parc } = territoires.stockDe(ligne.territoire.code);
    for (const { champ, horizon, ouvert } of ligne.cellules) {
      const annees = anneesDe(horizon, millesime.horizons, premiere);
      const compte = ouvert ? countHorizon(dedans, regles, ligne.ventilation.code, annees) : null;
      if (compte === null || annees.length === 0) continue;
      const principal = ligne.ventilation.code === regles.indicateur.mises;
      const vendus = ligne.ventilation.code === regles.indicateur.vendus;
      const periode = `de ${annees[0]} à ${annees.at(-1)}`;
      const reserves = [
        ...(principal ? ['le sens exact de « mis en commercialisation » n’est pas précisé par les textes lus ; l’année de mise en vente est prise pour lui.'] : []),
        ...(principal || vendus ? [] : [QUAND]),
        ...(compte.sansAutorisation === 0 ? [] : [`${pluriel(compte.sansAutorisation, 'logement destiné', 'logements destinés')} à un autre organisme HLM n’y ${compte.sansAutorisation > 1 ? 'sont' : 'est'} pas : ${regles.sansAutorisation.lecture}.`]),
        ...(compte.sansAnnee === 0 ? [] : [`${pluriel(compte.sansAnnee, 'autre logement', 'autres logements')} sans ${vendus ? 'date de vente' : 'année'} n’y ${compte.sansAnnee > 1 ? 'sont' : 'est'} pas.`]),
      ].join(' ');
      yield {
        champ,
        // Le quotient n'a de sens que pour l'engagement même, et si le plan tient dans le parc.
        valeur: principal && ligne.ventilation.formes.includes('fraction') && parc >= compte.retenus && parc > 0 ? `${compte.retenus}/${parc}` : String(compte.retenus),
        formule: `${vendus ? 'Logements du plan dits vendus, à une date' : principal ? 'Logements du plan, vendus compris, dont l’année de mise en vente (à défaut celle de leur commercialisation ou de leur vente) est' : 'Logements du plan, vendus compris, dont l’année de vente, à défaut celle de mise en vente, est'} ${periode}, ${ligne.territoire.nom}${principal || vendus ? '' : `, ${ligne.ventilation.libelle}`}`,
        source: 'Plan de mise en vente',
        article: regles.article,
        lignes: { vue: 'ventes', filtres: { cibles: champ }, nombre: compte.retenus },
        reserve: reserves === '' ? null : reserves.charAt(0).toUpperCase() + reserves.slice(1),
      };
    }
  }
};
