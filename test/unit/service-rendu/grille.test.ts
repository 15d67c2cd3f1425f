import { describe, expect, test } from 'vitest';
import { aspectsManquants, checkGrille, newCode, remarkGrille } from '../../../shared/domain/service-rendu/grille.ts';
import { computePassage } from '../../../shared/domain/service-rendu/passage.ts';
import { GRILLE_PROPOSEE } from '../../../shared/domain/service-rendu/proposee.ts';
import { ASPECTS, listCriteres } from '../../../shared/domain/service-rendu/types.ts';
import type { Grille } from '../../../shared/domain/service-rendu/types.ts';

const avec = (changer: (g: Grille) => void): Grille => {
  const g = structuredClone(GRILLE_PROPOSEE);
  changer(g);
  return g;
};
const famille = (g: Grille, i: number) => g.familles[i]!;

describe('grille proposée', () => {
  test('bonne, complète au regard de R445-3, et sans remarque', () => {
    expect({ fautes: checkGrille(GRILLE_PROPOSEE), remarques: remarkGrille(GRILLE_PROPOSEE), aspects: GRILLE_PROPOSEE.familles.map((f) => f.aspect) }).toEqual({
      fautes: [], remarques: [], aspects: ASPECTS,
    });
  });
});

describe('ce qu’une grille ne peut pas être', () => {
  test.each<[string, (g: Grille) => void, RegExp]>([
    ['sans famille', (g) => { g.familles = []; }, /aucune famille/u],
    ['sans critère', (g) => { for (const f of g.familles) f.criteres = []; }, /aucun critère/u],
    ['un nom vide', (g) => { famille(g, 0).criteres[0]!.libelle = ' '; }, /pas de nom/u],
    ['un poids négatif', (g) => { famille(g, 0).poids = '-1'; }, /poids de la famille/u],
    ['un poids démesuré', (g) => { famille(g, 0).criteres[0]!.poids = '1000.01'; }, /poids du critère/u],
    ['un poids qui n’est pas un nombre', (g) => { famille(g, 0).criteres[0]!.poids = '1,5'; }, /poids du critère/u],
    ['deux critères du même code', (g) => { famille(g, 1).criteres[0]!.code = famille(g, 0).criteres[0]!.code; }, /ont le code/u],
    ['deux critères du même nom', (g) => { famille(g, 1).criteres[0]!.libelle = famille(g, 0).criteres[0]!.libelle.toUpperCase(); }, /s’appellent/u],
    ['un seuil hors de 0 à 100', (g) => { g.seuil = 101; }, /seuil/u],
    ['une échelle d’un seul niveau', (g) => { g.echelle = { genre: 'niveaux', niveaux: [{ code: 'A', libelle: '', valeur: '1' }] }; }, /moins de deux/u],
    ['deux niveaux de même valeur', (g) => { g.echelle = { genre: 'niveaux', niveaux: [{ code: 'A', libelle: '', valeur: '1' }, { code: 'B', libelle: '', valeur: '1.0' }] }; }, /la valeur/u],
    ['une échelle à l’envers', (g) => { g.echelle = { genre: 'nombres', min: '5', max: '0', decimales: 0 }; }, /pas plus petit/u],
    ['des classes qui laissent un trou en bas', (g) => { g.classes[0]!.de = '1.5'; }, /bas de l’échelle/u],
    ['des classes qui descendent', (g) => { g.classes[1]!.de = '3'; }, /ne montent pas/u],
    ['une classe au-dessus de l’échelle', (g) => { g.classes[3]!.de = '4.5'; }, /au-dessus/u],
    ['deux classes du même nom', (g) => { g.classes[1]!.libelle = 'Insuffisant'; }, /même nom/u],
  ])('%s', (_, changer, attendu) => {
    expect(checkGrille(avec(changer)).join(' ')).toMatch(attendu);
  });
  test('l’échelle peut aller de 20 à 0, ou de A à D : le sens le dit', () => {
    const inverse = avec((g) => {
      g.echelle = { genre: 'nombres', min: '-10', max: '10', decimales: 2 };
      g.sens = 'decroissant';
      g.classes = [{ libelle: 'Bon', de: '-10' }, { libelle: 'Mauvais', de: '0' }];
    });
    expect(checkGrille(inverse)).toEqual([]);
  });
});

