import { existsSync, statSync } from 'node:fs';
import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { ProfilImport } from '../../shared/contract.ts';
import { invalide } from '../../shared/erreurs.ts';
import { archiveZip, fichierVide } from '../import/erreurs.ts';
import { isClasseur, natureFichier, readPlein, withFichier } from '../import/fichier.ts';
import type { Encodage } from '../import/fichier.ts';
import type { FormatRapport } from '../import/rapport-corrige.ts';
import { nomsColonnes } from '../import/tableau/rangees.ts';
import type { Base } from '../store/base.ts';
import { findProfil } from '../store/profils.ts';
import type { Profil } from './imports-lecture.ts';

export type NatureImport = { type: 'rpls' | 'logements'; profil: Profil | null; /** Un rapport d'anomalies corrigé, et comment le lire. */ rapport: FormatRapport | null };
type Analyse = Sortie<'import.analyser'>;

const LIGNES_APERCU = 500;

// Lourds, et inutiles à une déclaration : chargés au premier tableau.
const tableau = () => import('../import/tableau/analyse.ts');
const classeur = () => import('../import/tableau/xlsx.ts');

/** Vrai quand la première ligne a la forme d'une déclaration : une année, puis onze autres champs. */
function looksRpls(chemin: string): boolean {
  return withFichier(chemin, (descripteur) => {
    const debut = Buffer.alloc(4096);
    const lus = debut.subarray(0, readPlein(descripteur, debut, 0));
    if (natureFichier(lus) !== 'texte') return false;
    const premiere = lus.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '').split('\n', 1)[0] ?? '';
    const champs = premiere.split(';');
    return champs.length >= 9 && champs.length <= 14 && /^"?[12]\d{3}"?$/.test(champs[0]?.trim() ?? '') && /^"?\d*"?$/.test(champs[1]?.trim() ?? '');
  });
}

function requireFichier(chemin: string): void {
  if (!existsSync(chemin)) throw invalide('fichier-absent', `Le fichier « ${chemin} » n’existe pas.`, 'Vérifier le nom et l’emplacement.');
  if (!statSync(chemin).isFile()) throw invalide('pas-un-fichier', `« ${chemin} » n’est pas un fichier.`, 'Donner le fichier à importer.');
  if (statSync(chemin).size === 0) throw fichierVide(chemin);
}

/**
 * Le type demandé, sinon celui que le fichier montre ; et le profil avec lequel lire un tableau :
 * celui donné, celui d'un fichier aux mêmes colonnes, ou celui que les titres proposent.
 */
export async function natureImport(base: Base, chemin: string, type: 'rpls' | 'logements' | undefined, profil: Profil | null): Promise<NatureImport> {
  requireFichier(chemin);
  const rapport = type === 'logements' || profil !== null ? null : await formatRapport(chemin);
  if (rapport !== null) return { type: 'rpls', profil: null, rapport };
  if (type === 'rpls' || (type === undefined && profil === null && !(await looksTableau(chemin)))) return { type: 'rpls', profil: null, rapport: null };
  if (profil !== null) return { type: 'logements', profil, rapport: null };
  const analyse = await analyserTableau(base, chemin);
  const propose = analyse.profil;
  if (propose === null) throw invalide('profil-absent', 'Les colonnes de ce fichier n’ont pas été reconnues.', 'Indiquer à quels champs RPLS elles correspondent, dans un profil.');
  return { type: 'logements', profil: propose, rapport: null };
}

/** Comment lire un rapport d'anomalies, reconnu à sa première ligne ; `null` pour tout autre fichier. */
async function formatRapport(chemin: string): Promise<FormatRapport | null> {
  const debut = withFichier(chemin, (descripteur) => {
    const tampon = Buffer.alloc(256);
    return tampon.subarray(0, readPlein(descripteur, tampon, 0)).toString('latin1').replaceAll('\0', '');
  });
  if (!/ligne_originale/i.test(debut.split('\n', 1)[0] ?? '')) return null;
  return (await import('../import/rapport-corrige.ts')).formatRapport(chemin);
}

/** Un classeur, ou un texte dont une ligne de titres nomme au moins l'identifiant ou la commune. */
async function looksTableau(chemin: string): Promise<boolean> {
  if (looksRpls(chemin)) return false;
  if (isZip(chemin)) return isClasseur(chemin);
  if (natureDe(chemin) !== 'texte') return true;
  const { apercuCsv, devinerEntete, proposerColonnes } = await tableau();
  const { lignes } = apercuCsv(chemin, null, null);
  return proposerColonnes(lignes, devinerEntete(lignes)).filter((c) => c.cible !== null).length >= 2;
}

