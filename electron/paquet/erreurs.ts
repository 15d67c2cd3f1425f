import { invalide } from '../../shared/erreurs.ts';
import { ErreurCus } from '../../shared/erreurs.ts';

const ILLISIBLE = 'paquet-illisible';

/** Conteneur qui ne peut pas être lu sans risque ; `raison` : phrase complète, dite après ce que cela veut dire. */
export function illisible(raison: string): ErreurCus {
  const suite = raison.charAt(0).toLowerCase() + raison.slice(1);
  return invalide(ILLISIBLE, `Ce fichier n’est pas un paquet que l’application peut lire sans risque : ${suite}`, 'Demander à l’expéditeur de transmettre à nouveau le fichier d’origine.');
}

/** La raison si `cause` dit un conteneur illisible, sinon `null`. */
export function raisonIllisible(cause: unknown): string | null {
  return cause instanceof ErreurCus && cause.erreur.code === ILLISIBLE ? cause.erreur.message : null;
}

/** Code système d'une erreur de Node (`ENOSPC`…), ou `null`. */
export function codeSysteme(cause: unknown): string | null {
  if (!(cause instanceof Error) || !('code' in cause)) return null;
  return typeof cause.code === 'string' ? cause.code : null;
}
