import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Evenement } from '../../../shared/domain/calendrier/agenda.ts';
import { followExports } from '../../../shared/domain/calendrier/exports.ts';
import type { EvenementEcrit } from '../../../shared/domain/calendrier/exports.ts';

const evenement = (code: string, autre: Partial<Evenement> = {}): Evenement => ({ code, titre: `Étape ${code}`, date: '2026-05-01', description: 'Article X.', chaqueAnneeJusqua: null, ...autre });

/** Ce qu'un agenda retient de fichiers lus dans l'ordre : d'un événement déjà lu, il ne prend qu'une version plus haute. */
function lire(agenda: Map<string, EvenementEcrit>, fichier: readonly EvenementEcrit[]): void {
  for (const e of fichier) if (e.sequence > (agenda.get(e.code)?.sequence ?? -1)) agenda.set(e.code, e);
}

test('une étape partie sans que le dossier change passe tout de même devant ; revenue, de même', () => {
  const [a] = followExports([evenement('a')], [], 7, 'T1');
  expect(a).toEqual({ ...evenement('a'), sequence: 7, annuleLe: null });
  const parti = followExports([], [a!], 7, 'T2');
  expect(parti).toEqual([{ ...evenement('a'), description: 'N’est plus au calendrier de la convention.', sequence: 8, annuleLe: 'T2' }]);
  expect(followExports([], parti, 30, 'T3')).toEqual(parti);
  expect(followExports([evenement('a')], parti, 8, 'T3')).toEqual([{ ...evenement('a'), sequence: 9, annuleLe: null }]);
});

test.each<Partial<Evenement>>([{ titre: 'Autre' }, { date: '2026-06-01' }, { chaqueAnneeJusqua: '2032-06-30' }])('revenue au-dessus du dossier, puis changée (%o) : une version de plus, une seule fois', (change) => {
  let gardes: EvenementEcrit[] = [];
  const exporter = (evenements: Evenement[], revision: number): number[] => {
    gardes = followExports(evenements, gardes, revision, 'T');
    return gardes.map((e) => e.sequence);
  };
  const suite = [exporter([evenement('a')], 10), exporter([], 10), exporter([evenement('a')], 10), exporter([evenement('a', change)], 11), exporter([evenement('a', change)], 12)];
  expect(suite).toEqual([[10], [11], [12], [13], [13]]);
});

test('quels que soient les départs et les retours, un agenda qui lit les fichiers, même en en sautant, montre le dernier calendrier', () => {
  const contenu = fc.record({ titre: fc.constantFrom('Un', 'Deux'), date: fc.constantFrom('2026-05-01', '2026-06-01'), chaqueAnneeJusqua: fc.constantFrom(null, '2032-06-30') });
  const evenements = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), contenu), { selector: ([code]) => code }).map((es) => es.map(([code, c]) => evenement(code, c)));
  const pas = fc.record({ evenements, avance: fc.nat(2), lu: fc.boolean() });
  fc.assert(
    fc.property(fc.array(pas, { minLength: 1, maxLength: 12 }), (suite) => {
      const agenda = new Map<string, EvenementEcrit>();
      let [exportes, revision]: [EvenementEcrit[], number] = [[], 0];
      for (const [i, { evenements: vus, avance, lu }] of suite.entries()) {
        revision += avance;
        const ecrits = followExports(vus, exportes, revision, `T${i}`);
        exportes = [...new Map([...exportes, ...ecrits].map((e) => [e.code, e])).values()];
        // Rien n'a changé : les mêmes événements, aux mêmes versions.
        expect(new Set(followExports(vus, exportes, revision, 'plus tard'))).toEqual(new Set(ecrits));
        if (lu || i === suite.length - 1) lire(agenda, ecrits);
      }
      const montres = [...agenda.values()].filter((e) => e.annuleLe === null).map(({ sequence: _, annuleLe: __, ...e }) => e);
      expect(new Set(montres)).toEqual(new Set(suite.at(-1)?.evenements));
    }),
    { numRuns: 500 },
  );
});
