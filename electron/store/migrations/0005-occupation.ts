/**
 * Occupation sociale (L442-5) : une enquête par import, la dernière en vigueur, les autres gardées. Ses lignes
 * ne viennent qu'avec elle. Rien n'y nomme une personne.
 */
export const migration = {
  version: 5,
  nom: 'occupation',
  sql: `
CREATE TABLE enquete (
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES import (id),
  maille TEXT NOT NULL CHECK (maille IN ('logement', 'ensemble')),
  en_vigueur INTEGER NOT NULL CHECK (en_vigueur IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX enquete_en_vigueur ON enquete (en_vigueur) WHERE en_vigueur = 1;

-- Un logement, un ménage. origine : comme dans correction (0 : l'organisme du dossier).
CREATE TABLE occupation_logement (
  enquete INTEGER NOT NULL,
  origine INTEGER NOT NULL,
  ident_int TEXT NOT NULL,
  ligne INTEGER NOT NULL,
  repondant INTEGER NOT NULL CHECK (repondant IN (0, 1)),
  occupants INTEGER, majeurs INTEGER, mineurs INTEGER, type INTEGER, age INTEGER,
  -- Ressources en centièmes de pour cent du plafond : une valeur (bornes égales) ou une fourchette (sans fin : NULL).
  ressources_min INTEGER, ressources_max INTEGER,
  apl INTEGER CHECK (apl IN (0, 1)),
  activite INTEGER,
  bail TEXT,
  PRIMARY KEY (enquete, origine, ident_int)
) STRICT, WITHOUT ROWID;

-- Des ménages déjà réunis par ensemble ; qpv : 1, 2, ou 0 quand la ligne ne le dit pas.
CREATE TABLE occupation_ensemble (
  enquete INTEGER NOT NULL,
  ensemble TEXT NOT NULL,
  qpv INTEGER NOT NULL CHECK (qpv IN (0, 1, 2)),
  ligne INTEGER NOT NULL,
  -- Reunis (domaine), JSON.
  reunis TEXT NOT NULL,
  PRIMARY KEY (enquete, ensemble, qpv)
) STRICT, WITHOUT ROWID;
`,
} as const;
