import { parseDecimal } from '../nombres/decimal.ts';
import { isSaisieVide, parseSaisie, type ResultatSaisie, type Saisie } from '../nombres/saisie.ts';
import type { Indicateur } from '../../millesimes/types.ts';
import type { LigneMatrice, Matrice } from './matrice.ts';

/** Textes tapés, par nom de champ (cibles et références), gardés tels quels même invalides. */
export type Saisies = ReadonlyMap<string, string>;

/** Lit chaque texte une fois. Les saisies conservées viennent de l'écran : le point y reste ambigu. */
export type LectureSaisies = {
  resultat(champ: string): ResultatSaisie;
  /** La saisie lisible et non vide ; `null` sinon. */
  lire(champ: string): Saisie | null;
};

export function readSaisies(saisies: Saisies): LectureSaisies {
  const lues = new Map<string, ResultatSaisie>();
  const resultat = (champ: string): ResultatSaisie => {
    let r = lues.get(champ);
    if (r === undefined) {
      r = parseSaisie(saisies.get(champ) ?? '');
      lues.set(champ, r);
    }
    return r;
  };
  return {
    resultat,
    lire(champ) {
      const r = resultat(champ);
      return r.ok && !isSaisieVide(r.saisie) ? r.saisie : null;
    },
  };
}

/** Le nombre que porte une saisie (numérateur, ou valeur entière) ; `null` si elle n'en porte pas. */
export function nombreDe(saisie: Saisie | null, indicateur: Indicateur): bigint | null {
  if (saisie === null || !indicateur.entier) return null;
  if (saisie.numerateur !== null) return BigInt(saisie.numerateur);
  const d = saisie.valeur === null ? null : parseDecimal(saisie.valeur);
  return d !== null && d.echelle === 0 ? d.mantisse : null;
}

/** Champ d'une autre ventilation de la même ligne, au même horizon. */
export function champVoisin(ligne: LigneMatrice, horizon: string, ventilation: string): string {
  return `engagement/${ligne.indicateur.code}/${ligne.territoire.code}/${horizon}/${ventilation}`;
}

/**
 * Vrai si cette cellule doit être remplie. Une part n'est pas exigée quand le nombre dont elle est la
 * part vaut zéro : il n'y a rien à partager.
 */
export function isExigee(matrice: Matrice, champ: string, lecture: LectureSaisies): boolean {
  const trouve = matrice.index.get(champ);
  if (trouve === undefined || !trouve.cellule.obligatoire) return false;
  const { ligne, cellule } = trouve;
  if (ligne.ventilation.partDe === null) return true;
  const parent = lecture.lire(champVoisin(ligne, cellule.horizon, ligne.ventilation.partDe));
  return nombreDe(parent, ligne.indicateur) !== 0n;
}

/** Cellules exigées, et celles d'entre elles qui portent une valeur lisible. */
export function countAvancement(matrice: Matrice, lecture: LectureSaisies): { attendus: number; renseignes: number } {
  let attendus = 0;
  let renseignes = 0;
  for (const champ of matrice.index.keys()) {
    if (!isExigee(matrice, champ, lecture)) continue;
    attendus++;
    if (lecture.lire(champ) !== null) renseignes++;
  }
  return { attendus, renseignes };
}
