import { closeSync, copyFileSync, constants, existsSync, fsyncSync, linkSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { invalide } from '../../../shared/erreurs.ts';
import { openPaquet, readEntry } from '../../paquet/index.ts';
import { FICHIERS } from '../../../shared/paquet/noms.ts';
import { removeDepot } from '../../store/depots.ts';
import type { DepotGarde } from '../../store/depots.ts';
import type { Base } from '../../store/base.ts';
import { empreinteDe } from './donnees.ts';

/** Ce qui nomme un paquet à placer. */
type APlacer = Pick<DepotGarde, 'paquet' | 'empreinte'>;

/**
 * Un paquet est d'abord écrit entier sous ce nom d'attente, puis le dépôt est enregistré dans le
 * dossier, puis le paquet prend son nom. Coupé entre les deux derniers pas, le dépôt est connu et son
 * paquet est là : `finishDepots` n'a plus qu'à lui donner son nom.
 */
export function nomAttente({ paquet, empreinte }: APlacer): string {
  return join(dirname(paquet), `${debutAttente(paquet)}${empreinte.slice(0, 16)}.attente${extname(paquet)}`);
}

const debutAttente = (paquet: string): string => `.${basename(paquet, extname(paquet))}.`;

/** Donne au paquet son nom ; le fichier de même nom qui y serait est gardé sous un autre. */
export function placePaquet(depot: APlacer): void {
  if (existsSync(depot.paquet)) keepPrecedent(depot.paquet);
  renameSync(nomAttente(depot), depot.paquet);
  syncRepertoire(dirname(depot.paquet));
}

/** Retire ce qu'un dépôt coupé avant d'être enregistré a laissé sous le même nom. */
export function removeRestes(paquet: string): void {
  for (const nom of readdirSync(dirname(paquet))) {
    if (nom.startsWith(debutAttente(paquet)) && nom.includes('.attente.')) rmSync(join(dirname(paquet), nom), { force: true });
  }
}

function keepPrecedent(paquet: string): void {
  const extension = extname(paquet);
  for (let n = 1; ; n += 1) {
    const vers = `${paquet.slice(0, -extension.length)}.precedent-${n}${extension}`;
    if (existsSync(vers)) continue;
    try {
      linkSync(paquet, vers);
    } catch {
      // Système de fichiers sans liens.
      copyFileSync(paquet, vers, constants.COPYFILE_EXCL);
    }
    return;
  }
}

function syncRepertoire(repertoire: string): void {
  // Windows n'ouvre pas les répertoires ; son renommage est journalisé.
  if (process.platform === 'win32') return;
  const ouvert = openSync(repertoire, 'r');
  try {
    fsyncSync(ouvert);
  } finally {
    closeSync(ouvert);
  }
}

/** Donne leur nom aux paquets de dépôts enregistrés qu'une coupure a laissés en attente. */
export async function finishDepots(depots: readonly DepotGarde[]): Promise<void> {
  for (const depot of depots) {
    const attente = nomAttente(depot);
    if (existsSync(depot.paquet) || !existsSync(attente)) continue;
    if ((await readEmpreinte(attente)) === depot.empreinte) placePaquet(depot);
  }
}

async function readEmpreinte(paquet: string): Promise<string | null> {
  try {
    return empreinteDe(await readEntry(await openPaquet(paquet), FICHIERS.donnees));
  } catch {
    return null;
  }
}

/** Défait un dépôt enregistré dont le paquet n'a pas pu prendre son nom, et dit pourquoi. */
export function undoDepot(base: Base, depot: DepotGarde, par: { qui: string; quand: string }, cause: unknown): never {
  removeDepot(base, depot, par);
  rmSync(nomAttente(depot), { force: true });
  throw invalide(
    'paquet-non-place',
    `Le paquet n’a pas pu prendre sa place, « ${depot.paquet} »${cause instanceof Error ? ` (${cause.message})` : ''}.`,
    'Vérifier le répertoire, puis recommencer : le dépôt n’a pas été enregistré.',
  );
}
