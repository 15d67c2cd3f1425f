import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildLegende, classerValeurs, moveBorne, nombreAdmis, nombresDeClasses } from '../../../shared/domain/carte/classer.ts';
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
  it('admettent le nombre le plus proche de celui voulu, pair autour de zéro', () => {
    expect([nombreAdmis('loyerM2', 5), nombreAdmis('loyerM2', 12), nombreAdmis('ecartM2', 5), nombreAdmis('ecartM2', 1)]).toEqual([5, 7, 6, 2]);
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
