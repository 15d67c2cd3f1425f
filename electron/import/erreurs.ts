import { basename } from 'node:path';
import { NOMBRE_CHAMPS } from '../../shared/domain/rpls/champs.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { ErreurCus } from '../../shared/erreurs.ts';

/** Refus d'un fichier entier : rien n'a été lu dans le dossier, rien n'y est changé. */
const AUTRE_FICHIER = 'Choisir la déclaration RPLS envoyée à l’État (texte à « ; », première ligne de 12 champs).';

const nom = (chemin: string): string => `« ${basename(chemin)} »`;

export const fichierVide = (chemin: string): ErreurCus =>
  invalide('fichier-vide', `Le fichier ${nom(chemin)} est vide.`, 'Refaire l’export, puis importer le nouveau fichier.');

export const archiveZip = (chemin: string): ErreurCus =>
  invalide('archive-zip', `Le fichier ${nom(chemin)} est une archive ZIP.`, 'L’ouvrir, en extraire la déclaration (.CSV), et importer celle-ci.');

export const classeurInattendu = (chemin: string): ErreurCus =>
  invalide('pas-rpls', `Le fichier ${nom(chemin)} est un classeur, pas une déclaration RPLS.`, 'L’importer avec le type « logements », ou choisir la déclaration RPLS.');

export const octetsNuls = (chemin: string, position: number): ErreurCus =>
  invalide(
    'octets-nuls',
    `Le fichier ${nom(chemin)} contient un octet nul (à l’octet ${position + 1}) : il est abîmé, ou n’est pas un texte.`,
    'Refaire l’export, puis importer le nouveau fichier.',
  );

export const utf16 = (chemin: string): ErreurCus =>
  invalide('utf-16', `Le fichier ${nom(chemin)} est un texte UTF-16, qu’une déclaration RPLS n’utilise pas.`, 'L’enregistrer en UTF-8 ou en Windows-1252, puis l’importer.');

export const sansEntete = (chemin: string): ErreurCus =>
  invalide(
    'declaration-sans-entete',
    `Le fichier ${nom(chemin)} a les lignes d’une déclaration RPLS, sans sa première ligne (année, organisme, nombre de logements).`,
    'Remettre la première ligne de l’export, puis l’importer ; le dossier n’a pas été changé.',
  );

export const ligneTropLongue = (chemin: string, ligne: number): ErreurCus =>
  invalide(
    'ligne-trop-longue',
    `La ligne ${ligne} du fichier ${nom(chemin)} dépasse un million de caractères : ce n’est pas une déclaration RPLS, ou ses fins de ligne manquent.`,
    'Refaire l’export, puis importer le nouveau fichier.',
  );

export function enteteInvalide(chemin: string, champs: number): ErreurCus {
  if (champs >= NOMBRE_CHAMPS) return sansEntete(chemin);
  return champs === 12
    ? invalide('pas-rpls', `La première ligne du fichier ${nom(chemin)} ne commence pas par une année : ce n’est pas une déclaration RPLS.`, AUTRE_FICHIER)
    : invalide('pas-rpls', `La première ligne du fichier ${nom(chemin)} a ${pluriel(champs, 'champ')} au lieu de 12 : ce n’est pas une déclaration RPLS.`, AUTRE_FICHIER);
}

/** `inconnu` : le dossier ne connaît pas l'organisme du fichier ; sinon c'est l'origine dite qui n'est pas la sienne. */
export const autreOrganisme = (chemin: string, siren: string, attendu: string, inconnu = true): ErreurCus =>
  inconnu
    ? invalide(
        'autre-organisme',
        `Le fichier ${nom(chemin)} est celui de l’organisme ${siren} ; ce dossier est celui de l’organisme ${attendu}.`,
        'Choisir le fichier du bon organisme, ou ouvrir le dossier de l’organisme du fichier. Si cet organisme est repris ou fusionné, le déclarer d’abord dans Organisme (au terminal, « cus origines »).',
      )
    : invalide(
        'autre-organisme',
        `Le fichier ${nom(chemin)} est celui de l’organisme ${siren}, et non de l’organisme ${attendu} indiqué.`,
        'Indiquer l’organisme du fichier, ou choisir le fichier du bon organisme.',
      );

export const annule = (): ErreurCus => invalide('annule', 'L’import a été annulé.', 'Rien n’a été changé dans le dossier ; relancer l’import si besoin.');

export const encodageFaux = (chemin: string): ErreurCus =>
  invalide('encodage-faux', `Le fichier ${nom(chemin)} n’est pas en UTF-8 comme le profil le dit.`, 'Mettre « windows-1252 » ou « auto » dans le profil, puis importer de nouveau.');

export const classeurIllisible = (): ErreurCus =>
  invalide('classeur-illisible', 'Ce classeur ne peut pas être lu.', 'L’enregistrer au format XLSX, sans mot de passe, depuis un tableur, puis l’importer.');
