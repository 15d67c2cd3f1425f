import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDefautNom, findDefautNoms, showNom } from '../../../electron/paquet/noms-entrees.ts';

describe('noms d’entrées', () => {
  it.each([
    ['', 'est vide'],
    ['/', 'est vide'],
    ['../a', 'contient un segment « .. » ou « . »'],
    ['a/../b', 'contient un segment « .. » ou « . »'],
    ['a/..', 'contient un segment « .. » ou « . »'],
    ['./a', 'contient un segment « .. » ou « . »'],
    ['/etc/passwd', 'est un chemin absolu'],
    ['C:/a', 'est un chemin absolu'],
    ['c:a', 'est un chemin absolu'],
    ['a\\b', 'contient une barre oblique inverse'],
    ['a//b', 'contient un segment vide'],
    ['a\u0000b', 'contient un caractère de contrôle'],
    ['a\nb', 'contient un caractère de contrôle'],
    ['a\u0085b', 'contient un caractère de contrôle'],
    ['a\u2028b', 'contient un caractère de contrôle'],
    ['facture\u202Efdp.exe', 'contient un caractère invisible ou de sens d’écriture'],
    ['a\u2066b', 'contient un caractère invisible ou de sens d’écriture'],
    ['a\u200bb', 'contient un caractère invisible ou de sens d’écriture'],
    ['\ud800', 'n’est pas un texte valable'],
    ['x'.repeat(1025), 'est trop long'],
  ])('refuse %j', (nom, defaut) => expect(findDefautNom(nom)).toBe(defaut));

  it.each(['convention.pdf', 'pieces/délibération n° 3 (signée).pdf', 'pieces/', '..a', 'a..b/c', '.cache'])('accepte %j', (nom) =>
    expect(findDefautNom(nom)).toBeNull(),
  );

  it.each([
    [['a.txt', 'a.txt']],
    [['a.txt', 'A.TXT']],
    [['é.txt', 'e\u0301.txt']],
    [['É.txt', 'e\u0301.TXT']],
    [['straße', 'STRASSE']],
    [['a', 'a/']],
  ])('refuse le doublon %j', (noms) => expect(findDefautNoms(noms)).toMatch(/^Deux entrées portent le même nom/));

  it('refuse un fichier qui serait aussi un dossier', () => {
    expect(findDefautNoms(['a/b/c', 'x', 'A/B'])).toBe('« A/B » est à la fois un fichier et le dossier de « a/b/c ».');
    expect(findDefautNoms(['a/', 'a/b/', 'a/b/c', 'a/d'])).toBeNull();
  });

  it('ne laisse passer aucun nom qui sorte du dossier', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('..', '.', 'a', '', '/', '\\', 'C:'), { minLength: 1, maxLength: 6 }), (morceaux) => {
        const nom = morceaux.join('/');
        fc.pre(findDefautNom(nom) === null);
        expect(new URL(nom, 'file:///racine/dossier/').pathname.startsWith('/racine/dossier/')).toBe(true);
      }),
    );
  });

  it('montre un nom trompeur sans le jouer', () => expect(showNom('a\u202Eb\n')).toBe('« a\\u{202e}b\\u{a} »'));
});
