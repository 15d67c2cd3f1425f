import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseDefaut, chooseGarde, computePart, libellePart, parseNom, remarkCommunes } from '../../../shared/domain/ensembles/decisions.ts';
import type { SituationPart } from '../../../shared/domain/ensembles/decisions.ts';

const situation = (s: Partial<SituationPart>): SituationPart => ({
  commune: '13055', numvoie: null, indrep: null, typvoie: null, nomvoie: null, bat: null, immeu: null, complgeo: null, lieudit: null, codsegpatrim: null, entree: null, ...s,
});

describe('l’ensemble qui garde son identifiant', () => {
  it('est le plus grand, à égalité le plus ancien', () => {
    expect(chooseGarde([])).toBeNull();
    expect(chooseGarde([{ id: 3, logements: 4 }, { id: 2, logements: 9 }, { id: 1, logements: 9 }])).toEqual({ id: 1, logements: 9 });
  });

  it('ne dépend pas de l’ordre où on les donne', () => {
    const tailles = fc.uniqueArray(fc.record({ id: fc.nat(20), logements: fc.nat(5) }), { selector: (t) => t.id, minLength: 1 });
    fc.assert(
      fc.property(tailles, (t) => {
        expect(chooseGarde(t)).toEqual(chooseGarde(t.toReversed()));
      }),
    );
  });
});

describe('l’ensemble que rejoint un logement nouveau', () => {
  it('est celui de la plupart de ses voisins', () => {
    expect(chooseDefaut(1, [{ id: 1, logements: 2 }, { id: 5, logements: 3 }])).toBe(5);
  });
  it('reste celui d’avant à égalité, et sans voisin', () => {
    expect(chooseDefaut(5, [{ id: 1, logements: 3 }, { id: 5, logements: 3 }])).toBe(5);
    expect(chooseDefaut(7, [{ id: 5, logements: 3 }, { id: 1, logements: 3 }])).toBe(1);
    expect(chooseDefaut(7, [])).toBe(7);
  });
});

describe('un nom', () => {
  it('se garde sans espaces en trop ni caractère de commande', () => {
    expect(parseNom('  Les\u00a0 Lilas\n(haut)\u0000 ')).toBe('Les Lilas (haut)');
    expect([parseNom(''), parseNom(' \t '), parseNom('x'.repeat(201))]).toEqual([null, null, null]);
    expect(parseNom('x'.repeat(200))).toHaveLength(200);
  });
});

describe('une part', () => {
  const a = situation({ numvoie: '12', typvoie: 'RUE', nomvoie: 'DU STADE', bat: 'B', entree: '2' });
  it('sépare par adresse, par bâtiment, par entrée', () => {
    const autreEntree = { ...a, entree: '3' };
    const autreVoie = { ...a, numvoie: '14' };
    expect(computePart(autreEntree, 'adresse')).toBe(computePart(a, 'adresse'));
    expect(computePart(autreEntree, 'entree')).not.toBe(computePart(a, 'entree'));
    expect(computePart(autreVoie, 'adresse')).not.toBe(computePart(a, 'adresse'));
    expect(computePart(autreVoie, 'batiment')).toBe(computePart(a, 'batiment'));
    expect(computePart({ ...a, commune: '13001' }, 'batiment')).not.toBe(computePart(a, 'batiment'));
  });
  it('ne dépend pas de l’écriture', () => {
    expect(computePart({ ...a, nomvoie: 'du  Stade', bat: ' b' }, 'entree')).toBe(computePart(a, 'entree'));
  });
  it('se nomme de ce qui la distingue', () => {
    expect([libellePart(a, 'adresse'), libellePart(a, 'batiment'), libellePart(a, 'entree')]).toEqual(['12 RUE DU STADE', 'Bâtiment B', '12 RUE DU STADE, bâtiment B, entrée 2']);
    expect(libellePart(situation({}), 'batiment')).toBe('');
  });
});

it('une seule commune ne se remarque pas', () => {
  expect(remarkCommunes('Lilas', ['Marseille'])).toBeNull();
  expect(remarkCommunes('Lilas', ['Marseille', 'Aix-en-Provence', 'Arles'])).toBe(
    '« Lilas » réunit des logements de plusieurs communes : Marseille, Aix-en-Provence et Arles. L’organisme détermine ce qui est géographiquement cohérent (R445-3).',
  );
});
