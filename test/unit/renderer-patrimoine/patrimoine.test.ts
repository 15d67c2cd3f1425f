import { describe, expect, it } from 'vitest';
import { barresAnnee, barresFinancement, type Etat } from '../../../renderer/features/patrimoine/etatDesLieux.ts';
import { texteCase, type Colonne } from '../../../renderer/features/patrimoine/cases.tsx';
import { brouillonDe, designer, manquants, profilDe, reprendre, traduire, valeursATraduire } from '../../../renderer/features/patrimoine/correspondance.ts';
import { codeVise, type Analyse } from '../../../renderer/features/patrimoine/importation.ts';
import { avecFiltre, basculerValeurs, estParcEntier, estRetenu, PARC } from '../../../renderer/features/patrimoine/filtres.ts';
import { direFiltre } from '../../../renderer/features/patrimoine/Puces.tsx';
import { lireBorne, lireNombre } from '../../../renderer/features/patrimoine/bornes.ts';
import { deplacerNom } from '../../../renderer/features/patrimoine/colonnesChoisies.ts';
import { derouler, segmentA } from '../../../renderer/features/patrimoine/groupes.ts';

const FINE = '\u202f';
const colonne = (nom: string, type: Colonne['type'], codes?: Record<string, string>): Colonne => ({ nom, libelle: nom, groupe: 'Identité', type, ...(codes ? { codes } : {}) });
const finan = colonne('finan', 'code', { '12': 'PLA ordinaire', '13': 'PLUS' });

describe('les filtres', () => {
  it('une barre bascule toutes ses valeurs ensemble', () => {
    const pose = basculerValeurs([PARC], 'finan', ['12', '13']);
    expect(pose).toEqual([PARC, { colonne: 'finan', valeurs: ['12', '13'] }]);
    expect([estRetenu(pose, 'finan', ['12', '13']), estRetenu(pose, 'finan', ['14']), estRetenu(pose, 'finan', [])]).toEqual([true, false, false]);
    expect(basculerValeurs(pose, 'finan', ['12', '13'])).toEqual([PARC]);
    expect([estParcEntier([PARC]), estParcEntier(pose), estParcEntier([])]).toEqual([true, false, false]);
  });

  it('un filtre remplace celui de sa colonne', () => {
    expect(avecFiltre([PARC, { colonne: 'a', contient: 'x' }], 'a', { valeurs: [''] })).toEqual([PARC, { colonne: 'a', valeurs: [''] }]);
  });

  it('se disent en mots ; un code n’est jamais pris pour un département', () => {
    const noms = { '13': 'Bouches-du-Rhône', '13055': 'Marseille' };
    const dire = (f: Parameters<typeof direFiltre>[0]) => direFiltre(f, [finan, colonne('surfhab', 'surface')], noms);
    expect([
      dire(PARC),
      dire({ colonne: 'finan', valeurs: ['12', '13'] }),
      dire({ colonne: 'commune', valeurs: ['13055'] }),
      dire({ colonne: 'departement', valeurs: ['13'] }),
      dire({ colonne: 'finan', valeurs: [''] }),
      dire({ colonne: 'surfhab', valeurs: ['64.2'] }),
      dire({ colonne: 'decennie', valeurs: ['1970', '1900'] }),
      dire({ colonne: 'surfhab', de: '40.5', a: '60' }),
      dire({ colonne: 'surfhab', a: '60' }),
      dire({ colonne: 'finan', vide: false }),
    ]).toEqual([
      'Dans le parc', 'finan : 12 PLA ordinaire, 13 PLUS', 'Commune : Marseille', 'Département : Bouches-du-Rhône', 'finan : inconnu', 'surfhab : 64,20',
      'Construits : 1970 à 1979, avant 1910', 'surfhab : 40,5 à 60\u00a0m²', 'surfhab : jusqu’à 60\u00a0m²', 'finan : renseigné',
    ]);
  });

  it.each([
    [`1${FINE}234,56 €`, 1234.56],
    ['12.5', 12.5],
    ['65,4 m²', 65.4],
    ['douze', null],
    ['', null],
    ['1,2,3', null],
  ])('le nombre « %s »', (texte, attendu) => {
    expect(lireNombre(texte)).toBe(attendu);
  });
});

