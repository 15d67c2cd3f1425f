import { existsSync, statSync } from 'node:fs';
import type { EntreeLue, Profil, Sortie } from '../../shared/contract.ts';
import { ProfilImport } from '../../shared/contract.ts';
import type { NatureTableau, TypeTableau } from '../../shared/domain/tableaux/natures.ts';
import { normaliser } from '../../shared/domain/ensembles/cle.ts';
import { NOMBRE_CHAMPS } from '../../shared/domain/rpls/champs.ts';
import { NATURES, findNature, natureDesTitres } from '../../shared/domain/tableaux/natures.ts';
import { invalide } from '../../shared/erreurs.ts';
import { fichierVide, sansEntete, utf16 } from '../import/erreurs.ts';
import { natureFichier, readPlein, withFichier } from '../import/fichier.ts';
import type { Encodage } from '../import/fichier.ts';
import type { FormatRapport } from '../import/rapport-corrige.ts';
import type { Apercu } from '../import/tableau/apercu.ts';
import { formatTableau } from '../import/tableau/format.ts';
import { exigerTitres, nomsColonnes } from '../import/tableau/rangees.ts';
import type { Base } from '../store/base.ts';
import { isDossierVide } from '../store/imports.ts';
import { findProfil } from '../store/profils.ts';
import { natureNonLue } from './imports-refus.ts';
import { lireApercu } from './rangees.ts';

export type TypeLu = 'rpls' | TypeTableau;
export type NatureImport = { type: TypeLu; profil: Profil | null; /** Un rapport d'anomalies corrigé, et comment le lire. */ rapport: FormatRapport | null };
type Analyse = Sortie<'import.analyser'>;

/** Lignes montrées à la personne, telles que le fichier les a. */
const LIGNES_MONTREES = 30;
const LARGEUR_MONTREE = 200;

// Lourd, et inutile à une déclaration : chargé au premier tableau.
const tableau = () => import('../import/tableau/analyse.ts');

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

export function requireFichier(chemin: string): void {
  if (!existsSync(chemin)) throw invalide('fichier-absent', `Le fichier « ${chemin} » n’existe pas.`, 'Vérifier le nom et l’emplacement.');
  if (!statSync(chemin).isFile()) throw invalide('pas-un-fichier', `« ${chemin} » n’est pas un fichier.`, 'Donner le fichier à importer.');
  if (statSync(chemin).size === 0) throw fichierVide(chemin);
}

/**
 * Le type demandé, sinon celui que le fichier montre ; et le profil avec lequel lire un tableau :
 * celui donné, celui d'un fichier aux mêmes colonnes, ou celui que les titres proposent.
 */
