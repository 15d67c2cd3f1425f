import { pluriel } from '../nombres/accord.ts';
import { formatEntier } from '../nombres/format.ts';
import { addCompte, compteVide } from './comptes.ts';
import type { Compte } from './comptes.ts';
import { isSomme } from './mesures.ts';
import { direBornes, direSomme } from './part.ts';
import type { Mesure } from './mesures.ts';

/** Une année de référence ; `null` : aucune attribution importée pour elle. */
export type AnneeComptee = { annee: number; compte: Compte | null };
/** `prudence` : ce qui manque à ce nombre ; `reserve` : ce qui vaut de toute la ligne ; `compte` : le total, inconnus compris. */
export type ReferenceProposee = { genre: 'proposee'; valeur: string; formule: string; prudence: string; reserve: string; compte: Compte };
/** Une référence que trop d'inconnues empêchent de proposer, et pourquoi. */
export type ReferenceTue = { genre: 'tue'; raison: string; compte: Compte };

export const addComptes = (comptes: readonly Compte[]): Compte => {
  const s = compteVide();
  for (const c of comptes) addCompte(s, c);
  return s;
};

/** « 12 sur 48 », ou une somme seule. */
export const direCompte = (m: Pick<Mesure, 'code'>, c: Compte): string => (isSomme(m.code) ? direSomme(c) : `${formatEntier(c.nombre)} sur ${formatEntier(c.base)}`);

/** Ce qui n'est pas connu d'un compte, en une phrase ; vide : tout l'est. */
export function direInconnu({ inconnu, baseInconnue, baseInconnueOui: oui, baseInconnueNon: non }: Compte): string {
  return [
    ...(inconnu > 0 ? [`${pluriel(inconnu, 'attribution')} sans valeur connue, ${inconnu > 1 ? 'comptées' : 'comptée'} au seul dénominateur`] : []),
    ...(baseInconnue > 0 ? [`${pluriel(baseInconnue, 'attribution')} dont rien ne dit si ${baseInconnue > 1 ? 'elles y entrent' : 'elle y entre'}, hors du compte${oui + non === 0 ? '' : ` (${[...(oui > 0 ? [`${formatEntier(oui)} y compterait au nombre`] : []), ...(non > 0 ? [`${formatEntier(non)} n’y compterait pas`] : [])].join(', ')})`}`] : []),
  ].join(' ; ');
}

/** Au-delà de cette part d'attributions inconnues, une référence ne se propose pas : ce qui reste n'est plus un échantillon sûr. */
export const INCONNUES_MAX = { n: 1, d: 10, source: 'règle proposée par Atelier CUS, non réglementaire' } as const;

const inconnuesDe = (c: Compte): number => c.inconnu + c.baseInconnue;
const isTropInconnu = (c: Compte): boolean => inconnuesDe(c) * INCONNUES_MAX.d > (c.base + c.baseInconnue) * INCONNUES_MAX.n;

/**
 * La référence que ces années proposent : leur total, en fraction, ou un nombre seul quand la ligne n'est pas une part.
 * Une année n'est jamais écartée pour ses inconnues : ce qui manque n'est pas réparti au hasard (le relogement, s'il
 * est inconnu, ne l'est que de qui n'est pas du premier quartile), et l'année gardée serait celle qui flatte. Trop
 * d'inconnues en tout, et rien n'est proposé : la raison est dite. `null` : rien à compter.
 */
export function proposerReference(m: Mesure, annees: readonly AnneeComptee[], fraction: boolean, reserve: readonly string[]): ReferenceProposee | ReferenceTue | null {
  const presentes = annees.flatMap(({ annee, compte }) => (compte === null ? [] : [{ annee, compte }]));
  const total = addComptes(presentes.map((p) => p.compte));
  if (total.base + total.baseInconnue === 0) return null;
  const inconnus = direInconnu(total);
  const bornes = isSomme(m.code) ? '' : direBornes(total);
  if (isTropInconnu(total)) {
    const parmi = `${formatEntier(inconnuesDe(total))} sur ${formatEntier(total.base + total.baseInconnue)}`;
    return {
      genre: 'tue', compte: total,
      raison: `Trop d’attributions inconnues (${parmi}, plus d’une sur ${INCONNUES_MAX.d / INCONNUES_MAX.n}) : ${inconnus}. ${bornes === '' ? '' : `La part vraie va ${bornes}. `}Rien n’est proposé (${INCONNUES_MAX.source}).`,
    };
  }
  const absentes = annees.filter((a) => a.compte === null).map((a) => a.annee);
  const premiere = presentes[0]?.annee ?? 0;
  const derniere = presentes.at(-1)?.annee ?? 0;
  return {
    genre: 'proposee', compte: total,
    valeur: fraction ? `${total.nombre}/${total.base}` : String(total.nombre),
    formule: [
      `${premiere === derniere ? `Année ${premiere}` : `Total de ${presentes.map((p) => p.annee).join(', ')}`} : ${direCompte(m, total)}. ${m.formule}`,
      ...(inconnus === '' ? [] : [`Inconnu : ${inconnus}.`]),
      `Par année : ${presentes.map((p) => `${p.annee}, ${direCompte(m, p.compte)}`).join(' ; ')}`,
    ].join(' '),
    prudence: [
      ...(inconnus === '' ? [] : [`${inconnus.charAt(0).toUpperCase()}${inconnus.slice(1)} : la valeur exacte peut être autre${bornes === '' ? '' : ` (${bornes})`}.`]),
      ...(absentes.length === 0 ? [] : [`Aucune attribution n’est importée pour ${absentes.join(', ')} : le total est celui des autres années.`]),
    ].join(' '),
    reserve: reserve.filter((t) => t !== '').join(' '),
  };
}
