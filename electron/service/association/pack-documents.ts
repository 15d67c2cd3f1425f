import type { DonneesPack } from '../../../shared/paquet/pack.ts';
import { writePackXlsx } from '../../documents/pack.ts';
import { writePackPdf } from '../../documents/pack-pdf.ts';
import type { Fichier } from '../../paquet/index.ts';

/** Le PDF puis le classeur de chaque pack, dans l'ordre donné. */
export async function buildPacks(packs: readonly DonneesPack[], suivre: (fait: number, total: number) => void): Promise<Fichier[]> {
  const fichiers: Fichier[] = [];
  for (const [rang, pack] of packs.entries()) {
    suivre(rang, packs.length);
    fichiers.push({ nom: `${pack.personne.code}.pdf`, octets: await writePackPdf(pack) }, { nom: `${pack.personne.code}.xlsx`, octets: await writePackXlsx(pack) });
  }
  return fichiers;
}
