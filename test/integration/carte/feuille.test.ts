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

test('deux scénarios se comparent sur une feuille : chacun a ses chiffres et son nom, une couleur veut dire la même chose', async () => {
  const { faire, echouer } = await essaiDossier();
  const a = (await faire('npl.creer', { nom: 'Prudent', annee: 2026 })).id;
  const b = (await faire('npl.creer', { nom: 'Ambitieux', annee: 2027, depuis: a })).id;
  const { lignes } = await faire('npl.lire', { scenario: b });
  await faire('npl.aider', { scenario: b, aide: { nature: 'ajouter', ecart: '-0,5' }, cibles: lignes.filter((_, i) => i % 2 === 0).map((l) => ({ ensemble: l.ensemble, plafond: l.plafond })), appliquer: true });
  const feuille = { surface: 'SU', mesure: 'maximumNpl', comparee: 'maximumNpl' } as const;
  const [ab, ba] = [await faire('carte.dessiner', { ...feuille, scenario: a, scenarioCompare: b }), await faire('carte.dessiner', { ...feuille, scenario: b, scenarioCompare: a })];
  expect(ab.titre).toMatch(/ : maximum du scénario « Prudent » \(2026\) et maximum du scénario « Ambitieux » \(2027\)$/u);
  for (const mot of ['>Maximum du scénario « Prudent » (2026)<', '>Maximum du scénario « Ambitieux » (2027)<', 'Scénario « Prudent »', 'Scénario « Ambitieux »', 'Mêmes classes']) expect(ab.svg.replaceAll('\u00a0', ' ')).toContain(mot);
  // Les couleurs d'un scénario ne dépendent pas du côté où il est.
  const couleurs = (svg: string, cadre: number) => [...(svg.split(`clip-path="url(#cadre-${cadre})"`)[1]?.split('</g>')[0] ?? '').matchAll(/<circle [^>]* fill="([^"]*)"/gu)].map((m) => m[1]);
  expect([couleurs(ab.svg, 0), couleurs(ab.svg, 1)]).toEqual([couleurs(ba.svg, 1), couleurs(ba.svg, 0)]);
  expect(couleurs(ab.svg, 0)).not.toEqual(couleurs(ab.svg, 1));
  // Le même des deux côtés n'est qu'une carte ; elle aussi dit lequel.
  const seule = await faire('carte.dessiner', { ...feuille, scenario: b, scenarioCompare: b });
  expect([seule.titre.split(' : ')[1], seule.svg.match(/<clipPath /gu)?.length]).toEqual(['maximum du scénario « Ambitieux » (2027), € par m² de surface utile', 1]);
  const croisee = await faire('carte.dessiner', { surface: 'SU', mesure: 'loyerM2', comparee: 'ecartNpl', scenarioCompare: a });
  expect(croisee.titre.split(' : ')[1]).toBe('loyer et écart au maximum du scénario « Prudent » (2026)');
  for (const comparee of [undefined, 'qpv'] as const) expect((await echouer('carte.dessiner', { surface: 'SU', mesure: 'maximumNpl', ...(comparee ? { comparee } : {}), scenarioCompare: b })).code).toBe('scenario-sans-mesure');
  expect((await echouer('carte.dessiner', { ...feuille, scenarioCompare: 99 })).code).toBe('scenario-inconnu');
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
