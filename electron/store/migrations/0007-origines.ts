export const migration = {
  version: 7,
  nom: 'origines',
  sql: `
SELECT 1;
`,
} as const;
