import { rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { ErreurCus, invalide, refus } from '../../../shared/erreurs.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { nomPaquet } from '../../../shared/paquet/noms.ts';
import { describeCertificat, writePaquet } from '../../paquet/index.ts';
import type { CleSignature } from '../../paquet/index.ts';
import { insertDepot, readDepots, readEtatContenu } from '../../store/depots.ts';
import type { DepotGarde } from '../../store/depots.ts';
import { freezeDossier, readMorceaux } from '../../store/gel.ts';
import type { Contexte, Suivi } from '../contexte.ts';
import { ensureRepertoire } from '../repertoires.ts';
import { readCle } from './cle.ts';
import { buildDocumentsInThread } from './documents-fil.ts';
import type { Matiere } from './documents.ts';
import { buildDonnees, empreinteDe, encodeDonnees } from './donnees.ts';
import { buildModifications, readDepotFige } from './modifications.ts';
import { finishDepots, nomAttente, placePaquet, removeRestes, undoDepot } from './place.ts';

type Demande = EntreeLue<'depot.deposer'>;
const ESSAIS = 3;
const EN_COURS = 'depot-en-cours';

/**
 * Fige le dossier et écrit le paquet. Rien n'est enregistré tant que le paquet n'est pas entier sur le
 * disque ; un échec ne laisse ni dépôt ni fichier. Erreurs : « constats-bloquants » (sortie 1),
 * « signature-a-choisir », « motif-vide », « dossier-change », celles de la clé et de l'écriture.
 */
export async function deposer(contexte: Contexte, demande: Demande, suivi: Suivi): Promise<Sortie<'depot.deposer'>> {
  contexte.dossierEcriture();
  checkDemande(demande);
  if (contexte.session.has(EN_COURS)) throw invalide('depot-en-cours', 'Un dépôt de ce dossier est déjà en cours.', 'Attendre qu’il soit fini.');
  contexte.session.set(EN_COURS, true);
  try {
    return await tryDepots(contexte, demande, suivi);
  } finally {
    contexte.session.delete(EN_COURS);
  }
}

async function tryDepots(contexte: Contexte, demande: Demande, suivi: Suivi): Promise<Sortie<'depot.deposer'>> {
  const instant = contexte.maintenant();
  const cle = await readCle(demande, instant);
  await finishDepots(readDepots(contexte.dossier().base));
  for (let essai = 1; essai <= ESSAIS; essai += 1) {
    const fait = await tryDepot(contexte, demande, cle, instant, suivi);
    if (fait !== null) return fait;
  }
  throw refus('dossier-change', 'Le dossier a changé pendant que le dépôt se préparait.', 'Attendre la fin des saisies et des imports en cours, puis déposer à nouveau.');
}

/** Un dépôt entier, ou `null` si le dossier a changé entre-temps : ses chiffres ne seraient plus les siens. */
async function tryDepot(contexte: Contexte, demande: Demande, cle: CleSignature | null, instant: Date, suivi: Suivi): Promise<Sortie<'depot.deposer'> | null> {
  const { base, temporaire } = contexte.dossierEcriture();
  const etat = readEtatContenu(base);
  const matiere = await buildMatiere(contexte, instant, demande.malgre?.trim() ?? null, cle !== null);
  const { donnees } = matiere;
  checkBloquants(donnees);
  const paquet = join(resolve(demande.repertoire), nomPaquet(donnees.organisme.siren, donnees.millesime, donnees.version, cle !== null));
  if (statSync(paquet, { throwIfNoEntry: false })?.isFile() === false) {
    throw invalide('place-prise', `« ${paquet} » existe et n’est pas un fichier.`, 'Le déplacer, ou choisir un autre répertoire : rien n’a été changé.');
  }
  const fichiers = await buildDocumentsInThread(matiere, (fait, total) => dire(suivi, 'Écriture des documents', fait, total), suivi.signal);
  dire(suivi, 'Copie figée du dossier', 0, null);
  const copie = await freezeDossier(base, donnees.version, temporaire, suivi.signal);
  const octets = encodeDonnees(donnees);
  const aPlacer = { paquet, empreinte: empreinteDe(octets) };
  const retirerRepertoire = ensureRepertoire(resolve(demande.repertoire));
  let enregistre = false;
  try {
    dire(suivi, 'Écriture du paquet', 0, null);
    removeRestes(paquet);
    await writePaquet({ fichiers, destination: nomAttente(aPlacer), instant, ...(cle === null ? {} : { cle }) }, { signal: suivi.signal }).catch(nameError(aPlacer));
    // Plus d'attente à partir d'ici : rien d'autre ne peut s'écrire entre la vérification et l'enregistrement.
    if (readEtatContenu(base) !== etat) return null;
    const certificat = cle === null ? null : describeCertificat(cle.certificat);
    const depot: DepotGarde = {
      version: donnees.version, date: donnees.date, ...aPlacer, signe: cle !== null,
      signataire: certificat?.nom ?? null, malgre: donnees.malgre, fichiers: fichiers.map((f) => f.nom),
    };
    const par = { qui: contexte.utilisateur, quand: donnees.date };
    insertDepot(base, depot, octets, readMorceaux(copie), par);
    enregistre = true;
    try {
      placePaquet(depot);
    } catch (cause) {
      enregistre = false;
      undoDepot(base, depot, par, cause);
    }
    return { paquet, version: depot.version, empreinte: depot.empreinte, fichiers: depot.fichiers, certificat };
  } finally {
    rmSync(copie, { force: true });
    if (!enregistre) {
      rmSync(nomAttente(aPlacer), { force: true });
      retirerRepertoire();
    }
  }
}

/** Ce que dirait un dépôt fait maintenant. */
export async function buildMatiere(contexte: Contexte, instant: Date, malgre: string | null, signe: boolean): Promise<Matiere> {
  const { base } = contexte.dossier();
  const dernier = readDepots(base).at(-1);
  const version = (dernier?.version ?? 0) + 1;
  const donnees = await buildDonnees(contexte, { version, instant, malgre, precedent: dernier?.empreinte ?? null });
  const modifications = dernier === undefined ? null : buildModifications(base, readDepotFige(base, dernier.version), dernier.empreinte, donnees);
  return { donnees, modifications, signe };
}

function checkDemande({ sansSignature, p12, malgre, repertoire }: Demande): void {
  if (sansSignature === (p12 !== undefined)) {
    throw invalide('signature-a-choisir', 'Il faut choisir entre un paquet signé et un paquet sans signature.', 'Donner un certificat, ou demander un paquet sans signature.');
  }
  if (malgre?.trim() === '') {
    throw invalide('motif-vide', 'Le motif pour passer outre des constats bloquants est vide.', 'Écrire le motif ; il figurera dans le paquet.');
  }
  if (statSync(repertoire, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw invalide('pas-un-repertoire', `« ${repertoire} » n’est pas un répertoire.`, 'Choisir le répertoire où écrire le paquet.');
  }
}

function checkBloquants({ malgre, constats: { bloquants } }: DonneesPaquet): void {
  if (bloquants.length === 0 || malgre !== null) return;
  throw refus(
    'constats-bloquants',
    `Le dépôt est bloqué par ${bloquants.length === 1 ? 'un constat' : `${bloquants.length} constats`} : ${bloquants.slice(0, 3).map((c) => c.message).join(' ; ')}${bloquants.length > 3 ? '…' : ''}`,
    'Les corriger (voir les contrôles), ou déposer malgré eux en écrivant le motif.',
    { bloquants },
  );
}

/** L'erreur d'écriture nomme le paquet, non le nom d'attente que personne ne connaît. */
const nameError = (depot: Parameters<typeof nomAttente>[0]) => (cause: unknown): never => {
  if (!(cause instanceof ErreurCus)) throw cause;
  const { erreur } = cause;
  throw new ErreurCus({ ...erreur, message: erreur.message.replaceAll(basename(nomAttente(depot)), basename(depot.paquet)) });
};

function dire(suivi: Suivi, etape: string, fait: number, total: number | null): void {
  suivi.signal.throwIfAborted();
  suivi.progres({ etape, fait, total });
}
