import fc from 'fast-check';
import { expect, test } from 'vitest';
import { followExports } from '../../../shared/domain/calendrier/exports.ts';
import type { EvenementEcrit } from '../../../shared/domain/calendrier/exports.ts';

const evenement = (code: string) => ({ code, titre: `Étape ${code}`, date: '2026-05-01', description: 'Article X.', chaqueAnneeJusqua: null });

/** Ce qu'un agenda retient de fichiers lus dans l'ordre : pour un même événement, la version la plus haute. */
function lire(agenda: Map<string, EvenementEcrit>, fichier: readonly EvenementEcrit[]): void {
  for (const e of fichier) if (e.sequence >= (agenda.get(e.code)?.sequence ?? -1)) agenda.set(e.code, e);
}

test('une étape partie sans que le dossier change passe tout de même devant ; revenue, de même', () => {
  const [a] = followExports([evenement('a')], [], 7, 'T1');
  expect(a).toEqual({ ...evenement('a'), sequence: 7, annuleLe: null });
  const parti = followExports([], [a!], 7, 'T2');
  expect(parti).toEqual([{ ...evenement('a'), description: 'N’est plus au calendrier de la convention.', sequence: 8, annuleLe: 'T2' }]);
  expect(followExports([], parti, 30, 'T3')).toEqual(parti);
  expect(followExports([evenement('a')], parti, 8, 'T3')).toEqual([{ ...evenement('a'), sequence: 9, annuleLe: null }]);
});

test('quels que soient les départs et les retours, un agenda qui lit les fichiers, même en en sautant, montre le dernier calendrier', () => {
  const pas = fc.record({ codes: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')), avance: fc.nat(2), lu: fc.boolean() });
  fc.assert(
    fc.property(fc.array(pas, { minLength: 1, maxLength: 12 }), (suite) => {
      const agenda = new Map<string, EvenementEcrit>();
      let [exportes, revision]: [EvenementEcrit[], number] = [[], 0];
      for (const [i, { codes, avance, lu }] of suite.entries()) {
        revision += avance;
        const ecrits = followExports(codes.map(evenement), exportes, revision, `T${i}`);
        const gardes = new Map([...exportes, ...ecrits].map((e) => [e.code, e]));
        exportes = [...gardes.values()];
        if (lu || i === suite.length - 1) lire(agenda, ecrits);
      }
      const montres = [...agenda.values()].filter((e) => e.annuleLe === null).map((e) => e.code).toSorted();
      expect(montres).toEqual((suite.at(-1)?.codes ?? []).toSorted());
    }),
  );
});
