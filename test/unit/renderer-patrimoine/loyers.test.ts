import { describe, expect, it } from 'vitest';
import { classer, classerLignes, deplacerBorne, direExclus, histogramme, legende, type Ligne, type Mesure } from '../../../renderer/features/loyers/mesures.ts';
import { centres, cerclesDe, foyers, nomsDe, positionsDe, quartiersDe, reunir, surfacesDe } from '../../../renderer/features/loyers/positions.ts';
import { MESURES_CARTE } from '../../../shared/domain/carte/mesures.ts';
import { GRILLE_PROPOSEE } from '../../../shared/domain/service-rendu/proposee.ts';
import { GENRES_NOM } from '../../../renderer/map/tuiles/noms.ts';
import { perimetreDe, direMoyennes } from '../../../renderer/features/loyers/perimetre.ts';
import { facteur } from '../../../renderer/map/tuiles/rayons.ts';
import { codesDe, packPlan, rangsDe } from '../../../shared/domain/carte/plan.ts';

const SANS_VALEUR = Object.fromEntries(MESURES_CARTE.map((m) => [m, null])) as Record<Mesure, null>;
const ligne = (code: string, loyerM2: number | null, logements: number): Ligne => ({
  ...SANS_VALEUR, code, nom: code, logements, loues: logements, surface: 1, loyerMensuel: 1, loyerM2, avecMaximum: 0, loyerMaxM2: null, ecartM2: loyerM2 === null ? null : loyerM2 - 5,
  rang: -1, bases: null,
});
const valeursDe = (ls: readonly Ligne[], m: Mesure) => ls.map((l) => l[m]);
const lignes = [ligne('a', 4, 10), ligne('b', 5, 20), ligne('c', 6, 30), ligne('d', null, 7)];

describe('les totaux', () => {
  it('sont ceux de la sélection, sinon des classes montrées, sinon de tout ; le total de tout reste à côté', () => {
    const lire = (selection: string[], filtre: boolean) => {
      const p = perimetreDe(lignes, filtre ? lignes.slice(0, 1) : lignes, new Set(selection), filtre);
      return [p.mot, p.total.lignes, p.total.logements, p.tout?.logements ?? null];
    };
    expect([lire([], false), lire([], true), lire(['b', 'c'], false), lire(['b', 'c'], true)]).toEqual([['Tout', 4, 67, null], ['Classes montrées', 1, 10, 67], ['Sélection', 2, 50, 67], ['Sélection', 2, 50, 67]]);
    const p = perimetreDe(lignes, lignes, new Set(['b', 'c']), false);
    expect(direMoyennes(p.mot, p.total, 'ensemble')).toBe('Sélection : 2 ensembles, 50 logements ; moyennes sur 50 logements loués.');
    // Loués, mais dont le loyer porte sur une autre surface : rien ne dit qu'ils ne le sont pas.
    expect(direMoyennes('Sélection', { ...p.total, loues: 0 }, 'ensemble')).toBe('Sélection : 2 ensembles, 50 logements ; aucune moyenne, aucun de ces logements n’étant loué avec un loyer et une surface de cette sorte déclarés.');
  });
});

