import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ecrireFichier, generateBailleur, generateEvolution } from '../../../electron/demo/index.ts';
import type { OptionsBailleur } from '../../../electron/demo/index.ts';
import { declaration, ouvrirAtelier } from '../import/aide.ts';
import { VOIE, codesDe, contenu, importer, logement, places, reimporter, resumes } from './aide.ts';

const LILAS = ['A1', 'A2', 'A3'].map((i) => logement(i, 'LES LILAS', { ...VOIE, NUMVOIE: '12' }));
const ROSES = ['B1', 'B2'].map((i) => logement(i, 'LES ROSES', { ...VOIE, NUMVOIE: '14' }));

describe.each([['de la même année', 2026], ['d’une autre année', 2027]])('ce que l’organisme a décidé survit à un import %s', (_, annee) => {
  it('un logement nouveau à l’adresse d’un ensemble fusionné y entre', async () => {
    const { atelier, codes } = await importer(...LILAS, ...ROSES);
    await atelier.faire('ensembles.fusionner', { ids: Object.values(codes), nom: 'Le Stade' });
    await reimporter(atelier, annee, ...ROSES, logement('B3', 'les roses', { ...VOIE, NUMVOIE: '14' }), ...LILAS, logement('D1', 'LE CLOS', { ...VOIE, NUMVOIE: '16' }));
    expect(await places(atelier)).toEqual({ ...Object.fromEntries(['A1', 'A2', 'A3', 'B1', 'B2', 'B3'].map((i) => [i, 'Le Stade'])), D1: 'LE CLOS' });
    expect((await codesDe(atelier))['Le Stade']).toBe(codes['LES LILAS']);
  });

  it('un ensemble scindé le reste, et l’adresse d’un ensemble nommé se tient à jour', async () => {
    const { atelier, codes } = await importer(...LILAS, ...ROSES);
    const r = await atelier.faire('ensembles.scinder', { id: codes['LES LILAS']!, identifiants: ['A3'], nom: 'Lilas haut' });
    await atelier.faire('ensembles.renommer', { id: codes['LES ROSES']!, nom: 'Les Roses blanches' });
    await reimporter(
      atelier, annee, ...LILAS, logement('A4', 'LES LILAS', { ...VOIE, NUMVOIE: '12' }), ...ROSES, logement('B3', 'LES ROSES', { ...VOIE, NUMVOIE: '18' }),
    );
    expect(await places(atelier)).toEqual({ A1: 'LES LILAS', A2: 'LES LILAS', A4: 'LES LILAS', A3: 'Lilas haut', B1: 'Les Roses blanches', B2: 'Les Roses blanches', B3: 'Les Roses blanches' });
    expect((await atelier.faire('ensembles.lister', {})).ensembles.map(({ id, nom, adresse }) => ({ id, nom, adresse }))).toEqual([
      { id: codes['LES LILAS'], nom: 'LES LILAS', adresse: '12 RUE DU STADE' },
      { id: codes['LES ROSES'], nom: 'Les Roses blanches', adresse: '14 et 18 RUE DU STADE' },
      { id: r.ensembles.find((e) => e.nom === 'Lilas haut')?.id, nom: 'Lilas haut', adresse: '12 RUE DU STADE' },
    ].toSorted((a, b) => (a.nom < b.nom ? -1 : 1)));
  });

  it('un programme renommé dans le fichier ne défait ni fusion ni scission', async () => {
    const { atelier, codes } = await importer(...LILAS, ...ROSES);
    const scinde = await atelier.faire('ensembles.scinder', { id: codes['LES LILAS']!, identifiants: ['A2', 'A3'], nom: 'Haut' });
    await reimporter(atelier, annee, ...['A1', 'A2', 'A3'].map((i) => logement(i, 'RESIDENCE NEUVE', { ...VOIE, NUMVOIE: '12' })), ...ROSES);
    expect(await places(atelier)).toEqual({ A1: 'LES LILAS', A2: 'Haut', A3: 'Haut', B1: 'LES ROSES', B2: 'LES ROSES' });
    expect((await codesDe(atelier))['Haut']).toBe(scinde.ensembles.find((e) => e.nom === 'Haut')?.id);
  });

  it('un logement déplacé reste où il est, et n’y entraîne pas ses anciens voisins', async () => {
    const { atelier, codes } = await importer(...LILAS, ...ROSES);
    await atelier.faire('ensembles.deplacer', { identifiants: ['A1'], vers: codes['LES ROSES']! });
    await reimporter(atelier, annee, logement('A0', 'LES LILAS', { ...VOIE, NUMVOIE: '12' }), ...LILAS, ...ROSES);
    expect(await places(atelier)).toEqual({ A0: 'LES LILAS', A1: 'LES ROSES', A2: 'LES LILAS', A3: 'LES LILAS', B1: 'LES ROSES', B2: 'LES ROSES' });
  });
});

