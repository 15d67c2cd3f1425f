import { create } from 'zustand';
import type { Sortie } from '../../../shared/contract.ts';
import { juger, parseObjectif, type Verdict } from '../../../shared/domain/attributions/seuils.ts';

export type Etat = Sortie<'attributions.resultats'>;
export type Ligne = Etat['lignes'][number];
export type Compte = Ligne['mesures'][string];
export type Par = Etat['par'];
export type Seuil = Etat['seuils'][number];

export const MAILLES: { valeur: Par; libelle: string }[] = [
  { valeur: 'organisme', libelle: 'Organisme' }, { valeur: 'region', libelle: 'Régions' }, { valeur: 'departement', libelle: 'Départements' }, { valeur: 'epci', libelle: 'EPCI et EPT' }, { valeur: 'commune', libelle: 'Communes' },
];

/** Les attributions derrière un chiffre. */
export type Filtre = { territoire: string; periode: string; mesure: string; etat: string };
type Reglages = { dossier: string | null; par: Par; periode: string | null; choisi: string | null; filtre: Filtre | null };
export const useReglages = create<Reglages>(() => ({ dossier: null, par: 'departement', periode: null, choisi: null, filtre: null }));

const NOMBRE = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 });
export const pourcent = (n: number): string => `${NOMBRE.format(n)}\u202f%`;

/** Le taux à atteindre dans un territoire, en pour cent (l'objectif qui y est fixé, sinon le minimum), et ce que l'on sait de ce qui l'est ; ailleurs que là où il s'apprécie, ou sur plusieurs années ensemble, rien ne se juge. */
export function requisDe(s: Seuil, ligne: Pick<Ligne, 'territoire' | 'periode'>, compte: Compte): { taux: number; objectif: boolean; verdict: Verdict | null } {
  const ici = s.territoires.find((t) => t.code === ligne.territoire);
  const garde = ici?.objectif;
  const lu = garde == null ? null : parseObjectif(garde.saisie);
  const objectif = lu?.ok === true;
  const taux = objectif ? lu.taux : { n: BigInt(s.minimum.n), d: BigInt(s.minimum.d) };
  return { taux: Number((10_000n * taux.n) / taux.d) / 100, objectif, verdict: ici === undefined || !isAnnee(ligne.periode) ? null : juger(compte, taux) };
}

/** Une période d'une seule année civile. */
export const isAnnee = (periode: string): boolean => /^\d{4}$/u.test(periode);
const VERDICTS: Readonly<Record<Verdict, string>> = { atteint: 'atteint', sous: 'sous le minimum', indecis: 'à confirmer', inconnu: '', vide: '' };
/** Le verdict en mots : sous un objectif fixé, le minimum de la loi peut être atteint. */
export const direVerdict = ({ verdict, objectif }: { verdict: Verdict | null; objectif: boolean }): string =>
  verdict === null ? '' : verdict === 'sous' && objectif ? 'sous l’objectif' : VERDICTS[verdict];

export const ZERO: Compte = { nombre: 0, base: 0, inconnu: 0, baseInconnue: 0, baseInconnueOui: 0, baseInconnueNon: 0 };
export const compteDe = (l: Ligne, mesure: string): Compte => l.mesures[mesure] ?? ZERO;

export const sujetDe = (territoire: string, periode: string, mesure: string): string => `attributions/${territoire}/${periode}/${mesure}`;

export function nommerPeriode(periode: string, reference: readonly number[]): string {
  if (periode === 'toutes') return 'Toutes';
  if (periode !== 'reference') return periode.replaceAll('+', ', ');
  const [premiere, derniere] = [reference[0], reference.at(-1)];
  return premiere === undefined ? 'Référence' : `Référence ${premiere}-${derniere ?? premiere}`;
}

/** La période montrée : celle choisie, sinon celle des références si elle a des attributions, sinon toutes. */
export function periodeMontree(etat: Etat, choisie: string | null): string {
  if (choisie !== null && etat.organisme.some((l) => l.periode === choisie)) return choisie;
  return etat.annees.some((a) => etat.reference.includes(a.annee)) ? 'reference' : 'toutes';
}

/** Les années qu'une période réunit, de celles importées. */
export function anneesDePeriode(etat: Etat, periode: string): number[] {
  const importees = etat.annees.map((a) => a.annee);
  if (periode === 'toutes') return importees;
  return periode === 'reference' ? importees.filter((a) => etat.reference.includes(a)) : importees.filter((a) => String(a) === periode);
}

/** La ligne d'un territoire pour une période ; absente : aucune attribution. */
export const ligneDe = (etat: Etat, territoire: string, periode: string): Ligne | undefined => [...etat.organisme, ...etat.lignes].find((l) => l.territoire === territoire && l.periode === periode);
