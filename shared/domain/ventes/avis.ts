import { addMois } from '../calendrier/dates.ts';
import { formatDate } from '../nombres/format.ts';
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

type DatesAvis = Pick<Consultation, 'envoyee' | 'recue' | 'reponse' | 'repondue'>;
export type ColonneDateAvis = 'envoyee' | 'recue' | 'repondue';
export type DateImpossible = { colonnes: readonly ColonneDateAvis[]; code: 'date-a-venir' | 'dates-impossibles'; message: string };

const FAITS: readonly { colonne: ColonneDateAvis; quoi: string }[] = [{ colonne: 'envoyee', quoi: 'L’envoi' }, { colonne: 'recue', quoi: 'La réception' }, { colonne: 'repondue', quoi: 'L’avis' }];

/** Les dates qui ne peuvent pas être : un fait à venir, une réception avant l'envoi, un avis avant l'un ou l'autre. `jour` : date ISO. */
export function checkDatesAvis(c: DatesAvis, jour: string): DateImpossible[] {
  const dits = FAITS.flatMap(({ colonne, quoi }) => {
    const date = c[colonne];
    return date === null ? [] : [{ colonne, quoi, date }];
  });
  return [
    ...dits.filter((d) => d.date > jour).map(({ colonne, date }): DateImpossible => ({ colonnes: [colonne], code: 'date-a-venir', message: `Le ${formatDate(date)} est à venir : cela ne peut pas déjà être fait.` })),
    ...dits.flatMap((apres, i) => dits.slice(0, i).filter((avant) => apres.date < avant.date).map((avant): DateImpossible => ({
      colonnes: [avant.colonne, apres.colonne], code: 'dates-impossibles', message: `${apres.quoi} du ${formatDate(apres.date)} serait avant ${avant.quoi.toLowerCase()} du ${formatDate(avant.date)}.`,
    }))),
  ];
}

/** Ce qu'il manque à un avis dit reçu pour le dater : sans réception, nul ne sait s'il est dans le délai (L445-1). Vide : rien. */
export function listManquesAvis(c: DatesAvis): string[] {
  if (c.reponse === null) return c.repondue === null ? [] : ['le sens de l’avis'];
  return [...(c.envoyee === null ? ['la date d’envoi'] : []), ...(c.recue === null ? ['la date de réception'] : []), ...(c.repondue === null ? ['la date de l’avis'] : [])];
}

/** Ce qui est à vérifier d'une consultation notée, en mots. */
export const direReservesAvis = (c: DatesAvis, jour: string): string[] => [
  ...checkDatesAvis(c, jour).map((d) => d.message),
  ...(listManquesAvis(c).length === 0 ? [] : [`Un avis est noté ; il manque ${listManquesAvis(c).join(', ')}.`]),
];
