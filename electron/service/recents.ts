import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DossierRecent } from '../../shared/contract.ts';

type Recent = z.output<typeof DossierRecent>;
const Liste = z.object({ version: z.literal(1), dossiers: z.array(DossierRecent) });
const LIMITE = 30;

const chemin = (repertoire: string): string => join(repertoire, 'recents.json');

/** Dossiers ouverts récemment sur cet ordinateur, le dernier d'abord. Un fichier illisible compte pour vide. */
export function readRecents(repertoire: string): Recent[] {
  try {
    const { dossiers } = Liste.parse(JSON.parse(readFileSync(chemin(repertoire), 'utf8')));
    return dossiers.map((d) => {
      const present = existsSync(d.chemin);
      return { ...d, present, modifieLe: present ? statSync(d.chemin).mtime.toISOString() : d.modifieLe };
    });
  } catch {
    return [];
  }
}

export function rememberRecent(repertoire: string, recent: Recent): void {
  write(repertoire, [recent, ...readRecents(repertoire).filter((d) => d.chemin !== recent.chemin)].slice(0, LIMITE));
}

export function forgetRecent(repertoire: string, dossier: string): void {
  write(repertoire, readRecents(repertoire).filter((d) => d.chemin !== dossier));
}

function write(repertoire: string, dossiers: Recent[]): void {
  mkdirSync(repertoire, { recursive: true });
  const provisoire = `${chemin(repertoire)}.${process.pid}.partiel`;
  writeFileSync(provisoire, JSON.stringify({ version: 1, dossiers } satisfies z.input<typeof Liste>));
  renameSync(provisoire, chemin(repertoire));
}
