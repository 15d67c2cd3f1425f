import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FICHIER_CENTRES, FICHIER_CONTOURS, genererCentres, genererContours } from '../../../build/donnees/carte.ts';
import { ecrireLignes } from '../../../build/donnees/territoires.ts';
import { ATTRIBUTION_CENTRES, centreCommune, centreDepartement, contoursDepartements } from '../../../shared/territoires/carte.ts';
import { communesDe, departements } from '../../../shared/territoires/index.ts';

describe('fond de carte livré', () => {
  it('est exactement ce que le générateur produit', () => {
    expect(readFileSync(FICHIER_CENTRES, 'utf8')).toBe(ecrireLignes(genererCentres()));
    expect(readFileSync(FICHIER_CONTOURS, 'utf8')).toBe(ecrireLignes(genererContours()));
    expect(ATTRIBUTION_CENTRES).toContain('CC BY 4.0');
  });

  it('dessine chacun des 101 départements une fois', () => {
    const attendus = departements().filter((d) => d.code.length === 2 || /^97[12346]$/.test(d.code)).map((d) => d.code);
    expect(contoursDepartements.features.map((f) => f.properties.code)).toEqual(attendus);
    expect(attendus).toHaveLength(101);
  });

  it('place une commune à son centre, sinon dans son département, sinon nulle part', () => {
    expect(centreCommune('13055')).toEqual({ lon: 5.38107, lat: 43.29695, precision: 'commune' });
    expect(centreCommune('13203')).toEqual(centreCommune('13055'));
    expect(centreCommune('01001')).toEqual(centreDepartement('01'));
    expect(centreDepartement('01')).toEqual({ lon: 5.35099, lat: 46.10289, precision: 'departement' });
    expect(centreCommune('97701')).toBeNull();
    expect(centreCommune('99999')).toBeNull();
  });

  it('ne place aucun centre loin de son département', () => {
    let places = 0;
    for (const d of departements()) {
      const dep = centreDepartement(d.code);
      for (const code of communesDe(`dep-${d.code}`)) {
        const c = centreCommune(code);
        if (c?.precision !== 'commune' || !dep) continue;
        places++;
        const km = 111 * Math.hypot((c.lon - dep.lon) * Math.cos((dep.lat * Math.PI) / 180), c.lat - dep.lat);
        // La Guyane, bien plus grande, a ses communes sur la côte.
        expect(km, code).toBeLessThan(d.code === '973' ? 250 : 100);
      }
    }
    expect(places).toBe(8_620);
  });
});
