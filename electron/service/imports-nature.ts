import { invalide } from '../../shared/erreurs.ts';
import { natureFichier, readPlein, withFichier } from '../import/fichier.ts';
import type { Base } from '../store/base.ts';
import { isClasseur } from './imports-lecture.ts';
import type { Profil } from './imports-lecture.ts';

export type NatureImport = { type: 'rpls' | 'logements'; profil: Profil | null };

/** Vrai quand la première ligne a la forme d'une déclaration : une année, puis onze autres champs. */
export function looksRpls(chemin: string): boolean {
  return withFichier(chemin, (descripteur) => {
    const debut = Buffer.alloc(4096);
    const lus = debut.subarray(0, readPlein(descripteur, debut, 0));
    if (natureFichier(lus) !== 'texte') return false;
    const texte = lus.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
    const premiere = texte.split('\n', 1)[0] ?? '';
    return /^"?[12]\d{3}"?;/.test(premiere) && premiere.split(';').length >= 11;
  });
}

/** Le type demandé, sinon celui que le fichier montre ; et le profil avec lequel lire un tableau. */
export async function natureImport(_base: Base, chemin: string, type: 'rpls' | 'logements' | undefined, profil: Profil | null): Promise<NatureImport> {
  if (type === 'rpls' || (type === undefined && profil === null && (looksRpls(chemin) || !isClasseur(chemin)))) return { type: 'rpls', profil: null };
  throw invalide('type-inconnu', 'Ce fichier ne peut pas encore être lu.', 'Importer une déclaration RPLS.');
}
