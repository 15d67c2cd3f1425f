/**
 * Le dossier : une convention en préparation. Montants en centimes, surfaces en centièmes de m²,
 * dates ISO (`AAAA-MM` pour les mois), codes en texte ou en entier quand le code est un nombre fermé.
 * Les tables des écrans à venir (champs définis, opérations annulables) existent dès cette version.
 */
export const migration = {
  version: 1,
  nom: 'dossier',
  sql: `
-- Champs simples du dossier, par leur nom stable (organisme/siren, calendrier/depot, options/PP-5…).
CREATE TABLE champ (
  nom TEXT PRIMARY KEY CHECK (length(nom) > 0),
  valeur TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Cibles. saisie : ce qui a été tapé, gardé tel quel même invalide ; les autres colonnes en sont lues.
CREATE TABLE engagement (
  champ TEXT PRIMARY KEY,
  indicateur TEXT NOT NULL,
  territoire TEXT NOT NULL,
  horizon TEXT NOT NULL,
  ventilation TEXT NOT NULL,
  saisie TEXT NOT NULL,
  valeur TEXT,
  pourcentage TEXT,
  numerateur INTEGER,
  denominateur INTEGER,
  commentaire TEXT,
  UNIQUE (indicateur, territoire, horizon, ventilation)
) STRICT, WITHOUT ROWID;

-- Référence historique d'une ligne de la matrice (arrêté du 19 octobre 2017, art. 3).
CREATE TABLE reference (
  champ TEXT PRIMARY KEY,
  indicateur TEXT NOT NULL,
  territoire TEXT NOT NULL,
  ventilation TEXT NOT NULL,
  saisie TEXT NOT NULL,
  UNIQUE (indicateur, territoire, ventilation)
) STRICT, WITHOUT ROWID;

CREATE TABLE justification (
  code TEXT NOT NULL,
  champ TEXT NOT NULL DEFAULT '',
  motif TEXT NOT NULL CHECK (length(motif) > 0),
  quand TEXT NOT NULL,
  qui TEXT NOT NULL,
  PRIMARY KEY (code, champ)
) STRICT, WITHOUT ROWID;

-- Toute modification de l'utilisateur, chaînée par empreinte.
CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  quand TEXT NOT NULL,
  qui TEXT NOT NULL,
  champ TEXT NOT NULL,
  avant TEXT,
  apres TEXT,
  operation INTEGER REFERENCES operation (id),
  empreinte TEXT NOT NULL CHECK (length(empreinte) = 64)
) STRICT;
CREATE INDEX journal_champ ON journal (champ, id);

-- Opérations en bloc, annulables : l'état d'avant de chaque ligne touchée.
CREATE TABLE operation (
  id INTEGER PRIMARY KEY,
  nature TEXT NOT NULL,
  libelle TEXT NOT NULL,
  quand TEXT NOT NULL,
  qui TEXT NOT NULL,
  annulee_le TEXT
) STRICT;
CREATE TABLE operation_avant (
  operation INTEGER NOT NULL REFERENCES operation (id),
  nom_table TEXT NOT NULL,
  cle TEXT NOT NULL,
  -- JSON de la ligne ; NULL quand la ligne n'existait pas.
  avant TEXT,
  PRIMARY KEY (operation, nom_table, cle)
) STRICT, WITHOUT ROWID;

CREATE TABLE import (
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('rpls', 'logements', 'ops', 'service-rendu', 'attributions')),
  fichier TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  -- Version des règles de lecture : un même fichier relu par d'autres règles n'est pas « inchangé ».
  regles INTEGER NOT NULL,
  profil TEXT,
  importe_le TEXT NOT NULL,
  qui TEXT NOT NULL,
  operation INTEGER REFERENCES operation (id),
  -- De quoi relire et réécrire les lignes d'origine : encodage du fichier, première ligne (octets).
  encodage TEXT,
  entete BLOB,
  -- ResultatImport (contrat), JSON.
  resultat TEXT NOT NULL
) STRICT;

-- Lignes rejetées ou signalées, avec la ligne d'origine (octets du fichier) à la première anomalie de la ligne.
CREATE TABLE anomalie (
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES import (id),
  ligne INTEGER NOT NULL CHECK (ligne >= 0),
  champ TEXT NOT NULL,
  valeur TEXT NOT NULL,
  code TEXT NOT NULL,
  rejet INTEGER NOT NULL CHECK (rejet IN (0, 1)),
  brut BLOB
) STRICT;
CREATE INDEX anomalie_import ON anomalie (import, ligne);

CREATE TABLE profil_import (
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  -- Noms de colonnes du fichier, triés, joints : de quoi reconnaître le profil au fichier suivant.
  colonnes TEXT NOT NULL UNIQUE,
  profil TEXT NOT NULL,
  utilise_le TEXT NOT NULL
) STRICT;

-- Une déclaration : le parc à une date (un millésime du RPLS). Une seule est en vigueur.
CREATE TABLE declaration (
  id INTEGER PRIMARY KEY,
  annee INTEGER,
  import INTEGER NOT NULL REFERENCES import (id),
  en_vigueur INTEGER NOT NULL CHECK (en_vigueur IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX declaration_en_vigueur ON declaration (en_vigueur) WHERE en_vigueur = 1;

CREATE TABLE ensemble (
  id INTEGER PRIMARY KEY,
  -- Identifiant public, stable d'un import à l'autre (« 13055-3FA92C1B »).
  code TEXT NOT NULL UNIQUE,
  -- Clé du groupe dont il porte le nom aujourd'hui (un programme renommé la change, pas le code).
  cle TEXT NOT NULL UNIQUE,
  nom TEXT NOT NULL,
  adresse TEXT NOT NULL,
  commune TEXT NOT NULL,
  decide_par TEXT NOT NULL DEFAULT 'proposition' CHECK (decide_par IN ('proposition', 'utilisateur'))
) STRICT;

-- Proposition automatique : logements de même clé (commune, puis programme, adresse ou bâtiment
-- normalisés), et l'ensemble qui les reçoit, sauf décision contraire de l'utilisateur.
CREATE TABLE groupe (
  id INTEGER PRIMARY KEY,
  cle TEXT NOT NULL UNIQUE,
  ensemble INTEGER NOT NULL REFERENCES ensemble (id)
) STRICT;

-- Ni clé étrangère ni CHECK : la table est recopiée d'un bloc depuis la base de préparation, qui a
-- le même texte (electron/store/staging.ts).
CREATE TABLE logement (
  id INTEGER PRIMARY KEY,
  declaration INTEGER NOT NULL,
  ident_int TEXT NOT NULL,
  -- Commune d'aujourd'hui ; depcom garde le code déclaré.
  commune TEXT NOT NULL,
  ensemble INTEGER NOT NULL,
  groupe INTEGER,
  -- D'où viennent ces valeurs : l'import et la ligne de son fichier.
  import INTEGER,
  ligne INTEGER NOT NULL,
  ident_rep TEXT, droit INTEGER, depcom TEXT NOT NULL, codepostal TEXT, libcom TEXT,
  numvoie TEXT, indrep TEXT, typvoie TEXT, nomvoie TEXT, numappt TEXT, numboite TEXT, esc TEXT, couloir TEXT, etage TEXT,
  complident TEXT, entree TEXT, bat TEXT, immeu TEXT, complgeo TEXT, lieudit TEXT,
  qpv INTEGER, typeconst TEXT, nbpiece INTEGER, surfhab INTEGER,
  construct INTEGER, locat INTEGER, patrimoine INTEGER, origine INTEGER, rsexpro TEXT, siretexpro TEXT,
  finan INTEGER, finanautre TEXT, conv INTEGER, numconv TEXT, datconv TEXT,
  sortiepatrim INTEGER, oldlogt INTEGER, newlogt INTEGER, mode INTEGER, bail TEXT,
  modesurf INTEGER, surfmode INTEGER, loyerprinc INTEGER, loyeracc INTEGER, contrib INTEGER, cus INTEGER,
  dpedate TEXT, dpeenergie TEXT, dpeserre TEXT, sru_expir INTEGER, sru_alinea INTEGER, identges TEXT,
  codsegpatrim TEXT, libsegpatrim TEXT, loyermaxapl INTEGER, loyermaxcus INTEGER,
  qualacq TEXT, miscommercial INTEGER, prixvente INTEGER, prodfin INTEGER, remlocdate TEXT, contreslog INTEGER,
  -- Champs au-delà du 63e, bruts, séparés par « ; ».
  champs_supplementaires TEXT
) STRICT;

-- Comptes du parc, écrits dans la transaction qui change les logements : un seul endroit les calcule.
CREATE TABLE resume_parc (
  commune TEXT NOT NULL,
  -- logements, sortis, vacants (clé vide) ; qpv, finan, dpe, annee, type, pieces, mode (clé : code ou « inconnu »).
  dimension TEXT NOT NULL,
  cle TEXT NOT NULL,
  logements INTEGER NOT NULL,
  PRIMARY KEY (dimension, cle, commune)
) STRICT, WITHOUT ROWID;

-- Sommes exactes par ensemble et par surface : de quoi dériver tous les loyers sans relire les logements.
CREATE TABLE resume_ensemble (
  ensemble INTEGER NOT NULL,
  commune TEXT NOT NULL,
  surface TEXT NOT NULL CHECK (surface IN ('SH', 'SU', 'SC')),
  logements INTEGER NOT NULL,
  qpv INTEGER NOT NULL,
  qpv_inconnu INTEGER NOT NULL,
  loues INTEGER NOT NULL,
  somme_surface INTEGER NOT NULL,
  somme_loyer INTEGER NOT NULL,
  avec_maximum INTEGER NOT NULL,
  surface_max INTEGER NOT NULL,
  loyer_max_pratique INTEGER NOT NULL,
  somme_max INTEGER NOT NULL,
  PRIMARY KEY (ensemble, commune, surface)
) STRICT, WITHOUT ROWID;
CREATE TABLE resume_financement (
  ensemble INTEGER NOT NULL,
  finan TEXT NOT NULL,
  logements INTEGER NOT NULL,
  PRIMARY KEY (ensemble, finan)
) STRICT, WITHOUT ROWID;

-- Champs que l'organisme ajoute lui-même aux logements ou aux ensembles.
CREATE TABLE champ_defini (
  nom TEXT PRIMARY KEY,
  objet TEXT NOT NULL CHECK (objet IN ('logement', 'ensemble')),
  libelle TEXT NOT NULL,
  type TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE valeur_definie (
  champ TEXT NOT NULL REFERENCES champ_defini (nom),
  cle TEXT NOT NULL,
  valeur TEXT NOT NULL,
  PRIMARY KEY (champ, cle)
) STRICT, WITHOUT ROWID;

CREATE TABLE depot (
  version INTEGER PRIMARY KEY CHECK (version > 0),
  date TEXT NOT NULL,
  empreinte TEXT NOT NULL CHECK (length(empreinte) = 64),
  paquet TEXT NOT NULL,
  signe INTEGER NOT NULL CHECK (signe IN (0, 1)),
  signataire TEXT,
  malgre TEXT,
  fichiers TEXT NOT NULL,
  -- donnees.json tel que déposé.
  donnees BLOB NOT NULL
) STRICT;
-- Copie figée du dossier d'où le dépôt a été fait, compressée, en morceaux.
CREATE TABLE depot_copie (
  version INTEGER NOT NULL REFERENCES depot (version),
  morceau INTEGER NOT NULL,
  octets BLOB NOT NULL,
  PRIMARY KEY (version, morceau)
) STRICT;

CREATE TABLE retour (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL REFERENCES depot (version),
  avis TEXT CHECK (avis IN ('favorable', 'reserve', 'defavorable')),
  auteur TEXT NOT NULL,
  date TEXT NOT NULL,
  fichier TEXT NOT NULL,
  lu_le TEXT NOT NULL
) STRICT;
CREATE TABLE observation (
  id TEXT PRIMARY KEY,
  retour INTEGER NOT NULL REFERENCES retour (id),
  champ TEXT NOT NULL,
  nature TEXT NOT NULL CHECK (nature IN ('a-corriger', 'a-completer', 'question', 'proposition', 'favorable')),
  etat TEXT NOT NULL CHECK (etat IN ('ouverte', 'repondue', 'levee')),
  texte TEXT NOT NULL,
  valeur_proposee TEXT,
  auteur TEXT NOT NULL,
  date TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX observation_champ ON observation (champ);
CREATE TABLE reponse (
  id INTEGER PRIMARY KEY,
  observation TEXT NOT NULL REFERENCES observation (id),
  texte TEXT NOT NULL,
  auteur TEXT NOT NULL,
  date TEXT NOT NULL
) STRICT;
`,
  /** Index des logements : à part, car un premier import les crée après avoir chargé les lignes. */
  indexLogements: [
    'CREATE UNIQUE INDEX logement_ident ON logement (declaration, ident_int)',
    'CREATE INDEX logement_ensemble ON logement (ensemble)',
    'CREATE INDEX logement_commune ON logement (declaration, commune)',
  ],
} as const;
