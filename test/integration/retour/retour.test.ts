import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writePaquet } from '../../../electron/paquet/index.ts';
import { verifyJournal } from '../../../electron/store/journal.ts';
import { openReadOnly } from '../../../electron/store/connexion.ts';
import { essaiDossier, lireJson } from '../depot/aides.ts';
import { CIBLE, REMARQUES, TELEPHONE, depose } from './aide.ts';

test('chaque remarque à sa place, avec ce que le champ vaut aujourd’hui', async () => {
  const { faire, annoter, fils } = await depose();
  expect(await faire('retour.lire', { chemin: await annoter(REMARQUES, { avis: 'reserve' }) })).toEqual({ version: 1, nouvelles: 2, dejaConnues: 0, refusees: [] });
  const commun = { auteur: 'DDTM', date: '2026-03-01T09:00:00.000Z', version: 1, reponses: [], etat: 'ouverte' };
  expect(await fils()).toEqual([
    { ...commun, id: expect.stringMatching(/^[0-9a-f]{16}$/u), champ: CIBLE, libelleChamp: 'G-1, Habitat du Littoral, 2031', etape: 'engagements', nature: 'proposition', texte: '', valeurProposee: '1400', valeurActuelle: '1442' },
    { ...commun, id: expect.stringMatching(/^[0-9a-f]{16}$/u), champ: TELEPHONE, libelleChamp: 'Téléphone', etape: 'organisme', nature: 'a-completer', texte: 'Un numéro.', valeurProposee: null, valeurActuelle: null },
  ]);
  const { avis, retours } = await faire('observations.lister', {});
  expect({ avis, retours }).toEqual({ avis: 'reserve', retours: [{ version: 1, avis: 'reserve', auteur: 'DDTM', date: '2026-03-01T09:00:00.000Z', fichier: 'retour-1.xlsx', observations: 2 }] });
});

test('le tableur et le paquet ont le même effet ; lus deux fois, rien ne double', async () => {
  const { faire, annoter, fils } = await depose();
  const [xlsx, zip] = [await annoter(REMARQUES), await annoter(REMARQUES, { format: 'zip' })];
  await faire('retour.lire', { chemin: xlsx });
  const premier = await fils();
  for (const chemin of [zip, xlsx, zip]) expect(await faire('retour.lire', { chemin })).toEqual({ version: 1, nouvelles: 0, dejaConnues: 2, refusees: [] });
  expect(await fils()).toEqual(premier);
  expect((await faire('observations.lister', {})).retours).toHaveLength(1);
});

test('un Retour complété : seules les remarques nouvelles entrent', async () => {
  const { faire, annoter } = await depose();
  await faire('retour.lire', { chemin: await annoter(REMARQUES) });
  const suite = [...REMARQUES, { champ: 'organisme/nom', nature: 'question' as const, texte: 'Nom complet ?' }];
  expect(await faire('retour.lire', { chemin: await annoter(suite) })).toEqual({ version: 1, nouvelles: 1, dejaConnues: 2, refusees: [] });
});

