import { readFileSync, statSync } from 'node:fs';
import { GrilleService } from '../../shared/contract.ts';
import { checkGrille } from '../../shared/domain/service-rendu/grille.ts';
import type { Grille } from '../../shared/domain/service-rendu/types.ts';
import { invalide } from '../../shared/erreurs.ts';
import { readGrille } from '../store/service-rendu.ts';
import type { Contexte } from './contexte.ts';
import { writeFichier } from './fichiers.ts';

const SCHEMA = 'atelier-cus/grille-service-rendu/1';
/** Une grille de cent critères tient en quelques dizaines de kilo-octets. */
const TAILLE_MAX = 2 * 1024 * 1024;

/** Écrit la grille du dossier dans un fichier JSON, pour un autre dossier ou pour la relire. */
export async function exportGrille(contexte: Contexte, chemin: string): Promise<{ chemin: string }> {
  const grille = readGrille(contexte.dossier().base);
  if (grille === null) throw invalide('sans-grille', 'Ce dossier n’a pas encore de grille du service rendu.', 'Définir la grille d’abord ; aucun fichier n’a été écrit.');
  await writeFichier(contexte, chemin, `${JSON.stringify({ schema: SCHEMA, ...grille }, null, 2)}\n`);
  return { chemin };
}

/** Lit une grille d'un fichier. Erreurs : « grille-illisible », « grille-invalide » ; rien n'est changé. */
export function readGrilleFichier(chemin: string): Grille {
  if (statSync(chemin).size > TAILLE_MAX) throw illisible(chemin, 'il est trop gros pour une grille');
  let brut: unknown;
  try {
    brut = JSON.parse(readFileSync(chemin, 'utf8').replace(/^\ufeff/u, ''));
  } catch (e) {
    if (!(e instanceof SyntaxError)) throw e;
    throw illisible(chemin, 'ce n’est pas du JSON');
  }
  const lue = GrilleService.safeParse(brut);
  if (!lue.success) throw illisible(chemin, lue.error.issues.slice(0, 5).map((i) => i.path.join('.') || 'objet').join(', '));
  const fautes = checkGrille(lue.data);
  if (fautes.length > 0) throw invalide('grille-invalide', `La grille de « ${chemin} » ne peut pas être employée : ${fautes.join(' ')}`, 'La corriger ; rien n’a été changé.', { fautes });
  return lue.data;
}

const illisible = (chemin: string, raison: string) =>
  invalide('grille-illisible', `Le fichier « ${chemin} » n’est pas une grille du service rendu (${raison}).`, 'Partir d’un fichier écrit par l’export de la grille ; rien n’a été changé.');