it.each([
  ['mois', '7/2021', '2021-07'], ['mois', '2021-13', null], ['jour', '4/7/2021', '2021-07-04'], ['jour', '32/01/2021', null], ['euros', '1 234,5 €', '1234.5'], ['nombre', 'x', null],
] as const)('la borne %s « %s »', (type, texte, attendu) => {
  expect(lireBorne(colonne('c', type), texte)).toBe(attendu);
});

it('une colonne se range d’une place, sans sortir de la liste', () => {
  expect([deplacerNom(['a', 'b', 'c'], 'b', -1), deplacerNom(['a', 'b', 'c'], 'c', 1), deplacerNom(['a', 'b', 'c'], 'a', 1)]).toEqual([['b', 'a', 'c'], ['a', 'b', 'c'], ['b', 'a', 'c']]);
});

it('une table groupée déroule ses groupes, puis ce qu’ils contiennent', () => {
  const t = (logements: number) => ({ logements, surfaceHabitable: 0, loyerMensuel: 0, loues: 0 });
  const groupes = [
    { cle: 'x', libelle: 'X', ...t(5), sous: [{ cle: '1', libelle: 'un', ...t(2) }, { cle: '', libelle: 'Inconnu', ...t(3) }] },
    { cle: 'y', libelle: 'Y', ...t(4), sous: [] },
  ];
  const { segments, total } = derouler(groupes, new Set(['["x"]', '["x",""]', '["y"]']));
  const lu = Array.from({ length: total }, (_, i) => segmentA(segments, i)).map((s) => (s === null ? null : `${s.groupe.libelle}${s.lignes ? '·' : ''}`));
  expect(lu).toEqual(['X', 'un', 'Inconnu', 'Inconnu·', 'Inconnu·', 'Inconnu·', 'Y', 'Y·', 'Y·', 'Y·', 'Y·']);
  expect([segmentA(segments, -1), segmentA(segments, total), derouler(groupes, new Set()).total]).toEqual([null, null, 2]);
});

describe('les cases', () => {
  it.each([
    [finan, '13', '13 PLUS'],
    [finan, '98', '98'],
    [colonne('dpeenergie', 'code', { A: 'A' }), 'A', 'A'],
    [colonne('loyerprinc', 'euros'), 1234.5, `1${FINE}234,50`],
    [colonne('construct', 'nombre'), 1974, '1974'],
    [colonne('bail', 'mois'), '2021-05', '05/2021'],
    [colonne('numconv', 'texte'), '2021-05', '2021-05'],
    [colonne('datconv', 'jour'), '2021-05-03', '03/05/2021'],
    [colonne('nomvoie', 'texte'), null, ''],
  ])('%o %s', (c, valeur, attendu) => {
    expect(texteCase(c, valeur)).toBe(attendu);
  });
});

describe('les répartitions', () => {
  const etat = {
    territoire: 'organisme', logements: 15, ensembles: 1, qpv: 0, horsQpv: 0, qpvInconnu: 0, financements: {}, familles: { PLUS: 10, INCONNU: 5 }, dpe: {},
    annees: { '1898': 1, '1925': 2, '1949': 3, inconnu: 9 }, types: {}, pieces: {}, communes: {}, epci: {}, departements: {}, regions: {}, ages: {}, surfaces: {}, dpeAvant: {}, dpeDepuis: {}, dpeSansDate: {}, noms: {}, sortis: 0, vacants: 0,
  } satisfies Etat;

  it('les décennies se suivent sans trou et gardent leurs années ; l’inconnu reste à part', () => {
    expect(barresAnnee(etat).map((b) => [b.libelle, b.logements, b.valeurs])).toEqual([
      ['avant 1910', 1, ['1900']],
      ['1910 à 1919', 0, ['1910']],
      ['1920 à 1929', 2, ['1920']],
      ['1930 à 1939', 0, ['1930']],
      ['1940 à 1949', 3, ['1940']],
      ['Inconnue', 9, ['']],
    ]);
    expect(barresAnnee({ ...etat, annees: {} })).toEqual([]);
  });

  it('une famille filtre tous ses codes', () => {
    expect(barresFinancement(etat).map((b) => [b.cle, b.logements, b.valeurs])).toEqual([['PLUS', 10, ['12', '13']], ['INCONNU', 5, ['']]]);
  });
});

