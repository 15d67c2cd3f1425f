import { existsSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { ErreurCus, invalide } from '../../shared/erreurs.ts';
import type { Erreur } from '../../shared/erreurs.ts';
import type { Profil } from '../../shared/contract.ts';
import { annule } from '../import/erreurs.ts';
import type { Encodage } from '../import/fichier.ts';
import type { Apercu } from '../import/tableau/apercu.ts';
import { formatTableau } from '../import/tableau/format.ts';
import { derniereMesure, reprendreMesure } from '../import/tableau/mesure.ts';
import type { Ouverture } from '../import/tableau/ouvrir.ts';
import { exigerColonnes, exigerTitres, nomsColonnes } from '../import/tableau/rangees.ts';
import type { Rangee } from '../import/tableau/rangees.ts';
import type { Suivi } from './contexte.ts';
import type { DemandeEssai, Essai } from './imports-essai.ts';
import type { DemandeMasques } from './occupation-masques.ts';
import type { MasquesOccupation } from '../../shared/domain/occupation/tableau.ts';

/** Le fil, à côté de ce module dans les sources, à côté du service une fois construit. */
export function urlOuvrier(): URL {
  const source = new URL('./imports-ouvrier.ts', import.meta.url);
  return existsSync(source) ? source : new URL('./imports-ouvrier.mjs', import.meta.url);
}

/** Jusqu'à cette taille, lancer un fil coûte plus que lire un texte sur place. */
export const SUR_PLACE = 8 * 1024 * 1024;
/** Un XLSX se lit en flux : petit, il ne retient le service qu'un instant. */
const CLASSEUR_SUR_PLACE = 256 * 1024;
/** Un ODS ou un XLS se lit d'un bloc : le fil qui n'y suffirait pas s'arrête seul, et le service continue. */
export const LIMITES_FIL = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 1536 };
const LOT = 1000;

export type DemandeApercu = { quoi: 'apercu'; chemin: string; encodage: Encodage | null; separateur: string | null };
export type DemandeRangees = { quoi: 'rangees'; chemin: string; ouverture: Omit<Ouverture, 'suivre'>; lot: number; /** Faux : de quoi récrire la rangée n'est pas rendu. */ brut: boolean };
/** Ce que le fil rend d'une demande : voir `imports-ouvrier.ts`. */
type RangeeLue = Omit<Rangee, 'brut'> & { brut: Uint8Array | null };
export type MessageRangees = { masques: MasquesOccupation } | { apercu: Apercu } | { essai: Essai } | { lot: RangeeLue[]; fait: number } | { finRangees: true } | { erreur: Erreur };

/** Vrai quand ce fichier se lit sans fil à part. */
export function isSurPlace(chemin: string): boolean {
  const format = formatTableau(chemin);
  const { size } = statSync(chemin);
  return format === 'texte' ? size <= SUR_PLACE : format === 'xlsx' && size <= CLASSEUR_SUR_PLACE;
}

/** Premières lignes d'un tableau, lues sans retenir le service ; une annulation lève « annule ». */
export async function lireApercu(chemin: string, encodage: Encodage | null, separateur: string | null, signal: AbortSignal): Promise<Apercu> {
  if (isSurPlace(chemin)) {
    const { apercuTableau } = await import('../import/tableau/apercu.ts');
    return apercuTableau(chemin, encodage, separateur);
  }
  const message = await unMessage({ quoi: 'apercu', chemin, encodage, separateur }, signal);
  if (!('apercu' in message)) throw new Error('le fil de lecture a rendu autre chose');
  reprendreMesure(message.apercu.mesure);
  return message.apercu;
}

/** La seule réponse d'un fil à une demande ; une annulation l'arrête et lève « annule ». */
export async function unMessage(demande: DemandeApercu | DemandeEssai | DemandeMasques, signal: AbortSignal): Promise<MessageRangees> {
  for await (const message of messages(demande, signal)) return message;
  throw new Error('le fil de lecture n’a rien rendu');
}

/** Rangées d'un tableau de tout format, lues sans retenir le service. À parcourir jusqu'au bout, ou à quitter par `break`. `brut` : faux pour qui n'en fait rien, le sien est alors vide. */
export async function* iterateRangees(chemin: string, ouverture: Omit<Ouverture, 'suivre'>, suivi: Suivi, brut = true): AsyncGenerator<Rangee> {
  const etape = 'Lecture du tableau';
  const total = statSync(chemin).size;
  if (isSurPlace(chemin)) {
    const { ouvrirTableau } = await import('../import/tableau/ouvrir.ts');
    const { rangees, format } = await ouvrirTableau(chemin, {
      ...ouverture,
      suivre(fait) {
        if (suivi.signal.aborted) throw annule();
        suivi.progres({ etape, fait, total: format === 'texte' ? total : null });
      },
    });
    let n = 0;
    for await (const rangee of rangees) {
      if (n++ % LOT === 0) await new Promise(setImmediate);
      yield rangee;
    }
    return;
  }
  for await (const message of messages({ quoi: 'rangees', chemin, ouverture, lot: LOT, brut }, suivi.signal)) {
    if (!('lot' in message)) continue;
    suivi.progres({ etape, fait: message.fait, total: null });
    for (const { brut: octets, ...r } of message.lot) yield { ...r, brut: () => Buffer.from(octets ?? []) };
  }
}

