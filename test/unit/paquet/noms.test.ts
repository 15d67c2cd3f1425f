import { describe, expect, it } from 'vitest';
import { nomPaquet, nomRetour, sortFichiers } from '../../../shared/paquet/noms.ts';

describe('noms du paquet', () => {
  it('compose le nom du fichier', () => {
    expect([nomPaquet('552046484', '2019', 1, true), nomPaquet('552046484', '2019', 12, false), nomRetour('552046484', 3, true)]).toEqual([
      'CUS_552046484_2019_v01.asice',
      'CUS_552046484_2019_v12.zip',
      'RETOUR_552046484_v03.asice',
    ]);
  });

  it('range les fichiers dans l’ordre du paquet, les pièces à la fin', () => {
    const noms = ['pieces/b.pdf', 'donnees.json', 'pieces/a.pdf', 'autre.txt', 'LISEZ-MOI.txt', 'engagements.ods', 'engagements.xlsx'];
    expect(sortFichiers(noms.map((nom) => ({ nom }))).map((f) => f.nom)).toEqual([
      'LISEZ-MOI.txt',
      'engagements.xlsx',
      'engagements.ods',
      'donnees.json',
      'autre.txt',
      'pieces/a.pdf',
      'pieces/b.pdf',
    ]);
  });
});
