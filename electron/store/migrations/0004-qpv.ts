/** Coordonnées des logements : ce que le fichier donne, ce que la BAN a répondu, ce que la personne a posé. */
export const migration = {
  version: 4,
  nom: 'qpv',
  sql: `
-- Telles qu'écrites dans le fichier (shared/domain/rpls/champs.ts, CHAMPS_COORDONNEES).
ALTER TABLE logement ADD COLUMN x TEXT;
ALTER TABLE logement ADD COLUMN y TEXT;
ALTER TABLE logement ADD COLUMN epsg TEXT;

-- Réponse de la BAN pour une adresse déclarée (shared/domain/positions/adresse.ts) : deux logements de même
-- adresse la partagent, et elle reste quand un nouveau fichier redit la même adresse. Degrés WGS 84.
CREATE TABLE adresse_situee (
  id INTEGER PRIMARY KEY,
  cle TEXT NOT NULL UNIQUE,
  qualite TEXT NOT NULL CHECK (qualite IN ('adresse', 'voie', 'ambigue', 'introuvable')),
  lon REAL,
  lat REAL,
  -- L'adresse telle que la BAN l'écrit, et le fichier d'où elle vient.
  libelle TEXT NOT NULL DEFAULT '',
  fichier TEXT NOT NULL DEFAULT '',
  CHECK ((qualite IN ('adresse', 'voie')) = (lon IS NOT NULL AND lat IS NOT NULL))
) STRICT;

-- Repère posé à la main sur un logement (son identifiant) ou un ensemble (son code).
CREATE TABLE repere (
  id INTEGER PRIMARY KEY,
  objet TEXT NOT NULL CHECK (objet IN ('logement', 'ensemble')),
  cle TEXT NOT NULL,
  lon REAL NOT NULL CHECK (lon BETWEEN -180 AND 180),
  lat REAL NOT NULL CHECK (lat BETWEEN -90 AND 90),
  UNIQUE (objet, cle)
) STRICT;

-- Génération de contours que la personne compare ; sans ligne, la plus récente de cet ordinateur.
CREATE TABLE choix_qpv (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  generation TEXT NOT NULL CHECK (generation IN ('2015', '2024'))
) STRICT;
`,
} as const;
