/** Préférences de cette fenêtre (jamais des données du dossier), gardées par le navigateur. */
export function lirePreference(cle: string): string | null {
  try {
    return localStorage.getItem(`atelier.${cle}`);
  } catch {
    return null;
  }
}

export function garderPreference(cle: string, valeur: string): void {
  try {
    localStorage.setItem(`atelier.${cle}`, valeur);
  } catch {
    // Sans stockage, la préférence ne vaut que pour cette session.
  }
}

export function oublierPreference(cle: string): void {
  try {
    localStorage.removeItem(`atelier.${cle}`);
  } catch {
    // Rien n'avait pu être gardé.
  }
}
