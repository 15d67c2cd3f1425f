import { isAbsolute, relative, resolve, sep } from 'node:path';

export const SCHEMA = 'app';
export const HOTE = 'atelier';

/**
 * Fichier que désigne une adresse `app://atelier/…`, ou `null` si elle n'en désigne aucun de
 * permis. L'adresse est analysée puis le chemin comparé morceau par morceau : un préfixe commun
 * (`/app/renderer-secret`) ne suffit jamais.
 */
export function resolveRessource(adresse: string, racine: string): string | null {
  const url = lireUrl(adresse);
  if (!url || url.protocol !== `${SCHEMA}:` || url.host !== HOTE) return null;
  if (url.username !== '' || url.password !== '') return null;
  const chemin = decoder(url.pathname);
  if (chemin === null || /[\0\\]/.test(chemin)) return null;
  const base = resolve(racine);
  const fichier = resolve(base, `.${chemin === '/' ? '/index.html' : chemin}`);
  const reste = relative(base, fichier);
  if (reste === '' || isAbsolute(reste) || reste.split(sep)[0] === '..') return null;
  return fichier;
}

/** Vrai si l'adresse est une page de l'application. */
export function estInterne(adresse: string): boolean {
  const url = lireUrl(adresse);
  return url !== null && url.protocol === `${SCHEMA}:` && url.host === HOTE;
}

// Pas de `URL.canParse` : le moteur d'essai ne l'a pas.
function lireUrl(adresse: string): URL | null {
  try {
    return new URL(adresse);
  } catch {
    return null;
  }
}

function decoder(chemin: string): string | null {
  try {
    return decodeURIComponent(chemin);
  } catch {
    return null;
  }
}
