import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../aides/repertoire.ts';
import { ban, contours, NORD, PARC, tableau, TITRES } from '../qpv/aide.ts';
import { json } from './aides/cus.ts';

test('qpv : charger, chercher, comparer, écrire', async () => {
  const cwd = tempDir();
  const lancer = (...args: string[]) => json(args, { cwd });
  const colonnes = Object.fromEntries(TITRES.map((t) => [t, t === 'Identifiant' ? 'IDENT_INT' : t]));
  writeFileSync(join(cwd, 'p.json'), JSON.stringify({ version: 1, type: 'logements', entete: 1, separateur: ';', encodage: 'utf-8', colonnes }));
  writeFileSync(join(cwd, 'parc.csv'), tableau(...PARC));
  writeFileSync(join(cwd, 'q.geojson'), contours(NORD));
  writeFileSync(join(cwd, 'b.csv'), ban(['12', 'bis', 'Rue du Stade', 5.41, 43.31]));
  await lancer('creer', 'd.cus', '--siren', '782824114', '--nom', 'Habitat');
  await lancer('importer', 'd.cus', 'parc.csv', '--type', 'logements', '--profil', 'p.json');
  const { code, objet } = await lancer('qpv', 'd.cus', '--charger', 'q.geojson', '--ban', 'b.csv', '--desaccords', 'o.csv');
  expect({ code, objet }).toMatchObject({
    code: 0,
    objet: {
      generation: '2024', logements: 12, positions: { fichier: 7, ban: 1, repere: 0, approximative: { voie: 1, commune: 3, departement: 0, aucune: 0 } },
      desaccords: { 'oui-dehors': 2, 'non-dedans': 2, 'inconnu-dedans': 1, 'inconnu-dehors': 0, 'sans-position': 4, 'sans-contour': 1, accord: 2 }, total: 5, exporte: join(cwd, 'o.csv'),
    },
  });
  expect((objet as { lignes: unknown[] }).lignes.length).toBe(5);
  expect(readFileSync(join(cwd, 'o.csv'), 'utf8').trim().split(/\r?\n/).length).toBe(6);
  expect(await lancer('qpv', 'd.cus', '--desaccords', 'd.cus')).toMatchObject({ code: 2 });
  expect(await lancer('qpv', 'd.cus', '--retirer', '2024')).toMatchObject({ code: 0, objet: { generation: null, desaccords: null, total: 0, lignes: [] } });
});
