import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Répertoire temporaire de l'essai, effacé à sa fin. */
export function tempDir(): string {
  const chemin = mkdtempSync(join(tmpdir(), 'cus-essai-'));
  onTestFinished(() => rmSync(chemin, { recursive: true, force: true }));
  return chemin;
}
