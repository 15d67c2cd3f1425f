import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openReadOnly } from '../../../electron/store/connexion.ts';
import { verifyJournal } from '../../../electron/store/journal.ts';
import { essaiService } from '../../aides/service.ts';
import { CIBLE, REMARQUES, TELEPHONE, depose } from './aide.ts';
import type { Remarque } from './aide.ts';

const PROPOSES: Remarque[] = [...REMARQUES, { champ: TELEPHONE, nature: 'proposition', texte: 'Celui de l’accueil.', valeurProposee: '01 99 00 00 00' }];
const CONTACT = 'organisme/contact/nom';

let modele: Promise<Buffer> | null = null;

/** Octets d'un dossier déposé, Retour lu : faits une fois. */
async function build(): Promise<Buffer> {
  const { faire, annoter, chemin } = await depose();
  await faire('retour.lire', { chemin: await annoter(PROPOSES) });
  await faire('dossier.fermer', {});
  return readFileSync(chemin);
}

/** Un Retour lu, deux valeurs proposées ; `etat` : les fils entiers, et ce que portent les deux champs. */
async function retourLu() {
  const essai = essaiService();
  const { faire, repertoire } = essai;
  const chemin = join(repertoire, 'littoral.cus');
  writeFileSync(chemin, await (modele ??= build()));
  await faire('dossier.ouvrir', { chemin });
  const fils = async () => (await faire('observations.lister', {})).observations;
  const etat = async () => {
    const { champs } = await faire('champs.lister', {});
    return { fils: await fils(), valeurs: [CIBLE, TELEPHONE].map((c) => champs.find((x) => x.champ === c)?.valeur ?? null) };
  };
  const proposition = async (champ: string): Promise<string> => (await fils()).find((o) => o.champ === champ && o.nature === 'proposition')?.id ?? '';
  const operations = async () => (await faire('operations.lister', {})).operations;
  /** L'opération la plus récente de cette nature. */
  const derniere = async (nature: string) => {
    const o = (await operations()).find((x) => x.nature === nature);
    if (o === undefined) throw new Error(`aucune opération ${nature}`);
    return o;
  };
  const journal = async (nombre: number) => (await faire('journal.lire', { decalage: 0, nombre })).lignes.map((l) => [l.champ, l.avant, l.apres]);
  return { ...essai, chemin, envoi: join(repertoire, 'envoi'), etat, proposition, operations, derniere, journal };
}

describe('une valeur acceptée et sa réponse sont un seul geste', () => {
  test.each([[CIBLE, 'observations.accepter', '1442', '1400'], [TELEPHONE, 'observations.accepter.organisme', null, '01 99 00 00 00']])(
    '%s : annulée, la valeur et le fil reviennent comme avant ; refaite, comme après ; le journal le dit',
    async (champ, nature, avant, apres) => {
      const { faire, etat, proposition, derniere, journal, chemin } = await retourLu();
      const [id, depart] = [await proposition(champ), await etat()];
      const acceptee = await faire('observations.accepter', { id });
      const arrivee = await etat();
      expect(acceptee).toMatchObject({ etat: 'repondue', valeurActuelle: apres, reponses: [{ texte: `Valeur proposée acceptée : ${apres}.`, auteur: 'Ada' }] });
      const { id: operation } = await derniere(nature);
      expect((await faire('operations.annuler', { operation })).operation).toMatchObject({ id: operation, annulable: false, raison: 'Déjà annulée.', refaisable: true });
      expect(await etat()).toEqual(depart);
      const dits = (de: string | null, a: string | null, etats: [string, string], texte: [string | null, string | null]) =>
        expect.arrayContaining([[champ, de, a], [`observation/${id}/etat`, ...etats], [`observation/${id}/reponse`, ...texte]]);
      const reponse = `Valeur proposée acceptée : ${apres}.`;
      expect(await journal(4)).toEqual(dits(apres, avant, ['repondue', 'ouverte'], [reponse, null]));
      await faire('operations.refaire', { operation });
      expect(await etat()).toEqual(arrivee);
      expect(await journal(4)).toEqual(dits(avant, apres, ['ouverte', 'repondue'], [null, reponse]));
      await faire('dossier.fermer', {});
      const base = openReadOnly(chemin);
      expect(verifyJournal(base)).toBe(null);
      base.close();
    },
  );

  test('acceptée deux fois de suite : un seul geste à annuler', async () => {
    const { faire, etat, proposition, operations, derniere } = await retourLu();
    const depart = await etat();
    const id = await proposition(CIBLE);
    for (let i = 0; i < 2; i += 1) await faire('observations.accepter', { id });
    expect((await operations()).filter((o) => o.nature === 'observations.accepter')).toHaveLength(1);
    await faire('operations.annuler', { operation: (await derniere('observations.accepter')).id });
    expect(await etat()).toEqual(depart);
  });

  test('le champ portait déjà la valeur proposée : la réponse seule s’annule', async () => {
    const { faire, etat, proposition, derniere } = await retourLu();
    await faire('champs.definir', { champ: CIBLE, valeur: '1400' });
    const depart = await etat();
    await faire('observations.accepter', { id: await proposition(CIBLE) });
    await faire('champs.definir', { champ: 'engagement/G-1/organisme/2030/total', valeur: '1390' });
    const o = await derniere('observations.accepter');
    expect(o).toMatchObject({ champ: null, annulable: true, raison: '' });
    await faire('operations.annuler', { operation: o.id });
    expect(await etat()).toEqual(depart);
  });
});

