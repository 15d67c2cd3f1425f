import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import fc from 'fast-check';
import { writeXlsx, writeXlsxStream } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeZip } from '../../../electron/documents/archive.ts';
import { Feuille } from '../../../electron/import/tableau/xlsx/feuille.ts';
import { TextesPartages } from '../../../electron/import/tableau/xlsx/partages.ts';
import { ErreurCus } from '../../../shared/erreurs.ts';
import { classeurXml, feuilleXml, lireParBibliotheque, lireParImport, partiesXlsx } from '../../aides/feuille-xlsx.ts';
import type { Parties } from '../../aides/feuille-xlsx.ts';
import { saveWithLibreOffice } from '../documents/aides/tableur.ts';

let repertoire: string;
beforeAll(() => void (repertoire = mkdtempSync(join(tmpdir(), 'xlsx-'))));
afterAll(() => rmSync(repertoire, { recursive: true, force: true }));

function deposer(octets: Uint8Array): string {
  const chemin = join(repertoire, 'c.xlsx');
  writeFileSync(chemin, octets);
  return chemin;
}

const sansFormules = (lues: Awaited<ReturnType<typeof lireParImport>>) => lues.map(({ ligne, cellules }) => ({ ligne, cellules }));

/** Lu pareil par l'import et par la bibliothèque, feuille par feuille. */
async function comparer(octets: Uint8Array, feuilles: readonly string[] = ['F']): Promise<void> {
  const chemin = deposer(octets);
  for (const f of feuilles) expect(sansFormules(await lireParImport(chemin, f))).toEqual(await lireParBibliotheque(octets, f));
}

