import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openPaquet, readEntry, verifyPaquet } from '../../../electron/paquet/index.ts';
import { INSTANT, codeOf } from './aides/outils.ts';
import { forgeZip, type Archive, type EntreeForgee } from './aides/zip.ts';

const a: EntreeForgee = { nom: 'a.txt', octets: Buffer.from('bonjour') };
const extra = (id: number, donnees: Buffer): Buffer => {
  const tete = Buffer.alloc(4);
  tete.writeUInt16LE(id, 0);
  tete.writeUInt16LE(donnees.length, 2);
  return Buffer.concat([tete, donnees]);
};

const DATES = extra(0x5455, Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0]));
const secondNom = (brut: string, nom: string): Buffer => {
  const somme = Buffer.alloc(5);
  somme[0] = 1;
  somme.writeUInt32LE(crc32(Buffer.from(brut)), 1);
  return extra(0x7075, Buffer.concat([somme, Buffer.from(nom)]));
};

const refuses: [string, EntreeForgee[], Archive?][] = [
  ['nom avec ..', [{ ...a, nom: '../a.txt' }]],
  ['nom absolu', [{ ...a, nom: '/etc/passwd' }]],
  ['lecteur Windows', [{ ...a, nom: 'C:/a.txt' }]],
  ['barre inverse', [{ ...a, nom: 'a\\b' }]],
  ['caractère nul', [{ ...a, nom: 'a\0.txt' }]],
  ['caractère de contrôle hors UTF-8', [{ ...a, nom: Buffer.from([0x61, 0x07]), drapeaux: 0 }]],
  ['sens d’écriture', [{ ...a, nom: 'a\u202Etxt.exe' }]],
  ['UTF-8 faux', [{ ...a, nom: Buffer.from([0x61, 0xff]) }]],
  ['doublon', [a, a]],
  ['doublon par la casse', [a, { ...a, nom: 'A.TXT' }]],
  ['doublon par la forme', [{ ...a, nom: 'é' }, { ...a, nom: 'e\u0301' }]],
  ['second nom Unicode', [{ ...a, extra: extra(0x7075, Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), Buffer.from('b.txt')])) }]],
  ['second nom Unicode sans sa somme', [{ ...a, extra: extra(0x7075, Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), Buffer.from('a.txt')])) }]],
  ['second nom Unicode hors ASCII', [{ ...a, nom: 'é.txt', extra: secondNom('é.txt', 'é.txt') }]],
  ['second nom Unicode d’une autre casse', [{ ...a, extra: secondNom('a.txt', 'A.txt') }]],
  ['commentaire Unicode', [{ ...a, extra: extra(0x6375, Buffer.from([1, 0, 0, 0, 0, 0x61])) }]],
  ['champ supplémentaire plus long que sa place', [{ ...a, extra: Buffer.from([0x55, 0x54, 9, 0, 3, 0]) }]],
  ['octets cachés après un champ supplémentaire', [{ ...a, extra: Buffer.concat([DATES, Buffer.from('xyz')]) }]],
  ['ZIP64', [{ ...a, extra: extra(1, Buffer.alloc(16)) }]],
  ['chiffré', [{ ...a, drapeaux: 0x0801 }]],
  ['procédé inconnu', [{ ...a, methode: 12 }]],
  ['nom local différent', [{ ...a, local: { nom: 'b.txt' } }]],
  ['CRC local différent', [{ ...a, local: { crc: 1 } }]],
  ['taille compressée locale différente', [{ ...a, local: { compresse: 3 } }]],
  ['taille locale différente', [{ ...a, local: { taille: 3 } }]],
  ['procédé local différent', [{ ...a, local: { methode: 8 } }]],
  ['drapeaux locaux différents', [{ ...a, local: { drapeaux: 0 } }]],
  ['descripteur contraire', [{ ...a, descripteur: true, local: { crc: 1 } }]],
  ['tailles contraires sans compression', [{ ...a, tailleAnnoncee: 9 }]],
  ['dossier qui porte un contenu', [{ ...a, nom: 'd/' }]],
  ['octets avant', [a], { debut: Buffer.from('MZ') }],
  ['octets entre', [a, { ...a, nom: 'b.txt', avant: Buffer.from('caché') }]],
  ['octets avant le répertoire', [a], { avantRepertoire: Buffer.from('caché') }],
  ['octets après', [a], { fin: Buffer.from('caché') }],
  ['commentaire', [a], { commentaire: 'PK' }],
  ['nombre d’entrées faux', [a], { nombre: 2 }],
  ['répertoire décalé', [a], { decalage: 1 }],
  ['trop d’entrées', Array.from({ length: 1001 }, (_, i) => ({ ...a, nom: `f${i}` }))],
  ['contenu annoncé trop grand', [{ ...a, deflate: true, tailleAnnoncee: 200_000_001 }]],
];

