import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import { essaiService } from '../../aides/service.ts';
import type { EssaiService } from '../../aides/service.ts';

const DEPOT = { date: 'calendrier/echeance/depot/date', motif: 'calendrier/echeance/depot/motif' };

async function dossier(): Promise<EssaiService> {
  const essai = essaiService();
  await essai.faire('dossier.creer', { chemin: join(essai.repertoire, 'a.cus'), siren: '782824114', nom: 'Habitat', nature: 'OPH', effet: '2026-07-01' });
  return essai;
}

/** Annule la plus récente des opérations qui le peuvent, ou refait la dernière annulée ; rend son libellé. */
async function mener({ faire }: EssaiService, sens: 'annuler' | 'refaire'): Promise<string> {
  const possibles = (await faire('operations.lister', {})).operations.filter((o) => (sens === 'annuler' ? o.annulable : o.refaisable));
  const choisie = sens === 'annuler' ? possibles[0] : possibles.at(-1);
  const { operation } = await faire(sens === 'annuler' ? 'operations.annuler' : 'operations.refaire', { operation: choisie?.id ?? 0 });
  return operation.libelle;
}

const valeur = async ({ faire }: EssaiService, champ: string): Promise<string | null> => (await faire('champs.lister', {})).champs.find((c) => c.champ === champ)?.valeur ?? null;

