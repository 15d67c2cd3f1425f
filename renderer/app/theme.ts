import { create } from 'zustand';
import { garderPreference, lirePreference } from './memoire.ts';

export type ChoixTheme = 'auto' | 'clair' | 'sombre';
const sombre = window.matchMedia('(prefers-color-scheme: dark)');

function lire(): ChoixTheme {
  const lu = lirePreference('theme');
  return lu === 'clair' || lu === 'sombre' ? lu : 'auto';
}

export const useTheme = create<{ choix: ChoixTheme }>(() => ({ choix: lire() }));

function appliquer(): void {
  const { choix } = useTheme.getState();
  document.documentElement.dataset['theme'] = choix === 'auto' ? (sombre.matches ? 'sombre' : 'clair') : choix;
}

/** Suit le réglage du système tant que la personne n'a pas choisi. */
export function suivreTheme(): void {
  appliquer();
  sombre.addEventListener('change', appliquer);
}

export function choisirTheme(choix: ChoixTheme): void {
  useTheme.setState({ choix });
  garderPreference('theme', choix);
  appliquer();
}
