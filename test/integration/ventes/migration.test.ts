import { expect, it } from 'vitest';
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
  base.pragma('user_version = 16');
  base.close();
  await faire('dossier.ouvrir', { chemin });
  await faire('dossier.fermer', {});
  const apres = openConnexion(chemin);
  expect(apres.prepare('SELECT ident_int, ensemble, type, pieces, surface, construct, patrimoine, finan, dpe, dpe_date FROM vente ORDER BY ident_int').all()).toEqual(attendus);
  expect(attendus).toHaveLength(choisis.length);
  apres.close();
});
