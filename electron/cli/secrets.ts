import { readFileSync, statSync } from 'node:fs';
import { invalide } from '../../shared/erreurs.ts';
import { optionObligatoire } from './arguments.ts';
import type { Appel, Option } from './verbe.ts';

const TAILLE_MAX = 4096;

/** Options de signature : le mot de passe vient d'un fichier, jamais de la ligne de commande. */
export const OPTIONS_SIGNATURE: Readonly<Record<string, Option>> = {
  p12: { type: 'texte', valeur: 'F.p12', aide: 'certificat et clé de signature (PKCS#12)' },
  'mot-de-passe-fichier': { type: 'texte', valeur: 'F', aide: 'fichier qui contient le mot de passe du certificat' },
};

/** La clé demandée, ou un objet vide quand aucune ne l'est. */
export function readSignature(appel: Appel, verbe: string): { p12: string; motDePasse: string } | Record<string, never> {
  const p12 = appel.fichier('p12');
  const fichier = appel.fichier('mot-de-passe-fichier');
  if (p12 === undefined && fichier === undefined) return {};
  if (p12 === undefined) throw optionObligatoire(verbe, 'p12');
  if (fichier === undefined) throw optionObligatoire(verbe, 'mot-de-passe-fichier');
  return { p12, motDePasse: readMotDePasse(fichier) };
}

/** Première ligne du fichier : la fin de ligne que met un éditeur n'est pas du mot de passe. */
function readMotDePasse(chemin: string): string {
  if (statSync(chemin).size > TAILLE_MAX) {
    throw invalide('mot-de-passe-fichier', `Le fichier « ${chemin} » est trop grand pour un mot de passe.`, 'Donner un fichier qui ne contient que le mot de passe.');
  }
  return readFileSync(chemin, 'utf8').replace(/\r?\n$/u, '');
}