test('une réponse sans la valeur s’annule et se refait, le champ ne bouge pas', async () => {
  const { faire, etat, proposition, derniere, journal } = await retourLu();
  const [depart, id] = [await etat(), await proposition(CIBLE)];
  await faire('observations.repondre', { id, texte: 'La cible tient compte des travaux.' });
  const repondue = await etat();
  expect(repondue.valeurs).toEqual(depart.valeurs);
  const { id: operation } = await derniere('observations.repondre');
  await faire('operations.annuler', { operation });
  expect(await etat()).toEqual(depart);
  expect(await journal(3)).toEqual([
    [`observation/${id}/reponse`, 'La cible tient compte des travaux.', null],
    [`observation/${id}/etat`, 'repondue', 'ouverte'],
    [`operation/${operation}`, expect.stringMatching(/^Réponse à l’observation sur « G-1/u), null],
  ]);
  await faire('operations.refaire', { operation });
  expect(await etat()).toEqual(repondue);
});

describe('ce qui a changé depuis', () => {
  test('une seconde réponse à la même observation s’annule d’abord ; celle d’une autre observation ne gêne pas', async () => {
    const { faire, echouer, etat, proposition, operations, derniere } = await retourLu();
    const telephone = await proposition(TELEPHONE);
    const etats = [await etat()];
    await faire('observations.accepter', { id: telephone });
    etats.push(await etat());
    await faire('observations.repondre', { id: telephone, texte: 'C’est bien ce numéro.' });
    const { id: seconde } = await derniere('observations.repondre');
    await faire('observations.repondre', { id: await proposition(CIBLE), texte: 'Vu.' });
    const { id: autre } = await derniere('observations.repondre');
    etats.push(await etat());
    const acceptation = await derniere('observations.accepter.organisme');
    const annulables = async () => (await operations()).filter((o) => o.nature.startsWith('observations.')).map((o) => [o.id, o.annulable, o.raison]);
    expect(await annulables()).toEqual([[autre, true, ''], [seconde, true, ''], [acceptation.id, false, 'Une opération plus récente s’annule d’abord.']]);
    expect(await echouer('operations.annuler', { operation: acceptation.id })).toMatchObject({ code: 'operation-non-annulable', sortie: 1 });
    expect(await etat()).toEqual(etats[2]);
    await faire('operations.annuler', { operation: seconde });
    await faire('operations.annuler', { operation: autre });
    expect(await etat()).toEqual(etats[1]);
    await faire('operations.annuler', { operation: acceptation.id });
    expect(await etat()).toEqual(etats[0]);
    for (const operation of [acceptation.id, autre, seconde]) await faire('operations.refaire', { operation });
    expect(await etat()).toEqual(etats[2]);
  });

  test('le champ saisi de nouveau après l’acceptation : l’annuler d’abord ; un paragraphe tapé ensuite n’entre pas dans le geste', async () => {
    const { faire, etat, proposition, derniere, operations } = await retourLu();
    const depart = await etat();
    await faire('observations.accepter', { id: await proposition(TELEPHONE) });
    await faire('champs.definir', { champ: CONTACT, valeur: 'Autre' });
    expect(await derniere('observations.accepter.organisme')).toMatchObject({ annulable: true });
    await faire('champs.definir', { champ: TELEPHONE, valeur: '01 99 00 00 01' });
    expect(await derniere('observations.accepter.organisme')).toMatchObject({ annulable: false });
    await faire('operations.annuler', { operation: (await operations())[0]?.id ?? 0 });
    await faire('operations.annuler', { operation: (await derniere('observations.accepter.organisme')).id });
    expect(await etat()).toEqual(depart);
  });

  test('une saisie après l’annulation : l’acceptation ne se refait plus, et ne peut rien écraser', async () => {
    const { faire, echouer, etat, proposition, derniere } = await retourLu();
    await faire('observations.accepter', { id: await proposition(TELEPHONE) });
    const { id: operation } = await derniere('observations.accepter.organisme');
    await faire('operations.annuler', { operation });
    await faire('champs.definir', { champ: TELEPHONE, valeur: '01 99 00 00 01' });
    const saisi = await etat();
    expect(await echouer('operations.refaire', { operation })).toMatchObject({ code: 'operation-non-refaisable', sortie: 1 });
    expect(await etat()).toEqual(saisi);
  });

  test('levée par l’État depuis : rien à annuler ni à refaire, l’observation reste levée', async () => {
    const { faire, echouer, etat, proposition, derniere, envoi, repertoire } = await retourLu();
    await faire('observations.accepter', { id: await proposition(CIBLE) });
    await faire('observations.accepter', { id: await proposition(TELEPHONE) });
    const [cible, telephone] = [await derniere('observations.accepter'), await derniere('observations.accepter.organisme')];
    await faire('operations.annuler', { operation: telephone.id });
    const { paquet } = await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
    const observations = [CIBLE, TELEPHONE].map((champ) => ({ champ, nature: 'favorable' as const, texte: 'Bien.' }));
    const { retour } = await faire('paquet.annoter', { paquet, sortie: join(repertoire, 'v2.xlsx'), observations, auteur: 'DDTM' });
    await faire('retour.lire', { chemin: retour });
    const levee = await etat();
    expect([levee.valeurs, [...new Set(levee.fils.map((o) => o.etat))]]).toEqual([['1400', null], ['levee']]);
    const dit = async (nature: string) => (({ annulable, raison, refaisable }) => ({ annulable, raison, refaisable }))(await derniere(nature));
    expect([await dit('observations.accepter'), await dit('observations.accepter.organisme')]).toEqual([
      { annulable: false, raison: 'L’État a levé l’observation depuis : la réponse reste.', refaisable: false },
      { annulable: false, raison: 'Déjà annulée.', refaisable: false },
    ]);
    expect(await echouer('operations.annuler', { operation: cible.id })).toMatchObject({ code: 'operation-non-annulable' });
    expect(await echouer('operations.refaire', { operation: telephone.id })).toMatchObject({ code: 'operation-non-refaisable' });
    expect(await etat()).toEqual(levee);
  });
});