const natureDe = (chemin: string): string =>
  withFichier(chemin, (descripteur) => {
    const debut = Buffer.alloc(16);
    return natureFichier(debut.subarray(0, readPlein(descripteur, debut, 0)));
  });
const isZip = (chemin: string): boolean => natureDe(chemin) === 'zip';

/** Ce que la personne a dit du format : n'est pas deviné. */
type Format = Omit<EntreeLue<'import.analyser'>, 'chemin'>;

export async function analyser(base: Base, chemin: string, format: Format): Promise<Analyse> {
  requireFichier(chemin);
  const rapport = Object.keys(format).length === 0 && (await formatRapport(chemin)) !== null;
  if (!rapport && (Object.keys(format).length > 0 || (await looksTableau(chemin)))) return analyserTableau(base, chemin, format);
  if (isZip(chemin)) throw archiveZip(chemin);
  const { CIBLES, apercuCsv } = await tableau();
  const { encodage } = apercuCsv(chemin, null, ';');
  return { type: 'rpls', encodage, separateur: ';', entete: 1, feuilles: [], colonnes: [], cibles: CIBLES, profil: null, profilRetrouve: false };
}

async function analyserTableau(base: Base, chemin: string, format: Format = {}): Promise<Analyse> {
  const zip = isZip(chemin);
  if (zip && !isClasseur(chemin)) throw archiveZip(chemin);
  const { CIBLES, apercuCsv, devinerEntete, proposerColonnes, proposerValeurs } = await tableau();
  const feuilles = zip ? await (await classeur()).lireFeuilles(chemin) : [];
  const { encodage, separateur, lignes } = zip ? { encodage: 'utf-8' as const, separateur: ';', lignes: await apercuXlsx(chemin, format.feuille) } : apercuCsv(chemin, encodageDit(format), format.separateur ?? null);
  const entete = format.entete ?? devinerEntete(lignes);
  const connu = Object.keys(format).length > 0 ? null : retrouver(base, lignes);
  if (connu !== null) {
    const colonnes = proposerColonnes(lignes, connu.entete).map((c) => ({ ...c, cible: connu.colonnes[c.nom] ?? null }));
    return { type: 'logements', encodage, separateur: connu.separateur, entete: connu.entete, feuilles, colonnes, cibles: CIBLES, profil: connu, profilRetrouve: true };
  }
  const colonnes = proposerColonnes(lignes, entete);
  const cibles = colonnes.filter((c) => c.cible !== null);
  const profil: Profil | null =
    cibles.length === 0
      ? null
      : {
          version: 1, type: 'logements', entete, separateur, encodage: format.encodage ?? 'auto', ...(feuilles[0] === undefined ? {} : { feuille: format.feuille ?? feuilles[0] }),
          colonnes: Object.fromEntries(cibles.map((c) => [c.nom, c.cible ?? ''])), valeurs: proposerValeurs(lignes, entete, colonnes),
        };
  return { type: 'logements', encodage, separateur, entete, feuilles, colonnes, cibles: CIBLES, profil, profilRetrouve: false };
}

/** Profil retenu pour un fichier qui a les mêmes colonnes, sur l'une de ses dix premières lignes. */
function retrouver(base: Base, lignes: readonly string[][]): Profil | null {
  for (const [i, ligne] of lignes.slice(0, 10).entries()) {
    const texte = findProfil(base, nomsColonnes(ligne));
    if (texte !== null) return { ...ProfilImport.parse(JSON.parse(texte)), entete: i + 1 };
  }
  return null;
}

const encodageDit = ({ encodage }: Format): Encodage | null => (encodage === undefined || encodage === 'auto' ? null : encodage);

async function apercuXlsx(chemin: string, feuille?: string): Promise<string[][]> {
  const { lireXlsx } = await classeur();
  const lignes: string[][] = [];
  for await (const { ligne, cellules } of lireXlsx(chemin, feuille, () => undefined)) {
    if (ligne > LIGNES_APERCU) break;
    lignes[ligne - 1] = cellules;
  }
  return Array.from(lignes, (l) => l ?? []);
}
