/**
 * Politique des loyers : un maximum de 0 € n'en est pas un ; les logements sans surface gardent leur maximum, pour
 * l'ensemble dont la surface est donnée ; l'année où un montant est écrit ; annexes, travaux, plafond de ressources
 * donné aux logements qui n'en disent pas. Le résumé est refait d'après les logements en vigueur.
 */
export const migration = {
  version: 16,
  nom: 'npl-justesse',
  sql: `
ALTER TABLE choix_npl ADD COLUMN connu_annee INTEGER;
ALTER TABLE choix_npl ADD COLUMN habitable INTEGER CHECK (habitable > 0);
ALTER TABLE choix_npl ADD COLUMN annexes INTEGER CHECK (annexes >= 0);
ALTER TABLE choix_npl ADD COLUMN inconnus TEXT CHECK (inconnus IN ('PLAI', 'PLUS', 'PLS', 'PLI'));
ALTER TABLE choix_npl ADD COLUMN travaux_accord TEXT;
ALTER TABLE choix_npl ADD COLUMN travaux_reference TEXT;
ALTER TABLE choix_plafond ADD COLUMN annee INTEGER;
ALTER TABLE choix_plafond ADD COLUMN precedent INTEGER CHECK (precedent >= 0);
UPDATE choix_plafond SET annee = (SELECT annee FROM scenario_npl s WHERE s.id = choix_plafond.scenario);

-- Logements sans surface : ceux dont le maximum, à défaut le loyer, est connu, et sa somme. Maximums et loyers déclarés à 0 €.
ALTER TABLE resume_npl ADD COLUMN sans_surface_max INTEGER NOT NULL DEFAULT 0;
ALTER TABLE resume_npl ADD COLUMN maximum_sans_surface INTEGER NOT NULL DEFAULT 0;
ALTER TABLE resume_npl ADD COLUMN sans_surface_pratiques INTEGER NOT NULL DEFAULT 0;
ALTER TABLE resume_npl ADD COLUMN loyers_sans_surface INTEGER NOT NULL DEFAULT 0;
ALTER TABLE resume_npl ADD COLUMN maximums_nuls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE resume_npl ADD COLUMN loyers_nuls INTEGER NOT NULL DEFAULT 0;
DELETE FROM resume_npl;
INSERT INTO resume_npl
WITH l AS (
  SELECT ensemble, coalesce(cus, 0) AS cus, coalesce(finan, 0) AS finan, CASE WHEN modesurf IN (1, 2, 3) THEN modesurf ELSE 0 END AS mode,
         coalesce(nullif(loyermaxcus, 0), nullif(loyermaxapl, 0)) AS maximum, CASE WHEN mode = 1 THEN loyerprinc END AS loyer,
         coalesce(loyermaxcus = 0, 0) OR coalesce(loyermaxapl = 0, 0) AS nul,
         nullif(CASE WHEN modesurf IN (1, 2) THEN surfmode WHEN modesurf = 3 THEN coalesce(surfmode, surfhab) ELSE surfhab END, 0) AS surface
  FROM logement WHERE declaration IN (SELECT id FROM declaration WHERE en_vigueur = 1) AND sortiepatrim IS NULL
)
SELECT ensemble, cus, finan, mode, count(*), sum(surface IS NULL), coalesce(sum(surface), 0),
       sum(surface IS NOT NULL AND maximum IS NOT NULL),
       coalesce(sum(CASE WHEN maximum IS NOT NULL THEN surface END), 0),
       coalesce(sum(CASE WHEN surface IS NOT NULL THEN maximum END), 0),
       sum(surface IS NOT NULL AND maximum IS NULL AND loyer IS NOT NULL),
       coalesce(sum(CASE WHEN maximum IS NULL AND loyer IS NOT NULL THEN surface END), 0),
       coalesce(sum(CASE WHEN surface IS NOT NULL AND maximum IS NULL THEN loyer END), 0),
       sum(surface IS NULL AND maximum IS NOT NULL), coalesce(sum(CASE WHEN surface IS NULL THEN maximum END), 0),
       sum(surface IS NULL AND maximum IS NULL AND loyer IS NOT NULL), coalesce(sum(CASE WHEN surface IS NULL AND maximum IS NULL THEN loyer END), 0),
       sum(nul), coalesce(sum(loyer = 0), 0)
FROM l GROUP BY 1, 2, 3, 4;
`,
} as const;
