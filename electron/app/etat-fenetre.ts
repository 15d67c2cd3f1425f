import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type Rectangle = { x: number; y: number; width: number; height: number };
export type EtatFenetre = { bornes: Rectangle | null; maximisee: boolean };

export const TAILLE = { width: 1280, height: 800 };
export const TAILLE_MIN = { width: 960, height: 640 };

/** Dernier état de la fenêtre, ou l'état par défaut si le fichier manque ou n'est pas lisible. */
export function lireEtatFenetre(fichier: string, ecrans: readonly Rectangle[]): EtatFenetre {
  try {
    return analyserEtat(JSON.parse(readFileSync(fichier, 'utf8')), ecrans);
  } catch {
    return { bornes: null, maximisee: false };
  }
}

/** Garde l'état s'il est complet et si la fenêtre se verrait sur un écran d'aujourd'hui. */
export function analyserEtat(lu: unknown, ecrans: readonly Rectangle[]): EtatFenetre {
  if (typeof lu !== 'object' || lu === null) return { bornes: null, maximisee: false };
  const { x, y, width, height, maximisee } = lu as Record<string, unknown>;
  const nombres = [x, y, width, height];
  if (!nombres.every((n): n is number => Number.isInteger(n))) return { bornes: null, maximisee: maximisee === true };
  const [gauche = 0, haut = 0, largeur = 0, hauteur = 0] = nombres;
  const bornes = {
    x: gauche,
    y: haut,
    width: Math.max(largeur, TAILLE_MIN.width),
    height: Math.max(hauteur, TAILLE_MIN.height),
  };
  return { bornes: ecrans.some((ecran) => seVoit(bornes, ecran)) ? bornes : null, maximisee: maximisee === true };
}

/** La barre de titre doit rester attrapable : 100 points de large et le haut dans l'écran. */
function seVoit(fenetre: Rectangle, ecran: Rectangle): boolean {
  const visible = Math.min(fenetre.x + fenetre.width, ecran.x + ecran.width) - Math.max(fenetre.x, ecran.x);
  return visible >= 100 && fenetre.y >= ecran.y && fenetre.y <= ecran.y + ecran.height - 50;
}

/** Une préférence qui ne s'écrit pas ne doit pas empêcher de quitter. */
export function ecrireEtatFenetre(fichier: string, bornes: Rectangle, maximisee: boolean): void {
  try {
    mkdirSync(dirname(fichier), { recursive: true });
    writeFileSync(`${fichier}.tmp`, JSON.stringify({ ...bornes, maximisee }));
    renameSync(`${fichier}.tmp`, fichier);
  } catch (erreur) {
    console.error('position de la fenêtre non gardée :', erreur);
  }
}
