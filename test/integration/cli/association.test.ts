import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import { tempDir } from '../../aides/repertoire.ts';
import { cus, digestDossier, jsonIci } from './aides/cus.ts';

type Vue = { personnes: { code: string; nom: string; contact: string; orientations: string; rattachement: boolean; decidee: boolean; groupe: string }[]; echanges: { id: number; date: string; texte: string }[] };

/** Un office et son parc de 40 logements. */
async function office() {
  const cwd = tempDir();
  const lancer = (...args: string[]) => jsonIci(args, cwd);
  ecrireFichier(generateBailleur({ graine: 3, logements: 40, annee: 2026, siren: '782824114', departements: ['13'], nombreCommunes: 3 }), join(cwd, 'rpls.csv'));
  await lancer('creer', 'd.cus', '--siren', '782824114', '--nom', 'Habitat', '--nature', 'OPH');
  await lancer('importer', 'd.cus', 'rpls.csv');
  const associes = async (...args: string[]) => {
    const { code, objet } = await lancer('associes', 'd.cus', ...args);
    return { code, objet: objet as Vue & { remplace?: unknown; ajoutee?: string; notes?: number[]; erreur?: { code: string } } };
  };
  return { cwd, lancer, associes };
}

test('associes : un second rattachement dit celui qu’il remplace', async () => {
  const { cwd, associes } = await office();
  expect((await associes('--personne', 'dep-13', '--rattachement', 'oui')).objet.remplace).toBeNull();
  const { stdout } = await cus(['associes', 'd.cus', '--personne', 'epci-200054807', '--rattachement', 'oui'], { cwd });
  expect(stdout).toContain('L’office n’est plus rattaché à Bouches-du-Rhône (13) (dep-13)');
  const { objet } = await associes('--personne', 'dep-13', '--rattachement', 'oui');
  expect(objet.remplace).toEqual({ code: 'epci-200054807', nom: 'Métropole d\'Aix-Marseille-Provence' });
});

test.each([
  ['69123', 'com-69123', 'Lyon (69123)'],
  ['69382', 'com-69123', 'Lyon (69123)'],
  ['200046977', 'epci-200046977', 'Métropole de Lyon'],
  ['2a', 'dep-2A', 'Corse-du-Sud (2A)'],
  ['Syndicat mixte', expect.stringMatching(/^libre-/u) as string, 'Syndicat mixte'],
])('associes : « %s » ajouté a le nom de son territoire', async (tape, code, nom) => {
  const { associes } = await office();
  const { objet } = await associes('--ajouter', tape, '--motif', 'Essai');
  expect(objet.ajoutee).toEqual(code);
  expect(objet.personnes.find((p) => p.code === objet.ajoutee)?.nom).toBe(nom);
});

test.each(['99999', '200046978', '999'])('associes : « %s », code de rien, est refusé', async (tape) => {
  const { associes } = await office();
  expect(await associes('--ajouter', tape, '--motif', 'Essai')).toMatchObject({ code: 2, objet: { erreur: { code: 'territoire-inconnu' } } });
});

test('associes : contact, orientations, échange corrigé puis retiré, décision rendue', async () => {
  const { associes } = await office();
  await associes('--personne', 'dep-13', '--contact', 'Direction de l’habitat', '--orientations', 'Réhabiliter.');
  expect((await associes('--personne', 'dep-13', '--contact', '')).objet.personnes.find((p) => p.code === 'dep-13')).toMatchObject({ contact: '', orientations: 'Réhabiliter.' });
  const [id = 0] = (await associes('--noter', 'elements', '--personne', 'dep-13', '--date', '2026-01-15')).objet.notes ?? [];
  expect((await associes('--corriger', String(id), '--date', '2026-01-20', '--texte', 'Relance')).objet.echanges).toMatchObject([{ id, date: '2026-01-20', texte: 'Relance' }]);
  expect((await associes('--corriger', String(id))).code).toBe(2);
  expect((await associes('--retirer', String(id))).objet.echanges).toEqual([]);
  await associes('--personne', 'dep-13', '--ecarter', '--motif', 'Essai');
  expect((await associes('--personne', 'dep-13', '--proposition')).objet.personnes.find((p) => p.code === 'dep-13')).toMatchObject({ decidee: false, groupe: 'associee' });
});

