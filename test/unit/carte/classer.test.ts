import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildLegende, classerValeurs, direClasses, moveBorne, nombreAdmis, nombresDeClasses } from '../../../shared/domain/carte/classer.ts';
import { METHODES } from '../../../shared/domain/carte/classes.ts';
import { formatMesure, MESURES, MESURES_CARTE, sujetMesure } from '../../../shared/domain/carte/mesures.ts';
import { totalLignes } from '../../../shared/domain/loyers/taux.ts';

describe('les mesures', () => {
  it('sont chacune décrite une fois, avec sa source', () => {
    expect(MESURES.map((m) => m.valeur)).toEqual([...MESURES_CARTE]);
    expect(MESURES.filter((m) => m.source === '' || m.aide === '' || m.titre === '')).toEqual([]);
  });

  it('s’écrivent avec leur unité, et s’expliquent là d’où elles viennent', () => {
    expect([formatMesure(5.125, 'loyerM2'), formatMesure(-1234.5, 'marge'), formatMesure(12.34, 'dpe'), formatMesure(3, 'serviceRendu')]).toEqual(['5,13\u00a0€/m²', '−1\u202f234,50\u00a0€', '12,3\u00a0%', '3,00']);
    expect([sujetMesure('loyerM2', 'commune', '13055', 'SH'), sujetMesure('qpv', 'commune', '13055', 'SH'), sujetMesure('dpe', 'epci', '', 'SH')]).toEqual(['loyers/commune/13055/SH/loyerM2', 'carte/commune/13055/SH/qpv', null]);
  });
});

describe('les classes', () => {
  it('admettent le nombre le plus proche de celui voulu', () => {
    expect([nombreAdmis('loyerM2', 5), nombreAdmis('loyerM2', 12), nombreAdmis('ecartM2', 5), nombreAdmis('ecartM2', 12), nombreAdmis('ecartM2', 1)]).toEqual([5, 7, 5, 6, 2]);
  });

  it('sont du nombre demandé dès que les valeurs y suffisent, d’un seul côté de zéro ou des deux', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -500, max: 500 }), { minLength: 14, maxLength: 60 }), fc.constantFrom('loyerM2' as const, 'ecartM2' as const, 'plafondPLAI' as const), fc.constantFrom(...METHODES), fc.integer({ min: 2, max: 6 }), (vs, mesure, methode, nombre) => {
        const negatives = vs.filter((v) => v < 0).length;
        // Assez de valeurs de chaque côté où il y en a.
        fc.pre(mesure === 'loyerM2' || ((negatives === 0 || negatives >= 6) && (negatives === vs.length || vs.length - negatives >= 6)));
        const { bornes, couleurs } = classerValeurs(vs, { mesure, methode, nombre, posees: null, grille: null });
        expect([bornes.length - 1, new Set(couleurs).size, bornes[0], bornes[bornes.length - 1]]).toEqual([nombre, nombre, Math.min(...vs), Math.max(...vs)]);
        if (mesure !== 'loyerM2' && Math.min(...vs) < 0 && Math.max(...vs) > 0) expect(bornes).toContain(0);
      }),
    );
  });

  it('une marge toute positive commence à sa plus petite valeur, et le dit', () => {
    const marges = [0.27, 0.4, 0.55, 0.6, 0.9, 1.2];
    const reglage = { mesure: 'ecartM2' as const, methode: 'quantiles' as const, posees: null, grille: null };
    const faites = [2, 4, 6].map((nombre) => classerValeurs(marges, { ...reglage, nombre }));
    expect(faites.map((c) => [c.bornes[0], c.couleurs.length])).toEqual([[0.27, 2], [0.27, 4], [0.27, 6]]);
    expect(faites.map((c, i) => direClasses(c, { ...reglage, nombre: [2, 4, 6][i] ?? 0 }))).toEqual(faites.map(() => ['Toutes les valeurs sont au maximum ou en dessous : l’échelle n’est pas centrée sur zéro.']));
    const trois = classerValeurs([0.27, 0.4, 0.4], { ...reglage, nombre: 5 });
    expect(direClasses(trois, { ...reglage, nombre: 5 })[0]).toBe('2 classes sur 5 demandées : pas assez de valeurs différentes.');
  });

  it('au-dessus du plafond est violet, en dessous vert, et la légende le dit en mots ; au-dessus du maximum aussi', () => {
    const lignes = [-2, -1, 1, 2].map((valeur) => ({ logements: 10, valeur }));
    const lire = (mesure: 'plafondPLAI' | 'ecartM2') => {
      const classes = classerValeurs(lignes.map((l) => l.valeur), { mesure, methode: 'quantiles', nombre: 4, posees: null, grille: null });
      return buildLegende(lignes, mesure, classes).map((l) => [l.libelle, l.cote, l.couleur]);
    };
    expect(lire('plafondPLAI')).toEqual([
      ['−2,00 à −1,00', 'en dessous du plafond PLAI', 'vert-5'], ['−1,00 à 0,00', 'en dessous du plafond PLAI', 'vert-2'],
      ['0,00 à 2,00', 'au plafond PLAI ou au-dessus', 'violet-2'], ['2,00', 'au plafond PLAI ou au-dessus', 'violet-5'],
    ]);
    expect(lire('ecartM2').map(([, cote, couleur]) => [cote, couleur])).toEqual([
      ['au-dessus du maximum', 'violet-5'], ['au-dessus du maximum', 'violet-2'], ['au maximum ou en dessous', 'vert-2'], ['au maximum ou en dessous', 'vert-5'],
    ]);
  });

  it('toute valeur a sa classe, toute classe sa couleur, et la légende compte chaque logement une fois', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ logements: fc.integer({ min: 0, max: 500 }), valeur: fc.option(fc.double({ min: -50, max: 50, noNaN: true }), { nil: null }) }), { maxLength: 60 }),
        fc.constantFrom(...MESURES_CARTE), fc.constantFrom(...METHODES), fc.integer({ min: 2, max: 7 }),
        (lignes, mesure, methode, nombre) => {
          const classes = classerValeurs(lignes.map((l) => l.valeur), { mesure, methode, nombre, posees: null, grille: null });
          const legende = buildLegende(lignes, mesure, classes);
          expect(classes.couleurs.length).toBe(Math.max(0, classes.bornes.length - 1));
          expect(classes.couleurs.length).toBeLessThanOrEqual(Math.max(...nombresDeClasses(mesure)));
          expect(legende.reduce((n, l) => n + l.logements, 0)).toBe(lignes.reduce((n, l) => n + l.logements, 0));
          expect(legende.find((l) => l.classe === null)?.lignes ?? 0).toBe(lignes.filter((l) => l.valeur === null).length);
        },
      ),
    );
  });

  it('une borne tapée ne croise pas ses voisines', () => {
    expect(moveBorne([0, 5, 10], 1, 7.5)).toEqual([0, 7.5, 10]);
    expect(moveBorne([0, 5, 10], 1, 12)[1]).toBeLessThan(10);
  });
});

it('le total d’une sélection est Σ loyer / Σ surface, au centime', () => {
  const l = (loyerMensuel: number, surface: number) => ({ logements: 2, loues: 1, surface, loyerMensuel, avecMaximum: 0 });
  expect(totalLignes([l(300.1, 50.25), l(600.2, 100.5)])).toEqual({ lignes: 2, logements: 4, loues: 2, surface: 150.75, loyerMensuel: 900.3, loyerM2: 90030 / 15075, avecMaximum: 0 });
  expect(totalLignes([]).loyerM2).toBeNull();
});
