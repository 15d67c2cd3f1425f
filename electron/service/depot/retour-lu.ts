import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { invalide } from '../../../shared/erreurs.ts';
import { DonneesRetour } from '../../../shared/paquet/donnees.ts';
import { FICHIERS, RETOUR } from '../../../shared/paquet/noms.ts';
import { openPaquet, readEntry, verifyPaquet } from '../../paquet/index.ts';
import type { Paquet } from '../../paquet/index.ts';
import { requireIntegre } from './paquet-lu.ts';

export type RetourLu = Pick<DonneesRetour, 'siren' | 'nomOrganisme' | 'version' | 'empreinte' | 'avis' | 'auteur' | 'date' | 'observations'> & {
  /** Ce que le fichier contient et qui n'est pas une remarque sûre. */
  refusees: { ligne: number; raison: string }[];
};

/**
 * Lit un Retour : avis.xlsx rempli, ou paquet RETOUR intègre. Reconnu à son contenu, non à son nom.
 * Erreurs : « retour-illisible », « retour-est-un-depot », celles du paquet et d'avis.xlsx.
 */
export async function readRetour(chemin: string, instant: Date, signal: AbortSignal): Promise<RetourLu> {
  const octets = await readFile(chemin);
  if (octets[0] !== 0x50 || octets[1] !== 0x4b) throw illisible(chemin, 'ce n’est ni un classeur .xlsx ni un paquet');
  assertPasOds(chemin, octets);
  const paquet = await openPaquet(octets, { nom: basename(chemin), signal });
  if (paquet.entrees.has('[Content_Types].xml')) {
    const { readAvis } = await import('../../documents/avis.ts');
    const { organisme, ...avis } = await readAvis(octets);
    return { ...avis, nomOrganisme: organisme };
  }
  requireIntegre(chemin, await verifyPaquet(paquet, { instant, signal }));
  return { ...(await readRetourScelle(chemin, paquet, signal)), refusees: [] };
}

async function readRetourScelle(chemin: string, paquet: Paquet, signal: AbortSignal): Promise<DonneesRetour> {
  if (!paquet.entrees.has(RETOUR)) {
    if (paquet.entrees.has(FICHIERS.donnees)) {
      throw invalide('retour-est-un-depot', `« ${chemin} » est le paquet d’un dépôt, non un Retour.`, 'Choisir avis.xlsx rempli par l’instructeur, ou le paquet RETOUR_… reçu.');
    }
    throw illisible(chemin, `${RETOUR} n’y est pas`);
  }
  try {
    return DonneesRetour.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await readEntry(paquet, RETOUR, signal))));
  } catch (e) {
    signal.throwIfAborted();
    throw illisible(chemin, e instanceof SyntaxError ? `${RETOUR} n’est pas du JSON` : `${RETOUR} n’a pas une forme connue`);
  }
}

/** Un classeur OpenDocument commence par son type, non compressé : il ne se lit pas, mais se convertit. */
function assertPasOds(chemin: string, octets: Uint8Array): void {
  if (!Buffer.from(octets.subarray(30, 110)).toString('latin1').startsWith('mimetypeapplication/vnd.oasis.opendocument')) return;
  throw invalide('retour-ods', `« ${chemin} » est un classeur OpenDocument (.ods) : l’avis se lit au format XLSX.`, 'L’ouvrir avec le tableur, l’enregistrer au format XLSX, puis donner ce fichier.');
}

const illisible = (chemin: string, raison: string) =>
  invalide('retour-illisible', `« ${chemin} » n’est pas un Retour : ${raison}.`, 'Choisir avis.xlsx rempli par l’instructeur, ou le paquet RETOUR_… reçu.');