const options: OptionsBailleur = { graine: 7, logements: 1_200, annee: 2026, salete: 0.02, departements: ['13'], nombreCommunes: 4, raisonSociale: 'HABITAT FICTIF' };

describe('un parc de 1 200 logements', () => {
  it('nommé, fusionné, scindé, puis mis à jour : les décisions tiennent, et tout s’annule à l’octet près', async () => {
    const bailleur = generateBailleur(options);
    const atelier = await ouvrirAtelier(bailleur.identite.siren);
    const [premier, suivant] = [join(atelier.repertoire, 'rpls.csv'), join(atelier.repertoire, 'suite.csv')];
    ecrireFichier(bailleur, premier);
    ecrireFichier(generateEvolution(options), suivant);
    const vide = await contenu(atelier);
    await atelier.faire('import.lire', { chemin: premier, appliquer: true });
    const etats = [vide, await contenu(atelier)];
    const { ensembles } = await atelier.faire('ensembles.lister', {});
    const [a, b, c, d] = ensembles.toSorted((x, y) => y.logements - x.logements);
    const faire = async (faite: Promise<unknown>) => {
      await faite;
      etats.push(await contenu(atelier));
    };
    await faire(atelier.faire('ensembles.renommer', { id: a!.id, nom: 'Le plus grand' }));
    await faire(atelier.faire('ensembles.fusionner', { ids: [b!.id, c!.id], nom: 'Réunis' }));
    const sortants = (await atelier.faire('ensembles.composition', { id: d!.id })).groupes.flatMap((g) => g.logements.filter((l) => l.parc).map((l) => l.identifiant)).slice(0, 3);
    await faire(atelier.faire('ensembles.scinder', { id: d!.id, identifiants: sortants, nom: 'Trois' }));
    const avant = await placesTous(atelier);
    const decides = new Set(['Le plus grand', 'Réunis', 'Trois']);
    await faire(atelier.faire('import.lire', { chemin: suivant, appliquer: true }));
    const apres = await placesTous(atelier);
    const gardes = [...avant].filter(([i, nom]) => decides.has(nom) && apres.has(i));
    expect(gardes.length).toBeGreaterThan(20);
    expect(gardes.filter(([i, nom]) => apres.get(i) !== nom)).toEqual([]);
    const { gardes: resumesGardes, relus } = await resumes(atelier);
    expect(resumesGardes).toEqual(relus);

    const { operations } = await atelier.faire('operations.lister', {});
    expect(operations.map((o) => [o.nature, o.annulable])).toEqual([
      ['import', true], ['ensembles.scinder', false], ['ensembles.fusionner', false], ['ensembles.renommer', false], ['import', false],
    ]);
    expect((await atelier.echouer('operations.annuler', { operation: operations[1]!.id })).code).toBe('operation-non-annulable');
    for (const { id } of operations) {
      expect(await contenu(atelier)).toEqual(etats.pop());
      const { operation } = await atelier.faire('operations.annuler', { operation: id });
      expect(operation).toMatchObject({ id, annulable: false, annuleeLe: '2026-03-01T09:00:00.000Z' });
      // La table ne montre pas une page d'avant l'annulation.
      const { total } = await atelier.faire('logements.page', { decalage: 0, nombre: 1 });
      expect((await contenu(atelier))['logement']).toHaveLength(total);
    }
    expect(await contenu(atelier)).toEqual(vide);
    expect((await atelier.faire('import.dernier', {})).import).toBeNull();
    expect((await atelier.echouer('operations.annuler', { operation: operations[0]!.id })).code).toBe('operation-non-annulable');
    // Le fichier annulé s'importe de nouveau, et donne le même dossier.
    await atelier.faire('import.lire', { chemin: premier, appliquer: true });
    expect((await codesDe(atelier))[a!.nom]).toBe(a!.id);
  });
});