describe('la légende', () => {
  it('compte tous les logements, ceux sans valeur à part', () => {
    const lue = legende(lignes, valeursDe(lignes, 'loyerM2'), 'loyerM2', classer(valeursDe(lignes, 'loyerM2'), 'loyerM2', 'quantiles', null));
    expect(lue.map((l) => [l.classe, l.libelle, l.logements])).toEqual([
      [0, '4,00 à 5,00', 10],
      [1, '5,00 à 6,00', 20],
      [2, '6,00', 30],
      [null, 'Sans valeur', 7],
    ]);
    expect(lue.reduce((n, l) => n + l.logements, 0)).toBe(67);
  });

  it('les classes du service rendu sont celles de la grille, nommées, quel que soit le sens', () => {
    const notees = lignes.map((l, i) => ({ ...l, serviceRendu: [1.2, 2.5, 4, null][i] ?? null }));
    const lue = (sens: 'croissant' | 'decroissant') => legende(notees, valeursDe(notees, 'serviceRendu'), 'serviceRendu', classer(valeursDe(notees, 'serviceRendu'), 'serviceRendu', 'quantiles', null, { ...GRILLE_PROPOSEE, sens })).map((l) => [l.libelle, l.logements, l.couleur]);
    expect(lue('croissant')).toEqual([
      ['Insuffisant (1,00 à 1,75)', 10, 'seq-1'], ['À améliorer (1,75 à 2,50)', 0, 'seq-3'], ['Satisfaisant (2,50 à 3,25)', 20, 'seq-5'], ['Très satisfaisant (3,25 à 4,00)', 30, 'seq-7'], ['Sans valeur', 7, null],
    ]);
    expect(lue('decroissant').map((l) => l[2])).toEqual(['seq-7', 'seq-5', 'seq-3', 'seq-1', null]);
  });

  it('un écart a zéro pour borne', () => {
    expect(classer(valeursDe(lignes, 'ecartM2'), 'ecartM2', 'quantiles', null)).toEqual({ bornes: [-1, 0, 1, 1], couleurs: ['violet-4', 'vert-2', 'vert-5'] });
  });

  it('l’histogramme contient chaque logement qui a une valeur, à la couleur de sa classe', () => {
    const { bornes } = classer(valeursDe(lignes, 'loyerM2'), 'loyerM2', 'quantiles', null);
    const parts = histogramme(lignes, 'loyerM2', bornes, 4).map((t) => [...t.parts]);
    expect(parts).toEqual([[[0, 10]], [], [[1, 20]], [[2, 30]]]);
  });

  it('une borne ne croise jamais ses voisines', () => {
    expect(deplacerBorne([0, 1, 2], 1, 5)[1]).toBeLessThan(2);
    expect(deplacerBorne([0, 1, 2], 1, -5)[1]).toBeGreaterThan(0);
    expect(deplacerBorne([0, 1, 2], 0, 9)).toEqual([0, 1, 2]);
  });

  it('les exclus sont dits en mots, sans les raisons vides', () => {
    expect(direExclus({ 'non-loue': 3, 'sans-loyer': 0, inattendue: 1 }, String)).toBe('Hors de la moyenne, logements non loués : 3 ; inattendue : 1.');
    expect(direExclus({}, String)).toBe('');
  });
});

