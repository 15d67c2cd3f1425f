import { expect, test } from 'vitest';
import { libelleExclus } from '../../../shared/domain/loyers/libelles.ts';
import { declaration, ligne, ouvrirAtelier } from '../import/aide.ts';

async function parc() {
  const atelier = await ouvrirAtelier();
  const contenu = declaration(
    ligne({ IDENT_INT: 'A', LOYERPRINC: '500,10', SURFHAB: '50' }),
    ligne({ IDENT_INT: 'B', LOYERPRINC: '400', SURFHAB: '40', MODE: '' }),
    ligne({ IDENT_INT: 'C', LOYERPRINC: '300', SURFHAB: '30', MODE: '2' }),
    ligne({ IDENT_INT: 'D', SURFHAB: '20' }),
    ligne({ IDENT_INT: 'E', LOYERPRINC: '200' }),
  );
  await atelier.faire('import.lire', { chemin: atelier.fichier('parc.csv', contenu), type: 'rpls', appliquer: true });
  return atelier;
}

test('un logement dont l’occupation n’est pas connue n’est pas dit non loué', async () => {
  const { faire } = await parc();
  const { lignes, exclus } = await faire('loyers.lire', { par: 'organisme', surface: 'SH' });
  expect({ loues: lignes[0]?.loues, exclus }).toEqual({ loues: 1, exclus: { 'non-loue': 1, 'occupation-inconnue': 1, 'sans-loyer': 1, 'sans-surface': 1 } });
  expect(libelleExclus('occupation-inconnue')).toBe('logements dont l’occupation n’est pas connue');
});

test('le total des loyers d’une sélection est la somme de ceux qu’elle montre', async () => {
  const { faire } = await parc();
  const { lignes, totaux } = await faire('logements.page', { decalage: 0, nombre: 10 });
  expect(lignes.map((l) => l['loyerprinc'])).toEqual([500.1, 400, 300, null, 200]);
  expect(totaux).toEqual({ logements: 5, surfaceHabitable: 140, loyerMensuel: 1400.1, loues: 3 });
  expect((await faire('logements.page', { decalage: 0, nombre: 10, filtres: [{ colonne: 'mode', valeurs: [''] }] })).totaux).toEqual({
    logements: 1, surfaceHabitable: 40, loyerMensuel: 400, loues: 0,
  });
});
