import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { departementDuCode, generationDe } from '../../shared/domain/qpv/generations.ts';
import { findCommune } from '../../shared/territoires/index.ts';

// Des noms de communes y sont coupés à la ligne : seules les lignes d'un code comptent.
const liste = readFileSync(new URL('../../../shared/donnees/qpv2024-liste.csv', import.meta.url), 'utf8').split(/\r?\n/).filter((l) => /^"?Q/.test(l));

test('les 1 493 codes de la liste de 2024 sont reconnus, et leur département', () => {
  const lus = liste.map((l) => {
    const [code = '', , communes = ''] = l.replaceAll('"', '').split(';');
    return { code, generation: generationDe(code), departement: departementDuCode(code), commune: /(\d[\dAB]\d{3})/.exec(communes)?.[1] ?? '' };
  });
  expect(lus.filter((l) => l.generation !== '2024')).toEqual([]);
  expect(lus.length).toBe(1493);
  const faux = lus.filter((l) => l.commune !== '' && findCommune(l.commune) !== null && findCommune(l.commune)?.departement !== l.departement);
  expect(faux).toEqual([]);
});
