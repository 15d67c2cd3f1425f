export const migration = {
  version: 2,
  nom: 'corrections',
  sql: `
SELECT 1;
`,
} as const;