describe('la correspondance d’un tableau', () => {
  const analyse: Analyse = {
    type: 'logements', encodage: 'utf-8', separateur: ';', entete: 1, feuilles: [], feuille: null, lignes: [], natures: [], exigences: [['IDENT_INT'], ['DEPCOM']], profil: null, profilRetrouve: false,
    colonnes: [
      { nom: 'Réf', exemple: ['A1'], cible: 'IDENT_INT', refusee: false },
      { nom: 'Quartier', exemple: ['Oui', 'peut-être', '1', ''], cible: 'QPV', refusee: false },
      { nom: 'Divers', exemple: [], cible: null, refusee: false },
    ],
    cibles: [
      { nom: 'IDENT_INT', libelle: 'Identifiant', genre: 'texte', obligatoire: true, codes: null },
      { nom: 'DEPCOM', libelle: 'Commune', genre: 'texte', obligatoire: true, codes: null },
      { nom: 'QPV', libelle: 'En QPV', genre: 'code', obligatoire: false, codes: { '1': 'oui', '2': 'non' } },
    ],
  };
  const b = brouillonDe(analyse);

  it('part de ce que l’analyse propose et dit ce qui manque', () => {
    expect(profilDe(analyse, b)).toEqual({ version: 1, type: 'logements', entete: 1, notes: 0, constantes: {}, separateur: ';', encodage: 'utf-8', colonnes: { Réf: 'IDENT_INT', Quartier: 'QPV' }, valeurs: {} });
    expect(manquants(analyse, b)).toEqual(['Commune']);
    expect(manquants(analyse, designer(b, 'Divers', 'DEPCOM'))).toEqual([]);
  });

  it('un champ n’a qu’une colonne, une colonne peut être laissée', () => {
    expect(designer(b, 'Divers', 'QPV').colonnes).toEqual({ Réf: 'IDENT_INT', Divers: 'QPV' });
    expect(designer(b, 'Quartier', '').colonnes).toEqual({ Réf: 'IDENT_INT' });
  });

  it('ne demande que les valeurs que le champ ne reconnaît pas seul', () => {
    expect(valeursATraduire(analyse, b, {}).map((t) => t.valeur)).toEqual(['peut-être']);
    const traduit = traduire(b, 'QPV', 'peut-être', '2');
    expect(valeursATraduire(analyse, traduit, { QPV: ['ZUS'] }).map((t) => [t.valeur, t.code])).toEqual([['peut-être', '2'], ['ZUS', '']]);
    expect(traduire(traduit, 'QPV', 'peut-être', '').valeurs).toEqual({ QPV: {} });
  });

  it('relue sous un autre en-tête, garde ce qui a été décidé des colonnes restées', () => {
    const apres: Analyse = { ...analyse, entete: 2, colonnes: [{ nom: 'Réf', exemple: [], cible: 'IDENT_INT', refusee: false }, { nom: 'INSEE', exemple: [], cible: 'DEPCOM', refusee: false }] };
    const laisse = designer(b, 'Réf', '');
    expect(reprendre(analyse, laisse, apres, { entete: 2 })).toMatchObject({ entete: 2, colonnes: { INSEE: 'DEPCOM' } });
  });
});

it('un constat d’import vise son anomalie dans le rapport, s’il y en a encore', () => {
  const resultat = { comptesAnomalies: { 'dpe-absent': 3, 'code-inconnu': 0 } };
  expect(['import/rpls/dpe-absent', 'import/rpls/code-inconnu', 'import/rpls/autre', 'import/rpls'].map((c) => codeVise(c, resultat))).toEqual(['dpe-absent', null, null, null]);
});
