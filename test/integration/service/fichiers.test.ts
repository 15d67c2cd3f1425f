import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assertCible } from '../../../electron/service/fichiers.ts';
import { ErreurCus } from '../../../shared/erreurs.ts';
import { tempDir } from '../../aides/repertoire.ts';
import { essaiService } from '../../aides/service.ts';

async function ouvrir() {
  const essai = essaiService();
  await essai.faire('dossier.creer', { chemin: join(essai.repertoire, 'd.cus'), siren: '782824114', nom: 'Habitat', nature: 'OPH', effet: '2026-01-01' });
  return { ...essai, dans: (nom: string) => join(essai.repertoire, nom) };
}

test('un export garde le fichier de même nom sous un autre, et ne l’écrase jamais', async () => {
  const { faire, dans, repertoire } = await ouvrir();
  const exports = [
    ['e.csv', (destination: string) => faire('ensembles.exporter', { destination })],
    ['e.xlsx', (destination: string) => faire('ensembles.exporter', { destination })],
    ['g.csv', (destination: string) => faire('engagements.exporter', { destination })],
    ['c.pdf', (destination: string) => faire('depot.previsualiser', { fichier: 'convention.pdf', destination })],
  ] as const;
  for (const [nom, exporter] of exports) {
    const cible = dans(nom);
    writeFileSync(cible, 'à la main');
    await exporter(cible);
    await exporter(cible);
    const precedent = (n: number): string => nom.replace('.', `.precedent-${n}.`);
    expect(readFileSync(dans(precedent(1)), 'utf8')).toBe('à la main');
    expect(readdirSync(repertoire).filter((f) => f.startsWith(`${nom.split('.')[0]}.`) && f.endsWith(nom.split('.')[1] ?? '')).toSorted()).toEqual([nom, precedent(1), precedent(2)].toSorted());
    expect(readFileSync(cible, 'latin1')).not.toContain('à la main');
  }
});

test('aucun export ne vise le dossier, ce qui l’accompagne, un répertoire, ni un fichier à lire', async () => {
  const { faire, echouer, dans } = await ouvrir();
  symlinkSync(dans('d.cus'), dans('lien.csv'));
  linkSync(dans('d.cus'), dans('double.xlsx'));
  mkdirSync(dans('rep.csv'));
  const avant = readFileSync(dans('d.cus'));
  const codes: string[] = [];
  for (const nom of ['d.cus', 'd.cus-wal', 'd.cus.verrou', 'rep.csv']) codes.push((await echouer('depot.previsualiser', { fichier: 'LISEZ-MOI.txt', destination: dans(nom) })).code);
  for (const nom of ['lien.csv', 'double.xlsx', 'rep.csv']) {
    codes.push((await echouer('ensembles.exporter', { destination: dans(nom) })).code, (await echouer('engagements.exporter', { destination: dans(nom) })).code);
  }
  const d = 'cible-est-le-dossier';
  expect(codes).toEqual([d, d, d, 'repertoire', d, d, d, d, 'repertoire', 'repertoire']);
  expect(readFileSync(dans('d.cus'))).toEqual(avant);
  const { paquet } = await faire('depot.deposer', { repertoire: dans(''), sansSignature: true, malgre: 'essai' });
  const remarques = { avis: 'favorable', observations: [] } as const;
  expect(await echouer('paquet.annoter', { paquet, sortie: paquet, ...remarques, observations: [] })).toMatchObject({ code: 'cible-est-l-entree', sortie: 2 });
  mkdirSync(dans('r'));
  symlinkSync(dans('r'), dans('s'));
  writeFileSync(dans('r/x.csv'), '');
  expect(() => {
    assertCible(dans('s/x.csv'), { entrees: [dans('r/x.csv')] });
  }).toThrow(ErreurCus);
});

test('un refus d’écriture nomme le fichier demandé, jamais un fichier provisoire', async () => {
  const { echouer, dans } = await ouvrir();
  writeFileSync(dans('plat'), '');
  for (const destination of [dans('absent/e.csv'), dans('plat/e.csv')]) {
    const erreur = await echouer('ensembles.exporter', { destination });
    expect(erreur).toMatchObject({ code: 'repertoire-absent', message: expect.stringContaining(`« ${destination} »`) });
    expect(erreur.message).not.toContain('partiel');
  }
});

test('une cible libre est admise', () => {
  const r = tempDir();
  expect(assertCible(join(r, 'neuf.csv'), { dossier: join(r, 'd.cus'), entrees: [join(r, 'lu.csv'), undefined] })).toBeUndefined();
});
