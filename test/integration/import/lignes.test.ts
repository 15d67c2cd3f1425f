import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENTETE, declaration, ligne, lireDossier, ouvrirAtelier } from './aide.ts';

async function importer(contenu: string | Uint8Array) {
  const atelier = await ouvrirAtelier();
  const resultat = await atelier.faire('import.lire', { chemin: atelier.fichier('parc.csv', contenu), type: 'rpls' });
  await atelier.fermer();
  return { resultat, lire: <T>(sql: string) => lireDossier<T>(atelier.dossier, sql) };
}

const codes = (r: { anomalies: { ligne: number; code: string; champ: string }[] }) => r.anomalies.filter((a) => a.ligne > 1).map((a) => `${a.ligne} ${a.code} ${a.champ}`.trim());

describe('les lignes rejetées', () => {
  it('le sont chacune pour sa première raison, sans en perdre aucune', async () => {
    const { resultat } = await importer(
      declaration(
        ligne({ IDENT_INT: 'A' }),
        ligne({ IDENT_INT: '  ' }),
        'A;B;C',
        ligne({ IDENT_INT: 'A', DEPCOM: '99999' }),
        '',
        ligne({ IDENT_INT: 'B', DEPCOM: '99999' }),
        ligne({ IDENT_INT: 'B', SORTIEPATRIM: '7' }),
        '   ',
        ligne({ IDENT_INT: 'B' }),
        ';'.repeat(62),
      ),
    );
    expect(codes(resultat)).toEqual([
      '3 identifiant-absent IDENT_INT', '4 nombre-de-champs', '5 doublon IDENT_INT', '7 commune-inconnue DEPCOM', '8 sortie-invalide SORTIEPATRIM', '11 identifiant-absent IDENT_INT',
    ]);
    const { lignes, acceptees, rejetees, signalees, ajoutes } = resultat;
    expect({ lignes, acceptees, rejetees, signalees, ajoutes }).toEqual({ lignes: 8, acceptees: 2, rejetees: 6, signalees: 0, ajoutes: 2 });
  });
});

