/** Plan de mise en vente (L445-1, L443-7), taux des communes, consultations. */
export const migration = {
  version: 12,
  nom: 'ventes',
  sql: `
-- Un logement du plan : il tient à son identifiant, non à une déclaration ; disparu du parc, il reste au plan.
CREATE TABLE vente (
  -- Bailleur d'où vient le logement ; 0 : l'organisme du dossier.
  origine INTEGER NOT NULL,
  ident_int TEXT NOT NULL CHECK (length(ident_int) > 0),
  annee INTEGER,
  acquereur TEXT,
  etat TEXT NOT NULL DEFAULT 'a-vendre' CHECK (etat IN ('a-vendre', 'commercialise', 'vendu')),
  date TEXT,
  -- kWhEP/m²/an connus par ailleurs : décimal exact.
  conso TEXT,
  documents INTEGER NOT NULL DEFAULT 0 CHECK (documents IN (0, 1)),
  note TEXT NOT NULL DEFAULT '',
  -- Où il était quand il est entré au plan : ce qui s'en montre s'il quitte le parc.
  commune TEXT NOT NULL,
  adresse TEXT NOT NULL,
  PRIMARY KEY (origine, ident_int)
) STRICT, WITHOUT ROWID;

-- Ce que l'organisme charge ou saisit d'une commune (L302-5) : décimaux exacts en pour cent, 0 ou 1.
CREATE TABLE vente_commune (
  commune TEXT PRIMARY KEY,
  taux TEXT,
  objectif TEXT,
  residences INTEGER CHECK (residences >= 0),
  sociaux INTEGER CHECK (sociaux >= 0),
  carence INTEGER CHECK (carence IN (0, 1)),
  mixite INTEGER CHECK (mixite IN (0, 1)),
  source TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- Consultation d'une commune (commune-13055) ou d'une collectivité qui a financé ou garanti (garant-1).
CREATE TABLE vente_consultation (
  cle TEXT PRIMARY KEY CHECK (length(cle) > 0),
  nature TEXT NOT NULL CHECK (nature IN ('commune', 'collectivite', 'groupement')),
  nom TEXT NOT NULL DEFAULT '',
  adresse TEXT NOT NULL DEFAULT '',
  -- Communes et logements garantis ou financés : tableaux JSON de codes et d'identifiants publics.
  communes TEXT NOT NULL DEFAULT '[]',
  logements TEXT NOT NULL DEFAULT '[]',
  envoyee TEXT,
  recue TEXT,
  reponse TEXT CHECK (reponse IN ('favorable', 'defavorable', 'reserves')),
  repondue TEXT,
  -- Date limite retenue à la place de la calculée, et pourquoi.
  echeance TEXT,
  motif TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
`,
} as const;
