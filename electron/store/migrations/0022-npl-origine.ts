/**
 * D'où vient le maximum déclaré : les logements dont c'est LOYERMAXCUS (ancienne CUS, L445-3-1), non
 * LOYERMAXAPL. Un dossier déjà rempli les reçoit d'après ses logements en vigueur.
 */
export const migration = {
  version: 22,
  nom: 'npl-origine',
  sql: `
ALTER TABLE resume_npl ADD COLUMN maximums_cus INTEGER NOT NULL DEFAULT 0;
ALTER TABLE resume_npl ADD COLUMN maximums_cus_sans_surface INTEGER NOT NULL DEFAULT 0;
WITH l AS (
  SELECT ensemble, coalesce(cus, 0) AS cus, coalesce(finan, 0) AS finan, CASE WHEN modesurf IN (1, 2, 3) THEN modesurf ELSE 0 END AS mode,
         nullif(CASE WHEN modesurf IN (1, 2) THEN surfmode WHEN modesurf = 3 THEN coalesce(surfmode, surfhab) ELSE surfhab END, 0) AS surface
  FROM logement WHERE declaration IN (SELECT id FROM declaration WHERE en_vigueur = 1) AND sortiepatrim IS NULL AND loyermaxcus <> 0
), c AS (
  SELECT ensemble, cus, finan, mode, sum(surface IS NOT NULL) AS avec, sum(surface IS NULL) AS sans FROM l GROUP BY 1, 2, 3, 4
)
UPDATE resume_npl AS r SET maximums_cus = c.avec, maximums_cus_sans_surface = c.sans
FROM c WHERE c.ensemble = r.ensemble AND c.cus = r.cus AND c.finan = r.finan AND c.mode = r.mode;
`,
} as const;
