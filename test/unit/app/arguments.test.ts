import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { lireArguments } from '../../../electron/app/arguments.ts';

const ici = resolve('/ici');

it('les fichiers à ouvrir sont rendus en chemins absolus, sans le programme ni les options', () => {
  const argv = ['electron', '--no-sandbox', 'main.cjs', '--donnees=d', '--maintenant=2026-03-01T09:00:00Z', 'a.cus'];
  expect(lireArguments(argv, ici, 2)).toEqual({
    donnees: resolve('/ici/d'),
    maintenant: '2026-03-01T09:00:00Z',
    fichiers: [resolve('/ici/a.cus')],
  });
});

it('une horloge illisible est ignorée', () => {
  expect(lireArguments(['atelier', '--maintenant=demain'], ici, 1)).toEqual({ donnees: null, maintenant: null, fichiers: [] });
});
