import { migration as dossier } from './0001-dossier.ts';

export type Migration = { version: number; nom: string; sql: string };

/** Toutes les migrations, dans l'ordre ; la version du fichier est celle de la dernière appliquée. */
export const migrations: readonly Migration[] = [dossier];

export const VERSION_FICHIER = migrations.length;
