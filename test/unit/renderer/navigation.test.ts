import { expect, test } from 'vitest';
import { destinationDe } from '../../../renderer/app/dossiers.ts';
import { etapeDuChamp } from '../../../renderer/app/etapes.ts';
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
