import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDecimal2 } from '../../../electron/documents/format.ts';
import {
  classeDe,
  computeBornes,
  computeBornesDivergentes,
  couleursDivergentes,
  couleursSequentielles,
  formatTaux,
  METHODES,
} from '../../../shared/domain/carte/classes.ts';

const taux = fc.integer({ min: -2000, max: 2000 }).map((n) => n / 100);
const valeurs = fc.array(fc.oneof(taux, fc.constant(null), fc.constant(5)), { minLength: 1, maxLength: 120 });
const methode = fc.constantFrom(...METHODES);

describe('les bornes des classes', () => {
  it('rangent chaque valeur connue dans une classe, sans jamais séparer deux valeurs égales', () => {
    fc.assert(
      fc.property(valeurs, methode, fc.integer({ min: 1, max: 7 }), (vs, m, n) => {
        const bornes = computeBornes(vs, m, n);
        expect(bornes.length).toBeLessThanOrEqual(n + 1);
        for (const [i, b] of bornes.entries()) {
          if (i > 0) expect(b >= (bornes[i - 1] ?? b) && (i === bornes.length - 1 || b > (bornes[i - 1] ?? b))).toBe(true);
        }
        for (const v of vs) expect(classeDe(v, bornes) === null).toBe(v === null);
      }),
    );
  });

  it('les quantiles et les seuils naturels ne laissent aucune classe vide', () => {
    fc.assert(
      fc.property(valeurs, fc.constantFrom('quantiles' as const, 'naturelles' as const), fc.integer({ min: 2, max: 7 }), (vs, m, n) => {
        const bornes = computeBornes(vs, m, n);
        const vues = new Set(vs.map((v) => classeDe(v, bornes)).filter((c) => c !== null));
        expect(vues.size).toBe(Math.max(0, bornes.length - 1));
      }),
    );
  });

  it.each([
    ['aucune valeur', [], []],
    ['rien que des inconnues', [null, null], []],
    ['une seule valeur', [4.2], [4.2, 4.2]],
    ['toutes égales', [3, 3, 3, null], [3, 3]],
    ['ni NaN ni infini', [Number.NaN, Infinity, -Infinity, 2], [2, 2]],
  ])('%s', (_nom, vs, attendu) => {
    expect(METHODES.map((m) => computeBornes(vs, m, 5))).toEqual([attendu, attendu, attendu]);
  });

  it('un amas d’ex aequo garde sa classe, même au maximum', () => {
    expect(computeBornes([1, 9, 9, 9, 9, 9], 'quantiles', 5)).toEqual([1, 9, 9]);
    expect(computeBornes([1, 1, 1, 1, 1, 9], 'quantiles', 5)).toEqual([1, 9, 9]);
  });

  it('cinq quantiles de dix valeurs en prennent deux chacun', () => {
    expect(computeBornes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 'quantiles', 5)).toEqual([1, 3, 5, 7, 9, 10]);
  });

  it('les seuils naturels tombent dans les trous, à petite comme à grande taille', () => {
    expect(computeBornes([1, 1.1, 1.2, 5, 5.1, 9, 9.2], 'naturelles', 3)).toEqual([1, 5, 9, 9.2]);
    const amas = [0, 100, 200].flatMap((base) => Array.from({ length: 900 }, (_, i) => base + i / 100));
    const [, deux = 0, trois = 0] = computeBornes(amas, 'naturelles', 3);
    // Au-delà de mille valeurs distinctes les voisines sont réunies : le seuil reste dans le trou, à trois rangs près.
    expect([deux > 8.9 && deux <= 100.03, trois > 108.9 && trois <= 200.03]).toEqual([true, true]);
  });
});

describe('les seuils naturels', () => {
  /** Somme des carrés des écarts à la moyenne, dans chaque classe. */
  const dispersion = (vs: readonly number[], bornes: readonly number[]): number => {
    const parClasse = new Map<number | null, number[]>();
    for (const v of vs) parClasse.set(classeDe(v, bornes), [...(parClasse.get(classeDe(v, bornes)) ?? []), v]);
    return [...parClasse.values()].reduce((n, c) => {
      const moyenne = c.reduce((a, b) => a + b, 0) / c.length;
      return n + c.reduce((a, b) => a + (b - moyenne) ** 2, 0);
    }, 0);
  };

  it('aucune autre partition en trois classes n’est plus resserrée', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 14 }), (vs) => {
        const distinctes = [...new Set(vs)].sort((a, b) => a - b);
        fc.pre(distinctes.length >= 3);
        const trouvee = dispersion(vs, computeBornes(vs, 'naturelles', 3));
        for (const [i, deux] of distinctes.entries()) {
          for (const trois of distinctes.slice(i + 1)) {
            const [un = 0] = distinctes;
            if (deux > un) expect(trouvee).toBeLessThanOrEqual(dispersion(vs, [un, deux, trois, distinctes[distinctes.length - 1] ?? un]) + 1e-9);
          }
        }
      }),
    );
  });
});

describe('les bornes d’un écart', () => {
  it('ont zéro pour borne dès que des valeurs sont de part et d’autre, et deux couleurs qui ne se mêlent pas', () => {
    fc.assert(
      fc.property(valeurs, methode, fc.integer({ min: 2, max: 6 }), (vs, m, n) => {
        const connues = vs.filter((v) => v !== null);
        const bornes = computeBornesDivergentes(vs, m, n);
        expect(bornes.length).toBeLessThanOrEqual(n + 1);
        const [min, max] = [Math.min(...connues), Math.max(...connues)];
        if (connues.length > 0) expect([bornes[0], bornes[bornes.length - 1], bornes.includes(0) || min >= 0 || max <= 0]).toEqual([min, max, true]);
        const couleurs = couleursDivergentes(bornes, 'dessus');
        for (const v of connues) {
          const couleur = couleurs[classeDe(v, bornes) ?? -1]?.slice(0, 4);
          if (v !== 0) expect(couleur).toBe(v < 0 ? 'viol' : 'vert');
        }
      }),
    );
  });

  it('égales, chaque côté a le même pas et des classes selon son amplitude', () => {
    expect(computeBornesDivergentes([-1, 3], 'egales', 4)).toEqual([-1, 0, 1, 2, 3]);
    expect(computeBornesDivergentes([0, 0], 'egales', 3)).toEqual([0, 0]);
    expect(computeBornesDivergentes([-4, -2, 0], 'egales', 2)).toEqual([-4, -2, 0]);
  });
});

describe('les couleurs', () => {
  it('s’étalent sur les sept du thème', () => {
    expect(couleursSequentielles(5)).toEqual(['seq-1', 'seq-3', 'seq-4', 'seq-6', 'seq-7']);
    expect(couleursSequentielles(1)).toEqual(['seq-4']);
    // Des bornes posées à la main peuvent enjamber zéro : cette classe n'est d'aucun côté.
    expect(couleursDivergentes([-3, -1, 2, 5, 6], 'sous')).toEqual(['vert-4', 'neutre', 'violet-2', 'violet-5']);
    expect(couleursDivergentes([-3, -1, 0, 2], 'dessus')).toEqual(['violet-5', 'violet-2', 'vert-4']);
  });
});

describe('l’arrondi d’affichage', () => {
  it('est celui des documents, demie comprise', () => {
    expect([7.005, 1.005, -0.005, -0.001, 0, 1234.5, 1e-7].map(formatTaux)).toEqual(['7,01', '1,01', '−0,01', '0,00', '0,00', '1\u202f234,50', '0,00']);
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (v) => {
        expect(formatTaux(v)).toBe(formatDecimal2(v));
      }),
    );
  });
});
