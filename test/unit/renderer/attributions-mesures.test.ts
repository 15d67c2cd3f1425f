import { expect, it } from 'vitest';
import { direVerdict, requisDe, type Seuil } from '../../../renderer/features/attributions/mesures.ts';
import { millesime2019 } from '../../../shared/millesimes/2019.ts';

const quart = millesime2019.seuils.find((s) => s.code === 'quartile-hors-qpv')!;
const seuil = (saisie: string | null): Seuil => ({
  ...quart, objectif: quart.objectif?.texte ?? null, reserve: '', incertitude: '',
  territoires: [{ code: 'dep-13', nom: 'Bouches-du-Rhône', objectif: saisie === null ? null : { saisie, source: '' } }],
} as Seuil);
const dit = (saisie: string | null, nombre: number, territoire = 'dep-13', periode = '2025'): string =>
  direVerdict(requisDe(seuil(saisie), { territoire, periode }, { nombre, base: 100, inconnu: 0, baseInconnue: 0, baseInconnueOui: 0, baseInconnueNon: 0 }));

it('sous un objectif fixé n’est pas sous le minimum de la loi', () => {
  expect([dit('30 %', 27), dit('30 %', 30), dit(null, 24), dit(null, 27), dit('illisible', 24), dit('30 %', 27, 'dep-84'), dit('30 %', 27, 'dep-13', 'toutes')]).toEqual(['sous l’objectif', 'atteint', 'sous le minimum', 'atteint', 'sous le minimum', '', '']);
});
