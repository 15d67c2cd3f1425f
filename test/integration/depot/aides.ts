import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPaquet, readEntry } from '../../../electron/paquet/index.ts';
import { fillChamps, fillEngagements, fillServiceRendu, importParc } from '../../../electron/service/demonstration-etapes.ts';
import { bailleurDemonstration } from '../../../electron/demo/index.ts';
import { essaiService } from '../../aides/service.ts';
import { preparer } from '../cli/aides/cus.ts';
import type { EssaiService } from '../../aides/service.ts';

export const SIREN = bailleurDemonstration.siren;

let modele: Promise<Buffer> | null = null;

/** Octets d'un dossier prêt à déposer, fait une fois par fichier d'essais. */
export function modeleDossier(): Promise<Buffer> {
  modele ??= build();
  return modele;
}

async function build(): Promise<Buffer> {
  const repertoire = mkdtempSync(join(tmpdir(), 'cus-modele-'));
  const chemin = join(repertoire, 'modele.cus');
  try {
    await preparer(repertoire, async (faire) => {
      await faire('dossier.creer', { chemin, siren: SIREN, nom: bailleurDemonstration.nom, nature: 'OPH', effet: bailleurDemonstration.effet });
      await fillChamps(faire);
      await importParc(faire, repertoire);
      await fillServiceRendu(faire);
      await fillEngagements(faire);
    });
    return readFileSync(chemin);
  } finally {
    rmSync(repertoire, { recursive: true, force: true });
  }
}

/** Un dossier prêt à déposer, ouvert. */
export async function essaiDossier(options: { maintenant?: () => Date } = {}): Promise<EssaiService & { chemin: string; envoi: string }> {
  const essai = essaiService(options);
  const chemin = join(essai.repertoire, 'littoral.cus');
  writeFileSync(chemin, await modeleDossier());
  await essai.faire('dossier.ouvrir', { chemin });
  return { ...essai, chemin, envoi: join(essai.repertoire, 'envoi') };
}

/** Chaque entrée d'un paquet et l'empreinte de ses octets, dans l'ordre de l'archive. */
export async function entrees(chemin: string): Promise<[string, string][]> {
  const paquet = await openPaquet(chemin);
  const lues: [string, string][] = [];
  for (const nom of paquet.entrees.keys()) lues.push([nom, createHash('sha256').update(await readEntry(paquet, nom)).digest('hex')]);
  return lues;
}

export async function lireJson(paquet: string, nom: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await readEntry(await openPaquet(paquet), nom)));
}