test('concertation : participants, séances et bilan s’écrivent, se changent et se retirent', async () => {
  const { lancer } = await office();
  const concertation = (...args: string[]) => lancer('concertation', 'd.cus', ...args);
  expect(await concertation('--participant', 'Association', '--qualite', 'association-10')).toMatchObject({ code: 0, objet: { ligne: 'participant/1', acteurs: [{ nom: 'Association', affiliation: '' }] } });
  expect(await concertation('--modifier', 'participant/1', '--affiliation', 'Confédération')).toMatchObject({ objet: { acteurs: [{ nom: 'Association', affiliation: 'Confédération' }] } });
  expect(await concertation('--seance', '10/02/2026', '--objet', 'service-rendu', '--presents', 'Trois élus')).toMatchObject({ objet: { ligne: 'seance/1', reunions: [{ date: '2026-02-10', objets: ['service-rendu'] }] } });
  expect(await concertation('--modifier', 'seance/1', '--objet', 'service-rendu', '--objet', 'gestion-sociale')).toMatchObject({ objet: { reunions: [{ date: '2026-02-10', objets: ['service-rendu', 'gestion-sociale'], participants: 'Trois élus' }] } });
  expect(await concertation('--bilan', 'Deux séances.')).toMatchObject({ objet: { bilan: 'Deux séances.' } });
  for (const args of [['--modifier', 'participant/1'], ['--modifier', 'seance/1', '--note', 'x'], ['--retirer', 'rien'], ['--participant', 'Seule'], ['--objet', 'service-rendu'], ['--bilan', 'x', '--seance', '2026-02-10'], ['--seance', '2099-01-01']]) {
    expect([args, (await concertation(...args)).code]).toEqual([args, 2]);
  }
  expect(await concertation('--retirer', 'participant/1')).toMatchObject({ objet: { acteurs: [], reunions: [{ id: 1 }] } });
  expect(await concertation('--retirer', 'seance/1')).toMatchObject({ objet: { acteurs: [], reunions: [], bilan: 'Deux séances.' } });
});

test('associes : une option que l’action ne lit pas est refusée, et rien n’est changé', async () => {
  const { cwd, associes } = await office();
  const [id = 0] = (await associes('--noter', 'elements', '--personne', 'dep-13', '--date', '2026-01-15')).objet.notes ?? [];
  const avant = digestDossier(join(cwd, 'd.cus'));
  const lignes: [string[], string][] = [
    [['--personne', 'dep-13', '--contact', 'A', '--motif', 'perdu'], '« --motif » ne va pas avec « --contact »'],
    [['--personne', 'dep-13', '--proposition', '--motif', 'perdu'], '« --motif » ne va pas avec « --proposition »'],
    [['--corriger', String(id), '--personne', 'dep-13', '--motif', 'z', '--texte', 'toto'], '« --personne », « --motif » ne vont pas avec « --corriger »'],
    [['--retirer', String(id), '--date', '2026-01-20'], '« --date » ne va pas avec « --retirer »'],
    [['--ajouter', '69123', '--mode', 'x'], '« --mode » ne va pas avec « --ajouter »'],
    [['--noter', 'elements', '--personne', 'dep-13', '--date', '2026-01-15', '--source', 'x'], 'Plusieurs actions'],
    [['--packs', 'p', '--texte', 'x'], '« --texte » ne va pas avec « --packs »'],
    [['--personne', 'dep-13'], '« --personne » ne va pas avec la liste'],
  ];
  for (const [args, dit] of lignes) expect([args, await associes(...args)]).toMatchObject([args, { code: 2, objet: { erreur: { message: expect.stringContaining(dit) as string } } }]);
  expect(digestDossier(join(cwd, 'd.cus'))).toBe(avant);
});
