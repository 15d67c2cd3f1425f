import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { essaiDossier } from './aides.ts';

test('l’accueil suit le dossier ouvert : un dépôt y est aussitôt, une copie figée dit sa version', async () => {
  const { faire, chemin, repertoire, envoi } = await essaiDossier();
  const accueil = async () =>
    (await faire('dossier.recents', {})).dossiers.map((d) => [d.chemin, d.version, d.lectureSeule, d.etapes.find((e) => e.etape === 'depot')?.etat]);
  expect(await accueil()).toEqual([[chemin, undefined, false, 'a-faire']]);

  await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  expect(await accueil()).toEqual([[chemin, 1, false, 'complet']]);

  await faire('champs.definir', { champ: 'organisme/nom', valeur: 'Habitat renommé' });
  expect(await faire('dossier.info', {})).toMatchObject({ version: 1, lectureSeule: false });
  expect(await accueil()).toEqual([[chemin, 1, false, 'entame']]);

  const copie = join(repertoire, 'v1.cus');
  await faire('depot.extraire', { version: 1, destination: copie });
  expect(await faire('dossier.ouvrir', { chemin: copie })).toMatchObject({ version: 1, lectureSeule: true });
  expect((await accueil()).map((d) => d.slice(0, 3))).toEqual([[copie, 1, true], [chemin, 1, false]]);
});

test('relire l’état d’un dossier qui n’a pas changé n’écrit rien', async () => {
  const { faire, repertoire } = await essaiDossier();
  const liste = join(repertoire, 'donnees', 'recents.json');
  await faire('dossier.info', {});
  const [avant, octets] = [statSync(liste).ino, readFileSync(liste, 'utf8')];
  await faire('dossier.info', {});
  expect([statSync(liste).ino, readFileSync(liste, 'utf8')]).toEqual([avant, octets]);
});

test('après un dépôt fait ici, le calendrier le dit fait à sa date', async () => {
  const { faire, envoi } = await essaiDossier();
  for (const [champ, valeur] of [['calendrier/depot', ''], ['calendrier/echeance-precedente', '2026-10-31']] as const) await faire('champs.definir', { champ, valeur });
  const lire = async () => {
    const depot = (await faire('calendrier.lire', {})).echeances.find((e) => e.code === 'depot');
    return { realisee: depot?.realisee, etat: depot?.etat, prochaine: (await faire('dossier.info', {})).prochaineEcheance?.champ };
  };
  expect(await lire()).toMatchObject({ realisee: null, etat: 'a-venir' });
  await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  const apres = await lire();
  expect(apres).toMatchObject({ realisee: '2026-03-01', etat: 'passee' });
  expect(apres.prochaine).not.toBe('calendrier/depot');
});
