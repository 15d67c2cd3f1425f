import { describe, expect, it } from 'vitest';
import { appliquerGeste, AUCUNE, type Geste, type Retenues } from '../../../renderer/grille/retenues.ts';
import { chercherEnsembles, type Ensemble } from '../../../renderer/features/patrimoine/ensembles.ts';

const CLES = ['a', 'b', 'c', 'd', 'e'];
const suivre = (...gestes: Geste[]): string[] =>
  [...gestes.reduce((r: Retenues, g) => appliquerGeste(r, g, (de, a) => CLES.slice(de, a + 1), CLES.length), AUCUNE).retenues].toSorted();

describe('retenir des lignes', () => {
  it('Espace en ajoute et en retire une', () => {
    const b = { mode: 'bascule', de: 1, a: 1, neuf: true } as const;
    const d = { mode: 'bascule', de: 3, a: 3, neuf: true } as const;
    expect([suivre(b), suivre(b, d), suivre(b, d, b)]).toEqual([['b'], ['b', 'd'], ['d']]);
  });

  it('Maj+flèches étend, et revenir en arrière réduit, sans toucher à ce qui était déjà retenu', () => {
    const e = { mode: 'bascule', de: 4, a: 4, neuf: true } as const;
    const vers = (a: number, neuf: boolean): Geste => ({ mode: 'etendre', de: 1, a, neuf });
    expect(suivre(e, vers(2, true), vers(3, false))).toEqual(['b', 'c', 'd', 'e']);
    expect(suivre(e, vers(2, true), vers(3, false), vers(2, false))).toEqual(['b', 'c', 'e']);
    expect(suivre(e, vers(2, true), vers(0, false))).toEqual(['a', 'b', 'e']);
  });

  it('une extension neuve garde la précédente', () => {
    expect(suivre({ mode: 'etendre', de: 0, a: 1, neuf: true }, { mode: 'etendre', de: 3, a: 4, neuf: true }, { mode: 'etendre', de: 3, a: 3, neuf: false })).toEqual(['a', 'b', 'd']);
  });

  it('Ctrl+A les prend toutes, Échap les lâche', () => {
    expect(suivre({ mode: 'tout' })).toEqual(CLES);
    expect(suivre({ mode: 'tout' }, { mode: 'rien' })).toEqual([]);
  });
});

it('un ensemble se cherche par toutes ses parties, sans accent ni casse', () => {
  const ensemble = (nom: string, adresse: string): Ensemble => ({ id: `13055-${nom}`, nom, adresse, commune: '13055', nomCommune: 'Marseille', logements: 1, financements: {}, qpv: 0, qpvInconnu: 0 });
  const tous = [ensemble('Résidence Éole', '12 rue du Stade'), ensemble('Les Lilas', '14 rue du Stade')];
  expect(['stade eole', 'MARSEILLE', 'lilas 12', ''].map((t) => chercherEnsembles(tous, t).map((e) => e.nom))).toEqual([['Résidence Éole'], ['Résidence Éole', 'Les Lilas'], [], ['Résidence Éole', 'Les Lilas']]);
});
