import type { EcheanceLegale } from '../../../shared/domain/calendrier/echeances.ts';
import { joursEntre } from '../../../shared/domain/calendrier/dates.ts';
import { deConsulte } from '../../../shared/territoires/noms.ts';
import type { Base } from '../../store/base.ts';
import { listConsultations, toConsultation } from './consultations.ts';
import { readPlan } from './plan.ts';

/** Le délai de chaque consultation reçue sur le plan de mise en vente, dans la frise et l'agenda. Celles sans logement n'en ont plus. */
export function echeancesVentes(base: Base, aujourdhui: string): EcheanceLegale[] {
  const plan = readPlan(base, aujourdhui);
  const { avis } = plan.cadre.regles;
  return listConsultations(plan).flatMap((gardee): EcheanceLegale[] => {
    const c = toConsultation(plan, gardee, aujourdhui);
    if (c.limite === null || c.logements === 0) return [];
    const champ = `ventes/consultation/${c.cle}`;
    return [
      {
        code: `avis-${c.cle}`, libelle: `Avis ${deConsulte(c.delaiLegal, c.nom)} sur le plan de mise en vente`, article: avis.article, aide: c.delaiLegal ? avis.silence : avis.sansDelai,
        genre: 'repere', calculee: c.calculee, date: c.limite, remplacement: c.echeance === null || c.echeance !== c.limite ? null : { date: c.echeance, motif: c.motif }, realisee: c.repondue,
        prevue: c.repondue !== null && c.repondue > aujourdhui,
        // Répondu ou échu, il n'y a plus rien à attendre.
        etat: c.reponse !== null || c.limite < aujourdhui ? 'passee' : 'a-venir',
        jours: joursEntre(aujourdhui, c.limite), champ, depuis: champ, libelleDepuis: `Réception de la consultation par ${c.nom}`, consequence: null, controle: null,
      },
    ];
  });
}
