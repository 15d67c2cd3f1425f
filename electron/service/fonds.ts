import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { NIVEAUX } from '../../shared/domain/carte/plan.ts';
import type { Niveau, TraceFond } from '../../shared/domain/carte/fond.ts';
import { readFond } from '../import/fond.ts';

/** Un niveau de fond de carte gardé sur cet ordinateur, pour tous les dossiers ; chacun vient de son fichier. */
export type FondGarde = { niveau: Niveau; nom: string; traces: TraceFond[] };

const fichier = (repertoire: string, niveau: Niveau): string => join(repertoire, `fond-de-carte-${niveau}.json.gz`);
/** Où tous les niveaux étaient d'abord gardés ensemble. */
const ancien = (repertoire: string): string => join(repertoire, 'fond-de-carte.json.gz');
let enMemoire: { repertoire: string; fonds: readonly FondGarde[] } | null = null;

/** Charge un fond : chaque niveau qu'il contient remplace le même, les autres restent. Rend ce qui a été reconnu, par niveau, et le nombre de tracés ignorés. */
export async function keepFond(repertoire: string, chemin: string): Promise<{ nom: string; niveaux: Record<string, number>; ignores: number }> {
  const { traces, ignores } = await readFond(chemin);
  const nom = basename(chemin);
  const charges = parNiveau({ nom, traces });
  const autres = loadFonds(repertoire).filter((f) => !charges.some((c) => c.niveau === f.niveau));
  garder(repertoire, charges);
  enMemoire = { repertoire, fonds: ranger([...autres, ...charges]) };
  return { nom, niveaux: Object.fromEntries(charges.map((f) => [f.niveau, f.traces.length])), ignores };
}

const parNiveau = ({ nom, traces }: { nom: string; traces: readonly TraceFond[] }): FondGarde[] =>
  NIVEAUX.map((niveau) => ({ niveau, nom, traces: traces.filter((t) => t.properties.niveau === niveau) })).filter((f) => f.traces.length > 0);

const ranger = (fonds: readonly FondGarde[]): FondGarde[] => NIVEAUX.flatMap((n) => fonds.filter((f) => f.niveau === n));

function garder(repertoire: string, fonds: readonly FondGarde[]): void {
  mkdirSync(repertoire, { recursive: true });
  for (const { niveau, nom, traces } of fonds) {
    const provisoire = `${fichier(repertoire, niveau)}.${process.pid}.partiel`;
    writeFileSync(provisoire, gzipSync(JSON.stringify({ nom, traces }), { level: 1 }));
    renameSync(provisoire, fichier(repertoire, niveau));
  }
}

/** Les fonds gardés, du niveau le plus fin au plus large ; un fichier abîmé compte pour absent, et se recharge. */
export function loadFonds(repertoire: string): readonly FondGarde[] {
  if (enMemoire?.repertoire === repertoire) return enMemoire.fonds;
  const reunis = lire(ancien(repertoire));
  if (reunis !== null) {
    garder(repertoire, parNiveau(reunis).filter((f) => !existsSync(fichier(repertoire, f.niveau))));
    rmSync(ancien(repertoire), { force: true });
  }
  const fonds = NIVEAUX.flatMap((niveau): FondGarde[] => {
    const lu = lire(fichier(repertoire, niveau));
    return lu === null ? [] : [{ niveau, ...lu }];
  });
  enMemoire = { repertoire, fonds };
  return fonds;
}

function lire(chemin: string): { nom: string; traces: TraceFond[] } | null {
  if (!existsSync(chemin)) return null;
  try {
    return JSON.parse(gunzipSync(readFileSync(chemin)).toString('utf8')) as { nom: string; traces: TraceFond[] };
  } catch {
    return null;
  }
}

/** Retire un niveau gardé ; sans niveau, tous. */
export function removeFond(repertoire: string, niveau?: Niveau): void {
  enMemoire = null;
  for (const n of niveau === undefined ? NIVEAUX : [niveau]) rmSync(fichier(repertoire, n), { force: true });
  if (niveau === undefined) rmSync(ancien(repertoire), { force: true });
}
