/** Nouvelle politique des loyers. Taux en dix-millièmes d'€/m²/mois, surfaces en centièmes de m². */
export const migration = {
  version: 8,
  nom: 'npl',
  sql: `
-- Barèmes saisis ou chargés, avec leur source : aucun n'est fourni. Deux valeurs d'une même case se gardent et se disent.
CREATE TABLE plafond_loyer (
  id INTEGER PRIMARY KEY,
  annee INTEGER NOT NULL,
  produit TEXT NOT NULL CHECK (produit IN ('PLAI', 'PLUS', 'PLS', 'PLI')),
  zone TEXT NOT NULL CHECK (length(zone) > 0),
  taux INTEGER NOT NULL CHECK (taux >= 0),
  source TEXT NOT NULL
) STRICT;
-- R445-10 : limite par m² fixée par arrêté, pour les ensembles sans plafond réglementaire.
CREATE TABLE limite_loyer (
  base TEXT PRIMARY KEY CHECK (base IN ('SU', 'SC')),
  taux INTEGER NOT NULL CHECK (taux >= 0),
  source TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- IRL du deuxième trimestre, en centièmes de point.
CREATE TABLE irl (
  annee INTEGER PRIMARY KEY,
  indice INTEGER NOT NULL CHECK (indice > 0),
  source TEXT NOT NULL
) STRICT;
CREATE TABLE zone_commune (
  zonage TEXT NOT NULL CHECK (zonage IN ('123', 'ABC')),
  commune TEXT NOT NULL,
  zone TEXT NOT NULL,
  PRIMARY KEY (zonage, commune)
) STRICT, WITHOUT ROWID;
CREATE TABLE zonage (
  zonage TEXT PRIMARY KEY CHECK (zonage IN ('123', 'ABC')),
  source TEXT NOT NULL,
  charge_le TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scenario_npl (
  id INTEGER PRIMARY KEY,
  nom TEXT NOT NULL UNIQUE CHECK (length(nom) > 0),
  annee INTEGER NOT NULL,
  -- Celui que la convention porte ; aucun : elle ne fixe pas de nouvelle politique des loyers (L445-2).
  retenu INTEGER NOT NULL DEFAULT 0 CHECK (retenu IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX scenario_retenu ON scenario_npl (retenu) WHERE retenu = 1;
-- Ce qu'un scénario décide d'un ensemble (code public) : base, surface dans cette base (R445-9), maximum d'une convention.
CREATE TABLE choix_npl (
  id INTEGER PRIMARY KEY,
  scenario INTEGER NOT NULL,
  ensemble TEXT NOT NULL,
  base TEXT NOT NULL CHECK (base IN ('SU', 'SC')),
  surface INTEGER CHECK (surface > 0),
  connu_taux INTEGER CHECK (connu_taux >= 0),
  connu_base TEXT CHECK (connu_base IN ('SU', 'SC')),
  connu_source TEXT,
  UNIQUE (scenario, ensemble)
) STRICT;
CREATE TABLE choix_plafond (
  id INTEGER PRIMARY KEY,
  scenario INTEGER NOT NULL,
  ensemble TEXT NOT NULL,
  plafond TEXT NOT NULL CHECK (plafond IN ('PLAI', 'PLUS', 'PLS', 'PLI', 'INCONNU')),
  maximum INTEGER NOT NULL CHECK (maximum >= 0),
  moyenne INTEGER CHECK (moyenne >= 0),
  logements INTEGER CHECK (logements >= 0),
  surface INTEGER CHECK (surface >= 0),
  UNIQUE (scenario, ensemble, plafond)
) STRICT;
`,
} as const;
