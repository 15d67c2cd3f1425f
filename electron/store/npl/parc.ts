import { familleDe } from '../../../shared/domain/rpls/familles.ts';
import type { EnsembleNpl, PartEnsemble, Plafond } from '../../../shared/domain/loyers/npl/types.ts';
import type { Base } from '../base.ts';
import { enVigueur } from '../en-vigueur.ts';

type Ligne = Omit<PartEnsemble, 'plafond' | 'mode'> & { cus: number | null; finan: number | null; mode: number | null };

const PLAFOND_CUS: Readonly<Record<number, Plafond>> = { 11: 'PLAI', 13: 'PLUS', 14: 'PLS', 16: 'PLI' };
const DE_FAMILLE: Readonly<Record<string, Plafond>> = { PLAI: 'PLAI', PLUS: 'PLUS', PLS: 'PLS', PLI: 'PLI' };

/** Plafond de ressources d'un logement : celui de la CUS (champ 47), sinon celui de son financement s'il en nomme un. */
const plafondDe = (cus: number | null, finan: number | null): Plafond =>
  (cus === null ? undefined : PLAFOND_CUS[cus]) ?? DE_FAMILLE[familleDe(finan === null ? 'inconnu' : String(finan))] ?? 'INCONNU';

/**
 * Les sommes dont la masse se déduit, par ensemble, plafond de ressources et mode de surface. Un seul
 * passage sur les logements du parc. Maximum : LOYERMAXCUS, sinon LOYERMAXAPL. En mode habitable (3), ou sans
 * mode, la surface est celle déclarée avec le loyer, sinon la surface habitable.
 */
export function readParts(base: Base): PartEnsemble[] {
  const lignes = base
    .prepare<[], Ligne>(
      `WITH l AS (
         SELECT ensemble, cus, finan, modesurf, coalesce(loyermaxcus, loyermaxapl) AS maximum, CASE WHEN mode = 1 THEN loyerprinc END AS loyer,
                nullif(CASE WHEN modesurf IN (1, 2) THEN surfmode WHEN modesurf = 3 THEN coalesce(surfmode, surfhab) ELSE surfhab END, 0) AS surface
         FROM logement WHERE ${enVigueur()} AND (sortiepatrim IS NULL OR sortiepatrim = 9)
       ), g AS (
         SELECT ensemble, cus, finan, modesurf AS mode, count(*) AS logements, sum(surface IS NULL) AS sansSurface, coalesce(sum(surface), 0) AS surface,
                sum(surface IS NOT NULL AND maximum IS NOT NULL) AS avecMaximum,
                coalesce(sum(CASE WHEN maximum IS NOT NULL THEN surface END), 0) AS surfaceMax,
                coalesce(sum(CASE WHEN surface IS NOT NULL THEN maximum END), 0) AS maximum,
                sum(surface IS NOT NULL AND maximum IS NULL AND loyer IS NOT NULL) AS pratiques,
                coalesce(sum(CASE WHEN maximum IS NULL AND loyer IS NOT NULL THEN surface END), 0) AS surfacePratiques,
                coalesce(sum(CASE WHEN surface IS NOT NULL AND maximum IS NULL THEN loyer END), 0) AS loyersPratiques
         FROM l GROUP BY ensemble, cus, finan, modesurf
       )
       SELECT e.code AS ensemble, g.cus, g.finan, g.mode, g.logements, g.sansSurface, g.surface, g.avecMaximum, g.surfaceMax, g.maximum, g.pratiques, g.surfacePratiques, g.loyersPratiques
       FROM g JOIN ensemble e ON e.id = g.ensemble`,
    )
    .all();
  const parts = new Map<string, PartEnsemble>();
  for (const { cus, finan, mode, ...sommes } of lignes) {
    const plafond = plafondDe(cus, finan);
    const m = mode === 1 || mode === 2 || mode === 3 ? mode : 0;
    const cle = `${sommes.ensemble}/${plafond}/${m}`;
    const deja = parts.get(cle);
    parts.set(cle, deja === undefined ? { ...sommes, plafond, mode: m } : ajouter(deja, sommes));
  }
  return [...parts.values()];
}

type Sommes = Omit<PartEnsemble, 'plafond' | 'mode' | 'ensemble'>;

function ajouter(a: PartEnsemble, b: Sommes): PartEnsemble {
  return {
    ...a, logements: a.logements + b.logements, sansSurface: a.sansSurface + b.sansSurface, surface: a.surface + b.surface, avecMaximum: a.avecMaximum + b.avecMaximum,
    surfaceMax: a.surfaceMax + b.surfaceMax, maximum: a.maximum + b.maximum, pratiques: a.pratiques + b.pratiques,
    surfacePratiques: a.surfacePratiques + b.surfacePratiques, loyersPratiques: a.loyersPratiques + b.loyersPratiques,
  };
}

export type EnsembleParc = Omit<EnsembleNpl, 'zones'> & { commune: string };

/** Ensembles du parc, dans l'ordre des codes, avec leur compte en QPV déclaré. */
export function readEnsemblesParc(base: Base): EnsembleParc[] {
  return base
    .prepare<[], EnsembleParc>(
      `SELECT e.code AS ensemble, e.nom, e.commune, sum(r.qpv) AS qpv, sum(r.logements) AS logements
       FROM resume_ensemble r JOIN ensemble e ON e.id = r.ensemble WHERE r.surface = 'SH' GROUP BY e.id ORDER BY e.code`,
    )
    .all();
}
