import { expect, it } from 'vitest';
import { INTERDITS, lignesInterdites } from '../../../build/outils/verifications.ts';

const lignes = (source: string): number[] => INTERDITS.flatMap(({ motif }) => lignesInterdites(source, motif));

it('l’heure lue et les conversions forcées sont trouvées, à leur ligne', () => {
  expect(lignes('const a = 1;\nconst b = new Date();')).toEqual([2]);
  expect(lignes('const a = Date();')).toEqual([1]);
  expect(lignes('const a = new Date;')).toEqual([1]);
  expect(lignes(['const a = b as', 'unknown as string;'].join(' '))).toEqual([1]);
});

it('une date faite de son argument est permise', () => {
  expect(lignes('const a = new Date(iso);\nconst b = Date.UTC(2026, 0, 1);\nconst c: Date = a;\nconst d = x as unknown;')).toEqual([]);
});
