import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openConnexion } from '../../../electron/store/connexion.ts';
import { migrate } from '../../../electron/store/migrer.ts';
import { migrations } from '../../../electron/store/migrations/index.ts';
import { tempDir } from '../../aides/repertoire.ts';

it('un dossier d’avant garde ses décisions, et les images de ses opérations', () => {
  const base = openConnexion(join(tempDir(), 'ancien.cus'));
  try {
    migrate(base, 0, migrations.slice(0, 1));
    const ligne = { id: 1, code: '13055-A', cle: '13055|programme|A', nom: 'A', adresse: '', commune: '13055', decide_par: 'utilisateur' };
    base.prepare('INSERT INTO ensemble (id, code, cle, nom, adresse, commune, decide_par) VALUES (@id, @code, @cle, @nom, @adresse, @commune, @decide_par)').run(ligne);
    base.prepare(`INSERT INTO ensemble (id, code, cle, nom, adresse, commune) VALUES (2, '13055-B', '13055|programme|B', 'B', '', '13055')`).run();
    base.prepare(`INSERT INTO operation (id, nature, libelle, quand, qui) VALUES (1, 'ensembles.renommer', 'x', '2026', 'x')`).run();
    base.prepare(`INSERT INTO operation_avant (operation, nom_table, cle, avant) VALUES (1, 'ensemble', '1', ?), (1, 'ensemble', '2', NULL)`).run(JSON.stringify({ ...ligne, decide_par: 'proposition' }));
    migrate(base, 1);
    expect(base.prepare('SELECT code, nom_decide_par AS nom, composition_decidee_par AS composition FROM ensemble ORDER BY id').all()).toEqual([
      { code: '13055-A', nom: 'utilisateur', composition: 'utilisateur' },
      { code: '13055-B', nom: 'proposition', composition: 'proposition' },
    ]);
    const images = base.prepare<[], string | null>(`SELECT avant FROM operation_avant ORDER BY cle`).pluck().all();
    const { decide_par: _, ...reste } = ligne;
    expect(images.map((i) => (i === null ? null : (JSON.parse(i) as unknown)))).toEqual([{ ...reste, nom_decide_par: 'proposition', composition_decidee_par: 'proposition' }, null]);
  } finally {
    base.close();
  }
});
