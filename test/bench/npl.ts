/**
 * La politique des loyers d'un grand parc, dont chaque ensemble a son choix : tout le scénario calculé et décrit la
 * première fois, puis après un changement, contre un parcours entier de la table des logements du même dossier.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ecrireFichier, generateBailleur } from '../../electron/demo/index.ts';

export const CIBLES_NPL = { premiere: 3, reprise: 1 };
export type MesureNpl = { logements: number; ensembles: number; premiereMs: number; repriseMs: number; jaugeMs: number; saisieMs: number; parcoursMs: number };

const ENFANT = fileURLToPath(new URL('./calculer-npl.ts', import.meta.url));

export function mesurerNpl(logements: number, essais: number, repertoire: string): MesureNpl[] {
  const generation = generateBailleur({ graine: 7, logements, annee: 2026 });
  const fichier = join(repertoire, 'parc-npl.csv');
  ecrireFichier(generation, fichier);
  const { acceptees } = generation.totaux();
  const mesures = Array.from({ length: essais }, () => JSON.parse(execFileSync(process.execPath, [ENFANT, repertoire, fichier, generation.identite.siren], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as MesureNpl);
  for (const m of mesures) if (m.logements !== acceptees) throw new Error(`${m.logements} logements acceptés au lieu de ${acceptees}`);
  rmSync(fichier);
  return mesures;
}
