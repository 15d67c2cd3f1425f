/**
 * Le nom et la composition d'un ensemble se décident séparément : renommé, il suit encore la proposition
 * pour ses logements, et réciproquement. La règle de la proposition se règle.
 */
export const migration = {
  version: 3,
  nom: 'ensembles',
  sql: `
ALTER TABLE ensemble RENAME COLUMN decide_par TO nom_decide_par;
ALTER TABLE ensemble ADD COLUMN composition_decidee_par TEXT NOT NULL DEFAULT 'proposition' CHECK (composition_decidee_par IN ('proposition', 'utilisateur'));
-- Avant, une seule marque pour les deux : rien de ce qui a été décidé ne se perd.
UPDATE ensemble SET composition_decidee_par = nom_decide_par;
-- Les images des opérations faites avant disent encore l'ancienne colonne.
UPDATE operation_avant SET avant = json_remove(json_set(avant, '$.nom_decide_par', avant ->> '$.decide_par', '$.composition_decidee_par', avant ->> '$.decide_par'), '$.decide_par')
  WHERE nom_table = 'ensemble' AND avant ->> '$.decide_par' IS NOT NULL;

-- Retirer ou rendre un ensemble (annuler, refaire) cherche ses groupes : sans index, tous à chaque fois.
CREATE INDEX groupe_ensemble ON groupe (ensemble);

-- Règle de la proposition, quand ce n'est plus celle de départ. niveaux : « segment+programme,adresse », voir shared/domain/ensembles/regle.ts.
CREATE TABLE regle_ensembles (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  niveaux TEXT NOT NULL
) STRICT;
`,
} as const;
