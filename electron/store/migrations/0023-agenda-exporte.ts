/** Événements déjà écrits dans un agenda (.ics) : celui qui quitte le calendrier y est ensuite écrit annulé (RFC 5545, 3.8.1.11). */
export const migration = {
  version: 23,
  nom: 'agenda-exporte',
  sql: `
CREATE TABLE agenda_exporte (
  code TEXT PRIMARY KEY,
  titre TEXT NOT NULL,
  date TEXT NOT NULL,
  jusqua TEXT,
  sequence INTEGER NOT NULL,
  annule_le TEXT
) STRICT, WITHOUT ROWID;
`,
} as const;
