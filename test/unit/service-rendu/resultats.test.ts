import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareRationnel, roundRationnel } from '../../../shared/domain/nombres/rationnel.ts';
import { parseNote } from '../../../shared/domain/service-rendu/echelle.ts';
import { GRILLE_PROPOSEE } from '../../../shared/domain/service-rendu/proposee.ts';
import { centiemesNote, classeResultat, computeEnsemble, meanOf, prepareCalcul, Reunion } from '../../../shared/domain/service-rendu/resultats.ts';
import { mergeNotes } from '../../../shared/domain/service-rendu/reunions.ts';
import type { Echelle, Grille } from '../../../shared/domain/service-rendu/types.ts';

const ZERO_CINQ: Echelle = { genre: 'nombres', min: '0', max: '5', decimales: 1 };
const LETTRES: Echelle = { genre: 'niveaux', niveaux: ['A', 'B', 'C', 'D'].map((code, i) => ({ code, libelle: '', valeur: String(4 - i) })) };

/** Grille de familles [poids, poids des critères…], de 0 à 5. */
function grilleDe(familles: [string, ...string[]][], autres: Partial<Grille> = {}): Grille {
  return {
    proposee: false, echelle: ZERO_CINQ, sens: 'croissant', seuil: 0, classes: [{ libelle: 'Bas', de: '0' }, { libelle: 'Haut', de: '2.5' }],
    familles: familles.map(([poids, ...criteres], f) => ({
      code: `f${f}`, libelle: `Famille ${f}`, aspect: null, poids, criteres: criteres.map((p, c) => ({ code: `c${f}-${c}`, libelle: `C ${f} ${c}`, aide: '', poids: p })),
    })),
    ...autres,
  };
}

const calculer = (grille: Grille, notes: (string | null)[]) => computeEnsemble(prepareCalcul(grille), notes.map(centiemesNote));
const dit = (grille: Grille, notes: (string | null)[]): number | null => {
  const { exact } = calculer(grille, notes).total;
  return exact === null ? null : roundRationnel(exact);
};

