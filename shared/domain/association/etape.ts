import { parseDate } from '../calendrier/dates.ts';
import type { Millesime } from '../../millesimes/types.ts';
import type { Personne, Echange } from './types.ts';

export type ReunionConcertation = { id: number; date: string; objets: readonly string[]; participants: string; texte: string };
export type ActeurConcertation = { id: number; nom: string; qualite: string; affiliation: string; note: string };

export type EtatAssociation = {
  personnes: readonly Personne[];
  echanges: readonly Echange[];
  acteurs: readonly ActeurConcertation[];
  reunions: readonly ReunionConcertation[];
};

/** Personnes à qui les éléments se transmettent et avec qui la réunion se tient : associées, non signataires (R445-2-5). */
export const associees = (etat: EtatAssociation): Personne[] => etat.personnes.filter((p) => p.groupe === 'associee');

/** Personnes publiques de la convention, signataires ou associées. */
export const retenues = (etat: EtatAssociation): Personne[] => etat.personnes.filter((p) => p.groupe === 'signataire' || p.groupe === 'associee');

/** Où en est l'association : rien, commencée, ou tout fait à l'égard de chacune. */
export function avancement(etat: EtatAssociation, champs: Readonly<Record<string, string>>, millesime: Millesime, aujourdhui: string): { fait: number; total: number; commence: boolean } {
  // Une date à venir est une intention : elle ne compte pas comme faite.
  const faite = (champ: string): boolean => (parseDate(champs[champ] ?? '') ?? '9999') <= aujourdhui;
  const dite = (code: string): boolean => {
    const champ = millesime.association.objets.find((o) => o.code === code)?.champ ?? null;
    return champ !== null && faite(champ) && !etat.echanges.some((e) => e.objet === code);
  };
  const [deliberation, elements, reunion] = [dite('deliberation'), dite('elements'), dite('reunion')];
  let [fait, total] = [0, 0];
  const compter = (oui: boolean): void => {
    total += 1;
    if (oui) fait += 1;
  };
  for (const p of retenues(etat)) {
    compter(deliberation || p.deliberationLe !== null);
    if (p.groupe !== 'associee') continue;
    compter(elements || p.elementsLe !== null);
    compter(reunion || p.reunionLe !== null);
  }
  compter(etat.reunions.length > 0 || faite(millesime.association.champs.concertation));
  return { fait, total, commence: fait > 0 || etat.echanges.length > 0 || etat.acteurs.length > 0 };
}