/** Une ligne de tableau, lue suivant un profil : le texte de chaque champ, déjà traduit par lui. */
export type LigneTableau = { ligne: number; textes: ReadonlyMap<string, string>; /** Plus ou moins de cases que de titres, dans un texte. */ cases: number; titres: number; brut: () => Buffer };
/** La première valeur rendue donne les colonnes ; les autres sont les lignes, sous les titres. */
export type DebutTableau = { colonnes: string[]; ignorees: string[]; entete: Buffer | null };

/**
 * Lit un tableau suivant son profil : d'abord ses colonnes, puis chaque ligne. Erreurs (sortie 2) : colonne
 * du profil absente du fichier, tableau sans ligne.
 */
export async function* iterateLignes(chemin: string, profil: Profil, suivi: Suivi): AsyncGenerator<DebutTableau | LigneTableau> {
  const ouverture = { separateur: profil.separateur, feuille: profil.feuille, ...(profil.encodage === 'auto' ? {} : { encodage: profil.encodage }) };
  let champs: { champ: string; rang: number }[] | null = null;
  let titres = 0;
  for await (const { ligne, cellules, brut } of iterateRangees(chemin, ouverture, suivi)) {
    if (ligne < profil.entete) continue;
    if (champs === null) {
      if (profil.entete > 0) exigerTitres(cellules);
      const colonnes = profil.entete > 0 ? nomsColonnes(cellules) : cellules.map((_, i) => `Colonne ${i + 1}`);
      titres = colonnes.length;
      exigerColonnes(colonnes, profil.colonnes);
      champs = colonnes.flatMap((nom, rang) => (profil.colonnes[nom] === undefined ? [] : [{ champ: profil.colonnes[nom], rang }]));
      yield { colonnes, ignorees: colonnes.filter((c) => profil.colonnes[c] === undefined), entete: profil.entete > 0 ? brut() : null };
      if (profil.entete > 0) continue;
    }
    if (ligne <= profil.entete + profil.notes) continue;
    const textes = new Map(champs.map(({ champ, rang }) => [champ, traduire(profil, champ, cellules[rang]?.trim() ?? '')]));
    yield { ligne, textes, cases: cellules.length, titres, brut };
  }
  if (champs === null) throw invalide('tableau-vide', 'Le tableau n’a ni titres ni lignes.', 'Vérifier la feuille et la ligne des titres choisies.');
}

const traduire = (profil: Profil, champ: string, texte: string): string => profil.valeurs[champ]?.[texte] ?? texte;

/** Messages d'un fil de lecture, un lot d'avance : le suivant se lit pendant que celui-ci est traité. */
async function* messages(demande: DemandeApercu | DemandeRangees | DemandeEssai | DemandeMasques, signal: AbortSignal): AsyncGenerator<MessageRangees> {
  if (signal.aborted) throw annule();
  const fil = new Worker(urlOuvrier(), { workerData: { ...demande, mesure: derniereMesure() }, resourceLimits: LIMITES_FIL });
  const recus: MessageRangees[] = [];
  let erreur: unknown = null;
  let reveiller = (): void => undefined;
  const finir = (e: unknown): void => {
    erreur ??= e;
    reveiller();
  };
  const arreter = (): void => finir(annule());
  signal.addEventListener('abort', arreter, { once: true });
  fil.on('message', (m: MessageRangees) => {
    recus.push(m);
    reveiller();
  });
  fil.on('error', (e) => finir(explainFil(e)));
  fil.on('exit', (code) => finir(new Error(`le fil de lecture s’est arrêté (${code})`)));
  try {
    for (;;) {
      const message = recus.shift();
      if (message === undefined) {
        if (erreur !== null) throw erreur;
        await new Promise<void>((resolve) => (reveiller = resolve));
        continue;
      }
      if ('erreur' in message) throw new ErreurCus(message.erreur);
      if ('finRangees' in message) return;
      if (signal.aborted) throw annule();
      // Le fil lit le lot suivant pendant que celui-ci est traité : deux au plus sont en mémoire.
      fil.postMessage('suite');
      yield message;
    }
  } finally {
    signal.removeEventListener('abort', arreter);
    await fil.terminate();
  }
}

/** Un fil à court de mémoire est un refus du fichier, non une panne du service. */
export function explainFil(e: unknown): unknown {
  if (!(e instanceof Error && 'code' in e && e.code === 'ERR_WORKER_OUT_OF_MEMORY')) return e;
  return invalide('classeur-refuse', 'Ce classeur est refusé : le lire demanderait trop de mémoire.', 'L’ouvrir dans un tableur, enregistrer la seule feuille utile en CSV ou dans un nouveau XLSX, puis l’importer.');
}