describe('ZIP hostiles', () => {
  it('lit un ZIP forgé sain, descripteur et dossier compris', async () => {
    const zip = forgeZip([{ nom: 'd/' }, { ...a, nom: 'd/a.txt', deflate: true, descripteur: true }, a]);
    const paquet = await openPaquet(zip);
    expect([...paquet.entrees.keys()]).toEqual(['d/a.txt', 'a.txt']);
    expect(Buffer.from(await readEntry(paquet, 'd/a.txt')).toString()).toBe('bonjour');
  });

  it.each([
    ['dates et propriétaire Unix', Buffer.concat([DATES, extra(0x7875, Buffer.from([1, 4, 0, 0, 0, 0, 4, 0, 0, 0, 0]))])],
    ['anciennes dates Unix', extra(0x5855, Buffer.alloc(8))],
    ['dates de Windows', extra(0x000a, Buffer.alloc(32))],
    ['bourrage', Buffer.concat([DATES, Buffer.alloc(3)])],
    ['nom répété', secondNom('a.txt', 'a.txt')],
  ])('lit malgré des champs supplémentaires sans conséquence : %s', async (_, champs) => {
    const paquet = await openPaquet(forgeZip([{ ...a, extra: champs }]));
    expect(Buffer.from(await readEntry(paquet, 'a.txt')).toString()).toBe('bonjour');
  });

  it.each(refuses)('refuse : %s', async (_, entrees, archive) => {
    const zip = forgeZip(entrees, archive);
    expect(await codeOf(() => openPaquet(zip))).toBe('paquet-illisible');
    expect(await verifyPaquet(zip, { instant: INSTANT })).toEqual({ verdict: 'illisible', signataires: [], fichiers: [], ecarts: [], raison: expect.stringMatching(/^(?:\p{Lu}|« ).*\.$/u) as string });
  });

  it.each([
    ['vide', Buffer.alloc(0)],
    ['texte', Buffer.from('ceci n’est pas un ZIP, mais un texte assez long')],
    ['ZIP tronqué', forgeZip([a]).subarray(0, -1)],
    ['début de ZIP', forgeZip([a]).subarray(0, 40)],
  ])('refuse ce qui n’est pas un ZIP : %s', async (_, octets) => expect(await codeOf(() => openPaquet(octets))).toBe('paquet-illisible'));

  it('compte les octets vraiment décompressés, non ceux annoncés', async () => {
    const bombe = deflateRawSync(Buffer.alloc(5_000_000));
    const menteur = await openPaquet(forgeZip([{ nom: 'b', methode: 8, compresse: bombe, tailleAnnoncee: 10, crc: 0 }]));
    expect(await codeOf(() => readEntry(menteur, 'b'))).toBe('entree-alteree');
    const honnete = await openPaquet(forgeZip([{ nom: 'b', octets: Buffer.alloc(5_000_000), deflate: true }]));
    expect(await codeOf(() => readEntry(honnete, 'b'))).toBe('paquet-illisible');
  });

  it('admet un fort rapport sous 1 Mo', async () => {
    const paquet = await openPaquet(forgeZip([{ nom: 'b', octets: Buffer.alloc(999_999), deflate: true }]));
    expect((await readEntry(paquet, 'b')).length).toBe(999_999);
  });

  it('additionne les entrées dans la limite d’octets', async () => {
    const zip = forgeZip([a, { ...a, nom: 'b.txt' }]);
    expect(await codeOf(() => openPaquet(zip, { limites: { octets: 13 } }))).toBe('paquet-illisible');
    expect((await openPaquet(zip, { limites: { octets: 14 } })).entrees.size).toBe(2);
  });

  it('s’arrête au temps permis et à l’annulation', async () => {
    const paquet = await openPaquet(forgeZip([a]), { limites: { delaiMs: 0 } });
    expect(await codeOf(() => readEntry(paquet, 'a.txt'))).toBe('paquet-illisible');
    await expect(openPaquet(forgeZip([a]), { signal: AbortSignal.abort() })).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });

  it('voit des octets cachés après le flux compressé', async () => {
    const compresse = Buffer.concat([deflateRawSync(Buffer.from('bonjour')), Buffer.from('caché')]);
    const paquet = await openPaquet(forgeZip([{ ...a, methode: 8, compresse }]));
    expect(await codeOf(() => readEntry(paquet, 'a.txt'))).toBe('entree-alteree');
  });

  it('dit un fichier absent, un dossier, une entrée absente', async () => {
    expect(await codeOf(() => openPaquet('/dossier-qui-n-existe-pas/p.asice'))).toBe('fichier-absent');
    expect(await codeOf(() => openPaquet('/'))).toBe('fichier-illisible');
    const paquet = await openPaquet(forgeZip([a]));
    expect(await codeOf(() => readEntry(paquet, 'A.txt'))).toBe('entree-absente');
  });
});
