import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { essaiService } from '../aides/service.ts';

const FOND = join(import.meta.dirname, '../../../shared/donnees/fonds/france-2026.topojson.gz');

test('le fond des communes de 2026 se charge : chaque couche reconnue, le reste compté', async () => {
  expect(existsSync(FOND), 'le dossier des références doit être à côté du projet').toBe(true);
  const { faire } = essaiService();
  expect(await faire('carte.chargerFond', { chemin: FOND })).toEqual({
    nom: 'france-2026.topojson.gz',
    niveaux: { commune: 34868, epci: 1255, departement: 101, region: 18 },
    ignores: 4, quartiers: null,
  });
});
