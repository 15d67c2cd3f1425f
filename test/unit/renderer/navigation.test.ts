import { expect, test } from 'vitest';
import { dire, useAvis } from '../../../renderer/app/avis.ts';
import { destinationDe, recevoirFichier } from '../../../renderer/app/dossiers.ts';
import { etapeDuChamp } from '../../../renderer/app/etapes.ts';
import { dernierInstant, momentEnregistre } from '../../../renderer/app/moments.ts';
import { cheminPropose } from '../../../renderer/features/accueil/Creation.tsx';
import { aller, useSession } from '../../../renderer/app/session.ts';
import { refus } from '../../../shared/erreurs.ts';
import { millesimes } from '../../../shared/millesimes/index.ts';

test('un fichier déposé fait ce qu’il est venu faire', () => {
  const sans = ['/x/a.cus', '/x/CUS_1.asice', 'C:\\x\\P.ZIP', '/x/rpls.txt', '/x/parc.xlsx', '/x/avis.xlsx', '/x/notes.docx'];
  expect(sans.map((f) => destinationDe(f, false))).toEqual(['dossier', 'paquet', 'paquet', 'logements', 'logements', 'logements', 'inconnu']);
  const avec = ['/x/RETOUR_782824114_v01.asice', '/x/avis.xlsx', '/x/parc.xlsx', '/x/CUS_1.asice'];
  expect(avec.map((f) => destinationDe(f, true))).toEqual(['retour', 'retour', 'logements', 'paquet']);
});

test('chaque champ du millésime mène à un écran qui le montre', () => {
  const ecrans = new Map([
    ['organisme', 'organisme'],
    ['engagements', 'engagements'],
    ['occupation', 'occupation'],
    ['ventes', 'ventes'],
    ['associes', 'associes'],
  ]);
  for (const m of millesimes) {
    for (const c of m.champs) expect([c.champ, etapeDuChamp(c.champ)]).toEqual([c.champ, ecrans.get(c.etape)]);
  }
  expect(['engagement/PS-2/dep-13/2027/total', 'reference/PS-2/dep-13/total', 'import/rpls', 'ensemble/12'].map(etapeDuChamp)).toEqual([
    'engagements',
    'engagements',
    'patrimoine',
    'patrimoine',
  ]);
});

test('un fichier de logements n’entre dans le dossier ouvert que depuis ce dossier', async () => {
  const recu = async (dossier: string | null, depuis: Parameters<typeof aller>[0]) => {
    useSession.setState({ dossier, ecran: depuis, aImporter: null, aPlacer: null });
    await recevoirFichier('/x/rpls.csv');
    const { ecran, aImporter, aPlacer } = useSession.getState();
    return { ecran: ecran.nom, aImporter, aPlacer };
  };
  expect([
    await recu(null, { nom: 'accueil' }),
    await recu('/d.cus', { nom: 'accueil' }),
    await recu('/d.cus', { nom: 'creation', rpls: null }),
    await recu('/d.cus', { nom: 'etape', etape: 'loyers' }),
  ]).toEqual([
    { ecran: 'creation', aImporter: null, aPlacer: null },
    { ecran: 'accueil', aImporter: null, aPlacer: '/x/rpls.csv' },
    { ecran: 'creation', aImporter: null, aPlacer: null },
    { ecran: 'etape', aImporter: '/x/rpls.csv', aPlacer: null },
  ]);
});

test('une erreur d’ouverture ne suit pas sur un autre écran', () => {
  dire(refus('illisible', 'Ce fichier ne se lit pas.', 'En choisir un autre.').erreur);
  aller({ nom: 'creation', rpls: null });
  expect(useAvis.getState()).toEqual({ erreur: null, info: null });
});

test('l’heure d’enregistrement est celle du dernier changement, datée quand il n’est pas d’aujourd’hui', () => {
  const maintenant = new Date(2026, 2, 12, 18, 0);
  const local = (jour: number, heure: number) => new Date(2026, 2, jour, heure, 5).toISOString();
  expect([
    dernierInstant('2026-03-12T09:00:00.000Z', '2026-03-12T09:00:01Z'),
    dernierInstant(null, 'b'),
    dernierInstant(null, null),
    momentEnregistre(null, maintenant),
    momentEnregistre(local(12, 9), maintenant),
    momentEnregistre(local(11, 9), maintenant),
  ]).toEqual(['2026-03-12T09:00:01Z', 'b', null, 'Enregistré', 'Enregistré à 09:05', 'Enregistré le 11/03/2026 à 09:05']);
});

test('l’emplacement proposé est à côté du fichier reçu, sous un nom que tout système accepte', () => {
  expect([
    cheminPropose(null, 'Office'),
    cheminPropose('/x/rpls.csv', '  '),
    cheminPropose('/x/y/rpls.csv', 'Office : Nord/Sud'),
    cheminPropose('C:\\rpls\\a.txt', 'Office'),
  ]).toEqual(['', '', '/x/y/Office Nord Sud.cus', 'C:\\rpls\\Office.cus']);
});
