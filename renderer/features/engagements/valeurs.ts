import { formatSaisie } from '../../../shared/domain/nombres/format.ts';
import { parseSaisie } from '../../../shared/domain/nombres/saisie.ts';

/** Une case à lire : sa mise en forme française, ou le texte tel que tapé avec ce qu'on lui reproche. */
export function lireCase(texte: string): { affiche: string; message: string | null } {
  if (texte === '') return { affiche: '', message: null };
  const lu = parseSaisie(texte);
  return lu.ok ? { affiche: formatSaisie(lu.saisie), message: null } : { affiche: texte, message: lu.message };
}

/** Une grandeur pour la petite courbe : le taux s'il y en a un, sinon le nombre. */
export function valeurNumerique(texte: string): number | null {
  const lu = parseSaisie(texte);
  if (!lu.ok) return null;
  const { pourcentage, numerateur, denominateur, valeur } = lu.saisie;
  if (pourcentage !== null) return Number(pourcentage);
  if (numerateur !== null && denominateur) return (100 * numerateur) / denominateur;
  return valeur === null ? null : Number(valeur);
}

/** La saisie avec ce dénominateur : `12` et 48 donnent `12/48` ; vide, il reste à taper le numérateur. */
export function avecDenominateur(texte: string, denominateur: number): { texte: string; complet: boolean } | null {
  const lu = parseSaisie(texte);
  if (!lu.ok) return null;
  const { valeur, numerateur, pourcentage } = lu.saisie;
  const n = numerateur ?? (valeur !== null && /^\d+$/.test(valeur) ? Number(valeur) : null);
  const taux = pourcentage === null ? '' : ` = ${pourcentage.replace('.', ',')} %`;
  if (n === null) return valeur === null ? { texte: `/${denominateur}${taux}`, complet: false } : null;
  return { texte: `${n}/${denominateur}${taux}`, complet: true };
}
