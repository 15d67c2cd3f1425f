import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { essaiService } from '../../aides/service.ts';

test('le dossier de démonstration est prêt à déposer, et n’en remplace jamais un autre', async () => {
  const { faire, repertoire } = essaiService();
  const ou = join(repertoire, 'essais');
  const info = await faire('dossier.demonstration', { repertoire: ou });
  expect(info).toMatchObject({ chemin: join(ou, 'Dossier de démonstration.cus'), organisme: { nom: 'Habitat du Littoral', nature: 'OPH' }, periode: '2026-2031', lectureSeule: false });
  const { attendus, renseignes } = await faire('engagements.matrice', {});
  const { bloquants } = await faire('controles.lister', {});
  const { logements } = await faire('etat.lire', {});
  expect({ complet: renseignes === attendus, bloquants, vide: logements === 0 }).toEqual({ complet: true, bloquants: [], vide: false });
  await faire('champs.definir', { champ: 'organisme/contact/nom', valeur: 'À moi' });
  await faire('dossier.fermer', {});
  const premier = readFileSync(info.chemin);
  expect((await faire('dossier.demonstration', { repertoire: ou })).chemin).toBe(join(ou, 'Dossier de démonstration 2.cus'));
  expect(readFileSync(info.chemin).equals(premier)).toBe(true);
  expect(readdirSync(ou).filter((f) => f.endsWith('.CSV'))).toHaveLength(2);
});