const texte = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).map((t) => t.replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd]/gu, '')),
  fc.constantFrom('01001', 'Les Cèdres', ' é ', '<a & "b">', "l'été", '&amp;', '_x0041_', '_x000D_', '=1+1', '2,00E+04', 'x'.repeat(60), '\u00a0', 'T3\nduplex', '😀'),
);
const valeur = fc.oneof(
  { weight: 4, arbitrary: texte },
  { weight: 2, arbitrary: fc.integer() },
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 0, max: 200_000 }).map((n) => n / 100),
  fc.boolean(),
  fc.date({ min: new Date('1905-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
  { weight: 2, arbitrary: fc.constant(null) },
);
const grille = fc.array(fc.array(valeur, { maxLength: 30 }), { minLength: 1, maxLength: 12 });

describe('un XLSX se lit comme par la bibliothèque', () => {
  it('écrit par elle, d’un bloc ou en flux', async () => {
    await fc.assert(
      fc.asyncProperty(grille, async (rows) => {
        await comparer(new Uint8Array(await writeXlsx({ sheets: [{ name: 'F', rows }, { name: 'G & Cie', rows: rows.toReversed() }] })), ['F', 'G & Cie']);
        await comparer(new Uint8Array(await new Response(writeXlsxStream(rows, { name: 'F' })).arrayBuffer()));
      }),
      { numRuns: 40 },
    );
  });

  it('écrit par une autre, textes partagés ou non', async () => {
    await fc.assert(
      fc.asyncProperty(grille, fc.boolean(), fc.boolean(), async (rows, bookSST, date1904) => {
        const livre = utils.book_new();
        utils.book_append_sheet(livre, utils.aoa_to_sheet(rows, { UTC: true }), 'F');
        livre.Workbook = { WBProps: { date1904 } };
        await comparer(write(livre, { type: 'buffer', bookType: 'xlsx', bookSST }) as Uint8Array);
      }),
      { numRuns: 40 },
    );
  });

  it('enregistré par LibreOffice', async () => {
    const rows = [
      ['Identifiant', 'INSEE', 'Prix', 'Mise en service', 'Actif', 'Note'],
      ['L1', '01001', 412.5, new Date(Date.UTC(2024, 1, 29)), true, 'été & « hiver »\ndeux lignes'],
      [null, null, null, null, null, null],
      ['L2', '2A004', 1e-7, new Date(Date.UTC(1975, 0, 1)), false, '  des espaces  '],
      ['L3', '13055', 123_456_789_012, null, null, '<b>'],
    ];
    const octets = await saveWithLibreOffice(new Uint8Array(await writeXlsx({ sheets: [{ name: 'F', rows }] })));
    await comparer(octets);
    expect(sansFormules(await lireParImport(deposer(octets)))[1]).toEqual({ ligne: 2, cellules: ['L1', '01001', '412.5', '2024-02-29', 'VRAI', 'été & « hiver »\ndeux lignes'] });
  });

  it.each<[string, Partial<Parties> & { rangees: string }]>([
    ['des trous, des rangées et des cases sans référence', { rangees: '<row><c><v>1</v></c><c/><c r="E1"><v>2</v></c><c><v>3</v></c></row><row r="7"><c r="C7"><v>4</v></c></row><row><c><v>5</v></c></row>' }],
    ['des préfixes, des apostrophes, des espaces dans les balises', { rangees: '<x:row r=\'1\' ><x:c  s = "0"\n r=\'B1\' t=\'str\' ><x:v >a</x:v ></x:c ></x:row >' }],
    ['un « > » dans un attribut', { rangees: '<row r="1" a="x>y"><c r="A1" b=\'"/>\' t="str"><v>a</v></c></row>' }],
    ['CDATA, commentaires, instructions', { rangees: '<!-- <row> --><?p <row>?><row r="1"><c r="A1" t="str"><v>a<![CDATA[<&amp;>]]><!-- b -->c</v></c><c r="B1" t="inlineStr"><is><t>d<![CDATA[&lt;]]>e</t></is></c></row>' }],
    ['des références de caractères', { rangees: '<row r="1"><c r="A1" t="str"><v>&#233;&#xE9;&lt;&amp;amp;&inconnue;&#x110000;&#x1F600;</v></c></row>' }],
    ['des caractères échappés', { rangees: '<row r="1"><c r="A1" t="str"><v>a_x000A_b</v></c><c r="B1" t="inlineStr"><is><t>_x005F_x0041_</t></is></c></row>' }],
    ['des morceaux mis en forme', { rangees: '<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t xml:space="preserve"> Rue </t></r><r><t>du Port</t></r></is></c></row>' }],
    ['toutes les écritures d’un nombre', { rangees: `<row r="1">${['1', '007', '0.10', '1E3', '1.5e-7', '-5', '+5', '12345678901234567890', '0.1', '.5', '5.', '1e400', '0x10', 'abc', '412.50', '0', '00', '999999999999999', '9999999999999999'].map((v) => `<c><v>${v}</v></c>`).join('')}</row>` }],
    ['des erreurs, des booléens, des dates écrites', { rangees: '<row r="1"><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="b"><v>true</v></c><c t="d"><v>2024-05-02T00:00:00</v></c></row>' }],
    ['des formules à leur résultat', { rangees: '<row r="1"><c t="str"><f>A2&amp;"x"</f><v>ax</v></c><c><f t="shared" si="0">1+1</f><v>2</v></c><c t="str"><f>""</f><v></v></c><c><f>1</f></c><c><v>9</v></c></row>' }],
    ['des textes partagés de toute forme', {
      partages: '<sst><si><t>simple</t></si><si><t xml:space="preserve"> Bât. </t></si><si><r><t>Rue </t></r><r><rPr/><t>A&amp;B</t></r></si><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t/></si><si/><si><t>_x0041_&#233;</t></si></sst>',
      rangees: `<row r="1">${[0, 1, 2, 3, 4, 5, 6, 7, 99].map((i) => `<c t="s"><v>${i}</v></c>`).join('')}<c t="s"><v> 2 </v></c><c><v>1</v></c></row>`,
    }],
    ['des dates par leur style', {
      styles: '<styleSheet><numFmts count="4"><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/><numFmt numFmtId="165" formatCode="#,##0.00\\ &quot;mois&quot;"/><numFmt numFmtId="166" formatCode="[Red]0.0"/><numFmt numFmtId="167" formatCode="General"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"><alignment/></xf><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="22"/></cellXfs></styleSheet>',
      rangees: `<row r="1">${[0, 1, 2, 3, 4, 5, 6, 7].flatMap((s) => [45_414, 45_414.99999, 59, 60, 61].map((v) => `<c s="${s}"><v>${v}</v></c>`)).join('')}</row>`,
    }],
    ['des jours comptés depuis 1904', { date1904: true, styles: '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>', rangees: '<row><c s="0"><v>43952</v></c><c s="0"><v>0</v></c></row>' }],
    ['une rangée répétée, une case répétée', { rangees: '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row><row r="2"><c r="B2"><v>3</v></c></row>' }],
  ])('avec %s', async (_, { rangees, ...reste }) => {
    const octets = await classeurXml({ feuille: feuilleXml(rangees), ...reste });
    const attendu = await lireParBibliotheque(octets);
    expect(attendu.length).toBeGreaterThan(0);
    expect(sansFormules(await lireParImport(deposer(octets)))).toEqual(attendu);
  });
});

describe('là où la bibliothèque inventerait ou perdrait une valeur', () => {
  const lire = async (rangees: string, reste: Partial<Parties> = {}) => lireParImport(deposer(await classeurXml({ feuille: feuilleXml(rangees), ...reste })));

  it('une case sans valeur est vide, quel que soit son type', async () => {
    expect(await lire('<row r="1"><c t="s"/><c t="b"/><c t="s"><v></v></c><c><v> </v></c><c><v>1</v></c></row>', { partages: '<sst><si><t>premier</t></si></sst>' })).toEqual([
      { ligne: 1, cellules: ['', '', '', '', '1'], sansResultat: [] },
    ]);
  });

  it('une formule sans résultat se dit, une formule au résultat vide non', async () => {
    expect(await lire('<row r="1"><c r="B1"><f>1+1</f></c><c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f t="shared" si="0"/></c><c r="F1"><v>1</v></c></row>')).toEqual([
      { ligne: 1, cellules: ['', '', '', '', '', '1'], sansResultat: [1, 4] },
    ]);
  });

  it('une date hors du calendrier reste son nombre', async () => {
    expect(await lire('<row r="1"><c s="0"><v>9999999999</v></c></row>', { styles: '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>' })).toEqual([{ ligne: 1, cellules: ['9999999999'], sansResultat: [] }]);
  });
});

it('où que l’XML soit coupé, ses rangées sont les mêmes', () => {
  const partages = Buffer.from('<sst><si><t>été &amp; _x0041_</t></si><si><r><t>a</t></r><!-- - --><r><t><![CDATA[b>]]></t></r></si></sst>');
  const feuille = Buffer.from(feuilleXml('<row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>l’été &lt;</t></is></c></row><row r="12"><c r="B12"><v>12.5</v></c><c t="s"><v>0</v></c></row>'));
  const attendu = [{ ligne: 1, cellules: ['ab>', '', 'l’été <'] }, { ligne: 12, cellules: ['', '12.5', 'été & A'] }];
  for (let pas = 1; pas <= feuille.length; pas++) {
    const textes = new TextesPartages(partages.length);
    for (let i = 0; i < partages.length; i += pas) textes.donner(partages.subarray(i, i + pas));
    textes.finir();
    const lecteur = new Feuille({ partages: textes, dates: [], date1904: false });
    for (let i = 0; i < feuille.length; i += pas) lecteur.donner(feuille.subarray(i, i + pas));
    lecteur.finir();
    expect(lecteur.prendre().map(({ ligne, cellules }) => ({ ligne, cellules }))).toEqual(attendu);
  }
});

describe('un XLSX est refusé', () => {
  const RANGEE = '<row r="1"><c r="A1"><v>1</v></c></row>';
  const code = async (octets: Uint8Array): Promise<string> => {
    const chemin = deposer(octets);
    return lireParImport(chemin).then(() => 'lu', (e: unknown) => (e instanceof ErreurCus ? e.erreur.code : String(e)));
  };
  /** L'archive, un nombre de l'entrée de la feuille changé dans le répertoire central. */
  const truquer = async (decalage: number, changer: (n: number) => number): Promise<Uint8Array> => {
    const zip = Buffer.from(await classeurXml({ feuille: feuilleXml(RANGEE) }));
    const place = zip.lastIndexOf('xl/worksheets/sheet1.xml') - 46;
    zip.writeUInt32LE(changer(zip.readUInt32LE(place + decalage)), place + decalage);
    return zip;
  };

  it('dont l’archive ne dit rien de faux : lu', async () => expect(await code(await truquer(16, (n) => n))).toBe('lu'));
  it('à la somme de contrôle fausse', async () => expect(await code(await truquer(16, (n) => (n ^ 1) >>> 0))).toBe('classeur-illisible'));
  it('qui décompressé dépasse ce qu’il annonce', async () => expect(await code(await truquer(24, (n) => n - 1))).toBe('classeur-refuse'));
  it('plus court que ce qu’il annonce', async () => expect(await code(await truquer(24, (n) => n + 1))).toBe('classeur-illisible'));
  it('à la feuille coupée', async () => expect(await code(await classeurXml({ feuille: feuilleXml(RANGEE).slice(0, -20) }))).toBe('classeur-illisible'));
  it('à la feuille en UTF-16', async () => {
    const parties = partiesXlsx({ feuille: '' }).map((p) => (p.nom.endsWith('sheet1.xml') ? { ...p, octets: Buffer.from(`\ufeff${feuilleXml(RANGEE)}`, 'utf16le') } : p));
    expect(await code(await writeZip(parties))).toBe('classeur-illisible');
  });
  it('aux textes partagés coupés', async () => expect(await code(await classeurXml({ feuille: feuilleXml(RANGEE), partages: '<sst><si><t>a</t></si>' }))).toBe('classeur-illisible'));
  it.each(['feuille', 'partages'] as const)('qui déclare des entités (%s)', async (partie) => {
    const parties: Parties = { feuille: feuilleXml(RANGEE), partages: '<sst></sst>' };
    expect(await code(await classeurXml({ ...parties, [partie]: `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${parties[partie] ?? ''}` }))).toBe('classeur-refuse');
  });
  it('à une case démesurée', async () => {
    const bruit = Array.from({ length: 500_000 }, (_, i) => (i * 2_654_435_761).toString(36)).join('');
    expect(await code(await classeurXml({ feuille: feuilleXml(`<row r="1"><c t="str"><v>${bruit}</v></c></row>`) }))).toBe('classeur-refuse');
  });
  it('à une colonne au-delà de la dernière', async () => expect(await code(await classeurXml({ feuille: feuilleXml('<row r="1"><c r="XFE1"><v>1</v></c></row>') }))).toBe('classeur-illisible'));
});

it('une feuille de graphique est passée, les autres se lisent', async () => {
  const parties = partiesXlsx({ feuille: feuilleXml('<row r="1"><c><v>1</v></c></row>') }).map((p) =>
    p.nom === 'xl/workbook.xml' ? { ...p, octets: Buffer.from(p.octets.toString().replace('<sheets>', '<sheets><sheet name="Graphique" sheetId="2" r:id="rId3"/>')) } : p,
  );
  expect((await lireParImport(deposer(await writeZip(parties)))).map((r) => r.cellules)).toEqual([['1']]);
});