describe('une cible acceptée puis levée ne retient que ce qui a écrit les mêmes cases', () => {
  const AUTRES = ['engagement/G-1/organisme/2029/total', 'engagement/G-1/organisme/2030/total'] as const;
  const REPONDUE = 'L’État a levé depuis une observation à laquelle une opération plus récente répond.';

  /** Une saisie d'une autre cible, une de la même, une autre encore ; puis l'acceptation. */
  async function acceptee() {
    const essai = await retourLu();
    const { faire, operations, derniere, proposition, envoi, repertoire } = essai;
    const saisir = async (champ: string, valeur: string): Promise<number> => {
      await faire('champs.definir', { champ, valeur });
      return (await derniere('engagements.saisir')).id;
    };
    const ids = [await saisir(AUTRES[0], '1111'), await saisir(CIBLE, '1410'), await saisir(AUTRES[1], '1222')] as const;
    await faire('observations.accepter', { id: await proposition(CIBLE) });
    const { id: acceptation } = await derniere('observations.accepter');
    const lever = async (): Promise<void> => {
      const { paquet } = await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
      const observations = [{ champ: CIBLE, nature: 'favorable' as const, texte: 'Bien.' }];
      const { retour } = await faire('paquet.annoter', { paquet, sortie: join(repertoire, 'v2.xlsx'), observations, auteur: 'DDTM' });
      await faire('retour.lire', { chemin: retour });
    };
    const valeurs = async () => {
      const { champs } = await faire('champs.lister', {});
      return [AUTRES[0], CIBLE, AUTRES[1]].map((c) => champs.find((x) => x.champ === c)?.valeur ?? null);
    };
    const dites = async (voulues: readonly number[]) => {
      const lues = await operations();
      return voulues.map((id) => lues.filter((o) => o.id === id).map((o) => [o.annulable, o.raison, o.refaisable])[0]);
    };
    return { ...essai, ids, acceptation, lever, valeurs, dites };
  }

  test('avant et après la levée : ce qui s’annule, la raison vraie du reste ; annuler puis refaire rend tout', async () => {
    const { faire, echouer, ids, acceptation, lever, valeurs, dites } = await acceptee();
    const [ancienne, meme, autre] = ids;
    const attend = [false, 'Une opération plus récente s’annule d’abord.', false];
    expect(await dites([acceptation, autre, meme, ancienne])).toEqual([[true, '', false], attend, attend, attend]);
    await lever();
    const levee = [false, 'L’État a levé l’observation depuis : la réponse reste.', false];
    expect(await dites([acceptation, autre, meme])).toEqual([levee, [true, '', false], [false, REPONDUE, false]]);
    expect(await valeurs()).toEqual(['1111', '1400', '1222']);
    expect(await echouer('operations.annuler', { operation: meme })).toMatchObject({
      code: 'operation-non-annulable', sortie: 1, message: expect.stringContaining(REPONDUE) as string, action: 'Pour une autre valeur, l’écrire dans le champ ; rien n’a été changé.',
    });
    await faire('operations.annuler', { operation: autre });
    await faire('operations.annuler', { operation: ancienne });
    const [v0, cible, v2] = await valeurs();
    expect([v0 === '1111', cible, v2 === '1222']).toEqual([false, '1400', false]);
    expect(await dites([meme, ancienne])).toEqual([[false, REPONDUE, false], [false, 'Déjà annulée.', true]]);
    await faire('operations.refaire', { operation: ancienne });
    await faire('operations.refaire', { operation: autre });
    expect(await valeurs()).toEqual(['1111', '1400', '1222']);
  });

  test('tout ce qui s’annule annulé, rien n’attend plus une opération qui ne s’annule pas ; la cible levée reste', async () => {
    const { faire, lever, operations, etat, acceptation } = await acceptee();
    await lever();
    const levee = await etat();
    const depart = (await operations()).filter((o) => o.annuleeLe === null);
    for (let o = depart.find((x) => x.annulable); o !== undefined; o = (await operations()).find((x) => x.annulable)) await faire('operations.annuler', { operation: o.id });
    const restent = (await operations()).filter((o) => o.annuleeLe === null);
    expect(restent.length).toBeLessThan(depart.length);
    expect(new Set(restent.filter((o) => o.id !== acceptation).map((o) => o.raison))).toEqual(new Set([REPONDUE]));
    const seule = await etat();
    expect([seule.fils.find((o) => o.champ === CIBLE), seule.valeurs[0]]).toEqual([levee.fils.find((o) => o.champ === CIBLE), '1400']);
  });

  test('annulée avant la levée : elle ne se refait plus, une saisie d’une autre cible annulée après elle se refait', async () => {
    const { faire, echouer, derniere, acceptation, lever, valeurs } = await acceptee();
    await faire('champs.definir', { champ: AUTRES[1], valeur: '1333' });
    const { id: suivante } = await derniere('engagements.saisir');
    await faire('operations.annuler', { operation: suivante });
    await faire('operations.annuler', { operation: acceptation });
    await lever();
    expect(await echouer('operations.refaire', { operation: acceptation })).toMatchObject({ code: 'operation-non-refaisable', message: expect.stringContaining('L’État a levé depuis') as string });
    await faire('operations.refaire', { operation: suivante });
    expect(await valeurs()).toEqual(['1111', '1410', '1333']);
  });
});

