import { invalide } from '../../shared/erreurs.ts';
import type { Base } from './base.ts';
import { APPLICATION_ID } from './connexion.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/index.ts';

/** Applique les migrations qui manquent, toutes ou aucune. Rend le nombre appliqué. */
export function migrate(base: Base, depuis: number, liste: readonly Migration[] = migrations): number {
  const restantes = liste.filter((m) => m.version > depuis);
  if (restantes.length === 0) return 0;
  base.transaction(() => {
    for (const m of restantes) {
      base.exec(m.sql);
      base.pragma(`user_version = ${m.version}`);
    }
    const orphelines = base.pragma('foreign_key_check') as unknown[];
    if (orphelines.length > 0) {
      throw invalide(
        'migration-incoherente',
        `La mise à niveau du dossier laisserait ${orphelines.length} lien(s) sans objet.`,
        'Le dossier n’a pas été changé ; rouvrir la dernière sauvegarde.',
      );
    }
  })();
  return restantes.length;
}

/** Prépare un fichier vide : identité, taille de page, schéma complet. */
export function createSchema(base: Base): void {
  base.pragma('page_size = 8192');
  base.pragma('journal_mode = WAL');
  base.pragma('synchronous = FULL');
  base.pragma(`application_id = ${APPLICATION_ID}`);
  migrate(base, 0);
}
