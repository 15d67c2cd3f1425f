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

-- La convention d'où part ce dossier : un dossier d'avant, ou son paquet. Une au plus.
CREATE TABLE precedent (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  nature TEXT NOT NULL CHECK (nature IN ('dossier', 'paquet')),
  fichier TEXT NOT NULL,
  nom TEXT NOT NULL,
  periode TEXT NOT NULL,
  -- Version et empreinte du dépôt, pour un paquet.
  version INTEGER,
  empreinte TEXT,
  repris_le TEXT NOT NULL,
  -- donnees.json du paquet : ses chiffres, sans les logements.
  donnees BLOB
) STRICT;
-- Ses cibles et leurs références, en souvenir : jamais des cibles d'aujourd'hui.
CREATE TABLE engagement_precedent (
  champ TEXT PRIMARY KEY,
  indicateur TEXT NOT NULL,
  territoire TEXT NOT NULL,
  horizon TEXT NOT NULL,
  ventilation TEXT NOT NULL,
  saisie TEXT NOT NULL,
  reference TEXT
) STRICT, WITHOUT ROWID;
-- Ses ensembles, quand les logements n'y sont pas : leur nom revient à ceux de même identifiant.
CREATE TABLE ensemble_precedent (
  code TEXT PRIMARY KEY,
  nom TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
} as const;
