import { describe, expect, test } from 'vitest';
import { checkCellule } from '../../../shared/domain/engagements/ecarts.ts';
import { checkCroisements } from '../../../shared/domain/engagements/ecarts-croises.ts';
import { parseSaisie } from '../../../shared/domain/nombres/saisie.ts';
import { lectureDe, matriceDe } from './exemple.ts';

const m = matriceDe();

function codes(ligneId: string, texte: string): string[] {
  const ligne = m.lignes.find((l) => l.id === ligneId);
  const lu = parseSaisie(texte);
  if (ligne === undefined || !lu.ok) throw new Error(`${ligneId} ${texte}`);
  return checkCellule(ligne.indicateur, ligne.ventilation, lu.saisie).map((e) => e.code);
}

describe('une cellule', () => {
  test.each<[string, string, string[]]>([
    ['PS-2/dep-13/total', '25 %', []],
    ['PS-2/dep-13/total', '12/48', []],
    ['PS-2/dep-13/total', '12/48 = 25 %', []],
    ['PS-2/dep-13/total', '12 = 12/48 = 25,0 %', []],
    // La tolérance est l'arrondi de ce qui est tapé.
    ['PS-2/dep-13/total', '1/3 = 33 %', []],
    ['PS-2/dep-13/total', '1/3 = 33,3 %', []],
    ['PS-2/dep-13/total', '1/3 = 33,4 %', ['ecart-pourcentage']],
    ['PS-2/dep-13/total', '2/3 = 66 %', ['ecart-pourcentage']],
    ['PS-2/dep-13/total', '1/8 = 12,5 %', []],
    ['PS-2/dep-13/total', '1/8 = 12 %', []],
    ['PS-2/dep-13/total', '1/8 = 13 %', []],
    ['PS-2/dep-13/total', '12/48 = 30 %', ['ecart-pourcentage']],
    ['PS-2/dep-13/total', '13 = 12/48', ['ecart-pourcentage']],
    ['PS-2/dep-13/total', '0/0', []],
    ['PS-2/dep-13/total', '0/0 = 0 %', ['ecart-pourcentage']],
    ['PS-2/dep-13/total', '48/48 = 100 %', []],
    ['PS-2/dep-13/total', '49/48', ['numerateur-superieur']],
    ['PS-2/dep-13/total', '1/0', ['numerateur-superieur']],
    ['PS-2/dep-13/total', '100,1 %', ['numerateur-superieur']],
    ['PS-2/dep-13/total', '12,5', ['valeur-non-entiere']],
    ['PS-2/dep-13/total', '12,0', []],
    ['PP-1/dep-13/plai', '30', []],
    ['PP-1/dep-13/plai', '30 %', ['forme-inattendue']],
    ['PP-1/dep-13/plai.hors-qpv', '30 %', []],
    // Un coût dépasse toujours le nombre de logements : pas de comparaison pour G-1.
    ['G-1/organisme/total', '1 043,50 €', []],
    ['G-1/organisme/total', '1043500/1000', []],
    ['G-1/organisme/total', '1 043,50 = 1043500/1000', []],
    ['G-1/organisme/total', '1 044 = 1043500/1000', []],
    ['G-1/organisme/total', '1 045 = 1043500/1000', ['ecart-pourcentage']],
    ['G-1/organisme/total', '25 %', ['forme-inattendue']],
    ['G-1/organisme/total', '250 %', ['forme-inattendue']],
  ])('%s ← %s : %j', (ligne, texte, attendu) => {
    expect(codes(ligne, texte)).toEqual(attendu);
  });
});

describe('entre cellules', () => {
  const pp1 = (horizon: string, v: string): string => `engagement/PP-1/dep-13/${horizon}/${v}`;
  const pp4 = (horizon: string): string => `engagement/PP-4/dep-13/${horizon}/total`;
  test.each<[string, Record<string, string>, [string, string][]]>([
    ['cumul égal', { [pp1('3ans', 'plai')]: '10', [pp1('6ans', 'plai')]: '10' }, []],
    ['cumul décroissant de PP-1', { [pp1('3ans', 'plai')]: '10', [pp1('6ans', 'plai')]: '9' }, [['cumul-decroissant', pp1('6ans', 'plai')]]],
    ['cumul décroissant de PP-4', { [pp4('3ans')]: '10/1000', [pp4('6ans')]: '9/1000' }, [['cumul-decroissant-a-justifier', pp4('6ans')]]],
    ['cumul décroissant de PP-4 en taux', { [pp4('3ans')]: '1,5 %', [pp4('6ans')]: '1,25 %' }, [['cumul-decroissant-a-justifier', pp4('6ans')]]],
    ["la part d'un cumul peut baisser en taux", { [pp1('3ans', 'plai.hors-qpv')]: '80 %', [pp1('6ans', 'plai.hors-qpv')]: '50 %' }, []],
    ['un nombre ne se compare pas à un taux', { [pp4('3ans')]: '10', [pp4('6ans')]: '1 %' }, []],
    ['part au-dessus', { [pp1('3ans', 'plai')]: '10', [pp1('3ans', 'plai.hors-qpv')]: '11' }, [['part-superieure', pp1('3ans', 'plai.hors-qpv')]]],
    ['part égale', { [pp1('3ans', 'plai')]: '10', [pp1('3ans', 'plai.hors-ru')]: '10/10' }, []],
    ['PS-2 hors QPV au-dessus', { 'engagement/PS-2/dep-13/2026/total': '12/48', 'engagement/PS-2/dep-13/2026/hors-qpv': '13/40' }, [['part-superieure', 'engagement/PS-2/dep-13/2026/hors-qpv']]],
    ['total exact', { [pp1('3ans', 'total')]: '6', [pp1('3ans', 'plai')]: '1', [pp1('3ans', 'plus')]: '2', [pp1('3ans', 'pls')]: '3' }, []],
    ['total faux', { [pp1('3ans', 'total')]: '7', [pp1('3ans', 'plai')]: '1', [pp1('3ans', 'plus')]: '2', [pp1('3ans', 'pls')]: '3' }, [['total-different', pp1('3ans', 'total')]]],
    ['total incomplet, encore possible', { [pp1('3ans', 'total')]: '7', [pp1('3ans', 'plai')]: '1' }, []],
    ['total incomplet, déjà dépassé', { [pp1('3ans', 'total')]: '7', [pp1('3ans', 'plai')]: '8' }, [['total-different', pp1('3ans', 'total')]]],
    ['illisible : pas de conclusion', { [pp1('3ans', 'plai')]: 'dix', [pp1('6ans', 'plai')]: '1' }, []],
  ])('%s', (_, saisies, attendu) => {
    expect(checkCroisements(m, lectureDe(saisies)).map((e) => [e.code, e.champ])).toEqual(attendu);
  });
});
