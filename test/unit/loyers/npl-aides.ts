import fc from 'fast-check';
import type { ChoixEnsemble, EnsembleNpl, PartEnsemble, Scenario } from '../../../shared/domain/loyers/npl/types.ts';
import { PLAFONDS } from '../../../shared/domain/loyers/npl/types.ts';

export const ensemble = (code: string, reste: Partial<EnsembleNpl> = {}): EnsembleNpl => ({ ensemble: code, nom: code, qpv: 0, qpvInconnu: 0, logements: 10, zones: ['2'], ...reste });

/** Une part entièrement connue : `maximum` en centimes par mois. */
export function part(code: string, reste: Partial<PartEnsemble> = {}): PartEnsemble {
  const p: PartEnsemble = {
    ensemble: code, plafond: 'PLUS', mode: 1, logements: 10, sansSurface: 0, surface: 60_000, avecMaximum: 10, surfaceMax: 60_000, maximum: 360_000,
    pratiques: 0, surfacePratiques: 0, loyersPratiques: 0, sansSurfaceMax: 0, maximumSansSurface: 0, sansSurfacePratiques: 0, loyersSansSurface: 0, maximumsNuls: 0, maximumsCus: 0, maximumsCusSansSurface: 0, ...reste,
  };
  return p;
}

export const scenario = (choix: ChoixEnsemble[] = [], reste: Partial<Scenario> = {}): Scenario => ({ nom: 'Essai', choix, limites: [], ...reste });

/** Parc tiré au hasard : parts dont les logements se partagent entre maximum connu, loyer pratiqué, ni l'un ni l'autre. */
export const parcArbitraire: fc.Arbitrary<{ ensembles: EnsembleNpl[]; parts: PartEnsemble[] }> = fc
  .array(
    fc.record({
      plafond: fc.constantFrom(...PLAFONDS), mode: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const), ensemble: fc.integer({ min: 0, max: 5 }),
      n: fc.tuple(fc.nat(20), fc.nat(20), fc.nat(5), fc.nat(5)), sansMax: fc.nat(5), nuls: fc.nat(2), s: fc.integer({ min: 1500, max: 12_000 }), max: fc.nat(100_000), loyer: fc.nat(90_000), cus: fc.constantFrom(0, 1, 2),
    }),
    { minLength: 1, maxLength: 15 },
  )
  .map((tirages) => {
    const parts = tirages.map(({ plafond, mode, ensemble: e, n: [max, pratiques, ni, reste], sansMax, nuls, s, max: m, loyer, cus }): PartEnsemble => ({
      ensemble: `E${e}`, plafond, mode, logements: max + pratiques + ni + reste + sansMax, sansSurface: reste + sansMax, surface: (max + pratiques + ni) * s,
      avecMaximum: max, surfaceMax: max * s, maximum: max * m, pratiques, surfacePratiques: pratiques * s, loyersPratiques: pratiques * loyer,
      sansSurfaceMax: sansMax, maximumSansSurface: sansMax * m, sansSurfacePratiques: Math.floor(reste / 2), loyersSansSurface: Math.floor(reste / 2) * loyer, maximumsNuls: nuls,
      // Aucun, une partie, tous de l'ancienne CUS.
      maximumsCus: Math.ceil((max * cus) / 2), maximumsCusSansSurface: Math.floor((sansMax * cus) / 2),
    }));
    return { parts, ensembles: [...new Set(parts.map((p) => p.ensemble))].map((c) => ensemble(c)) };
  });