describe('refusé, avec les deux noms', () => {
  test('un autre organisme', async () => {
    const { faire, echouer, annoter, repertoire } = await depose();
    const retour = await annoter(REMARQUES);
    await faire('dossier.creer', { chemin: join(repertoire, 'autre.cus'), siren: '782824114', nom: 'Autre Habitat' });
    expect(await echouer('retour.lire', { chemin: retour })).toMatchObject({
      code: 'retour-autre-organisme', sortie: 1, message: expect.stringMatching(/« Habitat du Littoral » \(SIREN \d{9}\).*« Autre Habitat » \(SIREN 782824114\)/u),
    });
  });

  test('un autre dépôt de même version, et un dossier sans dépôt', async () => {
    const { faire, echouer, annoter, empreinte } = await depose();
    const retour = await annoter(REMARQUES);
    const autre = await essaiDossier();
    expect(await autre.echouer('retour.lire', { chemin: retour })).toMatchObject({ code: 'retour-autre-depot', sortie: 1, message: expect.stringContaining('aucun dépôt') });
    await autre.faire('champs.definir', { champ: 'organisme/contact/nom', valeur: 'Autre' });
    const b = await autre.faire('depot.deposer', { repertoire: autre.envoi, sansSignature: true });
    const erreur = await autre.echouer('retour.lire', { chemin: retour });
    expect(erreur).toMatchObject({ code: 'retour-autre-depot', sortie: 1 });
    for (const e of [empreinte, b.empreinte]) expect(erreur.message).toContain(`v1 (empreinte ${e.slice(0, 12)}…)`);
    expect((await autre.faire('observations.lister', {})).observations).toEqual([]);
    await faire('retour.lire', { chemin: retour });
    expect(await echouer('retour.lire', { chemin: b.paquet })).toMatchObject({ code: 'retour-est-un-depot' });
  });

  test('un paquet RETOUR modifié', async () => {
    const { faire, echouer, annoter } = await depose();
    const retour = await annoter(REMARQUES, { format: 'zip' });
    const octets = readFileSync(retour);
    const rang = octets.indexOf('avis.xlsx') + 200;
    octets[rang] = (octets[rang] ?? 0) ^ 1;
    writeFileSync(retour, octets);
    expect(await echouer('retour.lire', { chemin: retour })).toMatchObject({ code: 'paquet-modifie', sortie: 1, message: expect.stringContaining('avis.xlsx') });
    expect((await faire('observations.lister', {})).observations).toEqual([]);
  });
});

test('une remarque sur un champ que le dépôt n’a pas est rendue avec sa ligne ; les autres entrent', async () => {
  const { faire, repertoire, empreinte, fils } = await depose();
  const o = (champ: string, ligne: number) => ({ champ, nature: 'question', texte: '?', valeurProposee: null, ligne });
  const retour = {
    schema: 'atelier-cus/retour/1', siren: (await faire('dossier.info', {})).organisme.siren, nomOrganisme: 'Habitat du Littoral', version: 1, empreinte, avis: null,
    auteur: 'DDTM', date: '2026-03-02', observations: [o('organisme/nom', 1), o('organisme/zzz', 2)],
  };
  const destination = join(repertoire, 'R.zip');
  await writePaquet({ fichiers: [{ nom: 'retour.json', octets: Buffer.from(JSON.stringify(retour)) }], destination, instant: new Date() });
  expect(await faire('retour.lire', { chemin: destination })).toEqual({
    version: 1, nouvelles: 1, dejaConnues: 0, refusees: [{ ligne: 2, raison: 'Le champ « organisme/zzz » n’existe pas dans ce dépôt.' }],
  });
  expect((await fils()).map((x) => x.champ)).toEqual(['organisme/nom']);
});

