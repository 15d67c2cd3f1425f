/** Un paquet refait avec l'outil zip ordinaire : son contenu seul décide du verdict. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verifyPaquet, writePaquet } from '../../../electron/paquet/index.ts';
import { INSTANT, newCle, tempDir } from './aides/outils.ts';

const FICHIERS = [
  { nom: 'LISEZ-MOI.txt', octets: Buffer.from('Ce paquet contient…\n'.repeat(50)) },
  { nom: 'donnees.json', octets: Buffer.from('{"schema":"essai"}') },
  { nom: 'pieces/deliberation.pdf', octets: Buffer.from('%PDF-1.7 …') },
];

function zip(dossier: string, ...args: string[]): void {
  execFileSync('zip', ['-q', ...args], { cwd: dossier });
}

/** Un paquet signé, et un dossier où il est extrait. */
async function extrait() {
  const r = tempDir();
  const paquet = join(r, 'p.asice');
  await writePaquet({ fichiers: FICHIERS, destination: paquet, instant: INSTANT, cle: (await newCle()).cle });
  const dossier = join(r, 'extrait');
  execFileSync('unzip', ['-q', paquet, '-d', dossier]);
  return { paquet, dossier, refait: join(r, 'refait.asice') };
}

const verifier = (chemin: string) => verifyPaquet(chemin, { instant: INSTANT });

it.each([
  ['tout d’un coup', ['-r', '../refait.asice', '.']],
  ['sans champs supplémentaires', ['-rX', '../refait.asice', '.']],
  ['sans entrées de dossiers', ['-rD', '../refait.asice', '.']],
])('refait avec le même contenu, %s : signé', async (_, args) => {
  const { dossier, refait } = await extrait();
  zip(dossier, ...args);
  expect(await verifier(refait)).toMatchObject({ verdict: 'signe', ecarts: [], raison: null });
});

it('refait avec un fichier changé : modifié, le fichier nommé', async () => {
  const { dossier, refait } = await extrait();
  writeFileSync(join(dossier, 'donnees.json'), '{"schema":"autre"}');
  zip(dossier, '-r', '../refait.asice', '.');
  expect(await verifier(refait)).toMatchObject({ verdict: 'modifie', ecarts: [{ fichier: 'donnees.json', quoi: 'change' }] });
});

it('un fichier remplacé dans le paquet même : signé s’il est le même, modifié sinon', async () => {
  const { paquet, dossier } = await extrait();
  zip(dossier, paquet, 'donnees.json');
  // L'outil répète alors le nom dans un champ Unicode.
  expect(readFileSync(paquet).includes(Buffer.from([0x75, 0x70]))).toBe(true);
  expect(await verifier(paquet)).toMatchObject({ verdict: 'signe', ecarts: [] });
  writeFileSync(join(dossier, 'donnees.json'), '{"schema":"autre"}');
  zip(dossier, paquet, 'donnees.json');
  expect(await verifier(paquet)).toMatchObject({ verdict: 'modifie', ecarts: [{ fichier: 'donnees.json', quoi: 'change' }] });
});

it('un fichier retiré du paquet : modifié, le fichier nommé', async () => {
  const { paquet, dossier } = await extrait();
  zip(dossier, '-d', paquet, 'LISEZ-MOI.txt');
  expect(await verifier(paquet)).toMatchObject({ verdict: 'modifie', ecarts: [{ fichier: 'LISEZ-MOI.txt', quoi: 'absent' }] });
});
