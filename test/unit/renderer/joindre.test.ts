import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packChamps, packTextes } from '../../../shared/domain/carte/colonnes.ts';
import { MESURES_CARTE, type Mesure } from '../../../shared/domain/carte/mesures.ts';
import { SOMMES_NPL } from '../../../shared/domain/carte/npl.ts';
import { SOMMES_MAX, totalMesures } from '../../../shared/domain/carte/totaux.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { joindre, type Ligne, type LigneLoyers } from '../../../renderer/features/loyers/mesures.ts';

const LOYERS: readonly Mesure[] = ['loyerM2', 'loyerMaxM2', 'ecartM2'];
type Lue = { code: string; valeurs: Record<Mesure, number | null>; sur: Record<Mesure, number>; max: Record<(typeof SOMMES_MAX)[number], number>; npl: Record<(typeof SOMMES_NPL)[number], number> };

const entier = fc.integer({ min: 0, max: 1_000_000 });
const rempli = <C extends string, T>(cles: readonly C[], valeur: fc.Arbitrary<T>): fc.Arbitrary<Record<C, T>> =>
  fc.tuple(...cles.map(() => valeur)).map((v) => Object.fromEntries(cles.map((c, i) => [c, v[i]])) as Record<C, T>);
const lue = (code: string): fc.Arbitrary<Lue> => fc.record({
  code: fc.constant(code), valeurs: rempli(MESURES_CARTE, fc.option(fc.integer({ min: -100, max: 100 }))), sur: rempli(MESURES_CARTE, entier), max: rempli(SOMMES_MAX, entier), npl: rempli(SOMMES_NPL, entier),
});
/** Des lignes, et celles que le service a mesurées : quelques-unes manquent, d'autres sont en plus, dans un ordre ou un autre. */
const cas = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', '0', '-'), minLength: 1, maxLength: 4 }), { maxLength: 12 }).chain((codes) =>
  fc.tuple(fc.shuffledSubarray(codes), fc.shuffledSubarray(codes)).chain(([loyers, mesurees]) => fc.tuple(fc.constant(loyers), fc.tuple(...mesurees.map(lue)))));

const loyersDe = (code: string, i: number): LigneLoyers => ({ code, nom: `Nom ${code}`, logements: 10 + i, loues: 9, surface: 100.5 + i, loyerMensuel: 60.25 * i, loyerM2: 6 + i, avecMaximum: 5, loyerMaxM2: i % 2 === 0 ? null : 7, ecartM2: i % 2 === 0 ? null : 1 });
const mesuresDe = (lues: readonly Lue[]): Sortie<'carte.valeurs'> => ({
  annee: 2026, annees: [2026], scenarios: [], scenario: null, absences: {}, precisions: {}, codes: packTextes(lues.map((l) => l.code)), nombre: lues.length,
  champs: packChamps(lues.map((l) => l.valeurs), MESURES_CARTE), sur: packChamps(lues.map((l) => l.sur), MESURES_CARTE), max: packChamps(lues.map((l) => l.max), SOMMES_MAX), npl: packChamps(lues.map((l) => l.npl), SOMMES_NPL),
});
const lire = (l: Ligne): Record<string, unknown> => Object.fromEntries(['code', 'nom', 'logements', 'loues', 'surface', 'loyerMensuel', 'avecMaximum', ...MESURES_CARTE].map((c) => [c, l[c as keyof Ligne]]));

test('chaque ligne a ses loyers, et ses mesures de la ligne du même code, dans tout ordre', () => {
  fc.assert(fc.property(cas, ([codes, lues]) => {
    const loyers = codes.map(loyersDe);
    const parCode = new Map(lues.map((l) => [l.code, l]));
    const attendu = loyers.map((l) => ({ ...Object.fromEntries(MESURES_CARTE.map((m) => [m, LOYERS.includes(m) ? l[m as 'loyerM2'] : (parCode.get(l.code)?.valeurs[m] ?? null)])), ...l }));
    expect(joindre(loyers, mesuresDe(lues)).map(lire)).toEqual(attendu);
  }));
});

test('sans mesures, une ligne n’a que ses loyers', () => {
  const loyers = ['a', 'b'].map(loyersDe);
  expect(joindre(loyers, undefined).map(lire)).toEqual(loyers.map((l) => ({ ...Object.fromEntries(MESURES_CARTE.map((m) => [m, null])), ...l })));
});

test('le total est celui des sommes de chaque ligne mesurée', () => {
  fc.assert(fc.property(cas, ([codes, lues]) => {
    const lignes = joindre(codes.map(loyersDe), mesuresDe(lues));
    const comptees = lues.filter((l) => codes.includes(l.code));
    const somme = (de: (l: Lue) => number): number => comptees.reduce((s, l) => s + de(l), 0);
    const { vacance, loyerMaxM2, hausseNpl, ...reste } = totalMesures(lignes);
    const [sur, n] = [somme((l) => l.sur.vacance), somme((l) => Math.round(((l.valeurs.vacance ?? 0) * l.sur.vacance) / 100))];
    expect({ vacance, loyerMaxM2, hausseNpl, lignes: reste.lignes, logements: reste.logements }).toEqual({
      vacance: sur > 0 ? (100 * n) / sur : null,
      loyerMaxM2: somme((l) => l.max.surface) > 0 ? somme((l) => l.max.maximum) / somme((l) => l.max.surface) : null,
      hausseNpl: somme((l) => l.npl.surface) > 0 ? (somme((l) => l.npl.apres) - somme((l) => l.npl.avant)) / somme((l) => l.npl.surface) / 10_000 : null,
      lignes: codes.length, logements: lignes.reduce((s, l) => s + l.logements, 0),
    });
  }));
});
