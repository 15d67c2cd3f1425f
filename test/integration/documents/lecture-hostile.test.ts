import { describe, expect, it } from 'vitest';
import { writeXlsx as writeHucre } from 'hucre/xlsx';
import { readZip, writeZip } from '../../../electron/documents/archive.ts';
import { buildAvis, readAvis, readXlsx } from '../../../electron/documents/index.ts';
import { ErreurCus } from '../../../shared/erreurs.ts';
import { donneesExemple } from '../../aides/donnees.ts';

const texte = (s: string): Uint8Array => new TextEncoder().encode(s);
const avis = await buildAvis(donneesExemple(), 'a'.repeat(64));

/** Le même classeur, une entrée changée ou ajoutée. */
async function forge(nom: string, octets: Uint8Array): Promise<Uint8Array> {
  const contenu = new Map(await readZip(avis));
  contenu.set(nom, octets);
  return writeZip([...contenu].map(([n, o]) => ({ nom: n, octets: o })));
}

/** Change un nom d'entrée partout dans l'archive, à longueur égale. */
function rename(avant: string, apres: string): Uint8Array {
  return new Uint8Array(Buffer.from(Buffer.from(avis).toString('latin1').replaceAll(avant, apres), 'latin1'));
}

async function codeOf(octets: Uint8Array): Promise<string> {
  return await readAvis(octets).then(() => 'accepté', (e: unknown) => (e instanceof ErreurCus ? `${e.erreur.code}/${e.erreur.sortie}` : `inattendu : ${String(e)}`));
}

describe('un fichier qui n’est pas un classeur sain', () => {
  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ['vide', () => new Uint8Array(), 'classeur-illisible/2'],
    ['un texte', () => texte('SIREN;732829320'), 'classeur-illisible/2'],
    ['un ZIP sans classeur', () => writeZip([{ nom: 'a.txt', octets: texte('a') }]), 'classeur-illisible/2'],
    ['tronqué', () => avis.slice(0, avis.length - 200), 'classeur-illisible/2'],
    ['des octets au hasard au milieu', () => avis.map((o, i) => (i > 600 && i < 900 ? (o * 7 + i) & 255 : o)), 'classeur-illisible/2'],
    ['un XML coupé', () => forge('xl/workbook.xml', texte('<workbook><sheets>')), 'classeur-illisible/2'],
    ['une bombe', () => forge('xl/media/a.bin', new Uint8Array(40 * 2 ** 20)), 'classeur-refuse/2'],
    ['un DOCTYPE', () => forge('xl/sharedStrings.xml', texte('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><sst>&b;</sst>')), 'classeur-refuse/2'],
    ['un nom qui remonte', () => rename('xl/styles.xml', '../styles.xml'), 'classeur-illisible/2'],
    ['trop d’entrées', () => writeZip(Array.from({ length: 1001 }, (_, i) => ({ nom: `${i}.xml`, octets: texte('a') }))), 'classeur-refuse/2'],
  ])('%s est refusé', async (_, faire, attendu) => {
    expect(await codeOf(await faire())).toBe(attendu);
  });
});

describe('readXlsx', () => {
  it('rend des textes : nombres exacts, dates, pourcentages, booléens, formules à leur résultat', async () => {
    const cells = new Map([
      ['0,0', { value: 1234.5 }], ['0,1', { value: 0.125, style: { numFmt: '0.0%' } }], ['0,2', { value: 0.07, style: { numFmt: '0%' } }],
      ['0,3', { value: 12.5, style: { numFmt: '0.00" %"' } }], ['0,4', { value: new Date(Date.UTC(2026, 11, 31)) }], ['0,5', { value: true }],
      ['0,6', { formula: 'A1*2', formulaResult: 2469 }], ['0,7', { value: 1e21 }], ['0,8', { value: 1.5e-7 }], ['0,9', { value: '007' }], ['0,10', { value: null }],
      ['1,1', { value: 1.1, style: { numFmt: '0%' } }],
    ]);
    const octets = new Uint8Array(await writeHucre({ sheets: [{ name: 'Une', rows: [], cells }, { name: 'Vide', rows: [] }] }));
    expect(await readXlsx(octets)).toEqual([
      { nom: 'Une', lignes: [['1234.5', '12.5 %', '7 %', '12.5', '2026-12-31', 'VRAI', '2469', '1000000000000000000000', '0.00000015', '007'], ['', '110 %']] },
      { nom: 'Vide', lignes: [] },
    ]);
  });
});
