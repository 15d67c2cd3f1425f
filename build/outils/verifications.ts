import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { racine } from './chemins.ts';
import { executerNpm } from './executer.ts';

/** Types, règles d'écriture, interdits. Rend le nombre de vérifications manquées. */
export async function verifier(): Promise<number> {
  const codes = [
    await etape('types', () => executerNpm('typescript', 'tsc', ['--noEmit'])),
    await etape('écriture', () => executerNpm('oxlint', 'oxlint', ['--type-aware', '--deny-warnings', '--report-unused-disable-directives'])),
    await etape('interdits', verifierInterdits),
  ];
  return codes.filter((code) => code !== 0).length;
}

async function etape(nom: string, faire: () => Promise<number>): Promise<number> {
  const code = await faire();
  console.log(`${code === 0 ? '✓' : '✗'} ${nom}`);
  return code;
}

type Interdit = { dossiers: string[]; motif: RegExp; raison: string };

/** Ce qu'oxlint ne sait pas refuser. Les commentaires comptent aussi : tant pis. */
export const INTERDITS: Interdit[] = [
  {
    dossiers: ['shared'],
    motif: /\bDate\s*\(\s*\)|\bnew\s+Date\b(?!\s*\()/,
    raison: 'l’heure est passée en argument dans shared/, jamais lue',
  },
  {
    dossiers: ['shared', 'electron', 'renderer', 'build', 'test'],
    motif: /\bas\s+unknown\s+as\b/,
    raison: 'une conversion forcée cache l’erreur de type qu’elle fait taire',
  },
];

async function verifierInterdits(): Promise<number> {
  let fautes = 0;
  for (const interdit of INTERDITS)
    for (const dossier of interdit.dossiers)
      for (const nom of (await readdir(join(racine, dossier), { recursive: true })).filter((n) => /\.tsx?$/.test(n)))
        for (const ligne of lignesInterdites(await readFile(join(racine, dossier, nom), 'utf8'), interdit.motif)) {
          console.error(`${dossier}/${nom}:${ligne} : ${interdit.raison}`);
          fautes += 1;
        }
  return fautes;
}

/** Numéros des lignes d'une source où le motif se trouve. */
export function lignesInterdites(source: string, motif: RegExp): number[] {
  return source.split('\n').flatMap((ligne, i) => (motif.test(ligne) ? [i + 1] : []));
}
