/**
 * Les sommes dont la masse maximale des loyers se déduit, tenues avec les autres résumés : la calculer ne
 * relit plus les logements. Un dossier déjà rempli les reçoit d'après ses logements en vigueur.
 */
export const migration = {
  version: 10,
  nom: 'resume-npl',
  sql: `
-- Codes 0 : non renseigné. Maximum : LOYERMAXCUS, sinon LOYERMAXAPL, en centimes ; surfaces en centièmes de m².
CREATE TABLE resume_npl (
  ensemble INTEGER NOT NULL,
  cus INTEGER NOT NULL,
  finan INTEGER NOT NULL,
  mode INTEGER NOT NULL CHECK (mode IN (0, 1, 2, 3)),
  logements INTEGER NOT NULL,
  sans_surface INTEGER NOT NULL,
  surface INTEGER NOT NULL,
  avec_maximum INTEGER NOT NULL,
  surface_max INTEGER NOT NULL,
  maximum INTEGER NOT NULL,
  pratiques INTEGER NOT NULL,
  surface_pratiques INTEGER NOT NULL,
  loyers_pratiques INTEGER NOT NULL,
  PRIMARY KEY (ensemble, cus, finan, mode)
) STRICT, WITHOUT ROWID;
INSERT INTO resume_npl
WITH l AS (
  SELECT ensemble, coalesce(cus, 0) AS cus, coalesce(finan, 0) AS finan, CASE WHEN modesurf IN (1, 2, 3) THEN modesurf ELSE 0 END AS mode,
         coalesce(loyermaxcus, loyermaxapl) AS maximum, CASE WHEN mode = 1 THEN loyerprinc END AS loyer,
         nullif(CASE WHEN modesurf IN (1, 2) THEN surfmode WHEN modesurf = 3 THEN coalesce(surfmode, surfhab) ELSE surfhab END, 0) AS surface
  FROM logement WHERE declaration IN (SELECT id FROM declaration WHERE en_vigueur = 1) AND sortiepatrim IS NULL
)
SELECT ensemble, cus, finan, mode, count(*), sum(surface IS NULL), coalesce(sum(surface), 0),
       sum(surface IS NOT NULL AND maximum IS NOT NULL),
       coalesce(sum(CASE WHEN maximum IS NOT NULL THEN surface END), 0),
       coalesce(sum(CASE WHEN surface IS NOT NULL THEN maximum END), 0),
       sum(surface IS NOT NULL AND maximum IS NULL AND loyer IS NOT NULL),
       coalesce(sum(CASE WHEN maximum IS NULL AND loyer IS NOT NULL THEN surface END), 0),
       coalesce(sum(CASE WHEN surface IS NOT NULL AND maximum IS NULL THEN loyer END), 0)
FROM l GROUP BY 1, 2, 3, 4;
`,
} as const;
