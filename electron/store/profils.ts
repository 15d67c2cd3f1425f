import type { Base } from './base.ts';

const cle = (colonnes: readonly string[]): string => colonnes.toSorted().join('\n');

/** Profil (JSON) avec lequel un fichier aux mêmes colonnes a déjà été importé. */
export function findProfil(base: Base, colonnes: readonly string[]): string | null {
  return base.prepare<[string], { profil: string }>('SELECT profil FROM profil_import WHERE colonnes = ?').get(cle(colonnes))?.profil ?? null;
}

/** Retient le profil d'un import appliqué. Dans la transaction de l'appelant. */
export function rememberProfil(base: Base, type: string, colonnes: readonly string[], profil: string, quand: string): void {
  base
    .prepare(
      `INSERT INTO profil_import (type, colonnes, profil, utilise_le) VALUES (?, ?, ?, ?)
       ON CONFLICT (colonnes) DO UPDATE SET profil = excluded.profil, utilise_le = excluded.utilise_le`,
    )
    .run(type, cle(colonnes), profil, quand);
}
