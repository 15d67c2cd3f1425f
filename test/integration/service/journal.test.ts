import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { execute } from '../../../electron/cli/executer.ts';
import { tempDir } from '../../aides/repertoire.ts';

type Journal = { total: number; lignes: { quand: string; champ: string; libelle: string; avant: string | null; apres: string | null }[]; verifiees: number; rupture: { quand: string; libelle: string } | null; export?: string };

function terminal() {
  const cwd = tempDir();
  const progression = { suivre: () => undefined, effacer: () => undefined };
  const cus = (...argv: string[]) => execute([...argv, '--maintenant', '2026-03-01T09:00:00Z'], { env: { ATELIER_CUS_DONNEES: cwd }, cwd, signal: new AbortController().signal, progression });
  const journal = async (...argv: string[]): Promise<{ sortie: number; objet: Journal }> => {
    const { sortie, stdout } = await cus('journal', 'd.cus', '--json', ...argv);
    return { sortie, objet: JSON.parse(stdout) as Journal };
  };
  return { cwd, cus, journal };
}

it('le journal montre chaque changement, se cherche, s’exporte, et dit la ligne retouchée', async () => {
  const { cwd, cus, journal } = terminal();
  await cus('creer', 'd.cus', '--siren', '732829320', '--nom', 'Essai');
  await cus('definir', 'd.cus', 'organisme/nom', 'Habitat 100 %');
  await cus('definir', 'd.cus', 'organisme/nom', 'Habitat_Sud');

  const tout = await journal();
  expect(tout.sortie).toBe(0);
  expect({ rupture: tout.objet.rupture, verifiees: tout.objet.verifiees, premiere: tout.objet.lignes[0] }).toMatchObject({
    rupture: null, verifiees: tout.objet.total,
    premiere: { quand: '2026-03-01T09:00:00.000Z', champ: 'organisme/nom', libelle: 'Nom de l’organisme', avant: 'Habitat 100 %', apres: 'Habitat_Sud' },
  });
  // « % » et « _ » se cherchent tels quels.
  const comptes: number[] = [];
  for (const t of ['100 %', 't_S', 'organisme/nom', 'NOM DE L’ORGANISME', 'absent']) comptes.push((await journal('--cherche', t)).objet.total);
  expect(comptes).toEqual([2, 1, 3, 3, 0]);

  const ecrit = await journal('--exporter', 'j.csv');
  expect(ecrit.objet.export).toBe(join(cwd, 'j.csv'));
  const csv = readFileSync(join(cwd, 'j.csv'), 'utf8').split('\r\n');
  expect([csv[0], csv.length, csv.at(-2)]).toEqual(['\uFEFFquand;qui;champ;libelle;avant;apres', tout.objet.total + 2, expect.stringContaining(';organisme/nom;Nom de l’organisme;Habitat 100 %;Habitat_Sud') as string]);

  const base = new Database(join(cwd, 'd.cus'));
  base.exec("UPDATE journal SET apres = 'Retouché' WHERE apres = 'Habitat 100 %'");
  base.close();
  const rompu = await journal();
  expect({ sortie: rompu.sortie, rupture: rompu.objet.rupture }).toEqual({ sortie: 1, rupture: { quand: '2026-03-01T09:00:00.000Z', libelle: 'Nom de l’organisme' } });
});
