import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writePaquet } from '../../../electron/paquet/index.ts';
import { essaiDossier } from '../depot/aides.ts';

test('une remarque sur un ensemble arrive sur sa fiche ; fusionné depuis, elle reste ; inconnu du dépôt, elle est rendue avec sa ligne', async () => {
  const { faire, echouer, envoi, repertoire } = await essaiDossier();
  const { paquet, empreinte } = await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  const { ensembles } = await faire('ensembles.lister', {});
  const [a, b] = ensembles;
  if (a === undefined || b === undefined) throw new Error('deux ensembles attendus');
  const { champs } = await faire('paquet.lire', { chemin: paquet });
  expect(champs.filter((c) => c.champ.startsWith('ensemble/')).map((c) => [c.champ, c.etape])).toEqual(ensembles.map((e) => [`ensemble/${e.id}`, 'patrimoine']));
  const sortie = join(repertoire, 'retour.xlsx');
  await faire('paquet.annoter', {
    paquet, sortie, auteur: 'DDTM',
    observations: [{ champ: `ensemble/${a.id}`, nature: 'question', texte: 'Quelle réhabilitation ?' }, { champ: `ensemble/${b.id}`, nature: 'proposition', texte: '', valeurProposee: 'Les Pins' }],
  });
  await faire('ensembles.fusionner', { ids: [a.id, b.id] });
  expect(await faire('retour.lire', { chemin: sortie })).toEqual({ version: 1, nouvelles: 2, dejaConnues: 0, refusees: [] });
  const { observations } = await faire('observations.lister', {});
  expect(observations.map((o) => [o.champ, o.etape, o.texte, o.valeurProposee])).toEqual([[`ensemble/${a.id}`, 'patrimoine', 'Quelle réhabilitation ?', null], [`ensemble/${b.id}`, 'patrimoine', '', 'Les Pins']]);
  expect(await echouer('observations.accepter', { id: observations[1]?.id ?? '' })).toMatchObject({ code: 'sans-champ-a-remplir', sortie: 2 });
  const inconnu = {
    schema: 'atelier-cus/retour/1', siren: (await faire('dossier.info', {})).organisme.siren, nomOrganisme: 'X', version: 1, empreinte, avis: null, auteur: 'DDTM', date: '2026-03-02',
    observations: [{ champ: 'ensemble/zzz', nature: 'question', texte: '?', valeurProposee: null, ligne: 7 }],
  };
  const destination = join(repertoire, 'R.zip');
  await writePaquet({ fichiers: [{ nom: 'retour.json', octets: Buffer.from(JSON.stringify(inconnu)) }], destination, instant: new Date() });
  expect((await faire('retour.lire', { chemin: destination })).refusees).toEqual([{ ligne: 7, raison: 'Le champ « ensemble/zzz » n’existe pas dans ce dépôt.' }]);
});
