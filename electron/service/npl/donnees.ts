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

type Parc = { repere: Repere; ensembles: ReturnType<typeof readEnsemblesParc>; parts: PartEnsemble[] };
type Repere = { journal: number; operation: number; import: number };

/** Par dossier ouvert ; part avec lui. */
const PARCS = new WeakMap<Base, Parc>();

/** Où en sont les logements et les ensembles : dernier import, dernière opération, dernière ligne du journal qui les concerne. */
function readRepere(base: Base, depuis: Repere | undefined): Repere {
  const lu = base
    .prepare<[{ depuis: number }], Repere>(
      `SELECT coalesce((SELECT max(id) FROM journal WHERE id > :depuis AND (champ GLOB 'logement/*' OR champ GLOB 'ensemble/*')), :depuis) AS journal,
              coalesce((SELECT max(id) FROM operation WHERE nature NOT LIKE 'npl.%'), 0) AS operation, coalesce((SELECT max(id) FROM import), 0) AS import`,
    )
    .get({ depuis: depuis?.journal ?? 0 });
  if (lu === undefined) throw new Error('repère illisible');
  return lu;
}

/**
 * Le parc, relu seulement quand les logements ou les ensembles ont pu changer : après un premier passage,
 * un choix de plus ne relit pas les logements.
 */
function readParc(base: Base): Parc {
  const garde = PARCS.get(base);
  const repere = readRepere(base, garde?.repere);
  if (garde !== undefined && garde.repere.journal === repere.journal && garde.repere.operation === repere.operation && garde.repere.import === repere.import) return garde;
  const ordre = new Map<string, number>(PLAFONDS.map((p, i) => [p, i]));
  const rang = (p: PartEnsemble): number => (ordre.get(p.plafond) ?? 0) * 10 + p.mode;
  const parts = readParts(base).sort((a, b) => (a.ensemble === b.ensemble ? rang(a) - rang(b) : a.ensemble < b.ensemble ? -1 : 1));
  const parc = { repere, ensembles: readEnsemblesParc(base), parts };
  PARCS.set(base, parc);
  return parc;
}

export function readDonnees(base: Base): DonneesNpl {
  const parc = readParc(base);
  const zones = readZones(base);
  return {
    ensembles: parc.ensembles.map((e) => ({ ...e, zones: zones.get(e.commune) ?? [] })),
    parts: parc.parts, plafonds: readPlafondsLoyer(base), limites: readLimites(base), irl: readIrl(base),
  };
}
