/**
 * Plusieurs bailleurs dans un dossier (absorption, fusion, transfert de patrimoine) : chacun est une
 * origine, dont une déclaration est en vigueur. Origine NULL : l'organisme du dossier lui-même.
 */
export const migration = {
  version: 7,
  nom: 'origines',
  sql: `
CREATE TABLE origine (
  id INTEGER PRIMARY KEY,
  siren TEXT NOT NULL UNIQUE CHECK (length(siren) = 9),
  nom TEXT NOT NULL CHECK (length(nom) > 0),
  operation TEXT NOT NULL CHECK (operation IN ('absorption', 'fusion', 'transfert')),
  -- Date de l'opération, ISO ; NULL quand elle n'est pas connue.
  date TEXT
) STRICT;
ALTER TABLE declaration ADD COLUMN origine INTEGER REFERENCES origine (id);
ALTER TABLE import ADD COLUMN origine INTEGER REFERENCES origine (id);
DROP INDEX declaration_en_vigueur;
CREATE UNIQUE INDEX declaration_en_vigueur ON declaration (coalesce(origine, 0)) WHERE en_vigueur = 1;
`,
} as const;
