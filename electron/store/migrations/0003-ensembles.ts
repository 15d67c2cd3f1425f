export const migration = {
  version: 3,
  nom: 'ensembles',
  sql: `
SELECT 1;
`,
} as const;
