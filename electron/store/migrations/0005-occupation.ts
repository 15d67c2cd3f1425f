export const migration = {
  version: 5,
  nom: 'occupation',
  sql: `
SELECT 1;
`,
} as const;