describe('les lignes signalées', () => {
  it('sont acceptées, et ce qui n’a pas de sens est tenu pour inconnu', async () => {
    const { resultat, lire } = await importer(
      declaration(
        ligne({ IDENT_INT: 'A', QPV: '3', FINAN: '77', DPEENERGIE: 'N', TYPECONST: 'X', MODE: '8' }),
        ligne({ IDENT_INT: 'B', SURFHAB: '0' }),
        ligne({ IDENT_INT: 'C', LOYERPRINC: '500', LOYERMAXAPL: '450' }),
        ligne({ IDENT_INT: 'D', LOYERPRINC: '500', LOYERMAXAPL: '450', LOYERMAXCUS: '510' }),
        ligne({ IDENT_INT: 'E', MODE: '2', LOYERPRINC: '400' }),
        ligne({ IDENT_INT: 'F', CONSTRUCT: '1980', LOCAT: '1979', PATRIMOINE: '1978' }),
        ligne({ IDENT_INT: 'G', LOYERPRINC: '9999', SURFMODE: '999', DPEDATE: '01/1900', MODE: '9' }),
      ),
    );
    expect(codes(resultat)).toEqual([
      '2 code-inconnu QPV', '2 code-inconnu TYPECONST', '2 code-inconnu FINAN', '2 code-inconnu MODE', '2 code-inconnu DPEENERGIE', '3 surface-nulle SURFHAB',
      '4 loyer-superieur-au-maximum LOYERPRINC', '6 loyer-sans-locataire LOYERPRINC', '7 annees-incoherentes LOCAT', '7 annees-incoherentes PATRIMOINE',
    ]);
    expect(resultat).toMatchObject({ acceptees: 7, signalees: 5, comptesAnomalies: { 'siret-invalide': 1, 'code-inconnu': 5 } });
    expect(lire(`SELECT ident_int, qpv, finan, mode, surfhab, loyerprinc, surfmode, dpedate FROM logement WHERE ident_int IN ('A', 'B', 'G') ORDER BY 1`)).toEqual([
      { ident_int: 'A', qpv: null, finan: null, mode: null, surfhab: null, loyerprinc: null, surfmode: null, dpedate: null },
      { ident_int: 'B', qpv: 2, finan: 13, mode: 1, surfhab: null, loyerprinc: null, surfmode: null, dpedate: null },
      { ident_int: 'G', qpv: 2, finan: 13, mode: null, surfhab: null, loyerprinc: null, surfmode: null, dpedate: null },
    ]);
  });

  it('ramènent une commune d’hier et un arrondissement à la commune d’aujourd’hui', async () => {
    const { resultat, lire } = await importer(declaration(ligne({ IDENT_INT: 'A', DEPCOM: '13201' }), ligne({ IDENT_INT: 'B', DEPCOM: '14712' }), ligne({ IDENT_INT: 'C', DEPCOM: '01033' })));
    const communes = lire<{ depcom: string; commune: string }>('SELECT depcom, commune FROM logement ORDER BY id');
    expect(communes[0]).toEqual({ depcom: '13201', commune: '13055' });
    expect(communes.every((c) => c.commune !== '')).toBe(true);
    expect(codes(resultat).filter((c) => c.startsWith('2 '))).toEqual([]);
  });

  it('disent une fois par fichier les champs en trop et le nombre annoncé', async () => {
    const { resultat, lire } = await importer([ENTETE.replace(/;;$/, ';12;'), `${ligne({ IDENT_INT: 'A' })};reste;42`, `${ligne({ IDENT_INT: 'B' })};`, `${ligne({ IDENT_INT: 'C' })};autre`].join('\n'));
    expect(resultat.comptesAnomalies).toEqual({ 'champs-supplementaires': 1, 'nombre-annonce': 1, 'siret-invalide': 1 });
    expect(resultat.signalees).toBe(0);
    expect(lire('SELECT champs_supplementaires AS c FROM logement ORDER BY id')).toEqual([{ c: 'reste;42' }, { c: null }, { c: 'autre' }]);
  });
});

describe('les guillemets', () => {
  it('protègent séparateurs, guillemets et fins de ligne ; les lignes gardent leur numéro', async () => {
    const { resultat, lire } = await importer(
      declaration(
        ligne({ IDENT_INT: '"A;1"', COMPLGEO: '"LES ""LILAS"""' }),
        ligne({ IDENT_INT: 'B', LIEUDIT: '"LE HAUT\r\nLE BAS"' }),
        ligne({ IDENT_INT: 'C', DEPCOM: 'XXXXX' }),
        ligne({ IDENT_INT: 'D', LIEUDIT: 'QUARTIER "LES PINS"' }),
      ),
    );
    expect(lire('SELECT ident_int, ligne, complgeo, lieudit FROM logement ORDER BY id')).toEqual([
      { ident_int: 'A;1', ligne: 2, complgeo: 'LES "LILAS"', lieudit: null },
      { ident_int: 'B', ligne: 3, complgeo: 'LES LILAS', lieudit: 'LE HAUT\r\nLE BAS' },
      { ident_int: 'D', ligne: 6, complgeo: 'LES LILAS', lieudit: 'QUARTIER "LES PINS"' },
    ]);
    expect(codes(resultat)).toEqual(['5 commune-inconnue DEPCOM']);
    expect(resultat.lignes).toBe(4);
  });

  it('laissés ouverts n’avalent pas les logements qui suivent', async () => {
    const { resultat, lire } = await importer(declaration(ligne({ IDENT_INT: 'A', LIEUDIT: '"OUVERT' }), ligne({ IDENT_INT: 'B' }), ligne({ IDENT_INT: 'C', LIEUDIT: '"X" Y' })));
    expect(resultat).toMatchObject({ lignes: 3, acceptees: 3 });
    expect(lire('SELECT ident_int, lieudit FROM logement ORDER BY id')).toEqual([
      { ident_int: 'A', lieudit: '"OUVERT' }, { ident_int: 'B', lieudit: null }, { ident_int: 'C', lieudit: '"X" Y' },
    ]);
  });
});

