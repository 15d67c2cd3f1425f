import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeSaisie, fromPointDecimal, parseSaisie, SAISIE_VIDE, type Saisie } from '../../../shared/domain/nombres/saisie.ts';
import { formatSaisie } from '../../../shared/domain/nombres/format.ts';

const ok = (s: Partial<Saisie>): unknown => ({ ok: true, saisie: { ...SAISIE_VIDE, ...s } });

describe('parseSaisie lit les écritures françaises', () => {
  test.each<[string, Partial<Saisie>]>([
    ['', {}],
    ['   \u00a0', {}],
    ['0', { valeur: '0' }],
    ['007', { valeur: '7' }],
    ['1 250', { valeur: '1250' }],
    ['1\u00a0250', { valeur: '1250' }],
    ['1\u202f250\u202f000', { valeur: '1250000' }],
    ['1250.5', { valeur: '1250.5' }],
    ['1250,50', { valeur: '1250.50' }],
    ['1,250', { valeur: '1.250' }],
    ['1 234,56 €', { valeur: '1234.56' }],
    ['25 %', { pourcentage: '25' }],
    ['25,5%', { pourcentage: '25.5' }],
    ['25.0 %', { pourcentage: '25.0' }],
    ['33.333 %', { pourcentage: '33.333' }],
    ['12/48', { numerateur: 12, denominateur: 48 }],
    ['12 / 1 048', { numerateur: 12, denominateur: 1048 }],
    ['0/0', { numerateur: 0, denominateur: 0 }],
    ['12 / 48 = 25 %', { numerateur: 12, denominateur: 48, pourcentage: '25' }],
    ['12 = 12/48 = 25 %', { valeur: '12', numerateur: 12, denominateur: 48, pourcentage: '25' }],
  ])('%j', (texte, attendu) => {
    expect(parseSaisie(texte)).toEqual(ok(attendu));
  });
});

describe('parseSaisie refuse, avec la raison', () => {
  test.each([
    ['n.c.', 'non-communique'],
    ['NC', 'non-communique'],
    ['n/a', 'non-communique'],
    ['-', 'non-communique'],
    ['sans objet', 'non-communique'],
    ['=A1', 'formule'],
    ['+A1', 'formule'],
    ['@SOMME(A1)', 'formule'],
    ['#DIV/0!', 'erreur-tableur'],
    ['#N/A', 'erreur-tableur'],
    ['-5', 'negatif'],
    ['−5 %', 'negatif'],
    ['12/-48', 'negatif'],
    ['1.250', 'ambigu'],
    ['12,5/48', 'fraction-non-entiere'],
    ['12 = 13', 'double'],
    ['12/48 = 1/4', 'double'],
    ['1234567890', 'trop-grand'],
    ['0,1234567', 'trop-grand'],
    ['douze', 'texte'],
    ['12 34', 'texte'],
    ['1 2', 'texte'],
    ['12/48/3', 'texte'],
    ['1.250,5', 'texte'],
    ['12 =', 'texte'],
    ['%', 'texte'],
    ['12\u0000', 'texte'],
    ['½', 'texte'],
    ['1e3', 'texte'],
    ['9'.repeat(500), 'texte'],
    ["12'; DROP TABLE engagement", 'texte'],
  ])('%j → %s', (texte, code) => {
    expect(parseSaisie(texte)).toMatchObject({ ok: false, code });
  });

  test("le point n'est décimal à trois chiffres que dans un fichier à point", () => {
    expect(parseSaisie('1.250', { pointDecimal: true })).toEqual(ok({ valeur: '1.250' }));
  });
});

const decimal = fc
  .tuple(fc.nat(999_999_999), fc.integer({ min: 0, max: 6 }), fc.nat(999_999))
  .map(([e, n, f]) => (n === 0 ? String(e) : `${e}.${String(f).padStart(6, '0').slice(0, n)}`));
const fraction = fc.option(fc.tuple(fc.nat(999_999_999), fc.nat(999_999_999)));
const saisies = fc
  .tuple(fc.option(decimal), fraction, fc.option(decimal))
  .map(([valeur, f, pourcentage]): Saisie => ({ valeur, pourcentage, numerateur: f?.[0] ?? null, denominateur: f?.[1] ?? null }));

describe('une saisie écrite puis relue ne change pas', () => {
  test('affichage', () => {
    fc.assert(
      fc.property(saisies, (s) => {
        expect(parseSaisie(formatSaisie(s))).toEqual({ ok: true, saisie: s });
      }),
    );
  });
  test('écriture conservée, avec ou sans point décimal', () => {
    fc.assert(
      fc.property(saisies, fc.boolean(), (s, pointDecimal) => {
        expect(parseSaisie(composeSaisie(s) ?? 'perdue', { pointDecimal })).toEqual({ ok: true, saisie: s });
      }),
    );
  });
  test("aucun texte ne fait échouer la lecture, et ce qui est lu n'est jamais négatif", () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (texte) => {
        const r = parseSaisie(texte);
        expect(r.ok ? `${r.saisie.valeur}${r.saisie.pourcentage}` : r.message).not.toMatch(/^-\d/);
      }),
    );
  });
});

describe('composeSaisie', () => {
  test.each<[Partial<Saisie>, string | null]>([
    [{}, ''],
    [{ numerateur: 12 }, '12'],
    [{ valeur: '12', numerateur: 12 }, '12'],
    [{ valeur: '12', denominateur: 48 }, '12 = 12/48'],
    [{ valeur: '12', numerateur: 13 }, null],
    [{ denominateur: 48 }, null],
    [{ denominateur: 48, pourcentage: '25' }, null],
    [{ valeur: '12.5', denominateur: 48 }, null],
    [{ valeur: '812.125' }, '812,125'],
  ])('%j', (s, attendu) => {
    expect(composeSaisie({ ...SAISIE_VIDE, ...s })).toBe(attendu);
  });
});

test.each([
  ['1.250', '1,250'],
  ['1.250 = 3/4', '1,250 = 3/4'],
  ['1250.5', '1250.5'],
  ['12/48', '12/48'],
  ['n.c.', 'n.c.'],
  ['', ''],
])('point décimal : %j se conserve %j', (texte, attendu) => {
  expect(fromPointDecimal(texte)).toBe(attendu);
});
