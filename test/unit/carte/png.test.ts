import { deflateSync } from 'node:zlib';
import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { FORMATS, tailleFeuille, type Format } from '../../../shared/domain/carte/dessin.ts';
import { isPng, sizePng } from '../../../shared/domain/carte/png.ts';

const bloc = (genre: string, donnees: Buffer): Buffer => {
  const corps = Buffer.concat([Buffer.from(genre, 'latin1'), donnees]);
  const [longueur, somme] = [Buffer.alloc(4), Buffer.alloc(4)];
  longueur.writeUInt32BE(donnees.length);
  somme.writeUInt32BE(crc32(corps));
  return Buffer.concat([longueur, corps, somme]);
};
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function image(largeur: number, hauteur: number, ...autres: Buffer[]): Buffer {
  const entete = Buffer.alloc(13);
  entete.writeUInt32BE(largeur, 0);
  entete.writeUInt32BE(hauteur, 4);
  entete.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([SIGNATURE, bloc('IHDR', entete), ...autres, bloc('IDAT', deflateSync(Buffer.alloc(8))), bloc('IEND', Buffer.alloc(0))]);
}

/** Genre et contenu de chaque bloc ; lève si une somme de contrôle est fausse. */
function lire(octets: Buffer): [string, Buffer][] {
  const blocs: [string, Buffer][] = [];
  for (let i = 8; i < octets.length; ) {
    const n = octets.readUInt32BE(i);
    if (crc32(octets.subarray(i + 4, i + 8 + n)) !== octets.readUInt32BE(i + 8 + n)) throw new Error('somme fausse');
    blocs.push([octets.toString('latin1', i + 4, i + 8), octets.subarray(i + 8, i + 8 + n)]);
    i += 12 + n;
  }
  return blocs;
}

it.each(['A4', 'A3'] as Format[])('une image %s s’imprime à la taille de sa feuille, donc à l’échelle qu’elle porte', (format) => {
  const [l, h] = FORMATS[format].map((points) => Math.round((points / 72) * 200));
  // Un pHYs d'avant (72 points par pouce) est remplacé.
  const faux = Buffer.alloc(9);
  faux.writeUInt32BE(2835, 0);
  const blocs = lire(Buffer.from(sizePng(image(l ?? 0, h ?? 0, bloc('pHYs', faux)), tailleFeuille(format))));
  expect(blocs.map(([genre]) => genre)).toEqual(['IHDR', 'pHYs', 'IDAT', 'IEND']);
  const phys = blocs[1]?.[1] ?? Buffer.alloc(9);
  expect(phys[8]).toBe(1);
  const metres = [(l ?? 0) / phys.readUInt32BE(0), (h ?? 0) / phys.readUInt32BE(4)];
  const papier = format === 'A4' ? [0.297, 0.21] : [0.42, 0.297];
  // Un trait d'un centimètre de carte fait un centimètre de papier, à un dix-millième près.
  for (const [i, m] of metres.entries()) expect(Math.abs(m / (papier[i] ?? 1) - 1)).toBeLessThan(1e-4);
});

it('ce qui n’est pas un PNG se voit', () => {
  expect([isPng(image(1, 1)), isPng(Buffer.from('bonjour')), isPng(Buffer.alloc(0))]).toEqual([true, false, false]);
});
