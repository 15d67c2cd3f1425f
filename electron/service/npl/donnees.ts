import type { ChoixEnsemble, EnsembleNpl, LimiteSansPlafond, PartEnsemble, PlafondLoyer, Scenario } from '../../../shared/domain/loyers/npl/types.ts';
import type { Irl } from '../../../shared/domain/loyers/npl/revision.ts';
import { readIrl, readLimites, readPlafondsLoyer, readZones } from '../../store/npl/baremes.ts';
import { anneeEnVigueur } from '../../store/carte.ts';
import type { ParcNpl } from '../../store/npl/parc.ts';
import type { Base } from '../../store/base.ts';
import type { ReglesNpl } from '../../../shared/millesimes/types.ts';
import { millesimeDe } from '../millesime.ts';

/** Tout ce dont un scénario se calcule. */
export type DonneesNpl = {
  ensembles: (EnsembleNpl & { commune: string })[];
  parts: PartEnsemble[];
  plafonds: PlafondLoyer[];
  limites: LimiteSansPlafond[];
  irl: Irl[];
  /** Année de la déclaration en vigueur : celle des maximums et des loyers du RPLS. */
  anneeParc: number | null;
  /** Ce que le millésime du dossier fixe. */
  regles: ReglesNpl;
};

/** Le parc et les barèmes du dossier ; les ensembles d'une commune ont la même liste de zones. */
export function readDonneesDe(base: Base, parc: ParcNpl): DonneesNpl {
  const zones = readZones(base, parc.ensembles.map((e) => e.commune));
  const sans: string[] = [];
  return {
    ensembles: parc.ensembles.map((e) => ({ ...e, zones: zones.get(e.commune) ?? sans })),
    parts: parc.parts, plafonds: readPlafondsLoyer(base), limites: readLimites(base), irl: readIrl(base), anneeParc: anneeEnVigueur(base), regles: millesimeDe(base).npl,
  };
}

/** Le scénario à calculer : ses choix, et ce que le dossier en dit. */
export const createScenario = ({ limites, irl, anneeParc }: DonneesNpl, { nom, annee }: { nom: string; annee: number }, choix: readonly ChoixEnsemble[]): Scenario => ({ nom, annee, choix, limites, irl, anneeParc });
