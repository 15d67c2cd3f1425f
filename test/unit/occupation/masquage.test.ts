import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeMasque, isCaseMasquee, isLigneMasquee, SEUIL } from '../../../shared/domain/occupation/masquage.ts';
import type { AtomeMasquage } from '../../../shared/domain/occupation/masquage.ts';
import { bornes } from './simplexe.ts';

type Atome = { ensemble: number; commune: number; epci: number; departement: number; qpv: number; valeurs: number[] };

/** Toutes les mailles à la fois, chacune en QPV, hors QPV et en tout, comme un export les montre. */
function dresser(atomes: readonly Atome[]): { lignes: string[]; atomes: AtomeMasquage[] } {
  const lignes: string[] = [];
  const rang = (nom: string): number => {
    const i = lignes.indexOf(nom);
    return i >= 0 ? i : lignes.push(nom) - 1;
  };
  const dresses = atomes.map((a) => {
    const unites = [`ens ${a.ensemble}`, `com ${a.commune}`, `epci ${a.epci}`, `dep ${a.departement}`, 'organisme'];
    const noeuds = [...new Set(unites.flatMap((u) => [rang(`${u} tout`), rang(`${u} qpv${a.qpv}`)]))];
    return { noeuds, effectif: a.valeurs.reduce((s, n) => s + n, 0), variables: [a.valeurs] };
  });
  return { lignes, atomes: dresses };
}

/** Chaque case masquée, avec ce que les cases publiées permettent d'en savoir. */
function juger(noeuds: number, atomes: readonly AtomeMasquage[]): { primaires: string[]; determinees: string[]; masquees: number } {
  const masque = computeMasque(noeuds, atomes);
  const modalites = atomes[0]?.variables[0]?.length ?? 0;
  const x0 = atomes.flatMap((a) => [...(a.variables[0] ?? [])]);
  const forme = (n: number, k: number | null): number[] =>
    atomes.flatMap((a) => Array.from({ length: modalites }, (_, i) => (a.noeuds.includes(n) && (k === null || k === i) ? 1 : 0)));
  const vaut = (f: readonly number[]): number => f.reduce((s, c, i) => s + c * (x0[i] ?? 0), 0);
  const cases = Array.from({ length: noeuds }, (_, n) => n).flatMap((n) => [null, ...Array.from({ length: modalites }, (_, k) => k)].map((k) => ({ n, k, f: forme(n, k) })));
  const sansMenage = x0.every((n) => n === 0);
  const cachee = ({ n, k }: { n: number; k: number | null }): boolean => (k === null ? isLigneMasquee(masque, n) : isCaseMasquee(masque, n, 0, k));
  const equations = cases.filter((c) => !cachee(c)).map((c) => c.f);
  const vides = new Set(Array.from({ length: modalites }, (_, k) => k).filter((k) => atomes.every((a) => (a.variables[0]?.[k] ?? 0) === 0)));
  return {
    // Un organisme sans aucun ménage n'en désigne aucun : tout y est à zéro.
    primaires: sansMenage ? [] : cases.filter((c) => !cachee(c) && vaut(c.f) < SEUIL && !(c.k !== null && vides.has(c.k))).map((c) => `${c.n} ${c.k}`),
    determinees: cases.filter(cachee).filter((c) => { const b = bornes(equations, x0, c.f); return b.max - b.min < 1 - 1e-6; }).map((c) => `${c.n} ${c.k}`),
    masquees: cases.filter(cachee).length,
  };
}

const effectif = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: fc.integer({ min: 1, max: 10 }) }, { weight: 4, arbitrary: fc.integer({ min: 11, max: 60 }) });
const atome = (modalites: number) =>
  fc.record({ ensemble: fc.integer({ min: 0, max: 5 }), qpv: fc.integer({ min: 0, max: 1 }), valeurs: fc.array(effectif, { minLength: modalites, maxLength: modalites }) });
