export const migration = {
  version: 4,
  nom: 'qpv',
  sql: `
SELECT 1;
`,
} as const;
