import { expect, it } from 'vitest';
import { ComptesNpl } from '../../../shared/domain/rpls/comptes-npl.ts';
import type { LogementCompte } from '../../../shared/domain/rpls/comptes.ts';

const logement = (l: Partial<LogementCompte>): LogementCompte => ({
  commune: '13055', ensemble: 1, sortiepatrim: null, qpv: 2, typeconst: 'C', nbpiece: 3, surfhab: 6000, construct: 1980, finan: 13, cus: 13, mode: 1, modesurf: 1,
  surfmode: 6500, loyerprinc: 40_000, dpeenergie: 'D', dpedate: '2021-07', loyermaxapl: null, loyermaxcus: null, ...l,
});

function compter(...logements: Partial<LogementCompte>[]) {
  const comptes = new ComptesNpl();
  for (const l of logements) comptes.add(logement(l));
  return [...comptes.lignes()].map((l) => [l.ensemble, l.avecMaximum, l.maximum, l.maximumsCus, l.sansSurfaceMax, l.maximumSansSurface, l.maximumsCusSansSurface, l.maximumsNuls]);
}

it('compte à part les maximums de l’ancienne CUS, avec et sans surface', () => {
  expect(compter({ loyermaxapl: 45_000 })).toEqual([[1, 1, 45_000, 0, 0, 0, 0, 0]]);
  expect(compter({ loyermaxcus: 44_000 }, { loyermaxapl: 45_000 }, {})).toEqual([[1, 2, 89_000, 1, 0, 0, 0, 0]]);
  expect(compter({ loyermaxcus: 44_000, surfmode: null }, { loyermaxapl: 45_000, surfmode: 0 })).toEqual([[1, 0, 0, 0, 2, 89_000, 1, 0]]);
});

it('celui de l’ancienne CUS l’emporte sur celui de la convention APL ; à 0 €, il n’en est pas un', () => {
  expect(compter({ loyermaxapl: 45_000, loyermaxcus: 44_000 })).toEqual([[1, 1, 44_000, 1, 0, 0, 0, 0]]);
  expect(compter({ loyermaxapl: 45_000, loyermaxcus: 0 })).toEqual([[1, 1, 45_000, 0, 0, 0, 0, 1]]);
  expect(compter({ loyermaxapl: 0, loyermaxcus: 44_000 })).toEqual([[1, 1, 44_000, 1, 0, 0, 0, 1]]);
  expect(compter({ loyermaxcus: 0 })).toEqual([[1, 0, 0, 0, 0, 0, 0, 1]]);
});

it('chaque ensemble garde les siens', () => {
  expect(compter({ loyermaxcus: 1 }, { ensemble: 2, loyermaxapl: 2 }, { loyermaxapl: 3 })).toEqual([[1, 2, 4, 1, 0, 0, 0, 0], [2, 1, 2, 0, 0, 0, 0, 0]]);
});
