/** Association des personnes publiques et concertation locative (L445-1, R445-2-4 à R445-2-7). */
export const migration = {
  version: 13,
  nom: 'association',
  sql: `
-- Ce que l'organisme décide ou sait d'une personne publique ; ce que le parc désigne ne s'écrit pas ici.
CREATE TABLE association_personne (
  code TEXT PRIMARY KEY CHECK (length(code) > 0),
  nom TEXT NOT NULL CHECK (length(nom) > 0),
  nature TEXT NOT NULL,
  territoire TEXT,
  -- NULL : la proposition vaut.
  retenue INTEGER CHECK (retenue IN (0, 1)),
  motif TEXT NOT NULL DEFAULT '',
  rattachement INTEGER NOT NULL DEFAULT 0 CHECK (rattachement IN (0, 1)),
  aoh INTEGER NOT NULL DEFAULT 0 CHECK (aoh IN (0, 1)),
  -- Parc social du ressort (L445-1), et d'où vient ce nombre.
  parc_social INTEGER CHECK (parc_social > 0),
  parc_source TEXT NOT NULL DEFAULT '',
  contact TEXT NOT NULL DEFAULT '',
  orientations TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE echange_association (
  id INTEGER PRIMARY KEY,
  personne TEXT NOT NULL,
  objet TEXT NOT NULL,
  date TEXT NOT NULL CHECK (date GLOB '????-??-??'),
  mode TEXT NOT NULL DEFAULT '',
  texte TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX echange_personne ON echange_association (personne, date);
CREATE TABLE concertation_acteur (
  id INTEGER PRIMARY KEY,
  nom TEXT NOT NULL CHECK (length(nom) > 0),
  qualite TEXT NOT NULL,
  affiliation TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE concertation_reunion (
  id INTEGER PRIMARY KEY,
  date TEXT NOT NULL CHECK (date GLOB '????-??-??'),
  -- Codes des objets, séparés par des virgules.
  objets TEXT NOT NULL DEFAULT '',
  participants TEXT NOT NULL DEFAULT '',
  texte TEXT NOT NULL DEFAULT ''
) STRICT;
`,
} as const;