test('le dépôt fige l’acceptation : annulée ensuite, v2 la montre encore, et sa copie ne se change pas', async () => {
  const { faire, echouer, etat, proposition, derniere, envoi, repertoire, chemin } = await retourLu();
  const [depart, id] = [await etat(), await proposition(CIBLE)];
  await faire('observations.accepter', { id });
  const depose2 = await etat();
  await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  await faire('operations.annuler', { operation: (await derniere('observations.accepter')).id });
  expect(await etat()).toEqual(depart);
  expect((await faire('modifications.lister', {})).modifications).toMatchObject([{ champ: CIBLE, avant: '1400', apres: '1442' }]);
  const { chemin: copie } = await faire('depot.extraire', { version: 2, destination: join(repertoire, 'v2.cus') });
  await faire('dossier.ouvrir', { chemin: copie });
  expect(await etat()).toEqual(depose2);
  const telephone = await proposition(TELEPHONE);
  for (const essai of [echouer('observations.accepter', { id: telephone }), echouer('observations.repondre', { id: telephone, texte: 'Oui.' }), echouer('operations.annuler', { operation: 1 })]) {
    expect(await essai).toMatchObject({ code: 'lecture-seule' });
  }
  expect(await etat()).toEqual(depose2);
  await faire('dossier.ouvrir', { chemin });
  expect(await etat()).toEqual(depart);
});
