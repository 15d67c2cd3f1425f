/**
 * Attributions de logements (R445-5, L441-1) : un lot par import et par année civile, un seul en vigueur par
 * année, les autres gardés. Leurs lignes ne viennent qu'avec eux. Rien n'y nomme une personne.
 */
export const migration = {
  version: 11,
  nom: 'attributions',
  sql: `
CREATE TABLE attribution_lot (
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES import (id),
  annee INTEGER NOT NULL,
  en_vigueur INTEGER NOT NULL CHECK (en_vigueur IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX attribution_lot_en_vigueur ON attribution_lot (annee) WHERE en_vigueur = 1;

-- 0 et 1 : non et oui ; NULL : inconnu. Commune et QPV sont ceux du jour de l'import. ligne : dans son fichier.
CREATE TABLE attribution (
  lot INTEGER NOT NULL,
  ligne INTEGER NOT NULL,
  -- AAAA-MM-JJ, AAAA-MM ou AAAA.
  jour TEXT NOT NULL,
  -- Le logement, quand le dossier le connaît. origine : comme dans correction (0 : l'organisme du dossier).
  origine INTEGER, ident_int TEXT,
  commune TEXT,
  qpv INTEGER CHECK (qpv IN (1, 2)),
  bail INTEGER CHECK (bail IN (0, 1)),
  quartile INTEGER CHECK (quartile BETWEEN 1 AND 4),
  premier INTEGER CHECK (premier IN (0, 1)),
  reloge TEXT CHECK (reloge IN ('non', 'ru', 'orcod', 'oui')),
  prioritaire INTEGER CHECK (prioritaire IN (0, 1)),
  categorie TEXT,
  dalo INTEGER CHECK (dalo IN (0, 1)),
  reserve TEXT CHECK (reserve IN ('non', 'oui', 'etat', 'collectivite', 'action-logement', 'autre')),
  echec INTEGER CHECK (echec IN (0, 1)),
  mutation TEXT CHECK (mutation IN ('non', 'interne', 'externe', 'oui')),
  mutation_ru INTEGER CHECK (mutation_ru IN (0, 1)),
  venant INTEGER CHECK (venant IN (0, 1)),
  refus INTEGER CHECK (refus >= 0),
  PRIMARY KEY (lot, ligne)
) STRICT, WITHOUT ROWID;

-- Objectif qui remplace un minimum de L441-1 dans un territoire, tel que tapé, et d'où il vient.
CREATE TABLE objectif_attribution (
  seuil TEXT NOT NULL,
  territoire TEXT NOT NULL,
  saisie TEXT NOT NULL CHECK (length(saisie) > 0),
  source TEXT NOT NULL,
  PRIMARY KEY (seuil, territoire)
) STRICT, WITHOUT ROWID;
`,
} as const;
