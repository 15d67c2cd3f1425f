import { PLAFONDS } from '../../../shared/domain/loyers/npl/types.ts';
import type { EnsembleNpl, LimiteSansPlafond, PartEnsemble, PlafondLoyer } from '../../../shared/domain/loyers/npl/types.ts';
import type { Irl } from '../../../shared/domain/loyers/npl/revision.ts';
import { readIrl, readLimites, readPlafondsLoyer, readZones } from '../../store/npl/baremes.ts';
import { readEnsemblesParc, readParts } from '../../store/npl/parc.ts';
import type { Base } from '../../store/base.ts';
import type { Contexte } from '../contexte.ts';

/** Tout ce dont un scénario se calcule. */
export type DonneesNpl = {
  ensembles: (EnsembleNpl & { commune: string })[];
  parts: PartEnsemble[];
  plafonds: PlafondLoyer[];
  limites: LimiteSansPlafond[];
  irl: Irl[];
};

type Parc = { cle: string; ensembles: ReturnType<typeof readEnsemblesParc>; parts: PartEnsemble[] };

const CLE = 'npl/parc';

/**
 * Le parc, relu seulement quand les logements ou les ensembles ont changé : après un premier passage, un
 * choix de plus ne relit pas les logements.
 */
function readParc(contexte: Contexte, base: Base): Parc {
  const cle = base.prepare<[], string>("SELECT coalesce((SELECT max(id) FROM operation WHERE nature NOT LIKE 'npl%'), 0) || ';' || coalesce((SELECT max(id) FROM import), 0)").pluck().get() ?? '';
  const garde = contexte.session.get(CLE) as Parc | undefined;
  if (garde?.cle === cle) return garde;
  const ordre = new Map<string, number>(PLAFONDS.map((p, i) => [p, i]));
  const parts = readParts(base).sort((a, b) => (a.ensemble === b.ensemble ? (ordre.get(a.plafond) ?? 0) - (ordre.get(b.plafond) ?? 0) || a.mode - b.mode : a.ensemble < b.ensemble ? -1 : 1));
  const parc = { cle, ensembles: readEnsemblesParc(base), parts };
  contexte.session.set(CLE, parc);
  return parc;
}

export function readDonnees(contexte: Contexte): DonneesNpl {
  const { base } = contexte.dossier();
  const parc = readParc(contexte, base);
  const zones = readZones(base);
  return {
    ensembles: parc.ensembles.map((e) => ({ ...e, zones: zones.get(e.commune) ?? [] })),
    parts: parc.parts, plafonds: readPlafondsLoyer(base), limites: readLimites(base), irl: readIrl(base),
  };
}
