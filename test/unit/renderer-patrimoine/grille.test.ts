import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deplacer } from '../../../renderer/grille/clavier.ts';
import { comparer, triSuivant } from '../../../renderer/grille/colonnes.ts';
import { Pages } from '../../../renderer/grille/pages.ts';

type Reponse = { decalage: number; donner: () => Promise<void>; refuser: () => Promise<void> };

/** Une liste de `total` nombres, dont chaque page n'arrive que quand le test le décide. */
function liste(total: number, gardees = 40) {
  const demandes: Reponse[] = [];
  const echecs: unknown[] = [];
  const pages = new Pages<number, { total: number; lignes: number[] }>({
    taille: 10,
    gardees,
    lire: (decalage, nombre) =>
      new Promise((resolve, reject) => {
        const attendre = () => new Promise<void>((ok) => setImmediate(ok));
        demandes.push({
          decalage,
          donner: () => {
            resolve({ total, lignes: Array.from({ length: Math.max(0, Math.min(nombre, total - decalage)) }, (_, i) => decalage + i) });
            return attendre();
          },
          refuser: () => {
            reject(new Error('panne'));
            return attendre();
          },
        });
      }),
    change: () => undefined,
    echec: (cause) => echecs.push(cause),
  });
  return { pages, demandes, echecs };
}

describe('les pages d’une longue liste', () => {
  it('arrivent dans n’importe quel ordre, chacune à sa place', async () => {
    const { pages, demandes } = liste(95);
    pages.vouloir(8, 25);
    expect(demandes.map((d) => d.decalage)).toEqual([0, 10]);
    await demandes[1]?.donner();
    expect([pages.ligneA(3), pages.ligneA(12)]).toEqual([null, 12]);
    await demandes[0]?.donner();
    expect([pages.ligneA(3), pages.ligneA(12), pages.derniere?.total]).toEqual([3, 12, 95]);
  });

  it('n’en demandent que deux à la fois, et seulement celles qu’on regarde encore', async () => {
    const { pages, demandes } = liste(1000);
    for (const premier of [0, 100, 300, 600]) pages.vouloir(premier, premier + 5);
    await demandes[0]?.donner();
    await demandes[1]?.donner();
    // Deux étaient parties avant qu'on défile ; 300, dépassée entre-temps, n'est jamais lue.
    expect(demandes.map((d) => d.decalage)).toEqual([0, 100, 600]);
    pages.vouloir(601, 606);
    expect(demandes.map((d) => d.decalage)).toEqual([0, 100, 600, 610]);
  });

  it('ne dépassent pas la fin, et gardent les plus proches', async () => {
    const { pages, demandes } = liste(60, 3);
    for (let i = 0; i < 60; i += 10) {
      pages.vouloir(i, i + 1);
      for (const d of demandes) await d.donner();
    }
    expect(Math.max(...demandes.map((d) => d.decalage))).toBe(50);
    expect([0, 10, 20, 30, 40, 50].map((i) => pages.ligneA(i))).toEqual([null, null, null, 30, 40, 50]);
  });

  it('un échec est dit une fois et ne se redemande pas tout seul', async () => {
    const { pages, demandes, echecs } = liste(95);
    pages.vouloir(0, 5);
    await demandes[0]?.refuser();
    expect([echecs.length, demandes.length]).toEqual([1, 1]);
  });

  it('une liste quittée n’écoute plus', async () => {
    const { pages, demandes } = liste(95);
    pages.vouloir(0, 5);
    pages.arreter();
    await demandes[0]?.donner();
    expect([pages.ligneA(0), pages.derniere]).toEqual([null, null]);
  });
});

describe('les déplacements au clavier', () => {
  const grille = { lignes: 191_000, colonnes: 12, page: 20 };
  const touche = (key: string, ctrlKey = false) => ({ key, ctrlKey });

  it('mènent à toute case sans jamais sortir de la grille', () => {
    const touches = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End');
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 190_999 }), fc.integer({ min: 0, max: 11 }), touches, fc.boolean(), (ligne, colonne, key, ctrl) => {
        const vers = deplacer({ ligne, colonne }, touche(key, ctrl), grille);
        expect(vers !== null && vers.ligne >= -1 && vers.ligne < 191_000 && vers.colonne >= 0 && vers.colonne < 12).toBe(true);
      }),
    );
  });

  it.each([
    ['ArrowUp', false, { ligne: 0, colonne: 3 }, { ligne: -1, colonne: 3 }],
    ['PageUp', false, { ligne: 5, colonne: 3 }, { ligne: 0, colonne: 3 }],
    ['PageDown', false, { ligne: -1, colonne: 3 }, { ligne: 20, colonne: 3 }],
    ['End', true, { ligne: 5, colonne: 3 }, { ligne: 190_999, colonne: 11 }],
    ['Home', true, { ligne: 5, colonne: 3 }, { ligne: 0, colonne: 0 }],
    ['Home', false, { ligne: 5, colonne: 3 }, { ligne: 5, colonne: 0 }],
  ] as const)('%s (Ctrl %s)', (key, ctrl, depuis, attendu) => {
    expect(deplacer(depuis, touche(key, ctrl), grille)).toEqual(attendu);
  });

  it('une autre touche ne déplace rien', () => {
    expect(deplacer({ ligne: 1, colonne: 1 }, touche('a'), grille)).toBeNull();
  });
});

describe('le tri', () => {
  it('range les inconnues à la fin dans les deux sens, les accents et les nombres comme on lit', () => {
    const noms = ['Zoé', null, 'école 10', 'Ecole 9', 'abbaye'];
    expect([noms.toSorted((a, b) => comparer(a, b, 'asc')), noms.toSorted((a, b) => comparer(a, b, 'desc'))]).toEqual([
      ['abbaye', 'Ecole 9', 'école 10', 'Zoé', null],
      ['Zoé', 'école 10', 'Ecole 9', 'abbaye', null],
    ]);
    expect([3, null, -1].toSorted((a, b) => comparer(a, b, 'desc'))).toEqual([3, -1, null]);
  });

  it('croissant, décroissant, puis l’ordre d’origine', () => {
    const un = triSuivant(null, 'a');
    const deux = triSuivant(un, 'a');
    expect([un, deux, triSuivant(deux, 'a'), triSuivant(deux, 'b')]).toEqual([
      { colonne: 'a', sens: 'asc' },
      { colonne: 'a', sens: 'desc' },
      null,
      { colonne: 'b', sens: 'asc' },
    ]);
  });
});
