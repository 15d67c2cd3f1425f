/** La connexion SQLite, sous un seul nom : hors d'ici, nul n'importe better-sqlite3. */
import type Database from 'better-sqlite3';

export type Base = Database.Database;
