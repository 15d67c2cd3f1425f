/**
 * Écriture d'un fichier en une fois : à côté de la cible, jusqu'au disque, puis renommé. Un lecteur voit
 * l'ancien fichier ou le nouveau, jamais la moitié d'un ; le fichier précédent est gardé sous un autre nom.
 */
import { basename, dirname, extname, join } from 'node:path';
import { ErreurCus, invalide } from '../../shared/erreurs.ts';
import { disqueReel, type Disque } from './disque.ts';
import { codeSysteme } from './erreurs.ts';

export type OptionsAtomique = { signal?: AbortSignal; disque?: Disque };

let suite = 0;

/**
 * Écrit `morceaux` dans `cible`. Rend le chemin du fichier précédent gardé, ou `null`.
 * En cas d'échec ou d'annulation le dossier est comme avant. Erreurs : « disque-plein »,
 * « ecriture-refusee », « repertoire-absent », « ecriture-impossible », « annule ».
 */
export async function writeAtomically(cible: string, morceaux: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, options: OptionsAtomique = {}): Promise<string | null> {
  const { signal, disque = disqueReel } = options;
  const dossier = dirname(cible);
  const nom = basename(cible);
  suite += 1;
  const provisoire = join(dossier, `.${nom}.${process.pid}-${suite}.partiel`);
  let precedent: string | null = null;
  let [cree, remplace] = [false, false];
  try {
    signal?.throwIfAborted();
    await removeRestes(disque, dossier, nom);
    const fichier = await disque.create(provisoire);
    cree = true;
    try {
      for await (const morceau of morceaux) {
        signal?.throwIfAborted();
        await fichier.write(morceau);
      }
      await fichier.sync();
    } finally {
      await fichier.close();
    }
    signal?.throwIfAborted();
    if (await disque.exists(dossier, nom)) precedent = await keepPrecedent(disque, cible);
    await disque.rename(provisoire, cible);
    [cree, remplace] = [false, true];
    await disque.syncDossier(dossier);
    return precedent;
  } catch (cause) {
    // Remettre tout comme avant ; un échec ici ne doit pas cacher la première cause.
    const quiet = (fait: Promise<void>): Promise<void> => fait.catch(() => undefined);
    if (cree) await quiet(disque.remove(provisoire));
    if (remplace) await quiet(precedent === null ? disque.remove(cible) : disque.rename(precedent, cible));
    else if (precedent !== null) await quiet(disque.remove(precedent));
    throw explainEcriture(cause, cible, signal);
  }
}

/** `CUS_….precedent-1.asice` : l'extension reste, le fichier s'ouvre toujours. */
async function keepPrecedent(disque: Disque, cible: string): Promise<string> {
  const extension = extname(cible);
  const base = cible.slice(0, cible.length - extension.length);
  for (let n = 1; ; n += 1) {
    const vers = `${base}.precedent-${n}${extension}`;
    if (await disque.duplicate(cible, vers)) return vers;
  }
}

/** Retire les fichiers provisoires de la même cible laissés par un processus tué. */
async function removeRestes(disque: Disque, dossier: string, nom: string): Promise<void> {
  for (const fichier of await disque.list(dossier)) {
    if (!fichier.startsWith(`.${nom}.`) || !fichier.endsWith('.partiel')) continue;
    const pid = /^(\d+)-\d+$/.exec(fichier.slice(nom.length + 2, -'.partiel'.length))?.[1];
    if (pid !== undefined && !isVivant(Number(pid))) await disque.remove(join(dossier, fichier));
  }
}

function isVivant(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return codeSysteme(cause) !== 'ESRCH';
  }
}

/** La cause dite avec le nom que la personne a donné, jamais celui d'un fichier provisoire. */
export function explainEcriture(cause: unknown, cible: string, signal: AbortSignal | undefined): unknown {
  if (cause instanceof ErreurCus) return cause;
  if (signal?.aborted) return invalide('annule', `L’écriture de « ${cible} » a été annulée.`, 'Rien n’a été changé ; la relancer au besoin.');
  const code = codeSysteme(cause);
  if (code === null) return cause;
  const ou = dirname(cible);
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return invalide('disque-plein', `La place manque pour écrire « ${cible} ».`, 'Libérer de la place ou choisir un autre répertoire, puis recommencer : rien n’a été changé.');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return invalide('ecriture-refusee', `« ${cible} » ne peut pas être écrit : l’accès à « ${ou} » est refusé.`, 'Choisir un répertoire où l’écriture est permise : rien n’a été changé.');
    case 'ENOENT':
    case 'ENOTDIR':
      return invalide('repertoire-absent', `« ${cible} » ne peut pas être écrit : le répertoire « ${ou} » n’existe pas.`, 'Le créer ou choisir un autre répertoire, puis recommencer.');
    default:
      return invalide('ecriture-impossible', `« ${cible} » n’a pas pu être écrit (${code}).`, 'Vérifier le disque ou choisir un autre répertoire, puis recommencer : rien n’a été changé.');
  }
}
