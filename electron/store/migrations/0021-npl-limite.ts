/** L'année de l'arrêté qui fixe la limite de R445-10, si elle est donnée ; la limite vaut telle qu'écrite. */
export const migration = {
  version: 21,
  nom: 'npl-limite',
  sql: `ALTER TABLE limite_loyer ADD COLUMN annee INTEGER;`,
} as const;
