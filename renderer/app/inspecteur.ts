import { create } from 'zustand';
import { garderPreference, lirePreference } from './memoire.ts';
import { useSession } from './session.ts';

/** « D'où vient ce chiffre » : le sujet expliqué, et l'ouverture retenue étape par étape. */
type Inspecteur = { sujet: string | null; ouverts: Record<string, boolean>; largeur: number };

export const LARGEUR_DEFAUT = 320;

export const useInspecteur = create<Inspecteur>(() => ({
  sujet: null,
  ouverts: lireOuverts(),
  largeur: Number(lirePreference('inspecteur.largeur')) || LARGEUR_DEFAUT,
}));

function lireOuverts(): Record<string, boolean> {
  const noms = (lirePreference('inspecteur.ouverts') ?? '').split(' ').filter(Boolean);
  return Object.fromEntries(noms.map((n) => [n, true]));
}

/** Le nom sous lequel l'ouverture est retenue : l'étape, ou l'écran hors des étapes. */
export function lieu(): string {
  const { ecran } = useSession.getState();
  return ecran.nom === 'etape' ? ecran.etape : ecran.nom;
}

export function ouvrirInspecteur(ouvert: boolean): void {
  useInspecteur.setState((s) => {
    const ouverts = { ...s.ouverts, [lieu()]: ouvert };
    garderPreference('inspecteur.ouverts', Object.keys(ouverts).filter((k) => ouverts[k]).join(' '));
    return { ouverts };
  });
}

export function estOuvert(): boolean {
  return useInspecteur.getState().ouverts[lieu()] === true;
}

/** Explique un chiffre, en ouvrant l'inspecteur : ce que fait un clic sur ce chiffre. */
export function inspecter(sujet: string): void {
  useInspecteur.setState({ sujet });
  if (!estOuvert()) ouvrirInspecteur(true);
}

/** Suit la sélection sans rien ouvrir : l'inspecteur, s'il est là, parle de ce qu'on regarde. */
export function suivre(sujet: string | null): void {
  if (useInspecteur.getState().sujet !== sujet) useInspecteur.setState({ sujet });
}

/** Un autre dossier : ce que l'inspecteur expliquait n'y existe pas. */
export function fermerInspecteur(): void {
  useInspecteur.setState({ sujet: null, ouverts: {} });
  garderPreference('inspecteur.ouverts', '');
}

export function reglerLargeur(largeur: number): void {
  useInspecteur.setState({ largeur });
  garderPreference('inspecteur.largeur', String(largeur));
}
