import { expect, it } from 'vitest';
import { migration } from '../../../electron/store/migrations/0018-ventes-connu.ts';
import { openConnexion } from '../../../electron/store/connexion.ts';
import { essaiVentes } from './aide.ts';

it('un plan d’avant reçoit ce que la déclaration dit de ses logements', async () => {
  const { faire, choisis, chemin } = await essaiVentes();
  await faire('ventes.ajouter', { identifiants: choisis });
  await faire('dossier.fermer', {});
  const base = openConnexion(chemin);
  const connus = () => base.prepare('SELECT ident_int, ensemble, type, pieces, surface, construct, patrimoine, finan, dpe, dpe_date FROM vente ORDER BY ident_int').all();
  const attendus = connus();
  for (const colonne of ['ensemble', 'type', 'pieces', 'surface', 'construct', 'patrimoine', 'finan', 'dpe', 'dpe_date']) base.exec(`ALTER TABLE vente DROP COLUMN ${colonne}`);
  // La migration seule : celles qui la suivent sont déjà dans le fichier.
  base.exec(migration.sql);
  expect(connus()).toEqual(attendus);
  expect(attendus).toHaveLength(choisis.length);
  base.close();
  await faire('dossier.ouvrir', { chemin });
});