describe('résultat d’un ensemble', () => {
  const deux = grilleDe([['1', '1', '1'], ['3', '2', '1']]);
  test.each([
    ['tout est noté : critères, puis familles', deux, ['4', '2', '5', '2'], 3.75],
    ['une note manque : sa famille se calcule sur les autres', deux, ['4', null, '5', '2'], 4],
    ['une famille entière manque : l’autre compte seule', deux, ['4', '2', null, null], 3],
    ['rien n’est noté', deux, [null, null, null, null], null],
    ['zéro est une note, non une absence', deux, ['0', '0', '0', '0'], 0],
    ['un critère de poids nul ne compte pas', grilleDe([['1', '1', '0']]), ['4', '1'], 4],
    ['une famille de poids nul ne compte pas', grilleDe([['1', '1'], ['0', '1']]), ['4', '1'], 4],
    ['tous les poids sont nuls', grilleDe([['0', '1'], ['1', '0']]), ['4', '1'], null],
    ['poids décimaux', grilleDe([['1', '0.25', '0.5']]), ['1', '2.5'], 2],
    ['demi vers le haut : 2,125 se dit 2,13', grilleDe([['1', '7', '1']]), ['2', '3'], 2.13],
    ['un tiers', grilleDe([['1', '1', '1', '1']]), ['1', '0', '0'], 0.33],
  ])('%s', (_, grille, notes, attendu) => {
    expect(dit(grille, notes)).toBe(attendu);
  });

  test('ce qui manque est compté, et le seuil de complétude retient le résultat', () => {
    const grille = grilleDe([['1', '1', '1', '1'], ['1', '1', '0']], { seuil: 75 });
    const lire = (notes: (string | null)[]) => {
      const { total, familles } = calculer(grille, notes);
      return { notes: total.notes, criteres: total.criteres, donne: total.exact !== null, familles: familles.map((f) => f.exact !== null) };
    };
    expect([
      lire(['1', '1', null, '1', null]), lire(['1', '1', null, null, '5']), lire(['1', '1', '1', null, null]), lire([null, null, null, null, null]),
    ]).toEqual([
      { notes: 3, criteres: 4, donne: true, familles: [false, true] },
      { notes: 2, criteres: 4, donne: false, familles: [false, false] },
      { notes: 3, criteres: 4, donne: true, familles: [true, false] },
      { notes: 0, criteres: 4, donne: false, familles: [false, false] },
    ]);
  });

  test('multiplier tous les poids ne change rien', () => {
    const poids = fc.integer({ min: 0, max: 20 });
    const note = fc.option(fc.integer({ min: 0, max: 50 }).map((n) => String(n / 10)), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.tuple(poids, fc.array(fc.tuple(poids, note), { minLength: 1, maxLength: 5 })), { minLength: 1, maxLength: 5 }), fc.integer({ min: 2, max: 40 }), fc.integer({ min: 2, max: 40 }), (familles, kf, kc) => {
        const grille = (f: number, c: number): Grille => grilleDe(familles.map(([p, cs]) => [String(p * f), ...cs.map(([q]) => String(q * c))]));
        const notes = familles.flatMap(([, cs]) => cs.map(([, n]) => n));
        const [a, b] = [calculer(grille(1, 1), notes).total, calculer(grille(kf, kc), notes).total];
        expect(b.exact === null).toBe(a.exact === null);
        if (a.exact !== null && b.exact !== null) expect(compareRationnel(a.exact, b.exact)).toBe(0);
      }),
    );
  });

  test('un résultat reste entre la plus petite et la plus grande des notes qui comptent', () => {
    const notes = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(notes, (n) => {
        const exact = calculer(grilleDe([['1', '3', '1'], ['2', '1', '5']]), n.map((x) => String(x / 10))).total.exact;
        expect(exact).not.toBeNull();
        if (exact === null) return;
        expect(compareRationnel(exact, { n: BigInt(Math.min(...n)), d: 10n })).toBeGreaterThanOrEqual(0);
        expect(compareRationnel(exact, { n: BigInt(Math.max(...n)), d: 10n })).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('classes', () => {
  test.each([[0, 0], [2.49, 0], [2.5, 1], [5, 1]])('%d est dans la classe %d', (valeur, classe) => {
    expect(classeResultat(grilleDe([['1', '1']]), { n: BigInt(Math.round(valeur * 100)), d: 100n })).toBe(classe);
  });
  test('la classe se lit sur le résultat dit : 2,4999 se dit 2,50 et y est', () => {
    expect(classeResultat(grilleDe([['1', '1']]), { n: 24_999n, d: 10_000n })).toBe(1);
  });
  test('sans résultat, pas de classe', () => expect(classeResultat(GRILLE_PROPOSEE, null)).toBeNull());
});

describe('territoires', () => {
  const grille = grilleDe([['1', '1', '2'], ['2', '1']], { seuil: 50 });
  const ensemble = fc.record({
    notes: fc.array(fc.option(fc.integer({ min: 0, max: 5 }).map(String), { nil: null }), { minLength: 3, maxLength: 3 }),
    logements: fc.integer({ min: 1, max: 900 }),
  });
  const reunir = (ensembles: readonly { notes: (string | null)[]; logements: number }[]): Reunion => {
    const r = new Reunion(grille);
    for (const e of ensembles) {
      const resultat = calculer(grille, e.notes);
      r.add(resultat, e.logements, classeResultat(grille, resultat.total.exact));
    }
    return r;
  };

  test('la moyenne d’un territoire est celle de ses parties, pondérée par leurs logements notés', () => {
    fc.assert(
      fc.property(fc.array(fc.array(ensemble, { maxLength: 6 }), { minLength: 1, maxLength: 5 }), (parties) => {
        const tout = reunir(parties.flat());
        const siens = parties.map(reunir);
        const moyenne = meanOf(siens.map((r) => ({ exact: r.moyenne(), logements: r.logementsNotes })));
        expect({ logements: tout.logements, notes: tout.logementsNotes, ensembles: tout.ensembles }).toEqual({
          logements: siens.reduce((s, r) => s + r.logements, 0), notes: siens.reduce((s, r) => s + r.logementsNotes, 0), ensembles: siens.reduce((s, r) => s + r.ensembles, 0),
        });
        expect(tout.classes.reduce((s, c) => s + c.logements, 0)).toBe(tout.logementsNotes);
        const exact = tout.moyenne();
        expect(exact === null).toBe(moyenne === null);
        if (exact !== null && moyenne !== null) expect(compareRationnel(exact, moyenne)).toBe(0);
      }),
    );
  });

  test('scinder un ensemble, ou réunir des ensembles de mêmes notes, ne change pas la moyenne', () => {
    fc.assert(
      fc.property(fc.array(ensemble, { maxLength: 4 }), ensemble, fc.integer({ min: 1, max: 500 }), (autres, e, part) => {
        const exacte = reunir([...autres, { ...e, logements: e.logements + part }]).moyenne();
        const scindee = reunir([...autres, e, { ...e, logements: part }]).moyenne();
        expect(scindee === null).toBe(exacte === null);
        if (exacte !== null && scindee !== null) expect(compareRationnel(exacte, scindee)).toBe(0);
      }),
    );
  });
});

describe('lire une note', () => {
  const refusee = (echelle: Echelle, texte: string): boolean => !parseNote(echelle, texte).ok;
  test.each([
    [ZERO_CINQ, '3', '3'], [ZERO_CINQ, ' 3,5 ', '3.5'], [ZERO_CINQ, '3.50', '3.5'], [ZERO_CINQ, '0', '0'], [ZERO_CINQ, '-0', '0'], [ZERO_CINQ, '5', '5'], [ZERO_CINQ, '05', '5'],
    [ZERO_CINQ, '', null], [ZERO_CINQ, '\u00a0', null], [LETTRES, 'A', '4'], [LETTRES, 'd', '1'],
    [{ genre: 'nombres', min: '-2', max: '2', decimales: 0 } satisfies Echelle, '−1', '-1'],
  ])('%o lit « %s »', (echelle, texte, valeur) => {
    expect(parseNote(echelle, texte)).toEqual({ ok: true, valeur });
  });
  test.each([
    [ZERO_CINQ, '5,1'], [ZERO_CINQ, '-0,1'], [ZERO_CINQ, '3,55'], [ZERO_CINQ, 'trois'], [ZERO_CINQ, '3/5'], [ZERO_CINQ, '3 5'], [ZERO_CINQ, '1e1'], [ZERO_CINQ, '=1+1'],
    [ZERO_CINQ, '#REF!'], [ZERO_CINQ, 'n.c.'], [ZERO_CINQ, '-'], [ZERO_CINQ, '99999999999999999999'], [LETTRES, 'E'], [LETTRES, '4'], [LETTRES, 'AB'],
  ])('%o refuse « %s »', (echelle, texte) => {
    expect(refusee(echelle, texte)).toBe(true);
  });
});

describe('fusion des notes', () => {
  const notes = (o: Record<string, string>) => new Map(Object.entries(o));
  test('égales, différentes, reprises, sans accord', () => {
    const f = mergeNotes(notes({ a: '3', b: '2' }), [notes({ a: '3', b: '4', c: '1', d: '1' }), notes({ b: '2', c: '1', d: '2' })]);
    expect({ ...f, notes: Object.fromEntries(f.notes) }).toEqual({
      notes: { a: '3', b: '2', c: '1' }, desaccords: [{ critere: 'b', gardee: '2', ecartees: ['4'] }], reprises: ['c'], sansAccord: [{ critere: 'd', ecartees: ['1', '2'] }],
    });
  });
});