test('un aspect de R445-3 sans critère qui compte se dit, sans rien empêcher', () => {
  const sans = avec((g) => {
    famille(g, 2).poids = '0';
    for (const c of famille(g, 3).criteres) c.poids = '0';
  });
  expect({ fautes: checkGrille(sans), manquants: aspectsManquants(sans), remarques: remarkGrille(sans).length }).toEqual({ fautes: [], manquants: ['localisation', 'environnement'], remarques: 3 });
});

test.each([['Bruit & pollution', [], 'bruit-pollution'], ['Été', ['ete'], 'ete-2'], ['!!', [], 'critere'], ['a'.repeat(80), [], 'a'.repeat(32)]])('code de « %s »', (libelle, pris, code) => {
  expect(newCode(libelle, pris)).toBe(code);
});

describe('d’une grille à la suivante', () => {
  const comptes = new Map(listCriteres(GRILLE_PROPOSEE).map((c) => [c.code, new Map([['3', 2], ['4', 1], ['bof', 1]])]));
  test('la même : tout est gardé', () => {
    const p = computePassage(GRILLE_PROPOSEE, GRILLE_PROPOSEE, comptes);
    expect({ ...p, criteres: p.criteres.every((c) => c.quoi === 'garde') }).toEqual({ criteres: true, gardees: 48, deplacees: 0, perdues: 0, illisibles: 0, relues: 0, changements: [] });
  });
  test('un critère déplacé, un retiré, un ajouté, un renommé, un poids changé', () => {
    const apres = avec((g) => {
      const [deplace] = famille(g, 0).criteres.splice(0, 1);
      famille(g, 1).criteres.push(deplace!);
      famille(g, 2).criteres.splice(1, 1);
      famille(g, 3).criteres[0]!.libelle = 'Jardins';
      famille(g, 3).criteres[1]!.poids = '0.5';
      famille(g, 3).criteres.push({ code: 'neuf', libelle: 'Neuf', aide: '', poids: '1' });
    });
    const p = computePassage(GRILLE_PROPOSEE, apres, comptes);
    const de = (code: string) => p.criteres.find((c) => c.code === code);
    expect({ gardees: p.gardees, deplacees: p.deplacees, perdues: p.perdues, quoi: ['gros-oeuvre', 'commerces', 'exterieurs', 'tranquillite', 'neuf'].map((c) => [de(c)?.quoi, de(c)?.notes, de(c)?.changements]) }).toEqual({
      gardees: 40, deplacees: 4, perdues: 4,
      quoi: [
        ['deplace', 4, ['passe de « Qualité de la construction » à « Qualité des prestations techniques »']], ['perdu', 4, []],
        ['garde', 4, ['renommé « Jardins » (c’était « Espaces extérieurs »)']], ['garde', 4, ['poids 1 → 0,5']], ['ajoute', 0, []],
      ],
    });
  });
  test('une autre échelle : rien n’est converti, ce qui ne se lit plus est compté', () => {
    const apres = avec((g) => {
      g.echelle = { genre: 'nombres', min: '0', max: '3', decimales: 0 };
      g.classes = [{ libelle: 'Toutes', de: '0' }];
    });
    const { gardees, illisibles, relues, changements } = computePassage(GRILLE_PROPOSEE, apres, comptes);
    expect({ gardees, illisibles, relues, changements }).toEqual({
      gardees: 48, illisibles: 12, relues: 0, changements: ['L’échelle change : chaque note est relue telle qu’elle a été tapée, aucune n’est convertie.', 'Les classes de résultat changent.'],
    });
  });
});
