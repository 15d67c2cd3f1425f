import { PLAFONDS } from '../../../shared/domain/loyers/npl/types.ts';
import type { EnsembleNpl, LimiteSansPlafond, PartEnsemble, PlafondLoyer } from '../../../shared/domain/loyers/npl/types.ts';
import type { Irl } from '../../../shared/domain/loyers/npl/revision.ts';
import { readIrl, readLimites, readPlafondsLoyer, readZones } from '../../store/npl/baremes.ts';
import { readEnsemblesParc, readParts } from '../../store/npl/parc.ts';
import type { Base } from '../../store/base.ts';

/** Tout ce dont un scénario se calcule. */
export type DonneesNpl = {
  ensembles: (EnsembleNpl & { commune: string })[];
  parts: PartEnsemble[];
  plafonds: PlafondLoyer[];
  limites: LimiteSansPlafond[];
  irl: Irl[];
};

export type Parc = { ensembles: ReturnType<typeof readEnsemblesParc>; parts: PartEnsemble[] };

/** Le parc, d'après les résumés : les parts d'un ensemble dans l'ordre des plafonds, puis des modes de surface. */
export function readParc(base: Base): Parc {
  const ordre = new Map<string, number>(PLAFONDS.map((p, i) => [p, i]));
  const rang = (p: PartEnsemble): number => (ordre.get(p.plafond) ?? 0) * 10 + p.mode;
  const parts = readParts(base).sort((a, b) => (a.ensemble === b.ensemble ? rang(a) - rang(b) : a.ensemble < b.ensemble ? -1 : 1));
  return { ensembles: readEnsemblesParc(base), parts };
}

/** Le parc et les barèmes du dossier ; les ensembles d'une commune ont la même liste de zones. */
export function readDonneesDe(base: Base, parc: Parc): DonneesNpl {
  const zones = readZones(base, parc.ensembles.map((e) => e.commune));
  const sans: string[] = [];
  return {
    ensembles: parc.ensembles.map((e) => ({ ...e, zones: zones.get(e.commune) ?? sans })),
    parts: parc.parts, plafonds: readPlafondsLoyer(base), limites: readLimites(base), irl: readIrl(base),
  };
}