describe('fils', () => {
  test('répondre : répondue, et le fil s’allonge', async () => {
    const { faire, echouer, annoter, id } = await depose();
    await faire('retour.lire', { chemin: await annoter(REMARQUES) });
    const reponse = { auteur: 'Ada', date: '2026-03-01T09:00:00.000Z' };
    expect(await faire('observations.repondre', { id: await id(TELEPHONE), texte: ' Voici. ' })).toMatchObject({ etat: 'repondue', reponses: [{ ...reponse, texte: 'Voici.' }] });
    expect(await faire('observations.repondre', { id: await id(TELEPHONE), texte: 'Encore.' })).toMatchObject({ etat: 'repondue', reponses: [{ texte: 'Voici.' }, { texte: 'Encore.' }] });
    expect(await echouer('observations.repondre', { id: await id(TELEPHONE), texte: ' ' })).toMatchObject({ code: 'reponse-vide' });
    expect(await echouer('observations.accepter', { id: await id(TELEPHONE) })).toMatchObject({ code: 'sans-proposition' });
  });

  test('accepter : le champ, l’état, la réponse et le journal d’un coup ; deux fois n’ajoute rien', async () => {
    const { faire, annoter, id, chemin } = await depose();
    await faire('retour.lire', { chemin: await annoter(REMARQUES) });
    const avant = (await faire('journal.lire', { decalage: 0, nombre: 1 })).total;
    const accepte = await faire('observations.accepter', { id: await id(CIBLE) });
    expect(accepte).toMatchObject({ etat: 'repondue', valeurActuelle: '1400', reponses: [{ texte: 'Valeur proposée acceptée : 1400.', auteur: 'Ada' }] });
    const { total, lignes } = await faire('journal.lire', { decalage: 0, nombre: 3 });
    expect({ ajoutees: total - avant, lignes: lignes.map((l) => [l.champ.replace(accepte.id, 'ID'), l.avant, l.apres]) }).toEqual({
      ajoutees: 3,
      lignes: [['observation/ID/etat', 'ouverte', 'repondue'], ['observation/ID/reponse', null, 'Valeur proposée acceptée : 1400.'], [CIBLE, '1442', '1400']],
    });
    expect(await faire('observations.accepter', { id: accepte.id })).toEqual(accepte);
    expect((await faire('journal.lire', { decalage: 0, nombre: 1 })).total).toBe(total);
    await faire('dossier.fermer', {});
    const base = openReadOnly(chemin);
    expect(verifyJournal(base)).toBe(null);
    base.close();
  });

  test('un avis favorable sur le même champ, dans un Retour suivant, lève ; pas dans le même', async () => {
    const { faire, annoter, fils, envoi } = await depose();
    const favorable = { champ: TELEPHONE, nature: 'favorable' as const, texte: 'Bien.' };
    await faire('retour.lire', { chemin: await annoter([...REMARQUES, favorable]) });
    const etats = async () => (await fils()).map((o) => `${o.version} ${o.nature} ${o.etat}`).toSorted();
    expect(await etats()).toEqual(['1 a-completer ouverte', '1 favorable levee', '1 proposition ouverte']);
    await faire('champs.definir', { champ: TELEPHONE, valeur: '01 99 00 00 00' });
    const v2 = await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
    await faire('retour.lire', { chemin: await annoter([favorable], { de: v2.paquet, avis: 'favorable' }) });
    expect(await etats()).toEqual(['1 a-completer levee', '1 favorable levee', '1 proposition ouverte', '2 favorable levee']);
    expect((await faire('observations.lister', {})).avis).toBe('favorable');
  });

  test('v2 emporte les observations, leur état et les réponses', async () => {
    const { faire, annoter, id, envoi } = await depose();
    await faire('retour.lire', { chemin: await annoter(REMARQUES) });
    const telephone = await id(TELEPHONE);
    await faire('observations.repondre', { id: telephone, texte: 'Voici.' });
    const { paquet } = await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
    expect(await lireJson(paquet, 'modifications.json')).toMatchObject({
      de: 1, a: 2, modifications: [],
      reponses: [
        { champ: CIBLE, etat: 'ouverte', reponses: [] },
        { observation: telephone, champ: TELEPHONE, nature: 'a-completer', texte: 'Un numéro.', etat: 'repondue', reponses: [{ texte: 'Voici.', auteur: 'Camille Exemple', date: '2026-03-01T09:00:00.000Z' }] },
      ],
    });
  });
});

test('modifications : entre deux dépôts, et depuis le dernier, chacune à sa date', async () => {
  let maintenant = new Date('2026-03-01T09:00:00Z');
  const { faire, envoi } = await essaiDossier({ maintenant: () => maintenant });
  expect(await faire('modifications.lister', {})).toEqual({ modifications: [] });
  await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  maintenant = new Date('2026-03-02T09:00:00Z');
  await faire('champs.definir', { champ: TELEPHONE, valeur: '01' });
  maintenant = new Date('2026-03-03T09:00:00Z');
  await faire('champs.definir', { champ: TELEPHONE, valeur: '02' });
  await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  maintenant = new Date('2026-03-04T09:00:00Z');
  await faire('champs.definir', { champ: TELEPHONE, valeur: '' });
  const m = (avant: string | null, apres: string | null, quand: string) => ({ modifications: [{ champ: TELEPHONE, libelle: 'Téléphone', avant, apres, quand }] });
  expect(await faire('modifications.lister', { de: 1, a: 2 })).toEqual(m(null, '02', '2026-03-03T09:00:00.000Z'));
  expect(await faire('modifications.lister', {})).toEqual(m('02', null, '2026-03-04T09:00:00.000Z'));
  expect(await faire('modifications.lister', { de: 1 })).toEqual({ modifications: [] });
});