describe('les textes', () => {
  it('Windows-1252 donne œ, € et l’apostrophe courbe, en bordure comme au milieu', async () => {
    const octets = Buffer.concat([
      Buffer.from(`${ENTETE}\n`), Buffer.from(ligne({ IDENT_INT: 'A', NOMVOIE: '@@', LIBCOM: '  #@ ', LIEUDIT: 'CHEZ @' }), 'latin1'),
    ]);
    const texte = Buffer.from(octets.toString('latin1').replaceAll('@', '\x9c').replaceAll('#', '\x80'), 'latin1');
    const { lire } = await importer(texte);
    expect(lire('SELECT nomvoie, libcom, lieudit FROM logement')).toEqual([{ nomvoie: 'œœ', libcom: '€œ', lieudit: 'CHEZ œ' }]);
  });

  it('un identifiant accentué a le même doublon entre guillemets et sans', async () => {
    const { resultat } = await importer(declaration(ligne({ IDENT_INT: 'RÉ-1' }), ligne({ IDENT_INT: '"RÉ-1"' }), ligne({ IDENT_INT: ' RÉ-1 ' })));
    expect(codes(resultat)).toEqual(['3 doublon IDENT_INT', '4 doublon IDENT_INT']);
  });

  it('un logement plus grand qu’une page du fichier est gardé entier', async () => {
    const long = 'É'.repeat(30_000);
    const { lire } = await importer(declaration(ligne({ IDENT_INT: 'A' }), ligne({ IDENT_INT: 'B', LIEUDIT: long }), ligne({ IDENT_INT: 'C' })));
    expect(lire<{ lieudit: string | null }>('SELECT lieudit FROM logement ORDER BY id').map((l) => l.lieudit)).toEqual([null, long, null]);
    expect(lire('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  });
});

it('le rapport porte la ligne d’origine, et les rejets corrigés se réimportent en complément', async () => {
  const atelier = await ouvrirAtelier();
  const mauvaise = Buffer.from(ligne({ IDENT_INT: 'B', DEPCOM: '99999', NOMVOIE: 'DES CÈDRES' }), 'latin1');
  const contenu = Buffer.concat([Buffer.from(`${ENTETE}\r\n${ligne({ IDENT_INT: 'A' })}\r\n`), mauvaise, Buffer.from('\r\n')]);
  const anomalies = join(atelier.repertoire, 'A.csv');
  await atelier.faire('import.lire', { chemin: atelier.fichier('parc.csv', contenu), anomalies });
  const rapport = readFileSync(anomalies, 'utf8').split('\r\n');
  expect(rapport[0]).toBe('\ufeffligne;champ;valeur;code;message;ligne_originale');
  expect(rapport.find((l) => l.startsWith('3;'))).toBe(
    `3;DEPCOM;99999;commune-inconnue;« 99999 » n’est le code Insee d’aucune commune, d’aujourd’hui ni d’hier. Corriger le code.;"${mauvaise.toString('latin1')}"`,
  );
  const rejets = readFileSync(join(atelier.repertoire, 'A.rejets.csv'));
  expect(rejets.includes(mauvaise)).toBe(true);
  const corrige = Buffer.from(rejets.toString('latin1').replace('99999', '13055'), 'latin1');
  const r = await atelier.faire('import.lire', { chemin: atelier.fichier('corrige.csv', corrige), appliquer: true });
  const { ajoutes, modifies, disparus, inchanges, logements } = r;
  expect({ ajoutes, modifies, disparus, inchanges, logements }).toEqual({ ajoutes: 1, modifies: 0, disparus: 0, inchanges: 0, logements: 2 });
  // Un second rapport n'écrase pas les rejets en cours de correction.
  await atelier.faire('import.anomalies', { destination: anomalies });
  expect(readFileSync(join(atelier.repertoire, 'A.rejets.csv'))).toEqual(rejets);
});
