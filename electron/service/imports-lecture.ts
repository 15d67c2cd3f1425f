import type { Profil, Progres } from '../../shared/contract.ts';
import { Enregistreur } from '../import/enregistreur.ts';
import { annule, archiveZip, classeurInattendu, encodageFaux, ligneTropLongue, octetsNuls, utf16 } from '../import/erreurs.ts';
import { examinerOctets, examinerTexte, isClasseur, natureFichier, readPlein, withFichier } from '../import/fichier.ts';
import type { Examen, NatureFichier } from '../import/fichier.ts';
import { Groupes } from '../import/groupes.ts';
import type { GroupeConnu } from '../import/groupes.ts';
import { LIGNE_MAXIMALE } from '../import/rpls/decoupe.ts';
import { lireRpls } from '../import/rpls/lecteur.ts';
import type { OptionsLecture } from '../import/rpls/lecteur.ts';
import { formatTableau } from '../import/tableau/format.ts';
import { WINDOWS_1252_EN_UTF8 } from '../import/texte.ts';
import type { Regle } from '../../shared/domain/ensembles/regle.ts';
import { isComplement } from '../../shared/domain/rpls/entete.ts';
import { connusDe } from './imports-connus.ts';
import type { LogementConnu } from '../store/connus.ts';
import { SANS_ADRESSE } from '../store/ensembles.ts';
import { Preparation } from '../store/staging.ts';
import type { Amorce } from '../store/staging.ts';

export type DemandeLecture = {
  chemin: string;
  type: 'rpls' | 'logements';
  profil: Profil | null;
  /** SIREN de l'organisme du dossier, ou du bailleur repris d'où vient le fichier. */
  siren: string;
  /** SIREN du bailleur repris ; `null` : le fichier est de l'organisme du dossier. */
  origine: string | null;
  /** Fichier de la base de préparation à écrire. */
  preparation: string;
  amorce: Amorce & { groupe: number; ensemble: number };
  groupes: GroupeConnu[];
  /** Règle des ensembles du dossier. */
  regle: Regle;
  /** Empreinte du dernier import s'il a été lu par les mêmes règles : ce fichier-là n'est pas relu. */
  dejaImporte: string | null;
  /** Les logements du dossier, quand le tableau ne donne pas leur commune : identifiant, commune, identifiant au répertoire. */
  connus: LogementConnu[] | null;
  /** Textes des lignes déjà rejetées en double d'un logement en vigueur. */
  doublons: string[];
};

/** Ce que la lecture a trouvé ; le reste est dans la base de préparation. */
export type Lecture = {
  inchange: boolean;
  sha256: string;
  encodage: string;
  annee: number | null;
  complement: boolean;
  entete: Uint8Array | null;
  lignes: number;
  acceptees: number;
  rejetees: number;
  signalees: number;
  colonnesIgnorees: string[];
  /** Champs RPLS que le fichier donne ; `null` : tous. */
  champs: string[] | null;
  /** Colonnes d'un tableau, pour retrouver son profil la fois suivante. */
  colonnes: string[] | null;
};

/** Lit un fichier vers la base de préparation, en s'arrêtant quand `arret` le demande ; `pause` est attendue entre deux blocs. */
export async function lireFichier(demande: DemandeLecture & { arret: SharedArrayBuffer }, progres: (p: Progres) => void, pause: () => Promise<void>): Promise<Lecture> {
  const arret = new Int32Array(demande.arret);
  const suivre = (etape: string, total: number) => (fait: number): void => {
    if (Atomics.load(arret, 0) !== 0) throw annule();
    progres({ etape, fait, total });
  };
  const { taille, nature } = withFichier(demande.chemin, (descripteur, octets) => {
    const debut = new Uint8Array(16);
    return { taille: octets, nature: natureFichier(debut.subarray(0, readPlein(descripteur, debut, 0))) };
  });
  const examiner = suivre('Examen du fichier', taille);
  const lire = suivre('Lecture des logements', taille);
  return demande.type === 'rpls' ? lireDeclaration(demande, nature, examiner, { siren: demande.siren, doublons: new Set(demande.doublons), suivre: lire, pause }) : lireLogements(demande, nature, examiner, lire);
}

