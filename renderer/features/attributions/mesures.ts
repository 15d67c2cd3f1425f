import { create } from 'zustand';
import type { Sortie } from '../../../shared/contract.ts';
import { isAtteint, parseObjectif } from '../../../shared/domain/attributions/seuils.ts';
import { accord, nombre } from '../../ui/format.ts';

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

const DIXIEME = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Une part, jamais sans ses deux nombres à côté d'elle ; un tiret sans dénominateur. */
export const part = ({ nombre: n, base }: Compte): string => (base === 0 ? '–' : `${DIXIEME.format((100 * n) / base)}\u202f%`);
/** « 812 sur 960 ». */
export const rapport = ({ nombre: n, base }: Compte): string => `${nombre(n)} sur ${nombre(base)}`;
/** Ce qui n'est pas connu, ou rien. */
export const inconnus = ({ inconnu, baseInconnue }: Compte): string => (inconnu + baseInconnue === 0 ? '' : accord(inconnu + baseInconnue, 'inconnue'));

const NOMBRE = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 });
export const pourcent = (n: number): string => `${NOMBRE.format(n)}\u202f%`;

/** Le taux à atteindre dans un territoire, en pour cent (l'objectif qui y est fixé, sinon le minimum), et s'il l'est ; ailleurs que là où il s'apprécie, il n'y a rien à atteindre. */
export function requisDe(s: Seuil, territoire: string, { nombre: n, base }: Compte): { taux: number; objectif: boolean; atteint: boolean } {
  const ici = s.territoires.find((t) => t.code === territoire);
  const garde = ici?.objectif;
  const lu = garde == null ? null : parseObjectif(garde.saisie);
  const objectif = lu?.ok === true;
  const taux = objectif ? lu.taux : { n: BigInt(s.minimum.n), d: BigInt(s.minimum.d) };
  return { taux: Number((10_000n * taux.n) / taux.d) / 100, objectif, atteint: ici === undefined || isAtteint(BigInt(n), BigInt(base), taux) };
}

export const ZERO: Compte = { nombre: 0, base: 0, inconnu: 0, baseInconnue: 0 };
export const compteDe = (l: Ligne, mesure: string): Compte => l.mesures[mesure] ?? ZERO;

export const sujetDe = (territoire: string, periode: string, mesure: string): string => `attributions/${territoire}/${periode}/${mesure}`;

export function nommerPeriode(periode: string, reference: readonly number[]): string {
  if (periode === 'toutes') return 'Toutes';
  if (periode !== 'reference') return periode;
  const [premiere, derniere] = [reference[0], reference.at(-1)];
  return premiere === undefined ? 'Référence' : `Référence ${premiere}-${derniere ?? premiere}`;
}

/** La période montrée : celle choisie, sinon celle des références si elle a des attributions, sinon toutes. */
export function periodeMontree(etat: Etat, choisie: string | null): string {
  if (choisie !== null && etat.organisme.some((l) => l.periode === choisie)) return choisie;
  return etat.annees.some((a) => etat.reference.includes(a.annee)) ? 'reference' : 'toutes';
}