export async function natureImport(base: Base, chemin: string, type: TypeLu | undefined, profil: Profil | null, signal: AbortSignal): Promise<NatureImport> {
  requireFichier(chemin);
  const rapport = (type !== undefined && type !== 'rpls') || profil !== null ? null : await formatRapport(chemin);
  if (rapport !== null) return { type: 'rpls', profil: null, rapport };
  if (type === 'rpls' || (type === undefined && profil === null && !(await looksTableau(chemin)))) return { type: 'rpls', profil: null, rapport: null };
  if (profil !== null) {
    if (type !== undefined && type !== profil.type) throw invalide('profil-autre-type', `Le profil donné est celui d’un fichier de type « ${profil.type} », non « ${type} ».`, 'Donner le profil de ce type de fichier.');
    return { type: profil.type, profil, rapport: null };
  }
  if (type === undefined) refuseDeclaration(chemin, (await lireApercu(chemin, null, null, signal)).feuilles[0]?.lignes ?? []);
  const { profil: propose, type: lu } = await analyserTableau(base, chemin, type === undefined ? {} : { type }, signal);
  if (propose === null) throw invalide('profil-absent', 'Les colonnes de ce fichier n’ont pas été reconnues.', 'Indiquer à quels champs elles correspondent, dans un profil ou à l’écran d’import.');
  return { type: lu, profil: propose, rapport: null };
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

/**
 * Un classeur, un texte dont une ligne de titres nomme au moins deux champs, ou un texte découpé en
 * colonnes régulières : les siennes se diront à l'écran. Des lignes de 63 champs sont une déclaration sans sa première ligne.
 */
async function looksTableau(chemin: string): Promise<boolean> {
  if (formatTableau(chemin) !== 'texte') return true;
  if (looksRpls(chemin)) return false;
  if (natureDe(chemin) !== 'texte') return true;
  const { apercuCsv, devinerTitres, proposerColonnes } = await tableau();
  const { lignes } = apercuCsv(chemin, null, null);
  const { entete, nature } = devinerTitres(lignes, null);
  if (proposerColonnes(lignes, entete, nature).filter((c) => c.cible !== null).length >= 2) return true;
  const largeurs = lignes.filter((l) => l.some((c) => c.trim() !== '')).map((l) => l.length);
  const largeur = largeurs.toSorted((a, b) => a - b)[Math.floor(largeurs.length / 2)] ?? 0;
  return largeurs.length >= 2 && largeur >= 2 && largeur < NOMBRE_CHAMPS && largeurs.filter((l) => l === largeur).length * 2 > largeurs.length;
}

const DEPCOM = 3;

/** Une déclaration qu'un tableau ne doit pas prendre pour lui : en UTF-16, ou sans sa première ligne. */
function refuseDeclaration(chemin: string, lignes: readonly string[][]): void {
  const pleines = lignes.filter((l) => l.some((c) => c.trim() !== ''));
  const logements = pleines.filter((l) => l.length >= NOMBRE_CHAMPS && /^(?:\d{5}|2[AB]\d{3})$/iu.test(l[DEPCOM]?.trim() ?? '')).length;
  if (logements === 0 || logements < pleines.length - 1) return;
  if (logements === pleines.length) throw sansEntete(chemin);
  if (natureDe(chemin).startsWith('utf-16') && /^[12]\d{3}$/u.test(pleines[0]?.[0]?.trim() ?? '')) throw utf16(chemin);
}

const natureDe = (chemin: string): string =>
  withFichier(chemin, (descripteur) => {
    const debut = Buffer.alloc(16);
    return natureFichier(debut.subarray(0, readPlein(descripteur, debut, 0)));
  });

/** Ce que la personne a dit du tableau : n'est pas deviné. */
type Format = Omit<EntreeLue<'import.analyser'>, 'chemin'>;

export async function analyser(base: Base, chemin: string, format: Format, signal: AbortSignal): Promise<Analyse> {
  requireFichier(chemin);
  const dit = Object.keys(format).length > 0;
  const rapport = !dit && (await formatRapport(chemin)) !== null;
  if (!rapport && (dit || (await looksTableau(chemin)))) return analyserTableau(base, chemin, format, signal);
  const { apercuCsv } = await tableau();
  const { encodage } = apercuCsv(chemin, null, ';');
  return {
    type: 'rpls', encodage, separateur: ';', entete: 1, feuilles: [], feuille: null, lignes: [], colonnes: [], cibles: [], natures: natures(), exigences: [], profil: null, profilRetrouve: false,
  };
}

const natures = () => NATURES.map(({ type, nom }) => ({ type, nom }));

type Vue = { feuille: string | null; lignes: string[][] };

async function analyserTableau(base: Base, chemin: string, format: Format, signal: AbortSignal): Promise<Analyse> {
  const apercu = await lireApercu(chemin, encodageDit(format), format.separateur ?? null, signal);
  const { devinerNotes, proposerColonnes, proposerValeurs } = await tableau();
  const donnee = format.type === undefined ? null : (findNature(format.type) ?? natureNonLue(format.type));
  const { type: _type, ...forme } = format;
  const connu = Object.keys(forme).length > 0 ? null : retrouver(base, apercu, format.type);
  const { feuille, lignes } = connu?.vue ?? (await choisirFeuille(apercu, format.feuille, donnee));
  const { devinerTitres } = await tableau();
  refuserModelePrets(lignes);
  const titres = devinerTitres(lignes, donnee);
  const nature = connu === null ? (donnee ?? (format.entete === undefined ? titres.nature : natureDesTitres(lignes[format.entete - 1] ?? []))) : (findNature(connu.profil.type) ?? titres.nature);
  const entete = connu?.profil.entete ?? format.entete ?? titres.entete;
  exigerTitres(entete > 0 ? (lignes[entete - 1] ?? []) : []);
  const proposees = proposerColonnes(lignes, entete, nature);
  const colonnes = connu === null ? proposees : proposees.map((c) => ({ ...c, cible: connu.profil.colonnes[c.nom] ?? null }));
  const cibles = colonnes.flatMap((c) => (c.cible === null ? [] : [[c.nom, c.cible] as const]));
  const separateur = connu?.profil.separateur ?? apercu.separateur;
  const profil: Profil | null =
    connu?.profil ??
    (cibles.length === 0
      ? null
      : {
          version: 1, type: nature.type, entete, notes: devinerNotes(lignes, entete, colonnes), separateur, encodage: format.encodage ?? 'auto', ...(feuille === null ? {} : { feuille }),
          colonnes: Object.fromEntries(cibles), valeurs: proposerValeurs(lignes, entete, colonnes, nature),
          constantes: nature.constantes?.(colonnes.map((c) => c.nom), colonnes.map((c) => c.cible)) ?? {},
        });
  return {
    type: nature.type, encodage: apercu.encodage, separateur, entete, feuille, colonnes, profil, profilRetrouve: connu !== null,
    feuilles: apercu.feuilles.map((f) => f.nom).filter((nom) => nom !== ''),
    lignes: lignes.slice(0, LIGNES_MONTREES).map((l) => l.map((c) => c.slice(0, LARGEUR_MONTREE))),
    cibles: nature.cibles.map((c) => ({ ...c, codes: c.codes === null ? null : { ...c.codes } })),
    natures: natures(),
    exigences: (nature.exigences?.(!isDossierVide(base)) ?? nature.cibles.filter((c) => c.obligatoire).map((c) => [c.nom])).map((groupe) => [...groupe]),
  };
}

/** Le modèle des prêts qui accompagne une convention APL se reconnaît, et ne décrit aucun logement. */
function refuserModelePrets(lignes: readonly string[][]): void {
  const titres = (lignes[0] ?? []).map((t) => normaliser(t));
  const a = (debut: string): boolean => titres.some((t) => t.startsWith(debut));
  if (!a('DATE D OCTROI') || !a('ORGANISME FINANCEUR')) return;
  throw invalide('modele-prets', 'Ce fichier est le modèle des prêts et subventions d’une convention APL : il ne décrit aucun logement.', 'Choisir le modèle des logements de la même convention, ou une déclaration RPLS.');
}

/** La feuille voulue, sinon celle dont une ligne nomme le plus de champs, sinon la première qui n'est pas vide. */
async function choisirFeuille(apercu: Apercu, voulue: string | undefined, nature: NatureTableau | null): Promise<Vue> {
  const { devinerTitres } = await tableau();
  const vues = apercu.feuilles.map((f) => ({ ...f, note: devinerTitres(f.lignes, nature).note }));
  const dite = voulue === undefined ? undefined : vues.find((f) => f.nom === voulue);
  if (voulue !== undefined && dite === undefined) {
    throw invalide('feuille-absente', `Le classeur n’a pas de feuille « ${voulue} ».`, `Choisir une de ses feuilles : ${vues.slice(0, 10).map((f) => f.nom).join(', ')}.`);
  }
  const remplies = vues.filter((f) => f.lignes.length > 0);
  const choisie = dite ?? remplies.reduce<(typeof vues)[number] | undefined>((a, b) => (a === undefined || b.note > a.note ? b : a), undefined);
  if (choisie === undefined || choisie.lignes.length === 0) {
    throw invalide('tableau-vide', dite === undefined ? 'Ce tableau est vide.' : `La feuille « ${dite.nom} » est vide.`, 'Choisir le fichier, ou la feuille, qui contient les données.');
  }
  return { feuille: choisie.nom === '' ? null : choisie.nom, lignes: choisie.lignes };
}

/** Profil retenu pour un fichier qui a les mêmes colonnes, sur l'une des dix premières lignes d'une de ses feuilles. */
function retrouver(base: Base, { feuilles }: Apercu, type: TypeTableau | undefined): { profil: Profil; vue: Vue } | null {
  for (const { nom, lignes } of feuilles) {
    for (const [i, ligne] of lignes.slice(0, 10).entries()) {
      const texte = ligne.length === 0 ? null : findProfil(base, nomsColonnes(ligne));
      if (texte === null) continue;
      const { feuille: _avant, ...profil } = ProfilImport.parse(JSON.parse(texte));
      if (type !== undefined && profil.type !== type) continue;
      const feuille = nom === '' ? null : nom;
      return { profil: { ...profil, entete: i + 1, ...(feuille === null ? {} : { feuille }) }, vue: { feuille, lignes } };
    }
  }
  return null;
}

const encodageDit = ({ encodage }: Format): Encodage | null => (encodage === undefined || encodage === 'auto' ? null : encodage);
