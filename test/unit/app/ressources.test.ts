import fc from 'fast-check';
import { join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { estInterne, resolveRessource } from '../../../electron/app/ressources.ts';

const racine = resolve(sep, 'application', 'renderer');

describe('fichiers servis par app://', () => {
  it.each([
    ['app://atelier/', 'index.html'],
    ['app://atelier/index.html', 'index.html'],
    ['app://atelier/assets/a.js?v=1#x', join('assets', 'a.js')],
    ['app://atelier/a%20b.css', 'a b.css'],
    ['app://atelier/x/../index.html', 'index.html'],
    ['app://atelier/../index.html', 'index.html'],
  ])('%s désigne %s', (adresse, fichier) => {
    expect(resolveRessource(adresse, racine)).toBe(join(racine, fichier));
  });

  it.each([
    'app://atelier/..%2frenderer-secret/a.js',
    'app://atelier/%2e%2e%2f%2e%2e%2fetc/passwd',
    'app://atelier/..%5c..%5cetc',
    'app://atelier/a%00.js',
    'app://atelier/%E0%A4%A',
    'app://autre/index.html',
    'app://atelier.autre/index.html',
    'app://nom:mot@atelier/index.html',
    'app://atelier:80/index.html',
    'https://atelier/index.html',
    'file:///etc/passwd',
    'pas une adresse',
    '',
  ])('%s ne désigne rien', (adresse) => {
    expect(resolveRessource(adresse, racine)).toBeNull();
  });

  it('aucune adresse ne sort de la racine', () => {
    const morceau = fc.constantFrom('..', '.', '%2e%2e', '%2F', '%5C', '/', '\\', 'a', 'renderer', '..%2f', '//', '%00', '-secret');
    fc.assert(
      fc.property(fc.array(morceau, { maxLength: 12 }), (morceaux) => {
        const fichier = resolveRessource(`app://atelier/${morceaux.join('')}`, racine);
        return fichier === null || !relative(racine, fichier).split(sep).includes('..');
      }),
      { numRuns: 2000 },
    );
  });
});

it('seules les pages de l’application sont internes', () => {
  expect(
    ['app://atelier/index.html', 'app://atelierx/', 'https://app//atelier', 'app:atelier', 'about:blank'].map(estInterne),
  ).toEqual([true, false, false, false, false]);
});
