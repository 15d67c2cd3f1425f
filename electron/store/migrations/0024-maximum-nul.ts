/**
 * Un loyer maximum déclaré à 0 € n'en est pas un : il n'entre plus dans les moyennes ni dans les écarts, comme il n'entre
 * pas dans la politique des loyers. Un dossier déjà rempli en retire ceux qu'il avait comptés.
 */
export const migration = {
  version: 24,
  nom: 'maximum-nul',
  sql: `
WITH l AS (
  SELECT ensemble, commune, loyerprinc AS loyer, coalesce(nullif(loyermaxcus, 0), nullif(loyermaxapl, 0)) AS maximum, surfhab, modesurf, surfmode
  FROM logement WHERE declaration IN (SELECT id FROM declaration WHERE en_vigueur = 1) AND sortiepatrim IS NULL
    AND mode = 1 AND loyerprinc IS NOT NULL AND coalesce(loyermaxcus, loyermaxapl) = 0
), s AS (
  SELECT ensemble, commune, 'SH' AS surface, surfhab AS m2, loyer, maximum FROM l
  UNION ALL SELECT ensemble, commune, CASE modesurf WHEN 1 THEN 'SU' ELSE 'SC' END, surfmode, loyer, maximum FROM l WHERE modesurf IN (1, 2)
), d AS (
  SELECT ensemble, commune, surface, sum(maximum IS NULL) AS n, coalesce(sum(CASE WHEN maximum IS NULL THEN m2 END), 0) AS m2,
         coalesce(sum(CASE WHEN maximum IS NULL THEN loyer END), 0) AS loyer, coalesce(sum(maximum), 0) AS maximum
  FROM s WHERE m2 > 0 GROUP BY 1, 2, 3
)
UPDATE resume_ensemble AS r
SET avec_maximum = avec_maximum - d.n, surface_max = surface_max - d.m2, loyer_max_pratique = loyer_max_pratique - d.loyer, somme_max = somme_max + d.maximum
FROM d WHERE d.ensemble = r.ensemble AND d.commune = r.commune AND d.surface = r.surface;
`,
} as const;
