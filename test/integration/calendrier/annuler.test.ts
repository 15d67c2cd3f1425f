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

/** Annule ou refait la seule opération qui peut l'être ; rend son libellé. */
async function mener({ faire }: EssaiService, sens: 'annuler' | 'refaire'): Promise<string> {
  const possibles = (await faire('operations.lister', {})).operations.filter((o) => (sens === 'annuler' ? o.annulable : o.refaisable));
  expect(possibles).toHaveLength(1);
  const { operation } = await faire(sens === 'annuler' ? 'operations.annuler' : 'operations.refaire', { operation: possibles[0]?.id ?? 0 });
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