/** Un ensemble est dans une commune, ou deux ; une intercommunalité peut passer la limite d'un département. */
const bailleur = fc
  .record({ modalites: fc.integer({ min: 2, max: 4 }), chevauche: fc.boolean() })
  .chain(({ modalites, chevauche }) =>
    fc.array(atome(modalites), { minLength: 1, maxLength: 8 }).map((liste) =>
      liste.map((a, i) => {
        const commune = chevauche && i % 3 === 0 ? a.ensemble % 3 : Math.floor(a.ensemble / 2);
        return { ...a, commune, epci: Math.floor(commune / 2), departement: commune === 2 ? 1 : 0 };
      }),
    ),
  );

describe('masquage', () => {
  it('ne laisse aucun effectif de moins de onze, et aucune case masquée qui se déduise des autres', () => {
    fc.assert(
      fc.property(bailleur, (liste) => {
        const { lignes, atomes } = dresser(liste);
        const { primaires, determinees } = juger(lignes.length, atomes);
        expect({ primaires, determinees }).toEqual({ primaires: [], determinees: [] });
      }),
      { numRuns: 80 },
    );
  }, 60_000);

  it('ne masque rien quand tout est grand, et tout quand l’organisme a moins de onze logements', () => {
    const grand = dresser([0, 1, 2, 3].map((e) => ({ ensemble: e, commune: e, epci: 0, departement: 0, qpv: 0, valeurs: [20, 30, 11] })));
    const petit = dresser([{ ensemble: 0, commune: 0, epci: 0, departement: 0, qpv: 0, valeurs: [4, 6] }]);
    expect(juger(grand.lignes.length, grand.atomes)).toEqual({ primaires: [], determinees: [], masquees: 0 });
    const masque = computeMasque(petit.lignes.length, petit.atomes);
    expect(petit.lignes.map((_, n) => isLigneMasquee(masque, n))).toEqual(petit.lignes.map(() => true));
  });

  it('masque une seconde commune quand une seule est trop petite, et non le total', () => {
    const { lignes, atomes } = dresser([3, 40, 50].map((n, i) => ({ ensemble: i, commune: i, epci: 0, departement: 0, qpv: 0, valeurs: [n] })));
    const masque = computeMasque(lignes.length, atomes);
    const dites = lignes.filter((_, n) => isLigneMasquee(masque, n));
    expect(dites).toEqual(['ens 0 tout', 'ens 0 qpv0', 'com 0 tout', 'com 0 qpv0', 'ens 1 tout', 'ens 1 qpv0', 'com 1 tout', 'com 1 qpv0']);
  });

  it('publie onze et masque dix ; une modalité vide partout est dite à zéro', () => {
    const { lignes, atomes } = dresser([[11, 10, 0], [11, 12, 0], [30, 30, 0]].map((valeurs, i) => ({ ensemble: i, commune: i, epci: 0, departement: 0, qpv: 0, valeurs })));
    const masque = computeMasque(lignes.length, atomes);
    const com = (i: number): boolean[] => [0, 1, 2].map((k) => isCaseMasquee(masque, lignes.indexOf(`com ${i} tout`), 0, k));
    expect(com(0)).toEqual([true, true, false]);
    expect(lignes.some((_, n) => isCaseMasquee(masque, n, 0, 2))).toBe(false);
    expect(lignes.some((_, n) => isLigneMasquee(masque, n))).toBe(false);
  });

  it('rend le même masque deux fois', () => {
    fc.assert(
      fc.property(bailleur, (liste) => {
        const { lignes, atomes } = dresser(liste);
        const lire = (): boolean[] => {
          const m = computeMasque(lignes.length, atomes);
          return lignes.flatMap((_, n) => [isLigneMasquee(m, n), ...(atomes[0]?.variables[0] ?? []).map((__, k) => isCaseMasquee(m, n, 0, k))]);
        };
        expect(lire()).toEqual(lire());
      }),
      { numRuns: 20 },
    );
  });
});
