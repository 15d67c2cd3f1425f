import { create } from 'zustand';
import type { Sortie } from '../../../shared/contract.ts';
import type { Situation } from '../../../shared/domain/occupation/modalites.ts';
import { nombre } from '../../ui/format.ts';

export type Etat = Sortie<'occupation.lire'>;
export type Ligne = Etat['lignes'][number];
export type Cumul = Ligne['total'];
export type Par = Etat['par'];

export const MAILLES: { valeur: Par; libelle: string }[] = [
  { valeur: 'organisme', libelle: 'Organisme' }, { valeur: 'departement', libelle: 'Départements' }, { valeur: 'epci', libelle: 'EPCI' }, { valeur: 'commune', libelle: 'Communes' }, { valeur: 'ensemble', libelle: 'Ensembles' },
];

export const SITUATIONS: { valeur: Situation; libelle: string; court: string }[] = [
  { valeur: 'total', libelle: 'Tout', court: '' }, { valeur: 'qpv', libelle: 'En QPV', court: 'en QPV' }, { valeur: 'horsQpv', libelle: 'Hors QPV', court: 'hors QPV' }, { valeur: 'qpvInconnu', libelle: 'QPV inconnu', court: 'QPV inconnu' },
];

type Reglages = { par: Par; situation: Situation; variable: string; masquer: boolean; choisi: { par: Par; code: string } | null };
export const useReglages = create<Reglages>(() => ({ par: 'commune', situation: 'total', variable: 'ressources', masquer: false, choisi: null }));

const DIXIEME = new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `s` : masqué. */
export const effectif = (n: number | null): string => (n === null ? 's' : nombre(n));

/** Une part, jamais sans ses deux nombres à côté d'elle ; vide sans dénominateur. */
export function part(n: number | null, sur: number | null): string {
  if (n === null || sur === null) return 's';
  return sur === 0 ? '–' : `${DIXIEME.format((100 * n) / sur)}\u202f%`;
}

/** « 812 sur 960 ». */
export const rapport = (n: number | null, sur: number | null): string => `${effectif(n)} sur ${effectif(sur)}`;

export const sujetDe = (par: Par, code: string, situation: Situation, mesure: string): string => `occupation/${par}/${code}/${situation}/${mesure}`;
