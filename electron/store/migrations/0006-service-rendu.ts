export const migration = {
  version: 6,
  nom: 'service-rendu',
  sql: `
SELECT 1;
`,
} as const;
