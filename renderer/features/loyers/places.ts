import { useCallback, useMemo } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { codesDe, etendueObjet, milieuObjet, PLAN_VIDE, rangsDe } from '../../../shared/domain/carte/plan.ts';
import type { DonneesCarte } from '../../map/donnees.ts';
import type { LigneClassee, Maille, Taille } from './mesures.ts';
import { centres, cerclesDe, direPrecisions, foyers, isApprochee, LIBELLE_PRECISION, nomsDe, positionsDe, quartiersDe, surfacesDe, type Etendue } from './positions.ts';

/** Où est chaque ligne de la maille montrée, sur le fond et parmi les quartiers, et de quoi en faire une carte. */
export function usePlaces({ maille, rangs, taille, fond, lieux, qpv }: {
  maille: Maille;
  /** Les lignes montrées, par code. */
  rangs: ReadonlyMap<string, number>;
  taille: Taille;
  fond: Sortie<'carte.plan'> | undefined;
  lieux: Sortie<'carte.lieux'> | undefined;
  qpv: Sortie<'qpv.tracer'> | undefined;
}) {
  const plan = fond?.plan ?? PLAN_VIDE;
  const codesFond = useMemo(() => codesDe(plan), [plan]);
  const positions = useMemo(() => positionsDe(lieux), [lieux]);
  /** Rang, dans le fond, des objets de cette maille qui portent du patrimoine. */
  const traces = useMemo(() => new Map([...rangsDe(plan, maille)].filter(([code]) => rangs.has(code))), [plan, maille, rangs]);
  const places = useMemo(() => (positions ? centres(positions, maille) : new Map<string, [number, number]>()), [positions, maille]);
  const autour = useMemo(() => (positions && maille === 'ensemble' ? foyers(positions) : undefined), [positions, maille]);
  const quartiers = useMemo(() => quartiersDe(qpv?.geojson), [qpv]);
  const nomsQuartiers = useMemo(() => new Map(quartiers.codes.map((code, i) => [code, `${quartiers.noms[i] ?? ''} (${code.slice(4)})`])), [quartiers]);
  const precisions = useMemo(() => new Map((positions?.ensembles ?? []).map((e) => [e.id, e.precision])), [positions]);
  const lieuxTable = useMemo(
    () => (maille === 'ensemble' ? new Map((positions?.ensembles ?? []).map((e) => [e.id, { commune: e.nomCommune, position: LIBELLE_PRECISION[e.precision] }])) : null),
    [positions, maille],
  );
  const surs = useMemo(
    () => new Set(maille === 'ensemble' ? (positions?.ensembles ?? []).filter((e) => !isApprochee(e.precision)).map((e) => e.id) : []),
    [positions, maille],
  );
  const dites = useMemo(() => (maille === 'ensemble' && positions ? direPrecisions(positions) : []), [maille, positions]);
  const noms = useMemo(() => nomsDe(plan, codesFond, positions?.communes ?? []), [plan, codesFond, positions]);
  const dessiner = useCallback(
    (vues: readonly LigneClassee[], couleurs: string[]): DonneesCarte => ({ surfaces: surfacesDe(plan, codesFond, traces, vues), quartiers, cercles: cerclesDe(vues, places, traces, taille, autour, surs), noms, couleurs }),
    [noms, plan, codesFond, traces, quartiers, places, taille, autour, surs],
  );
  /** L'étendue de ceux de ces objets qui sont sur la carte : celle de leur tracé, ou leur point. */
  const etenduesDe = useCallback(
    (codes: Iterable<string>): Etendue[] => [...codes].flatMap((code) => {
      const rang = traces.get(code);
      if (rang !== undefined) return [etendueObjet(plan, rang)];
      const p = places.get(code);
      return p === undefined ? [] : [[p[0], p[1], p[0], p[1]] satisfies Etendue];
    }),
    [traces, plan, places],
  );
  /** Le point où montrer une ligne sur cette carte ; `null` : elle n'y est pas. */
  const pointDe = useCallback(
    (code: string | null, { cercles, surfaces }: DonneesCarte): [number, number] | null => {
      if (code !== null && cercles.rangs.has(code)) return places.get(code) ?? null;
      const rang = code === null ? undefined : surfaces.rangs.get(code);
      return rang === undefined ? null : milieuObjet(plan, rang);
    },
    [places, plan],
  );
  return { plan, positions, traces, quartiers, nomsQuartiers, precisions, lieuxTable, dites, dessiner, etenduesDe, pointDe };
}
