import { expect, test } from 'vitest';
import { composeLicences } from '../../../build/outils/licences.ts';

test('les licences livrées portent celles des bibliothèques, des polices et des données', () => {
  const texte = composeLicences();
  for (const attendu of ['better-sqlite3', 'maplibre-gl', 'Mark DiMarco', 'Etalab', 'SIL OPEN FONT LICENSE', 'GeoNames', 'Natural Earth']) {
    expect(texte.toLowerCase()).toContain(attendu.toLowerCase());
  }
  expect(texte).not.toContain('playwright');
});
