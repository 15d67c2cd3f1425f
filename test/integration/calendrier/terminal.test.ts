import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../aides/repertoire.ts';
import { cus, MAINTENANT } from '../cli/aides/cus.ts';

test('la date de la loi reste dite à côté de celle qui la remplace ; une convention qui chevauche la précédente se dit à la création', async () => {
  const cwd = tempDir();
  const lancer = (...args: string[]) => cus([...args, '--maintenant', MAINTENANT], { cwd });
  await lancer('creer', 'a.cus', '--siren', '782824114', '--nom', 'Habitat fictif', '--nature', 'OPH', '--effet', '2021-09-01');
  const suite = await lancer('creer', 'b.cus', '--depuis', join(cwd, 'a.cus'), '--effet', '31/08/2027');
  expect([suite.code, suite.stderr]).toEqual([0, expect.stringContaining('La date d’effet, 31/08/2027, n’est pas après le terme de la convention en cours, 31/08/2027')]);
  expect((await lancer('creer', 'c.cus', '--depuis', join(cwd, 'a.cus'), '--effet', '2027-09-01')).stderr).not.toContain('terme de la convention en cours');
  await lancer('definir', 'b.cus', 'calendrier/echeance/depot/date', '2027-06-30');
  const { stdout } = await lancer('calendrier', 'b.cus');
  expect(stdout).toContain('date retenue, 28/02/2027 d’après l’article L445-1');
  expect(stdout).toContain('Dépôt du projet de convention : date du 28/02/2027, d’après l’article L445-1, remplacée par le 30/06/2027, sans motif.');
  await lancer('definir', 'b.cus', 'calendrier/echeance/depot/motif', 'Annonce de la DDT');
  expect((await lancer('calendrier', 'b.cus')).stdout).toContain('remplacée par le 30/06/2027, motif : Annonce de la DDT.');
});
