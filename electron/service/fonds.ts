import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { TraceFond } from '../../shared/domain/carte/fond.ts';
import { readFond } from '../import/fond.ts';

/** Fond de carte gardé sur cet ordinateur, pour tous les dossiers. */
export type FondGarde = { nom: string; traces: TraceFond[] };

const fichier = (repertoire: string): string => join(repertoire, 'fond-de-carte.json.gz');
let enMemoire: { repertoire: string; fond: FondGarde } | null = null;

/** Charge un fond et le garde. Rend ce qui a été reconnu, par niveau, et le nombre de tracés ignorés. */
export async function keepFond(repertoire: string, chemin: string): Promise<{ nom: string; niveaux: Record<string, number>; ignores: number }> {
  const { traces, ignores } = await readFond(chemin);
  const fond: FondGarde = { nom: basename(chemin), traces };
  mkdirSync(repertoire, { recursive: true });
  const provisoire = `${fichier(repertoire)}.${process.pid}.partiel`;
  writeFileSync(provisoire, gzipSync(JSON.stringify(fond), { level: 1 }));
  renameSync(provisoire, fichier(repertoire));
  enMemoire = { repertoire, fond };
  const niveaux: Record<string, number> = {};
  for (const t of traces) niveaux[t.properties.niveau] = (niveaux[t.properties.niveau] ?? 0) + 1;
  return { nom: fond.nom, niveaux, ignores };
}

/** Le fond gardé, ou `null` : un fichier abîmé compte pour absent, et se recharge. */
export function loadFond(repertoire: string): FondGarde | null {
  if (enMemoire?.repertoire === repertoire) return enMemoire.fond;
  if (!existsSync(fichier(repertoire))) return null;
  try {
    const fond = JSON.parse(gunzipSync(readFileSync(fichier(repertoire))).toString('utf8')) as FondGarde;
    enMemoire = { repertoire, fond };
    return fond;
  } catch {
    return null;
  }
}

export function removeFond(repertoire: string): void {
  enMemoire = null;
  rmSync(fichier(repertoire), { force: true });
}
