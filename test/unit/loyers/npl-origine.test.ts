import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { direOrigine, direOrigines } from '../../../shared/domain/loyers/npl/libelles.ts';
import { computeMasse } from '../../../shared/domain/loyers/npl/masse.ts';
import type { ChoixEnsemble, PartEnsemble } from '../../../shared/domain/loyers/npl/types.ts';
import { millesime2019 } from '../../../shared/millesimes/2019.ts';
import { ensemble, parcArbitraire, part, scenario } from './npl-aides.ts';

const lire = (parts: PartEnsemble[], choix: Partial<ChoixEnsemble> | null = null) => {
  const m = computeMasse([ensemble('A')], parts, scenario(choix === null ? [] : [{ ensemble: 'A', base: 'SU', plafonds: [], ...choix }])).ensembles[0];
  return [m?.origine, m?.cus, m?.logements];
};
const plai = { plafond: 'PLAI' as const };
/** Trois logements sans surface, de maximum connu. */
const sans = { sansSurface: 3, logements: 13, sansSurfaceMax: 3, maximumSansSurface: 90_000 };

describe('d’où vient le maximum d’aujourd’hui', () => {
  it('convention APL, ancienne CUS (L445-3-1), ou les deux', () => {
    expect(lire([part('A')])).toEqual(['apl', 0, 10]);
    expect(lire([part('A', { maximumsCus: 10 })])).toEqual(['cus', 10, 10]);
    expect(lire([part('A', { maximumsCus: 1 })])).toEqual(['apl-cus', 1, 10]);
    expect(lire([part('A', { maximumsCus: 10 }), part('A', plai)])).toEqual(['apl-cus', 10, 20]);
    expect(lire([part('A', { maximumsCus: 10 }), part('A', { ...plai, maximumsCus: 10 })])).toEqual(['cus', 20, 20]);
  });
  it('n’est dite que des logements comptés', () => {
    // Sans surface, un logement n'est compté que si celle de l'ensemble est donnée.
    expect(lire([part('A', { ...sans, maximumsCusSansSurface: 3 })])).toEqual(['apl', 0, 10]);
    expect(lire([part('A', { ...sans, maximumsCusSansSurface: 3 })], { surface: 78_000 })).toEqual(['apl-cus', 3, 13]);
    expect(lire([part('A', { ...sans, maximumsCus: 10 })])).toEqual(['cus', 10, 10]);
    // Ni dans une autre surface que celle de l'ensemble.
    expect(lire([part('A'), part('A', { mode: 2, surface: 9_000, surfaceMax: 9_000, logements: 2, avecMaximum: 2, maximumsCus: 2 })])).toEqual(['apl', 0, 10]);
  });
  it('saisi, il remplace celui du fichier ; sans aucun maximum, les loyers pratiqués', () => {
    expect(lire([part('A', { maximumsCus: 10 })], { connu: { taux: 65_000n, base: 'SU', source: 'CUS 2011' } })).toEqual(['convention', 0, 10]);
    const loues = part('A', { avecMaximum: 0, surfaceMax: 0, maximum: 0, pratiques: 10, surfacePratiques: 60_000, loyersPratiques: 400_000 });
    const m = computeMasse([ensemble('A')], [loues], scenario([], { limites: [{ base: 'SU', taux: 90_000n, source: '', annee: null }] })).ensembles[0];
    expect([m?.origine, m?.cus]).toEqual(['R445-10', 0]);
  });
  it('une répartition décidée entre plafonds ne la change pas', () => {
    const plafonds = [{ plafond: 'PLUS' as const, maximum: 60_000n, logements: 4, surface: 24_000 }, { plafond: 'PLAI' as const, maximum: 50_000n, logements: 6, surface: 36_000 }];
    expect(lire([part('A', { maximumsCus: 4 })], { plafonds })).toEqual(['apl-cus', 4, 10]);
  });
  it('pour tout parc : jamais plus de maximums d’ancienne CUS que de logements comptés, et les deux accordés', () => {
    fc.assert(fc.property(parcArbitraire, fc.option(fc.nat(100_000), { nil: undefined }), ({ ensembles, parts }, surface) => {
      const choix = surface === undefined ? [] : ensembles.map((e): ChoixEnsemble => ({ ensemble: e.ensemble, base: 'SU', surface, plafonds: [] }));
      for (const m of computeMasse(ensembles, parts, scenario(choix)).ensembles) {
        expect([m.cus >= 0 && m.cus <= m.logements, m.origine]).toEqual([true, m.cus === 0 ? 'apl' : m.cus === m.logements ? 'cus' : 'apl-cus']);
      }
    }));
  });
});

describe('ses mots', () => {
  const { origines } = millesime2019.npl;
  const listees = [{ origine: 'cus', ...origines.cus, logements: 1, cus: 1 }, { origine: 'apl-cus', ...origines['apl-cus'], logements: 1200, cus: 3 }];
  it('nomment l’article, et les deux nombres quand il y en a deux', () => {
    expect(direOrigine(listees, { origine: 'cus', maximumsApl: 0, maximumsCus: 1 }, String)).toBe('ancienne CUS (L445-3-1)');
    expect(direOrigine(listees, { origine: 'apl-cus', maximumsApl: 1197, maximumsCus: 3 }, String)).toBe('convention APL et ancienne CUS (L445-3, L445-3-1) : 1197 logements d’une convention APL, 3 d’une ancienne CUS');
    expect(direOrigines(listees, String)).toEqual(['ancienne CUS (L445-3-1), 1 logement', 'convention APL et ancienne CUS (L445-3, L445-3-1), 1200 logements dont 3 d’une ancienne CUS']);
  });
  it('un paquet d’avant ne dit que le fichier', () => expect(direOrigine(undefined, { origine: 'rpls' }, String)).toBe('RPLS'));
});
