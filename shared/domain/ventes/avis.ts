import { addMois } from '../calendrier/dates.ts';
import type { ReponseAvis } from './types.ts';

/** Une consultation sur le plan : de la commune d'implantation, ou d'une collectivité qui a financé ou garanti. */
export type Consultation = {
  commune: boolean;
  /** Dates ISO. */
  envoyee: string | null;
  recue: string | null;
  reponse: ReponseAvis | null;
  repondue: string | null;
  /** Date limite retenue à la place de la calculée, avec son motif. */
  echeance: string | null;
};

export type EtatAvis = 'a-envoyer' | 'a-recevoir' | 'en-cours' | 'favorable' | 'reserves' | 'defavorable' | 'repute-favorable' | 'sans-reponse';

export const LIBELLE_AVIS: Readonly<Record<EtatAvis, string>> = {
  'a-envoyer': 'à envoyer', 'a-recevoir': 'envoyée, réception à dire', 'en-cours': 'délai en cours', favorable: 'favorable', reserves: 'avec réserves', defavorable: 'défavorable',
  'repute-favorable': 'réputé favorable', 'sans-reponse': 'sans réponse',
};

/**
 * Où en est un avis au jour dit. Le délai court du jour où le maire a reçu la consultation (L445-1) et son
 * dernier jour compte. Passé le délai, l'avis de la commune est réputé favorable, même si elle répond ensuite
 * (`tardif`) ; pour un garant, le silence ne vaut rien. Une date retenue peut allonger le délai de la commune, jamais
 * l'abréger ; sans réception connue, il ne court pas.
 */
export function judgeAvis(c: Consultation, mois: number, aujourdhui: string): { etat: EtatAvis; limite: string | null; tardif: boolean } {
  const calculee = c.recue === null ? null : addMois(c.recue, mois);
  const limite = isAbrege(c, calculee) ? calculee : (c.echeance ?? calculee);
  if (c.reponse !== null) {
    const echu = calculee !== null && limite !== null && aujourdhui > limite;
    const tardif = c.commune && echu && c.repondue !== null && c.repondue > limite;
    return { etat: tardif ? 'repute-favorable' : c.reponse, limite, tardif };
  }
  if (c.recue === null) return { etat: c.envoyee === null ? 'a-envoyer' : 'a-recevoir', limite, tardif: false };
  if (limite === null || aujourdhui <= limite) return { etat: 'en-cours', limite, tardif: false };
  return { etat: c.commune ? 'repute-favorable' : 'sans-reponse', limite, tardif: false };
}

/** La date retenue tomberait avant la fin du délai de la commune (`calculee`) : elle ne vaut pas. */
export const isAbrege = ({ commune, echeance }: Pick<Consultation, 'commune' | 'echeance'>, calculee: string | null): boolean => commune && echeance !== null && calculee !== null && echeance < calculee;
