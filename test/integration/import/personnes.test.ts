import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { declaration, ligne, ouvrirAtelier } from './aide.ts';

const NIR = '180017512345633';

it.each([
  ['le titre le dit', `Identifiant;INSEE;Surface habitable;NIR\nA1;13055;0;${NIR}\n`],
  ['le titre nomme un locataire', 'Identifiant;INSEE;Surface habitable;Nom du locataire\nA1;13055;0;DUPONTEL\n'],
  ['le contenu le dit', `Identifiant;INSEE;Surface habitable;Divers\nA1;13055;0;${cle('1800175123456')}\n`],
])('un tableau de logements qui désigne des personnes est refusé, rien n’en est gardé : %s', async (_nom, texte) => {
  const atelier = await ouvrirAtelier();
  const erreur = await atelier.echouer('import.lire', { chemin: atelier.fichier('t.csv', texte), type: 'logements' });
  expect(erreur).toMatchObject({ code: 'donnees-personnelles', sortie: 2 });
  await atelier.fermer();
  const gardes = readdirSync(atelier.repertoire, { recursive: true, withFileTypes: true }).filter((f) => f.isFile() && f.name !== 't.csv').map((f) => readFileSync(join(f.parentPath, f.name), 'latin1')).join('');
  expect(gardes.includes('DUPONTEL') || gardes.includes('1800175123456')).toBe(false);
});

/** Numéro de quinze chiffres à la clé juste. */
function cle(corps: string): string {
  return `${corps}${String(97n - (BigInt(corps) % 97n)).padStart(2, '0')}`;
}

it('deux colonnes du même titre : la première est lue, et c’est dit', async () => {
  const atelier = await ouvrirAtelier();
  const r = await atelier.faire('import.lire', { chemin: atelier.fichier('t.csv', 'Identifiant;INSEE;Surface habitable;Surface habitable\nA1;13055;50;70\n'), type: 'logements' });
  expect(r).toMatchObject({ acceptees: 1, colonnesIgnorees: ['Surface habitable (2)'], comptesAnomalies: { 'colonne-en-double': 1 } });
});

it('une déclaration dont un tableur a ôté le zéro de tête garde ses logements, avec une remarque', async () => {
  const atelier = await ouvrirAtelier();
  const r = await atelier.faire('import.lire', { chemin: atelier.fichier('d.csv', declaration(ligne({ IDENT_INT: 'A', DEPCOM: '1001' }), ligne({ IDENT_INT: 'B', DEPCOM: '9999' }))) });
  expect(r).toMatchObject({ acceptees: 1, rejetees: 1, comptesAnomalies: { 'code-repare': 1, 'commune-inconnue': 1 } });
  expect((await atelier.faire('etat.lire', {})).communes).toEqual({ '01001': 1 });
});