async function placesTous(atelier: Awaited<ReturnType<typeof ouvrirAtelier>>): Promise<Map<string, string>> {
  const tous = new Map<string, string>();
  for (let decalage = 0; ; decalage += 1000) {
    const { lignes } = await atelier.faire('logements.page', { decalage, nombre: 1000 });
    for (const l of lignes) tous.set(String(l['ident_int']), String(l['nom_ensemble']));
    if (lignes.length < 1000) return tous;
  }
}

describe('annuler un import', () => {
  it('d’une autre année remet l’ancienne déclaration en vigueur', async () => {
    const { atelier } = await importer(...LILAS, ...ROSES);
    const avant = await contenu(atelier);
    await reimporter(atelier, 2027, ...LILAS, logement('D1', 'LE CLOS'));
    const [derniere] = (await atelier.faire('operations.lister', {})).operations;
    await atelier.faire('operations.annuler', { operation: derniere!.id });
    expect(await contenu(atelier)).toEqual(avant);
  });

  it('d’un tableau oublie aussi le profil qu’il avait laissé', async () => {
    const { atelier } = await importer(...LILAS);
    const avant = await contenu(atelier);
    const chemin = atelier.fichier('loyers.csv', 'Ident;Commune;Loyer\nA1;13055;512,30\nA2;13055;498\n');
    const profil = { version: 1 as const, type: 'logements' as const, separateur: ';', colonnes: { Ident: 'IDENT_INT', Commune: 'DEPCOM', Loyer: 'LOYERPRINC' } };
    const r = await atelier.faire('import.lire', { chemin, profil, appliquer: true });
    expect(r.modifies).toBe(2);
    const [derniere] = (await atelier.faire('operations.lister', {})).operations;
    await atelier.faire('operations.annuler', { operation: derniere!.id });
    expect(await contenu(atelier)).toEqual(avant);
  });

  it('d’une version qui ne gardait pas tout se refuse', async () => {
    const { atelier } = await importer(...LILAS);
    await atelier.fermer();
    const { openConnexion } = await import('../../../electron/store/connexion.ts');
    const base = openConnexion(atelier.dossier);
    base.exec("DELETE FROM operation_avant WHERE nom_table = 'import'");
    base.close();
    await atelier.faire('dossier.ouvrir', { chemin: atelier.dossier });
    const { operations } = await atelier.faire('operations.lister', {});
    expect(operations).toMatchObject([{ annulable: false, raison: 'Faite par une version de l’application qui ne gardait pas tout l’état d’avant.' }]);
    expect((await atelier.echouer('operations.annuler', { operation: operations[0]!.id })).code).toBe('operation-non-annulable');
  });

  it('périme une comparaison en attente', async () => {
    const { atelier, codes } = await importer(...LILAS, ...ROSES);
    const { comparaison } = await atelier.faire('import.lire', { chemin: atelier.fichier('2.csv', declaration(...LILAS)) });
    await atelier.faire('ensembles.fusionner', { ids: Object.values(codes) });
    expect((await atelier.echouer('import.appliquer', { comparaison: comparaison! })).code).toBe('comparaison-perimee');
    const [derniere] = (await atelier.faire('operations.lister', {})).operations;
    const autre = await atelier.faire('import.lire', { chemin: atelier.fichier('3.csv', declaration(...LILAS)) });
    await atelier.faire('operations.annuler', { operation: derniere!.id });
    expect((await atelier.echouer('import.appliquer', { comparaison: autre.comparaison! })).code).toBe('comparaison-perimee');
  });
});
