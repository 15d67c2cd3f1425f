import { expect, it } from 'vitest';
import { feuillesAttributions } from '../../../electron/documents/attributions.ts';
import { direSomme } from '../../../shared/domain/attributions/part.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { donneesExemple } from '../../aides/donnees.ts';

type Etat = NonNullable<DonneesPaquet['attributions']>[number];

it('une somme où il manque des valeurs est « au moins », comme à l’écran', () => {
  const compte = (nombre: number, inconnu: number) => ({ nombre, base: 10, inconnu, baseInconnue: 0, baseInconnueOui: 0, baseInconnueNon: 0 });
  const comptes = { complete: compte(122, 0), manque: compte(122, 3), rien: compte(0, 10) };
  const etat: Etat = {
    par: 'organisme', annees: [], reference: [], reserve: '', seuils: [], organisme: [],
    mesures: Object.keys(comptes).map((code) => ({ code, libelle: code, sur: '', formule: '', somme: true, indicateurs: [] })),
    lignes: [{ territoire: 'organisme', nom: 'X', periode: '2025', attributions: 10, horsQpv: 10, qpv: 0, qpvInconnu: 0, mesures: comptes }],
  };
  const [feuille] = feuillesAttributions({ ...donneesExemple(), attributions: [etat] });
  const c = (titre: string): number => feuille?.colonnes.findIndex((x) => x.titre === titre) ?? -1;
  const lues = feuille?.lignes.slice(1).map((l) => [l[c('Nombre')], l[c('Part')], l[c('Au moins')], l[c('Au plus')]]);
  expect(lues).toEqual([[122, null, null, null], [122, null, { v: 122, format: 'entier' }, null], [null, null, null, null]]);
  expect(Object.values(comptes).map(direSomme)).toEqual(['122', 'au moins 122', 'inconnu']);
});
