import { utils, write } from '@e965/xlsx';
import type { BookType, WorkSheet } from '@e965/xlsx';
import { fromBufferPromise } from 'yauzl';
import { writeZip } from '../../electron/documents/archive.ts';

/** Un classeur de ces feuilles, dans le format voulu. */
export function classeur(feuilles: Readonly<Record<string, WorkSheet>>, bookType: BookType = 'xlsx', date1904 = false): Uint8Array {
  const livre = utils.book_new();
  for (const [nom, feuille] of Object.entries(feuilles)) utils.book_append_sheet(livre, feuille, nom);
  if (date1904) livre.Workbook = { WBProps: { date1904 } };
  return write(livre, { type: 'buffer', bookType }) as Uint8Array;
}

/** Le même classeur, chaque partie XML récrite par `changer`. */
export async function retoucher(octets: Uint8Array, changer: (nom: string, xml: string) => string): Promise<Uint8Array> {
  const zip = await fromBufferPromise(Buffer.from(octets));
  const entrees: { nom: string; octets: Buffer }[] = [];
  for await (const entree of zip.eachEntry()) {
    const morceaux: Buffer[] = [];
    for await (const m of await zip.openReadStreamPromise(entree)) morceaux.push(m as Buffer);
    const contenu = Buffer.concat(morceaux);
    entrees.push({ nom: entree.fileName, octets: /\.(?:xml|rels)$/.test(entree.fileName) ? Buffer.from(changer(entree.fileName, contenu.toString('utf8'))) : contenu });
  }
  return writeZip(entrees);
}
