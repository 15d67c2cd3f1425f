import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { retoucher } from '../aides/classeur.ts';
import { declaration, ligne, lireDossier, ouvrirAtelier } from '../integration/import/aide.ts';

const modele = (nom: string): Buffer => readFileSync(fileURLToPath(new URL(`../../../shared/donnees/apilos/${nom}.xlsx`, import.meta.url)));

/** Le modèle rempli d'un logement à cette ligne, ses autres cases et ses formules laissées telles quelles. */
const remplir = (nom: string, rang: number, valeurs: Record<string, string | number>) =>
  retoucher(modele(nom), (entree, xml) => {
    if (entree !== 'xl/worksheets/sheet1.xml') return xml;
    let rempli = xml;
    for (const [colonne, valeur] of Object.entries(valeurs)) {
      const cellule = typeof valeur === 'number' ? `<c r="${colonne}${rang}"><v>${valeur}</v></c>` : `<c r="${colonne}${rang}" t="inlineStr"><is><t>${valeur}</t></is></c>`;
      const place = new RegExp(`<c r="${colonne}${rang}"(?:[^>]*/>|[^>]*>.*?</c>)`, 's');
      if (!place.test(rempli)) throw new Error(`${colonne}${rang} absente`);
      rempli = rempli.replace(place, cellule);
    }
    return rempli;
  });

describe('les modèles des conventions APL', () => {
  it.each([
    ['logements', ['IDENT_INT', null, 'FINAN', 'SURFHAB', null, null, 'SURFMODE', null, null, 'LOYERMAXAPL'], { MODESURF: '1' }],
    ['logements_corrigee', ['IDENT_INT', null, 'FINAN', 'SURFHAB', 'SURFMODE', null, null, 'LOYERMAXAPL'], { MODESURF: '2' }],
  ])('%s se reconnaît vide, à ses titres', async (nom, cibles, constantes) => {
    const atelier = await ouvrirAtelier();
    const analyse = await atelier.faire('import.analyser', { chemin: atelier.fichier('m.xlsx', modele(nom)) });
    expect({ type: analyse.type, feuille: analyse.feuille, entete: analyse.entete, notes: analyse.profil?.notes, constantes: analyse.profil?.constantes, cibles: analyse.colonnes.map((c) => c.cible) }).toEqual({
      type: 'logements', feuille: 'Logements', entete: 1, notes: 3, constantes, cibles,
    });
    await atelier.faire('import.lire', { chemin: atelier.fichier('rpls.csv', declaration(ligne({ IDENT_INT: '604' }))) });
    expect(await atelier.echouer('import.lire', { chemin: atelier.fichier('m.xlsx', modele(nom)) })).toMatchObject({ code: 'aucun-logement', sortie: 2 });
  });

  it.each([
    ['logements', 9, { A: '604', B: 'T3', C: 'PLAI', D: 62.5, G: 66.5, H: 6, I: 1 }, { modesurf: 1, surfmode: 6650 }],
    ['logements_corrigee', 9, { A: '604', B: 'T3', C: 'PLAI', D: 62.5, E: 90, F: 4, G: 1 }, { modesurf: 2, surfmode: 9000 }],
  ])('%s, rempli, complète le logement ; le loyer dont la formule a un résultat vide reste inconnu', async (nom, rang, valeurs, surface) => {
    const atelier = await ouvrirAtelier();
    await atelier.faire('import.lire', { chemin: atelier.fichier('rpls.csv', declaration(ligne({ IDENT_INT: '604' }), ligne({ IDENT_INT: '605' }))) });
    const r = await atelier.faire('import.lire', { chemin: atelier.fichier('m.xlsx', await remplir(nom, rang, valeurs)), appliquer: true });
    expect(r).toMatchObject({ lignes: 1, acceptees: 1, modifies: 1, disparus: 0, comptesAnomalies: { 'lignes-de-notes': 1 } });
    await atelier.fermer();
    expect(lireDossier(atelier.dossier, `SELECT nbpiece, finan, surfhab, modesurf, surfmode, loyermaxapl FROM logement WHERE ident_int = '604'`)).toEqual([
      { nbpiece: 3, finan: 10, surfhab: 6250, loyermaxapl: null, ...surface },
    ]);
  });

  it('financement ne décrit aucun logement, et le dit', async () => {
    const atelier = await ouvrirAtelier();
    expect(await atelier.echouer('import.analyser', { chemin: atelier.fichier('m.xlsx', modele('financement')) })).toMatchObject({ code: 'modele-prets', sortie: 2 });
  });
});
