import { useMemo } from 'react';
import { totalNpl } from '../../../shared/domain/carte/totaux.ts';
import type { Coloriage } from './coloriage.ts';
import type { Seconde } from './lectures.ts';
import { legende, type Ligne } from './mesures.ts';
import type { ColoreeSeconde } from './TableLoyers.tsx';

/** Les logements sélectionnés de chaque classe ; `null` sans sélection. */
export function choisisDe(prises: readonly Ligne[], { mesure, classes }: Coloriage): Map<number | null, number> | null {
  return prises.length === 0 ? null : new Map(legende(prises, prises.map((l) => l[mesure]), mesure, classes).map((l) => [l.classe, l.logements]));
}

/**
 * Ce que la seconde carte dit de la sélection, et, quand sa mesure est d'un autre scénario que les autres, sa colonne et
 * son total sur le périmètre du tableau : la sélection, sinon les lignes gardées (`null` : toutes).
 */
export function useComparaison(seconde: Seconde | null, second: Coloriage | null, { lignes, rangs, retenues, gardees }: {
  /** Celles de la première carte, leur rang par code, et les codes sélectionnés. */
  lignes: readonly Ligne[];
  rangs: ReadonlyMap<string, number>;
  retenues: ReadonlySet<string>;
  gardees: readonly boolean[] | null;
}) {
  const siennes = seconde?.lignes ?? lignes;
  const prises = useMemo(() => siennes.filter((l) => retenues.has(l.code)), [siennes, retenues]);
  const choisis = useMemo(() => (second === null ? null : choisisDe(prises, second)), [prises, second]);
  const coloree = useMemo((): ColoreeSeconde | null => {
    if (seconde === null || second === null) return null;
    const { mesure, classes } = second;
    return { mesure, classes, scenario: seconde.scenario, lire: (l) => seconde.lignes[rangs.get(l.code) ?? -1]?.[mesure] ?? null };
  }, [seconde, second, rangs]);
  const total = useMemo(
    () => (seconde === null ? null : totalNpl(retenues.size > 0 ? prises : gardees === null ? seconde.lignes : seconde.lignes.filter((_, i) => gardees[i]))),
    [seconde, retenues, prises, gardees],
  );
  return { choisis, coloree, total };
}