/** Un tableau de logements : texte à séparateur ou classeur, lu suivant son profil. */
async function lireLogements(demande: DemandeLecture, nature: NatureFichier, examiner: (octets: number) => void, suivre: (octets: number) => void): Promise<Lecture> {
  const { chemin, profil } = demande;
  if (profil === null) throw new Error('tableau sans profil');
  const texte = formatTableau(chemin) === 'texte';
  const examen = nature === 'texte' && texte ? examinerTexte(chemin, examiner) : examinerOctets(chemin, texte && nature !== 'zip' ? (nature === 'texte' ? 'utf-8' : nature) : 'utf-8', examiner);
  if (examen.sha256 === demande.dejaImporte) return inchange(examen);
  const voulu = nature === 'texte' && profil.encodage !== 'auto' ? profil.encodage : examen.encodage;
  if (nature === 'texte' && voulu === 'utf-8' && examen.encodage !== 'utf-8') throw encodageFaux(chemin);
  // Chargés au besoin : la lecture d'une déclaration commence plus tôt sans eux.
  const { lireTableau } = await import('../import/tableau/lecteur.ts');
  const { ouvrirTableau } = await import('../import/tableau/ouvrir.ts');
  const { rangees, encodage, date1904 } = await ouvrirTableau(chemin, { encodage: voulu, separateur: profil.separateur, feuille: profil.feuille, suivre });
  return preparer(demande, async (enregistreur) => {
    const { entete, colonnesIgnorees, champs, colonnes, complement } = await lireTableau(rangees, profil, { strict: texte, date1904, connus: connusDe(demande.connus) }, enregistreur);
    return { inchange: false, sha256: examen.sha256, encodage, annee: null, complement, entete, colonnesIgnorees, champs, colonnes };
  });
}

async function lireDeclaration(demande: DemandeLecture, nature: NatureFichier, examiner: (octets: number) => void, options: OptionsLecture): Promise<Lecture> {
  if (nature === 'zip') throw isClasseur(demande.chemin) ? classeurInattendu(demande.chemin) : archiveZip(demande.chemin);
  if (nature !== 'texte') throw utf16(demande.chemin);
  refuserSansLigne(demande.chemin);
  const examen = examinerTexte(demande.chemin, examiner);
  if (examen.sha256 === demande.dejaImporte) return inchange(examen);
  return preparer(demande, async (enregistreur) => {
    const { entete, octetsEntete } = await lireRpls(demande.chemin, examen, enregistreur, options);
    return {
      inchange: false, sha256: examen.sha256, encodage: examen.encodage, annee: entete.annee, complement: isComplement(entete), entete: octetsEntete,
      colonnesIgnorees: [], champs: null, colonnes: null,
    };
  });
}

/** Une première ligne sans fin se refuse sans lire tout le fichier : il peut être immense. */
function refuserSansLigne(chemin: string): void {
  withFichier(chemin, (descripteur, octets) => {
    if (octets <= LIGNE_MAXIMALE) return;
    const debut = Buffer.alloc(LIGNE_MAXIMALE + 1);
    const lus = debut.subarray(0, readPlein(descripteur, debut, 0));
    const nul = lus.indexOf(0);
    if (nul >= 0) throw octetsNuls(chemin, nul);
    if (!lus.includes(10)) throw ligneTropLongue(chemin, 1);
  });
}

/** Ouvre la base de préparation, y fait passer les lignes, y écrit groupes et comptes. */
async function preparer(demande: DemandeLecture, lire: (e: Enregistreur) => Promise<Omit<Lecture, 'lignes' | 'acceptees' | 'rejetees' | 'signalees'>>): Promise<Lecture> {
  const { amorce } = demande;
  const groupes = new Groupes(demande.groupes, amorce.groupe, amorce.ensemble, demande.origine, demande.regle);
  const preparation = new Preparation(demande.preparation, amorce, WINDOWS_1252_EN_UTF8);
  try {
    const e = new Enregistreur(preparation, groupes);
    const lu = await lire(e);
    preparation.groupes(groupesNeufs(groupes));
    preparation.comptes(e.comptes);
    preparation.terminer();
    return { ...lu, lignes: e.lignes, acceptees: e.acceptees, rejetees: e.rejetees, signalees: e.signalees };
  } catch (e) {
    preparation.abandonner();
    throw e;
  }
}

function* groupesNeufs(groupes: Groupes) {
  for (const g of groupes.tous()) {
    if (!g.neuf) continue;
    yield { id: g.id, cle: g.cle, commune: g.commune, ensemble: g.ensemble, nom: g.portrait.nom() || SANS_ADRESSE, adresse: g.portrait.adresse() };
  }
}

function inchange(examen: Examen): Lecture {
  return {
    inchange: true, sha256: examen.sha256, encodage: examen.encodage, annee: null, complement: false, entete: null,
    lignes: 0, acceptees: 0, rejetees: 0, signalees: 0, colonnesIgnorees: [], champs: null, colonnes: null,
  };
}
