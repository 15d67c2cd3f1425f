import { useEffect } from 'react';
import { create } from 'zustand';
import type { Entree, Sortie } from '../../../shared/contract.ts';
import { useSession } from '../../app/session.ts';
import type { Tri } from '../../grille/colonnes.ts';

export type Vue = 'plan' | 'consultations' | 'communes';
export type Filtre = NonNullable<Entree<'ventes.page'>['filtre']>;
export type Resume = Sortie<'ventes.resume'>;
export type Vente = Sortie<'ventes.page'>['lignes'][number];
export type Consultation = Sortie<'ventes.consultations'>['lignes'][number];
export type CommuneVente = Sortie<'ventes.communes'>['lignes'][number];

type Etat = { dossier: string | null; vue: Vue; filtre: Filtre; tri: Tri | null; choisie: string | null };
const NEUF = { vue: 'plan', filtre: {}, tri: null, choisie: null } satisfies Partial<Etat>;

/** Ce que l'écran des ventes montre ; il repart de zéro avec un autre dossier. */
export const useVentes = create<Etat>(() => ({ ...NEUF, dossier: null }));

export function accueillirVentes(): void {
  const { dossier } = useSession.getState();
  if (useVentes.getState().dossier !== dossier) useVentes.setState({ ...NEUF, dossier });
}

type Liste = Exclude<keyof Filtre, 'cherche'>;

export const estFiltre = (filtre: Filtre): boolean => Object.values(filtre).some((v) => v !== undefined && v.length > 0);
export const estRetenu = (filtre: Filtre, liste: Liste, valeur: string): boolean => filtre[liste]?.includes(valeur) ?? false;

/** Ajoute ou retire une valeur d'un filtre, et montre la table des logements. */
export function basculer(liste: Liste, valeur: string): void {
  useVentes.setState(({ filtre }) => {
    const avant = filtre[liste] ?? [];
    const apres = avant.includes(valeur) ? avant.filter((v) => v !== valeur) : [...avant, valeur];
    const { [liste]: _, ...reste } = filtre;
    return { vue: 'plan', filtre: apres.length === 0 ? reste : { ...reste, [liste]: apres } };
  });
}

export const montrerTout = (): void => useVentes.setState({ vue: 'plan', filtre: {} });

/** Un champ demandé d'ailleurs (constat, frise, observation) montre ce qu'il désigne. */
export function useCibleVentes(): void {
  const cible = useSession((s) => s.cible);
  useEffect(() => {
    const [racine, genre = '', cle = ''] = cible?.champ.split('/') ?? [];
    if (racine !== 'ventes' || genre === 'energie' || genre === 'aucune') return;
    if (genre === 'consultation') useVentes.setState({ vue: 'consultations', choisie: cle });
    else if (genre === 'commune') useVentes.setState({ vue: 'communes', choisie: cle });
    else if (genre === 'drapeau') useVentes.setState({ vue: 'plan', filtre: { drapeaux: [cle] } });
    else if (genre === 'cible') useVentes.setState({ vue: 'plan', filtre: { cibles: [(cible?.champ ?? '').slice('ventes/cible/'.length)] } });
    else if (genre === 'logement') useVentes.setState({ vue: 'plan', filtre: { cherche: (cible?.champ ?? '').slice('ventes/logement/'.length).replace(/\/[a-z]+$/u, '') } });
    else montrerTout();
    useSession.setState({ cible: null });
  }, [cible]);
}