describe('ce qui se saisit au calendrier s’annule et se refait', () => {
  test('une date, un motif, une valeur effacée : pas à pas, dans les deux sens', async () => {
    const essai = await dossier();
    const gestes: [string, string][] = [['calendrier/echeance-precedente', '2026-12-31'], [DEPOT.date, '2026-07-15'], [DEPOT.motif, 'Annonce de la DDT'], [DEPOT.date, '2026-08-01'], [DEPOT.motif, '']];
    const lire = async () => [await valeur(essai, 'calendrier/echeance-precedente'), await valeur(essai, DEPOT.date), await valeur(essai, DEPOT.motif)];
    const etats = [await lire()];
    for (const [champ, v] of gestes) {
      await essai.faire('champs.definir', { champ, valeur: v });
      etats.push(await lire());
    }
    expect(etats.at(-1)).toEqual(['2026-12-31', '2026-08-01', null]);
    const libelles = [];
    for (let i = etats.length - 2; i >= 0; i -= 1) {
      libelles.push(await mener(essai, 'annuler'));
      expect(await lire()).toEqual(etats[i]);
    }
    expect(libelles[1]).toContain('Dépôt du projet de convention');
    for (let i = 1; i < etats.length; i += 1) {
      await mener(essai, 'refaire');
      expect(await lire()).toEqual(etats[i]);
    }
  });

  test('le journal dit l’annulation sous le nom du champ ; redéfinir la même valeur n’est pas un geste', async () => {
    const essai = await dossier();
    await essai.faire('champs.definir', { champ: 'calendrier/signature', valeur: '2026-09-01' });
    await essai.faire('champs.definir', { champ: 'calendrier/signature', valeur: '01/09/2026' });
    expect((await essai.faire('operations.lister', {})).operations).toHaveLength(1);
    await mener(essai, 'annuler');
    const { lignes } = await essai.faire('journal.lire', { decalage: 0, nombre: 3 });
    expect(lignes.map((l) => [l.champ, l.avant, l.apres])).toEqual([
      ['calendrier/signature', '2026-09-01', null],
      [expect.stringMatching(/^operation\//u), 'Signature de la convention', null],
      ['calendrier/signature', null, '2026-09-01'],
    ]);
  });

  test('une saisie après une annulation : plus rien à refaire', async () => {
    const essai = await dossier();
    await essai.faire('champs.definir', { champ: 'calendrier/signature', valeur: '2026-09-01' });
    await mener(essai, 'annuler');
    await essai.faire('champs.definir', { champ: 'calendrier/depot', valeur: '2026-01-05' });
    expect((await essai.faire('operations.lister', {})).operations.filter((o) => o.refaisable)).toEqual([]);
    expect(await valeur(essai, 'calendrier/signature')).toBeNull();
  });
});

describe('une saisie et le reste s’annulent chacun de son côté', () => {
  const importer = async (essai: EssaiService, graine: number, logements: number): Promise<void> => {
    const chemin = join(essai.repertoire, `p-${graine}.csv`);
    ecrireFichier(generateBailleur({ graine, logements, annee: 2026, siren: '782824114', departements: ['13'], nombreCommunes: 3 }), chemin);
    await essai.faire('import.lire', { chemin });
  };
  const annulables = async ({ faire }: EssaiService) => (await faire('operations.lister', {})).operations.filter((o) => o.annulable).map((o) => o.nature);
  const logements = async ({ faire }: EssaiService) => (await faire('etat.lire', {})).logements;

  test('un import s’annule et se refait sans toucher à ce qui a été écrit depuis', async () => {
    const essai = await dossier();
    await importer(essai, 5, 40);
    const avant = await logements(essai);
    for (const texte of ['Le parc', 'Le parc vieillit', 'Le parc vieillit vite.']) await essai.faire('champs.definir', { champ: 'developpement/PP-1', valeur: texte });
    // Un texte long enregistré en plusieurs fois est un geste.
    expect(await annulables(essai)).toEqual(['champs.engagements', 'import']);
    const numero = (await essai.faire('operations.lister', {})).operations.find((o) => o.nature === 'import')?.id ?? 0;
    await essai.faire('operations.annuler', { operation: numero });
    expect([await logements(essai), await valeur(essai, 'developpement/PP-1')]).toEqual([0, 'Le parc vieillit vite.']);
    await essai.faire('champs.definir', { champ: 'organisme/contact/telephone', valeur: '01 99 00 00 00' });
    await essai.faire('operations.refaire', { operation: numero });
    expect([await logements(essai), await valeur(essai, 'organisme/contact/telephone')]).toEqual([avant, '01 99 00 00 00']);
    await mener(essai, 'annuler');
    await mener(essai, 'annuler');
    expect([await valeur(essai, 'organisme/contact/telephone'), await valeur(essai, 'developpement/PP-1'), await logements(essai)]).toEqual([null, null, avant]);
  });

  test('deux champs sont indépendants, deux saisies d’un même champ se suivent', async () => {
    const essai = await dossier();
    for (const [champ, v] of [['calendrier/signature', '2026-09-01'], ['calendrier/depot', '2026-01-05'], ['calendrier/signature', '2026-10-01']]) await essai.faire('champs.definir', { champ: champ ?? '', valeur: v ?? '' });
    const { operations } = await essai.faire('operations.lister', {});
    expect(operations.map((o) => [o.champ, o.annulable])).toEqual([['calendrier/signature', true], ['calendrier/depot', true], ['calendrier/signature', false]]);
    expect(await essai.echouer('operations.annuler', { operation: operations[2]?.id ?? 0 })).toMatchObject({ code: 'operation-non-annulable' });
  });

  test('les bornes de l’occupation, posées par leur écran, sont le même geste', async () => {
    const essai = await dossier();
    await essai.faire('champs.definir', { champ: 'occupation/bandes', valeur: '20, 40' });
    await essai.faire('occupation.definirBandes', { bornes: '30, 60, 90' });
    await essai.faire('occupation.definirBandes', { bornes: '30,60,90' });
    expect(await annulables(essai)).toEqual(['champs.occupation']);
    await mener(essai, 'annuler');
    expect(await valeur(essai, 'occupation/bandes')).toBe('20, 40');
    await mener(essai, 'refaire');
    expect(await valeur(essai, 'occupation/bandes')).toBe('30, 60, 90');
  });
});

test('une saisie pendant la comparaison d’un import ne la périme pas', async () => {
  const essai = await dossier();
  const bailleur = { graine: 3, logements: 40, annee: 2026, siren: '782824114', departements: ['13'], nombreCommunes: 3 };
  const fichiers = [bailleur, { ...bailleur, logements: 38 }].map((options, i) => {
    const chemin = join(essai.repertoire, `rpls-${i}.csv`);
    ecrireFichier(generateBailleur(options), chemin);
    return chemin;
  });
  await essai.faire('import.lire', { chemin: fichiers[0] ?? '' });
  const { applique, comparaison } = await essai.faire('import.lire', { chemin: fichiers[1] ?? '' });
  expect(applique).toBe(false);
  await essai.faire('champs.definir', { champ: 'calendrier/signature', valeur: '2026-09-01' });
  await mener(essai, 'annuler');
  await mener(essai, 'refaire');
  await essai.faire('associes.definir', { code: 'dep-13', contact: 'Direction de l’habitat' });
  await essai.faire('import.appliquer', { comparaison: comparaison ?? '' });
  expect((await essai.faire('etat.lire', {})).logements).toBe(38);
});

describe('ce qui se saisit de l’association s’annule et se refait', () => {
  test('décision, contact, orientations, échange, participant, séance et bilan', async () => {
    const essai = await dossier();
    const { faire } = essai;
    const lire = async () => {
      const { personnes, echanges, concertation } = await faire('associes.lire', {});
      return { personnes, echanges, concertation };
    };
    const etats = [await lire()];
    const geste = async (fait: Promise<unknown>): Promise<void> => {
      await fait;
      etats.push(await lire());
    };
    await geste(faire('associes.ajouter', { territoire: 'dep-13', motif: 'Rattachement' }));
    await geste(faire('associes.definir', { code: 'dep-13', rattachement: true }));
    await geste(faire('associes.definir', { code: 'dep-13', contact: 'Direction de l’habitat' }));
    await geste(faire('associes.definir', { code: 'dep-13', orientations: 'Réhabiliter.' }));
    await geste(faire('associes.noter', { personnes: ['dep-13'], objet: 'elements', date: '2026-01-15' }));
    await geste(faire('associes.corriger', { id: etats.at(-1)?.echanges[0]?.id ?? 0, texte: 'Relance' }));
    await geste(faire('associes.corriger', { id: etats.at(-1)?.echanges[0]?.id ?? 0, retirer: true }));
    await geste(faire('concertation.acteur', { nom: 'Association', qualite: 'association-10' }));
    await geste(faire('concertation.reunion', { date: '2026-02-10', objets: ['service-rendu'] }));
    await geste(faire('champs.definir', { champ: 'concertation/bilan', valeur: 'Deux séances.' }));
    for (let i = etats.length - 2; i >= 0; i -= 1) {
      await mener(essai, 'annuler');
      expect(await lire()).toEqual(etats[i]);
    }
    for (let i = 1; i < etats.length; i += 1) {
      await mener(essai, 'refaire');
      expect(await lire()).toEqual(etats[i]);
    }
    await mener(essai, 'annuler');
    await mener(essai, 'annuler');
    const { lignes } = await faire('journal.lire', { decalage: 0, nombre: 1 });
    expect(lignes.map((l) => [l.champ, l.avant, l.apres])).toEqual([['concertation/reunion/1', '2026-02-10 ; service-rendu', null]]);
  });
});