describe('les positions', () => {
  const ensembles = [
    { id: 'e1', commune: '13055', epci: 'E', lon: 5, lat: 43, logements: 30 },
    { id: 'e2', commune: '13055', epci: 'E', lon: 5.1, lat: 43.1, logements: 30 },
    { id: 'e3', commune: '13001', epci: 'E', lon: 6, lat: 44, logements: 20 },
    { id: 'e4', commune: '75056', epci: '', lon: 2, lat: 48, logements: 5 },
  ].map((e) => ({ ...e, nomCommune: '', precision: 'commune' as const }));
  const communes = [
    { code: '13055', nom: 'Marseille', epci: 'E', lon: 5, lat: 43, logements: 60 },
    { code: '13001', nom: 'Aix-en-Provence', epci: 'E', lon: 6, lat: 44, logements: 20 },
    { code: '75056', nom: 'Paris', epci: '', lon: 2, lat: 48, logements: 5 },
  ];
  const positions = { ensembles, communes, sansPosition: 0, attribution: '' };

  it('les noms sont ceux des départements, des communes du parc, et des autres communes du fond', () => {
    const carre = (o: number) => [[o, 43], [o + 1, 43], [o + 1, 44], [o, 43]];
    const plan = packPlan([
      { type: 'Feature', properties: { code: '13', nom: 'Bouches-du-Rhône', niveau: 'departement' }, geometry: { type: 'MultiPolygon', coordinates: [[carre(4)], [[[9, 40], [9.1, 40], [9.1, 40.1], [9, 40]]]] } },
      { type: 'Feature', properties: { code: '13055', nom: 'Marseille', niveau: 'commune' }, geometry: { type: 'Polygon', coordinates: [carre(5)] } },
      { type: 'Feature', properties: { code: '13002', nom: 'Allauch', niveau: 'commune' }, geometry: { type: 'Polygon', coordinates: [carre(6)] } },
    ]);
    const n = nomsDe(plan, codesDe(plan), communes);
    expect(n.noms.split('\n').map((nom, i) => [nom, GENRES_NOM[n.genre[i] ?? 0], n.lon[i], n.poids[i]])).toEqual([
      ['Marseille', 'parc', 5, 60], ['Aix-en-Provence', 'parc', 6, 20], ['Paris', 'parc', 2, 5], ['Bouches-du-Rhône', 'departement', 4.5, 0], ['Allauch', 'commune', 6.5, 0],
    ]);
  });

  it('les places se relisent de leurs colonnes ; une commune sans centre n’est pas placée', () => {
    const champs = { lon: Float64Array.of(5, 2), lat: Float64Array.of(43, 48), precision: Float64Array.of(3, 0), commune: Float64Array.of(0, 1) };
    const lues = positionsDe({ codes: 'e1\ne2', nombre: 2, champs, communes: [{ code: '13055', nom: 'Marseille', epci: 'E', lon: 5.5, lat: 43.5, logements: 3 }, { code: '97801', nom: 'Saint-Martin', epci: '', lon: null, lat: null, logements: 1 }], sansPosition: 0, attribution: '' });
    expect(lues?.ensembles).toEqual([
      { id: 'e1', commune: '13055', nomCommune: 'Marseille', lon: 5, lat: 43, precision: 'commune' },
      { id: 'e2', commune: '97801', nomCommune: 'Saint-Martin', lon: 2, lat: 48, precision: 'adresse' },
    ]);
    expect(lues && [...centres(lues, 'commune')]).toEqual([['13055', [5.5, 43.5]]]);
    expect(positionsDe(undefined)).toBeUndefined();
  });

  it('une commune est au centre, un EPCI au milieu de ses communes selon leurs logements', () => {
    expect([...centres(positions, 'commune')]).toEqual([['13055', [5, 43]], ['13001', [6, 44]], ['75056', [2, 48]]]);
    expect([...centres(positions, 'epci')]).toEqual([['E', [5.25, 43.25]]]);
    expect(centres(positions, 'organisme').size).toBe(0);
  });

  it('un cercle par ligne placée et sans tracé, de surface proportionnelle ; sans valeur, classe −1', () => {
    const places = new Map<string, [number, number]>([['a', [1, 1]], ['c', [2, 2]], ['d', [3, 3]]]);
    const cercles = cerclesDe(classerLignes(lignes, lignes.map((l) => l.loyerM2), { bornes: [0, 10], couleurs: [] }), places, new Set(['c']), 'logements');
    expect({ codes: cercles.codes, rangs: [...cercles.rangs], lon: [...cercles.plan.lon], classe: [...cercles.plan.classe], sur: [...cercles.plan.sur], foyer: [...cercles.plan.foyer] }).toEqual({
      codes: ['a', 'd'], rangs: [['a', 0], ['d', 1]], lon: [1, 3], classe: [0, -1], sur: [0, 0], foyer: [-1, -1],
    });
    expect([...cercles.plan.taille].map((t) => t.toFixed(5))).toEqual([Math.sqrt(10 / 30), Math.sqrt(7 / 30)].map((t) => t.toFixed(5)));
  });

  it('une surface par ligne tracée ; le reste du fond n’est pas colorié', () => {
    const carre = (code: string, niveau: 'commune' | 'departement') => ({ type: 'Feature' as const, properties: { code, nom: code, niveau }, geometry: { type: 'Polygon' as const, coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] } });
    const plan = packPlan([carre('c', 'departement'), carre('x', 'commune'), carre('c', 'commune'), carre('d', 'commune')]);
    const surfaces = surfacesDe(plan, codesDe(plan), rangsDe(plan, 'commune'), classerLignes(lignes, lignes.map((l) => l.loyerM2), { bornes: [0, 1, 2, 10], couleurs: [] }));
    expect({ rangs: [...surfaces.rangs], classes: [...surfaces.classes] }).toEqual({ rangs: [['c', 2], ['d', 3]], classes: [-2, -2, 2, -1] });
  });

  it('les ensembles d’une commune s’écartent de son centre tant que l’échelle les confond', () => {
    const autour = foyers(positions);
    expect(autour.get('e3')).toEqual({ foyerLon: 6, foyerLat: 44, ecart: 0, voisins: 1 });
    const deux = autour.get('e2');
    expect(deux).toMatchObject({ foyerLon: 5, foyerLat: 43, voisins: 2 });
    const k = deux ? facteur(deux, 3) : 0;
    expect(k).toBeGreaterThan(1);
    expect(deux ? facteur(deux, 12) : 0).toBe(1);
  });

  it('l’écart vu à l’écran ne dépend pas de l’échelle, et ne dépasse pas quarante pixels', () => {
    const foyer = { foyerLon: 5, foyerLat: 43, ecart: 0.01, voisins: 26 };
    const pixels = (zoom: number) => (facteur(foyer, zoom) * foyer.ecart * 512 * 2 ** zoom) / 360 / Math.cos((43 * Math.PI) / 180);
    expect([4, 5, 6, 7].map((z) => Math.round(pixels(z)))).toEqual([40, 40, 40, 40]);
    expect(facteur(foyer, 15)).toBe(1);
  });

  it('des quartiers qui n’en sont pas n’en donnent aucun', () => {
    expect([null, 'texte', {}, { features: 3 }].map((g) => quartiersDe(g).codes)).toEqual([[], [], [], []]);
    expect(reunir([])).toBeNull();
    expect(reunir([[1, 2, 3, 4], [0, 3, 2, 9]])).toEqual([0, 2, 3, 9]);
  });
});
