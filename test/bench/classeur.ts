/**
 * Import d'un grand classeur : 126 000 logements × 64 colonnes en XLSX, contre la lecture nue du même
 * fichier par la bibliothèque, dans la même exécution. Chaque mesure a son processus.
 */
import { execFileSync } from 'node:child_process';
import { createWriteStream, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { writeXlsxStream } from 'hucre/xlsx';
import { CHAMPS } from '../../shared/domain/rpls/champs.ts';
import { ecrireFichier, generateBailleur } from '../../electron/demo/index.ts';

export const CIBLES_CLASSEUR = { rapport: 1.5, memoireMo: 500 };
export type MesureClasseur = { logements: number; octets: number; nueMs: number; importMs: number; memoireMo: number };

const NUE = fileURLToPath(new URL('./lire-classeur.ts', import.meta.url));
const IMPORT = fileURLToPath(new URL('./importer-classeur.ts', import.meta.url));

/** Écrit le classeur d'un bailleur fictif : les 63 champs sous leur nom, et une colonne de plus. */
async function writeClasseur(chemin: string, logements: number, repertoire: string): Promise<{ siren: string; acceptees: number }> {
  const generation = generateBailleur({ graine: 7, logements, annee: 2026 });
  const csv = join(repertoire, 'classeur.csv');
  ecrireFichier(generation, csv);
  const lignes = new TextDecoder('windows-1252').decode(readFileSync(csv)).split(/\r?\n/).slice(1).filter((l) => l !== '');
  rmSync(csv);
  const nombre = new Set(['code', 'annee', 'surface', 'euros']);
  function* rangees(): Generator<(string | number | null)[]> {
    yield [...CHAMPS.map((c) => c.nom), 'Commentaire'];
    for (const ligne of lignes) {
      const valeurs = ligne.split(';');
      yield [...CHAMPS.map((c, i) => { const t = valeurs[i] ?? ''; return t === '' ? null : nombre.has(c.type) && /^\d+$/.test(t) ? Number(t) : t; }), 'x'];
    }
  }
  await writeXlsxStream(rangees(), { name: 'Parc' }).pipeTo(Writable.toWeb(createWriteStream(chemin)));
  return { siren: generation.identite.siren, acceptees: generation.totaux().acceptees };
}

export async function mesurerClasseur(logements: number, essais: number, repertoire: string): Promise<MesureClasseur[]> {
  const chemin = join(repertoire, 'parc.xlsx');
  const { siren } = await writeClasseur(chemin, logements, repertoire);
  const lancer = <T>(programme: string, ...args: string[]): T =>
    JSON.parse(execFileSync(process.execPath, [programme, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as T;
  const mesures: MesureClasseur[] = [];
  for (let i = 0; i < essais; i++) {
    // Entrelacées : une machine occupée ralentit l'une comme l'autre.
    const nue = lancer<{ rangees: number; ms: number }>(NUE, chemin);
    const lue = lancer<{ lignes: number; octets: number; ms: number; memoireMo: number }>(IMPORT, repertoire, chemin, siren);
    if (nue.rangees !== lue.lignes + 1) throw new Error(`${lue.lignes} lignes importées sur ${nue.rangees - 1}`);
    mesures.push({ logements: lue.lignes, octets: lue.octets, nueMs: nue.ms, importMs: lue.ms, memoireMo: lue.memoireMo });
  }
  rmSync(chemin);
  return mesures;
}
