/** Scénarios de cibles : des jeux nommés, comparés, dont un peut être adopté. Le dépôt ne porte que les cibles du dossier. */
export const migration = {
  version: 14,
  nom: 'scenarios-cibles',
  sql: `
CREATE TABLE scenario_cibles (
  id INTEGER PRIMARY KEY,
  nom TEXT NOT NULL UNIQUE CHECK (length(nom) > 0),
  cree_le TEXT NOT NULL
) STRICT;
-- Une cible ou une référence d'un scénario, telle que tapée ; sans ligne, la case y est vide.
CREATE TABLE cible_scenario (
  scenario INTEGER NOT NULL REFERENCES scenario_cibles (id),
  champ TEXT NOT NULL,
  saisie TEXT NOT NULL CHECK (length(saisie) > 0),
  PRIMARY KEY (scenario, champ)
) STRICT, WITHOUT ROWID;
`,
} as const;
