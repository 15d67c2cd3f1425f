import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readTableau } from '../../../electron/import/tableau.ts';
import { tempDir } from '../../aides/repertoire.ts';

const lire = (texte: string): Promise<string[][]> => {
  const chemin = join(tempDir(), 'x.csv');
  writeFileSync(chemin, texte);
  return readTableau(chemin);
};

it.each<[string, string, string[][]]>([
  ['un intitulé à virgule', 'Plafonds 2026, en euros\r\nproduit;zone;2026\r\nPLAI;1;5,60\r\n', [['Plafonds 2026, en euros'], ['produit', 'zone', '2026'], ['PLAI', '1', '5,60']]],
  ['deux intitulés et des titres à virgule', 'Avis, fictif\nArrêté, 2026\nLoyer, en euros;zone\n5,60;1\n6,10;2\n', [['Avis, fictif'], ['Arrêté, 2026'], ['Loyer, en euros', 'zone'], ['5,60', '1'], ['6,10', '2']]],
  ['deux colonnes seulement', 'IRL, 2026\nannee;irl\n2026;140,5\n', [['IRL, 2026'], ['annee', 'irl'], ['2026', '140,5']]],
  ['un tableau à virgules au commentaire à point-virgule', 'champ,valeur,commentaire\nA,10,prévu ; à voir\nB,20,\n', [['champ', 'valeur', 'commentaire'], ['A', '10', 'prévu ; à voir'], ['B', '20', '']]],
  ['des tabulations', 'Plafonds, en euros\nproduit\tmaximum\nPLAI\t5,60\n', [['Plafonds, en euros'], ['produit', 'maximum'], ['PLAI', '5,60']]],
  ['des lignes de longueurs diverses', 'champ;valeur;commentaire\nA;1,5\nB;2,5;x\nC;3,5;y;z\n', [['champ', 'valeur', 'commentaire'], ['A', '1,5'], ['B', '2,5', 'x'], ['C', '3,5', 'y', 'z']]],
  ['des cellules citées', 'champ,valeur\n"a;b;c",1\n"d;e;f",2\n', [['champ', 'valeur'], ['a;b;c', '1'], ['d;e;f', '2']]],
])('%s', async (_, texte, attendu) => expect(await lire(texte)).toEqual(attendu));
