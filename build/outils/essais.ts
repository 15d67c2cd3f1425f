import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executerNpm } from './executer.ts';

/** Compte d'une suite d'essais, ou de plusieurs. */
export type Bilan = { passes: number; echecs: number; ignores: number };

type Rapport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};

/**
 * Lance un projet de vitest et compte ce qui s'y est passé. Compte aussi comme échecs : un fichier
 * qui ne se charge pas, une suite sans aucun essai, une fin en erreur que rien d'autre n'explique.
 */
export async function lancerEssais(projet: string, env: NodeJS.ProcessEnv = process.env): Promise<Bilan> {
  const dossier = await mkdtemp(join(tmpdir(), 'atelier-essais-'));
  const fichier = join(dossier, 'rapport.json');
  try {
    const code = await executerNpm(
      'vitest',
      'vitest',
      ['run', '--project', projet, '--reporter=default', '--reporter=json', `--outputFile.json=${fichier}`],
      { env },
    );
    const rapport = await readFile(fichier, 'utf8').then(
      (texte) => JSON.parse(texte) as Rapport,
      () => null,
    );
    return compter(rapport, code);
  } finally {
    await rm(dossier, { recursive: true, force: true });
  }
}

/** Bilan d'un rapport de vitest (absent : il n'a pas pu l'écrire) et de son code de sortie. */
export function compter(rapport: Rapport | null, code: number): Bilan {
  if (!rapport) return { passes: 0, echecs: 1, ignores: 0 };
  const nonCharges = rapport.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0).length;
  const connus = rapport.numFailedTests + nonCharges;
  const vide = rapport.numPassedTests === 0;
  return {
    passes: rapport.numPassedTests,
    echecs: connus === 0 && (code !== 0 || vide) ? 1 : connus,
    ignores: rapport.numPendingTests + rapport.numTodoTests,
  };
}

export function additionner(bilans: readonly Bilan[]): Bilan {
  return bilans.reduce(
    (somme, bilan) => ({
      passes: somme.passes + bilan.passes,
      echecs: somme.echecs + bilan.echecs,
      ignores: somme.ignores + bilan.ignores,
    }),
    { passes: 0, echecs: 0, ignores: 0 },
  );
}

/** Dit le bilan en dernière ligne, et rend le code de sortie : 0 si tout est passé. */
export function conclure(bilan: Bilan): number {
  if (bilan.ignores > 0) console.log(`${bilan.ignores} skipped`);
  console.log(`${bilan.passes} passed, ${bilan.echecs} failed`);
  return bilan.echecs === 0 && bilan.passes > 0 ? 0 : 1;
}
