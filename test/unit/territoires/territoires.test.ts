import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { FICHIER_CODES_POSTAUX, FICHIER_TERRITOIRES, ecrireLignes, genererCodesPostaux, genererTerritoires } from '../../../build/donnees/territoires.ts';
import {
  anciensCodesDe, communesDe, departements, epciInfo, findArrondissement, findCommune, nomTerritoire, parseTerritoire,
  resolveDepcom, territoiresDeCommune,
} from '../../../shared/territoires/index.ts';

type Source = { code: string; type: string; commune?: string; departement: string; region: string; nom: string };
const source = createRequire(import.meta.url)('@etalab/decoupage-administratif/data/communes.json') as Source[];

describe('fichiers livrés', () => {
  it('sont exactement ce que le générateur produit', () => {
    expect(readFileSync(FICHIER_TERRITOIRES, 'utf8')).toBe(ecrireLignes(genererTerritoires()));
    expect(readFileSync(FICHIER_CODES_POSTAUX, 'utf8')).toBe(ecrireLignes(genererCodesPostaux()));
  });

  it('rendent chaque code de la source : actuel, déléguée ou associée, arrondissement', () => {
    const actuelles = new Set(source.filter((c) => c.type === 'commune-actuelle').map((c) => c.code));
    for (const c of source) {
      const { commune, statut } = resolveDepcom(c.code);
      if (c.type === 'commune-actuelle') {
        expect(findCommune(c.code)).toMatchObject({ code: c.code, nom: c.nom, departement: c.departement, region: c.region });
        expect(statut).toBe('actuelle');
      } else if (c.type === 'arrondissement-municipal') {
        expect({ commune, statut }).toEqual({ commune: c.commune, statut: 'arrondissement' });
      } else {
        // Une commune déléguée peut porter le code de la commune d'aujourd'hui.
        expect(statut).toBe(actuelles.has(c.code) ? 'actuelle' : 'fusionnee');
        expect(actuelles.has(commune ?? '')).toBe(true);
      }
    }
  });
});

describe('resolveDepcom', () => {
  it.each([
    ['13055', { commune: '13055', statut: 'actuelle' }],
    ['13216', { commune: '13055', statut: 'arrondissement' }],
    ['69381', { commune: '69123', statut: 'arrondissement' }],
    ['75120', { commune: '75056', statut: 'arrondissement' }],
    ['01340', { commune: '01015', statut: 'fusionnee' }],
    ['20004', { commune: '2A004', statut: 'fusionnee' }],
    ['69232', { commune: '69123', statut: 'fusionnee' }],
    ['55273', { commune: '55386', statut: 'fusionnee' }],
    ['99999', { commune: null, statut: 'inconnue' }],
    ['', { commune: null, statut: 'inconnue' }],
    ['constructor', { commune: null, statut: 'inconnue' }],
  ])('%s', (code, attendu) => {
    expect(resolveDepcom(code)).toEqual(attendu);
  });

  it('est l’inverse de anciensCodesDe', () => {
    for (const d of departements()) {
      for (const commune of communesDe(`dep-${d.code}`)) {
        for (const ancien of anciensCodesDe(commune)) expect(resolveDepcom(ancien)).toEqual({ commune, statut: 'fusionnee' });
      }
    }
  });
});

describe('territoires', () => {
  it('situe une commune', () => {
    expect(findCommune('93066')).toEqual({
      code: '93066', nom: 'Saint-Denis', departement: '93', region: '11', epci: '200054781', ept: '200057867', population: 149077,
    });
    expect(findCommune('13201')).toBeNull();
    expect(findArrondissement('13201')).toEqual({ code: '13201', nom: 'Marseille 1er Arrondissement', commune: '13055', population: 37599 });
    expect(territoiresDeCommune('93066')).toEqual(['organisme', 'reg-11', 'dep-93', 'epci-200054781', 'ept-200057867', 'com-93066']);
    expect(territoiresDeCommune('29155')).toEqual(['organisme', 'reg-53', 'dep-29', 'com-29155']);
    expect(territoiresDeCommune('99999')).toEqual([]);
  });

  it('nomme et analyse les codes', () => {
    expect(['organisme', 'reg-93', 'dep-13', 'dep-2A', 'epci-200054807', 'ept-200057867', 'com-13055', 'com-99999'].map(nomTerritoire)).toEqual([
      'Ensemble de l’organisme', "Provence-Alpes-Côte d'Azur", 'Bouches-du-Rhône (13)', 'Corse-du-Sud (2A)',
      "Métropole d'Aix-Marseille-Provence", 'Plaine Commune', 'Marseille', 'com-99999',
    ]);
    expect(['organisme', 'dep-13', 'com-13201', 'dep-', 'dep', '', 'dep-constructor', 'xyz-13'].map(parseTerritoire)).toEqual([
      { type: 'organisme', code: '' }, { type: 'departement', code: '13' }, null, null, null, null, null, null,
    ]);
  });

  it('partage les communes en départements, et un EPCI en ses communes', () => {
    const toutes = departements().flatMap((d) => communesDe(`dep-${d.code}`));
    expect(toutes).toHaveLength(34_969);
    expect(communesDe('epci-200054807')).toHaveLength(92);
    expect(communesDe('epci-200054807').every((c) => territoiresDeCommune(c).includes('epci-200054807'))).toBe(true);
    expect(communesDe('ept-200057867')).toHaveLength(8);
    expect(communesDe('com-13055')).toEqual(['13055']);
    expect(communesDe('organisme')).toEqual([]);
  });
});

describe('PLH obligatoire (L302-1, IV)', () => {
  it('donne les populations du seuil, de la même année', () => {
    expect(epciInfo('200067460')).toMatchObject({ population: 51_811, populationCommune: 9_875 });
    expect(epciInfo('999999999')).toBeNull();
  });

  it.each([
    ['200054807', 'METRO', true, null],
    ['200046977', 'MET69', true, /statut particulier/],
    ['200054781', 'METRO', true, /établissements publics territoriaux/],
    ['246100663', 'CU', true, null],
    // Plus de 30 000 habitants, commune la plus peuplée à 9 875 (municipale) ou 10 215 (totale).
    ['200067460', 'CC', false, /proche du seuil/],
    ['200000172', 'CC', false, null],
  ])('%s', (siren, type, plhObligatoire, reserve) => {
    const info = epciInfo(siren);
    expect(info).toMatchObject({ siren, type, plhObligatoire });
    if (reserve) expect(info?.reserve).toMatch(reserve);
    else expect(info?.reserve).toBeNull();
  });
});
