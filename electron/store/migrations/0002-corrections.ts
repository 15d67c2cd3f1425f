/** Corrections faites à la main sur les logements, et de quoi refaire ce qui a été annulé. */
export const migration = {
  version: 2,
  nom: 'corrections',
  sql: `
-- Une case corrigée à la main : elle tient au logement, non à une déclaration. « importee » : ce qu'en
-- disait le dernier import qui la donne ; le logement, lui, porte la valeur corrigée.
CREATE TABLE correction (
  -- Bailleur d'où vient le logement ; 0 : l'organisme du dossier.
  origine INTEGER NOT NULL,
  ident_int TEXT NOT NULL,
  colonne TEXT NOT NULL,
  importee ANY,
  corrigee ANY,
  quand TEXT NOT NULL,
  qui TEXT NOT NULL,
  motif TEXT,
  PRIMARY KEY (origine, ident_int, colonne)
) STRICT, WITHOUT ROWID;

-- Ce qu'une opération annulée avait écrit, gardé tant qu'elle peut être refaite : jusqu'à l'opération suivante.
ALTER TABLE operation ADD COLUMN refaisable INTEGER NOT NULL DEFAULT 0;
CREATE TABLE operation_apres (
  operation INTEGER NOT NULL REFERENCES operation (id),
  nom_table TEXT NOT NULL,
  cle TEXT NOT NULL,
  -- JSON de la ligne ; NULL quand l'opération l'avait retirée.
  apres TEXT,
  PRIMARY KEY (operation, nom_table, cle)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_operation ON journal (operation) WHERE operation IS NOT NULL;
`,
} as const;
