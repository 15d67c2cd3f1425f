/** La grille du service rendu (R445-3) et les notes des ensembles. */
export const migration = {
  version: 6,
  nom: 'service-rendu',
  sql: `
-- Une seule grille, en JSON (shared/domain/service-rendu/types.ts) : elle se lit et se change d'un bloc.
CREATE TABLE service_grille (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  grille TEXT NOT NULL
) STRICT;

-- ensemble : le code public. Il revient avec son ensemble après un import annulé puis refait, et la note avec lui.
-- saisie : ce qui a été tapé, gardé tel quel même illisible ; la grille du moment dit ce qui s'en lit.
CREATE TABLE service_note (
  ensemble TEXT NOT NULL,
  critere TEXT NOT NULL,
  saisie TEXT NOT NULL CHECK (length(saisie) > 0),
  quand TEXT NOT NULL,
  qui TEXT NOT NULL,
  PRIMARY KEY (ensemble, critere)
) STRICT, WITHOUT ROWID;
`,
} as const;
