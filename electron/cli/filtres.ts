import type { Sortie } from '../../shared/contract.ts';
import { invalide } from '../../shared/erreurs.ts';

export type Filtre = Sortie<'explication.lire'>['sources'][number]['filtres'][number];

const FORME = /^([a-z][a-z0-9_]*)(=|~|:)(.*)$/su;

/**
 * Un filtre tapé au terminal : `finan=13,14` (l'une de ces valeurs, rien : inconnu), `nomvoie~école`
 * (contient), `surfhab:40..65`, `dpedate:2021-07..` (intervalle, bornes comprises), `bail:vide`,
 * `bail:renseigne`. Erreur « filtre-invalide ».
 */
export function parseFiltre(texte: string): Filtre {
  const [, colonne = '', operateur = '', reste = ''] = FORME.exec(texte) ?? [];
  if (operateur === '=') return { colonne, valeurs: reste.split(',').map((v) => v.trim()) };
  if (operateur === '~' && reste.trim() !== '') return { colonne, contient: reste };
  if (operateur === ':' && reste === 'vide') return { colonne, vide: true };
  if (operateur === ':' && reste === 'renseigne') return { colonne, vide: false };
  const bornes = operateur === ':' ? reste.split('..') : [];
  const [de = '', a = ''] = bornes.map((b) => b.trim());
  if (bornes.length === 2 && (de !== '' || a !== '')) return { colonne, ...(de === '' ? {} : { de }), ...(a === '' ? {} : { a }) };
  throw invalide('filtre-invalide', `« ${texte} » n’est pas un filtre.`, 'Écrire « finan=13,14 », « nomvoie~école », « surfhab:40..65 », « bail:vide » ou « bail:renseigne ».');
}

/** Les filtres donnés ; le parc seulement, sauf si l'un d'eux dit autre chose de `parc`. */
export function parseFiltres(textes: readonly string[]): Filtre[] {
  const filtres = textes.map(parseFiltre);
  return filtres.some((f) => f.colonne === 'parc') ? filtres : [{ colonne: 'parc', valeurs: ['oui'] }, ...filtres];
}
