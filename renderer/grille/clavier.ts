/** Case active : `ligne` −1 est l'en-tête. */
export type Case = { ligne: number; colonne: number };

/** La case où mène une touche dans une grille ; `null` si la touche ne déplace rien. */
export function deplacer(
  depuis: Case,
  touche: { key: string; ctrlKey: boolean },
  grille: { lignes: number; colonnes: number; page: number },
): Case | null {
  const { ligne, colonne } = depuis;
  const derniere = grille.lignes - 1;
  const borner = (l: number, c: number): Case => ({
    ligne: Math.min(derniere, Math.max(-1, l)),
    colonne: Math.min(grille.colonnes - 1, Math.max(0, c)),
  });
  switch (touche.key) {
    case 'ArrowUp':
      return borner(touche.ctrlKey ? 0 : ligne - 1, colonne);
    case 'ArrowDown':
      return borner(touche.ctrlKey ? derniere : ligne + 1, colonne);
    case 'ArrowLeft':
      return borner(ligne, touche.ctrlKey ? 0 : colonne - 1);
    case 'ArrowRight':
      return borner(ligne, touche.ctrlKey ? grille.colonnes : colonne + 1);
    case 'PageUp':
      // Depuis la première ligne, une page de plus ne quitte pas les lignes pour l'en-tête.
      return borner(Math.max(Math.min(0, ligne), ligne - grille.page), colonne);
    case 'PageDown':
      return borner(Math.max(0, ligne) + grille.page, colonne);
    case 'Home':
      return borner(touche.ctrlKey ? 0 : ligne, 0);
    case 'End':
      return borner(touche.ctrlKey ? derniere : ligne, grille.colonnes);
    default:
      return null;
  }
}
