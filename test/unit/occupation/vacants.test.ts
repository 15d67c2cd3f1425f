import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cumulVide } from '../../../shared/domain/occupation/comptes.ts';
import { TableauOccupation } from '../../../shared/domain/occupation/tableau.ts';
import type { Atome } from '../../../shared/domain/occupation/tableau.ts';
import { bornes } from './simplexe.ts';

const effectif = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 10 }) }, { weight: 4, arbitrary: fc.integer({ min: 11, max: 80 }) });
const atomes = fc.array(fc.record({ ensemble: fc.integer({ min: 0, max: 5 }), qpv: fc.boolean(), loues: effectif, vacants: fc.integer({ min: 0, max: 15 }) }), { minLength: 1, maxLength: 8 });

it('les vacants masqués ne se déduisent ni des sommes, ni des loués ou proposés moins les logements concernés', () => {
  fc.assert(
    fc.property(atomes, (tires) => {
      const parCle = new Map(tires.map((t) => [`${t.ensemble} ${t.qpv}`, t]));
      const liste = [...parCle.values()].map((t): Atome => ({
        unites: [`ensemble/${t.ensemble}`, `commune/${Math.floor(t.ensemble / 2)}`, 'organisme/organisme'],
        situation: t.qpv ? 'qpv' : 'horsQpv',
        cumul: { ...cumulVide([]), logements: t.loues + t.vacants, concernes: t.loues, repondants: t.loues, offerts: t.loues + t.vacants, vacants: t.vacants },
      }));
      const tableau = new TableauOccupation([], liste);
      const x0 = tableau.atomes.flatMap((a) => [a.cumul.concernes, a.cumul.vacants]);
      const noeuds = [...new Set(liste.flatMap((a) => a.unites))].flatMap((u) => (['total', 'qpv', 'horsQpv'] as const).map((situation) => ({ u, situation })));
      const forme = ({ u, situation }: (typeof noeuds)[number], loues: number, vacants: number): number[] =>
        tableau.atomes.flatMap((a) => (a.unites.includes(u) && (situation === 'total' || a.situation === situation) ? [loues, vacants] : [0, 0]));
      const montres = noeuds.filter((n) => forme(n, 1, 1).some((x) => x > 0)).map((n) => ({ n, c: tableau.lire(n.u, n.situation, true) }));
      const equations = montres.flatMap(({ n, c }) => [
        ...(c.concernes === null ? [] : [forme(n, 1, 0)]), ...(c.vacants === null ? [] : [forme(n, 0, 1)]), ...(c.offerts === null ? [] : [forme(n, 1, 1)]),
      ]);
      const determines = montres.filter(({ c }) => c.vacants === null).filter(({ n }) => {
        const b = bornes(equations, x0, forme(n, 0, 1));
        return b.max - b.min < 1 - 1e-6;
      });
      // Sans aucun vacant, personne n'est désigné : tout est à zéro.
      expect(x0.some((v, i) => i % 2 === 1 && v > 0) ? determines.map(({ n }) => `${n.u} ${n.situation}`) : []).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
