import { pluriel } from '../nombres/accord.ts';
import { formatEntier } from '../nombres/format.ts';
import { addCompte, compteVide } from './comptes.ts';
import type { Compte } from './comptes.ts';
import { isSomme } from './mesures.ts';
import { direBornes, direSomme } from './part.ts';
import type { Mesure } from './mesures.ts';

/** Une année de référence ; `null` : aucune attribution importée pour elle. */
export type AnneeComptee = { annee: number; compte: Compte | null };
export type ReferenceProposee = { valeur: string; formule: string; reserve: string; /** Les années du total. */ annees: number[]; /** Le total dont la valeur vient, inconnus compris. */ compte: Compte };

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

/** Plus de valeurs inconnues que de connues : l'année en dirait moins qu'elle n'en tairait (règle de l'application). */
const isMuette = ({ base, inconnu }: Compte): boolean => inconnu * 2 > base;

/**
 * La référence que ces années proposent : leur total, en fraction, ou un nombre seul quand la ligne n'est pas
 * une part. Une année dont plus de la moitié des valeurs sont inconnues n'y entre pas. `null` quand rien n'est connu.
 */
export function proposerReference(m: Mesure, annees: readonly AnneeComptee[], fraction: boolean, reserve: readonly string[]): ReferenceProposee | null {
  const presentes = annees.flatMap(({ annee, compte }) => (compte === null || isMuette(compte) ? [] : [{ annee, compte }]));
  const muettes = annees.filter(({ compte }) => compte !== null && isMuette(compte)).map((a) => a.annee);
  const total = addComptes(presentes.map((p) => p.compte));
  if (total.base === 0) return null;
  const absentes = annees.filter((a) => a.compte === null).map((a) => a.annee);
  const inconnus = direInconnu(total);
  const premiere = presentes[0]?.annee ?? 0;
  const derniere = presentes.at(-1)?.annee ?? 0;
  return {
    valeur: fraction ? `${total.nombre}/${total.base}` : String(total.nombre),
    formule: [
      `${premiere === derniere ? `Année ${premiere}` : `Total de ${presentes.map((p) => p.annee).join(', ')}`} : ${direCompte(m, total)}. ${m.formule}`,
      ...(inconnus === '' ? [] : [`Inconnu : ${inconnus}.`]),
      `Par année : ${presentes.map((p) => `${p.annee}, ${direCompte(m, p.compte)}`).join(' ; ')}`,
    ].join(' '),
    reserve: [
      ...reserve,
      ...(absentes.length === 0 ? [] : [`Aucune attribution n’est importée pour ${absentes.join(', ')} : le total est celui des autres années.`]),
      ...(muettes.length === 0 ? [] : [`${muettes.join(', ')} : hors du total, plus de la moitié des valeurs y sont inconnues (règle proposée par Atelier CUS, non réglementaire).`]),
      ...(inconnus === '' ? [] : [`${inconnus.charAt(0).toUpperCase()}${inconnus.slice(1)} : la valeur exacte peut être autre${isSomme(m.code) ? '' : ` (${direBornes(total)})`}.`]),
    ].filter((t) => t !== '').join(' '),
    annees: presentes.map((p) => p.annee),
    compte: total,
  };
}
