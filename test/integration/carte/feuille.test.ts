import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MESURES_CARTE } from '../../../shared/domain/carte/mesures.ts';
import { parseDonnees } from '../../../electron/service/depot/donnees.ts';
import { buildDocument } from '../../../electron/service/depot/documents.ts';
import { openPaquet, readEntry } from '../../../electron/paquet/index.ts';
import { direTotaux } from '../../../shared/domain/carte/totaux.ts';
import { totalLignes } from '../../../shared/domain/loyers/taux.ts';
import { essaiDossier } from '../depot/aides.ts';

const pages = (octets: Uint8Array): string[] => Buffer.from(octets).toString('latin1').match(/\/MediaBox \[[^\]]*\]/gu) ?? [];
const A3 = '/MediaBox [0 0 1190.55 841.89]';

test('la feuille s’écrit en PDF et en SVG, à l’octet près la même, et dit les comptes de la légende', async () => {
  const { faire, repertoire } = await essaiDossier();
  const feuille = { par: 'ensemble', mesure: 'loyerM2', format: 'A3' } as const;
  const un = await faire('carte.imprimer', { ...feuille, destination: join(repertoire, 'a.pdf') });
  await faire('carte.imprimer', { ...feuille, destination: join(repertoire, 'b.pdf') });
  const [a, b] = [readFileSync(join(repertoire, 'a.pdf')), readFileSync(join(repertoire, 'b.pdf'))];
  expect([a.equals(b), pages(a), un.hors]).toEqual([true, [A3], 0]);
  const { svg, echelle } = await faire('carte.dessiner', feuille);
  expect(echelle).toBe(un.echelle);
  await faire('carte.imprimer', { ...feuille, destination: join(repertoire, 'a.svg') });
  expect(readFileSync(join(repertoire, 'a.svg'), 'utf8')).toBe(svg);
  const { lignes } = await faire('loyers.lire', { par: 'ensemble', surface: 'SH' });
  expect(svg.match(/<circle /gu)?.length).toBe(lignes.length + 1);
  const { lignes: mesures, absences } = await faire('carte.mesures', { par: 'ensemble', surface: 'SH' });
  for (const mesure of MESURES_CARTE) {
    if (!mesures.some((l) => mesure in l.valeurs) || absences[mesure] !== undefined) continue;
    expect((await faire('carte.dessiner', { mesure, par: 'commune' })).svg).toContain('<circle ');
  }
});

test('la feuille montre la comparaison et la sélection de l’écran, avec ses totaux et les deux légendes', async () => {
  const { faire, repertoire } = await essaiDossier();
  const { lignes } = await faire('loyers.lire', { par: 'ensemble', surface: 'SH' });
  const choisies = lignes.slice(0, 3);
  const { svg, titre } = await faire('carte.dessiner', { mesure: 'loyerM2', comparee: 'qpv', selection: [...choisies.map((l) => l.code), 'inconnu'] });
  expect([titre.includes('loyer et en QPV, sélection de 3 ensembles immobiliers'), svg.match(/<clipPath /gu)?.length, svg.match(/stroke="#0e5a4a"/gu)?.length]).toEqual([true, 2, 7]);
  const dit = direTotaux(totalLignes(choisies), 'ensemble', 'SH').replaceAll('\u202f', '\u00a0');
  expect(svg.includes(`Sélection : ${dit}`)).toBe(true);
  expect(svg).toContain('Logements en QPV, % de ceux dont la situation est connue'.slice(0, 20));
  await faire('carte.imprimer', { comparee: 'qpv', selection: choisies.map((l) => l.code), format: 'A3', destination: join(repertoire, 'deux.pdf') });
  expect(pages(readFileSync(join(repertoire, 'deux.pdf')))).toEqual([A3]);
});

test('une carte sans valeur, sans place, de mauvaise extension ou d’un territoire inconnu est refusée, sans fichier', async () => {
  const { echouer, repertoire } = await essaiDossier();
  const destination = join(repertoire, 'x.pdf');
  expect((await echouer('carte.imprimer', { mesure: 'plafondPLUS', destination })).code).toBe('carte-sans-valeur');
  expect((await echouer('carte.imprimer', { par: 'organisme', destination })).code).toBe('carte-vide');
  expect((await echouer('carte.imprimer', { territoire: 'dep-999', destination })).code).toBe('territoire-inconnu');
  expect(await echouer('carte.imprimer', { destination: join(repertoire, 'x.png') })).toMatchObject({ code: 'format-inconnu', action: expect.stringMatching(/\.pdf ou \.svg.*se fait à l’écran/u) as string });
  expect((await echouer('carte.ecrireImage', { destination: join(repertoire, 'x.png'), format: 'A4', png: Buffer.from('bonjour').toString('base64') })).code).toBe('image-illisible');
  expect([existsSync(destination), existsSync(join(repertoire, 'x.png'))]).toEqual([false, false]);
});

test('la carte est dans le paquet, faite des données du paquet et de rien d’autre', async () => {
  const { faire, repertoire } = await essaiDossier();
  const { paquet, fichiers } = await faire('depot.deposer', { repertoire, sansSignature: true, malgre: 'essai' });
  expect(fichiers).toContain('carte-loyers.pdf');
  const lu = await openPaquet(paquet);
  const octets = await readEntry(lu, 'carte-loyers.pdf');
  expect(pages(octets)).toEqual([A3, A3]);
  const donnees = parseDonnees(await readEntry(lu, 'donnees.json'));
  expect(Buffer.from(await buildDocument('carte-loyers.pdf', { donnees, modifications: null, signe: false })).equals(Buffer.from(octets))).toBe(true);
  expect(donnees.carte?.lieux.length).toBe(donnees.ensembles.length);
  expect(Buffer.from(await readEntry(lu, 'LISEZ-MOI.txt')).toString()).toContain('carte-loyers.pdf');
  if (!existsSync('/usr/bin/pdftotext')) return;
  const pdf = join(repertoire, 'carte.pdf');
  writeFileSync(pdf, octets);
  const texte = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
  expect(texte).toMatch(/Échelle 1 : \d/u);
  const { lignes } = await faire('loyers.lire', { par: 'ensemble', surface: 'SH' });
  expect(texte.replaceAll(/[\u00a0\u202f]/gu, ' ')).toContain(`${lignes.length} ensembles immobiliers`);
});
