import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEmpreintes, writeEmpreintes } from '../../../electron/paquet/empreintes.ts';
import { isNotreManifeste, parseManifeste, writeManifeste } from '../../../electron/paquet/manifeste.ts';
import { findDefautNoms } from '../../../electron/paquet/noms-entrees.ts';
import { ErreurXml } from '../../../electron/paquet/xml.ts';

const sha = (texte: string): Buffer => createHash('sha256').update(texte).digest();
const references = fc
  .uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 })
  .filter((noms) => findDefautNoms(noms) === null)
  .map((noms) => noms.map((nom) => ({ nom, empreinte: sha(nom) })));

describe('manifeste ASiC-E', () => {
  it('relit ce qu’il écrit, quel que soit le nom', () => {
    fc.assert(
      fc.property(references, (refs) => {
        const octets = writeManifeste(refs);
        const lu = parseManifeste(octets);
        expect(lu).toEqual({ signature: 'META-INF/signature.p7s', references: refs.map((r) => ({ ...r, algorithme: 'sha256' })) });
        expect(isNotreManifeste('META-INF/ASiCManifest.xml', octets, lu)).toBe(true);
      }),
    );
  });

  const bon = writeManifeste([{ nom: 'a.txt', empreinte: sha('a') }]).toString();
  it.each([
    ['autre racine', bon.replaceAll('asic:ASiCManifest', 'asic:Manifest')],
    ['autre espace de noms', bon.replace('02918/v1.2.1', '02918/v9')],
    ['sans signature', bon.replace(/ {2}<asic:SigReference.*\n/, '')],
    ['deux signatures', bon.replace(/( {2}<asic:SigReference.*\n)/, '$1$1')],
    ['sans fichier', bon.replace(/ {2}<asic:DataObjectReference[^]*<\/asic:DataObjectReference>\n/, '')],
    ['fichier deux fois', bon.replace(/( {2}<asic:DataObjectReference[^]*<\/asic:DataObjectReference>\n)/, '$1$1')],
    ['SHA-1', bon.replace('http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2000/09/xmldsig#sha1')],
    ['MD5', bon.replace('http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmldsig-more#md5')],
    ['empreinte mal écrite', bon.replace('</ds:DigestValue>', '*</ds:DigestValue>')],
    ['adresse mal écrite', bon.replace('a.txt', '%zz')],
    ['sans adresse', bon.replace(' URI="a.txt"', '')],
  ])('refuse : %s', (_, xml) => {
    expect(xml).not.toBe(bon);
    expect(() => parseManifeste(Buffer.from(xml))).toThrow(ErreurXml);
  });
});

describe('empreintes d’un paquet non signé', () => {
  it('relit ce qu’il écrit et voit tout bit changé', () => {
    fc.assert(
      fc.property(references, fc.nat(), (refs, n) => {
        const octets = writeEmpreintes(refs);
        expect(parseEmpreintes(octets)).toEqual(refs.map((r) => ({ ...r, algorithme: 'sha256' })));
        const altere = Buffer.from(octets);
        const bit = n % (octets.length * 8);
        altere.writeUInt8(altere.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(parseEmpreintes(altere)).toBeNull();
      }),
    );
  });
});
