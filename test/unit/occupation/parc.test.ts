import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cumulVide } from '../../../shared/domain/occupation/comptes.ts';
import { TableauOccupation } from '../../../shared/domain/occupation/tableau.ts';
import type { Atome, CumulMontre } from '../../../shared/domain/occupation/tableau.ts';
import { bornes } from './simplexe.ts';

/**
 * Les logements d'une part, par sorte : un lecteur n'en connaît que des sommes, et le nombre de logements de chaque
 * ligne, jamais masqué. Tout le reste (vacants ≤ proposés ≤ logements, rotation ≤ base ≤ proposés) s'ensuit.
 */
const SORTES = {
  louesAnciensRecents: ['offerts', 'concernes', 'baseRotation', 'rotation'],
  louesAnciens: ['offerts', 'concernes', 'baseRotation'],
  louesNeufs: ['offerts', 'concernes'],
  vacantsLongs: ['offerts', 'vacants', 'vacantsTroisMois', 'baseRotation'],
  vacantsLongsNeufs: ['offerts', 'vacants', 'vacantsTroisMois'],
  vacants: ['offerts', 'vacants', 'baseRotation'],
  vacantsNeufs: ['offerts', 'vacants'],
  autres: [],
} as const satisfies Record<string, readonly (keyof CumulMontre)[]>;
const NOMS = Object.keys(SORTES) as (keyof typeof SORTES)[];
const COLONNES = ['concernes', 'offerts', 'vacants', 'vacantsTroisMois', 'baseRotation', 'rotation'] as const;
type Parc = { ensemble: number; qpv: boolean; valeurs: number[] };

const compte = (sorte: keyof typeof SORTES, colonne: string): boolean => (SORTES[sorte] as readonly string[]).includes(colonne);

function dresser(tires: readonly Parc[], enquete: boolean): Atome[] {
  const parCle = new Map(tires.map((t) => [`${t.ensemble} ${t.qpv}`, t]));
  return [...parCle.values()].map(({ ensemble, qpv, valeurs }): Atome => {
    const somme = (colonne: string): number => NOMS.reduce((s, n, i) => s + (compte(n, colonne) ? (valeurs[i] ?? 0) : 0), 0);
    return {
      unites: [`ensemble/${ensemble}`, `commune/${Math.floor(ensemble / 2)}`, 'organisme/organisme'],
      situation: qpv ? 'qpv' : 'horsQpv',
      cumul: {
        ...cumulVide([]), logements: valeurs.reduce((s, v) => s + v, 0), repondants: enquete ? Math.floor(somme('concernes') / 2) : 0,
        ...Object.fromEntries(COLONNES.map((c) => [c, somme(c)])),
      },
    };
  });
}

/** Les effectifs masqués de moins de onze que le tableau publié dit quand même, et ceux de moins de onze publiés. */
function juger(liste: readonly Atome[], parts: readonly Parc[]): string[] {
  const tableau = new TableauOccupation([], liste);
  const parCle = new Map(parts.map((t) => [`ensemble/${t.ensemble} ${t.qpv ? 'qpv' : 'horsQpv'}`, t.valeurs]));
  const x0 = tableau.atomes.flatMap((a) => parCle.get(`${a.unites[0] ?? ''} ${a.situation}`) ?? []);
  const lignes = [...new Set(liste.flatMap((a) => a.unites))].flatMap((u) => (['total', 'qpv', 'horsQpv'] as const).map((s) => ({ u, s })));
  const forme = ({ u, s }: (typeof lignes)[number], colonne: string): number[] =>
    tableau.atomes.flatMap((a) => NOMS.map((n) => (a.unites.includes(u) && (s === 'total' || a.situation === s) && (colonne === 'logements' || compte(n, colonne)) ? 1 : 0)));
  const montres = lignes.map((l) => ({ l, c: tableau.lire(l.u, l.s, true) })).filter(({ l, c }) => c.logements > 0 && forme(l, 'logements').some((v) => v > 0));
  const equations = montres.flatMap(({ l, c }) => ['logements' as const, ...COLONNES].flatMap((k) => (c[k] === null ? [] : [forme(l, k)])));
  return montres.flatMap(({ l, c }) =>
    COLONNES.flatMap((k) => {
      const f = forme(l, k);
      const vrai = f.reduce((s, v, i) => s + v * (x0[i] ?? 0), 0);
      if (vrai >= 11) return [];
      if (c[k] !== null) return [`${l.u} ${l.s} ${k} : ${vrai} publié`];
      const b = bornes(equations, x0, f);
      return b.max - b.min < 1 - 1e-6 ? [`${l.u} ${l.s} ${k} : ${vrai} déduit`] : [];
    }),
  );
}

const petit = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: 1, max: 10 }) }, { weight: 1, arbitrary: fc.integer({ min: 11, max: 30 }) });
const grand = fc.oneof({ weight: 2, arbitrary: fc.integer({ min: 1, max: 10 }) }, { weight: 3, arbitrary: fc.integer({ min: 11, max: 60 }) });
const parc = fc.array(
  fc.record({ ensemble: fc.integer({ min: 0, max: 4 }), qpv: fc.boolean(), valeurs: fc.tuple(petit, grand, petit, petit, petit, petit, petit, petit) }),
  { minLength: 1, maxLength: 6 },
).map((liste) => [...new Map(liste.map((t) => [`${t.ensemble} ${t.qpv}`, t])).values()]);

it('ni vacance ni rotation de moins de onze ne se lit, ni ne se déduit des sommes et du nombre de logements', () => {
  fc.assert(fc.property(parc, fc.boolean(), (tires, enquete) => {
    expect(juger(dresser(tires, enquete), tires)).toEqual([]);
  }), { numRuns: 60 });
}, 60_000);

it('tout loué, sans emménagement récent ni vacance : une commune de neuf logements ne se lit pas', () => {
  const tires: Parc[] = [{ ensemble: 0, qpv: false, valeurs: [0, 9, 0, 0, 0, 0, 0, 0] }, { ensemble: 2, qpv: false, valeurs: [0, 58, 0, 0, 0, 0, 0, 0] }, { ensemble: 4, qpv: true, valeurs: [0, 12, 0, 0, 0, 0, 0, 0] }];
  expect(juger(dresser(tires, false), tires)).toEqual([]);
  expect(juger(dresser(tires, true), tires)).toEqual([]);
});

it('un parc assez divers garde ses totaux', () => {
  const tires: Parc[] = [0, 1, 2, 3, 4].map((ensemble) => ({ ensemble, qpv: false, valeurs: [14, 40, 12, 12, 0, 15, 0, 12] }));
  const tableau = new TableauOccupation([], dresser(tires, false));
  expect(COLONNES.map((k) => tableau.lire('organisme/organisme', 'total', true)[k])).toEqual([330, 465, 135, 60, 405, 70]);
});
