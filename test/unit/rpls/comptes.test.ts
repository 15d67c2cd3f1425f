import { expect, it } from 'vitest';
import { Comptes } from '../../../shared/domain/rpls/comptes.ts';
import type { LogementCompte } from '../../../shared/domain/rpls/comptes.ts';

const logement = (l: Partial<LogementCompte>): LogementCompte => ({
  commune: '13055', ensemble: 1, sortiepatrim: null, qpv: 2, typeconst: 'C', nbpiece: 3, surfhab: 6000, construct: 1970, finan: 13, cus: null, mode: 1, modesurf: 1,
  surfmode: 6500, loyerprinc: 40_000, dpeenergie: 'D', dpedate: '2021-07', loyermaxapl: 45_000, loyermaxcus: null, ...l,
});

it('ne compte que le parc, et met à part ce qui en est sorti', () => {
  const comptes = new Comptes();
  comptes.add(logement({}));
  comptes.add(logement({ qpv: null, finan: null, mode: 2, loyerprinc: null, surfhab: null, dpedate: '2021-06' }));
  comptes.add(logement({ sortiepatrim: 4 }));
  const parc = Object.fromEntries([...comptes.parc()].map((l) => [`${l.dimension}/${l.cle}`, l.logements]));
  expect(parc).toEqual({
    'logements/': 2, 'sortis/': 1, 'vacants/': 1, 'qpv/2': 1, 'qpv/inconnu': 1, 'finan/13': 1, 'finan/inconnu': 1, 'dpe/D': 2, 'dpe-avant/D': 1, 'dpe-depuis/D': 1, 'surface/60-80': 1, 'surface/inconnu': 1, 'annee/1970': 2, 'type/C': 2,
    'pieces/3': 2, 'mode/1': 1, 'mode/2': 1,
  });
  expect([...comptes.financements()]).toEqual([{ ensemble: 1, finan: '13', logements: 1 }, { ensemble: 1, finan: 'inconnu', logements: 1 }]);
});

it('fait les sommes de loyers par surface, le maximum de la CUS avant celui de l’APL', () => {
  const comptes = new Comptes();
  comptes.add(logement({}));
  comptes.add(logement({ modesurf: 2, loyermaxapl: 1, loyermaxcus: 50_000 }));
  comptes.add(logement({ surfhab: null, modesurf: 3, loyermaxapl: null }));
  comptes.add(logement({ mode: 4 }));
  comptes.add(logement({ loyerprinc: null }));
  const vide = { loues: 0, sommeSurface: 0, sommeLoyer: 0, avecMaximum: 0, surfaceMax: 0, loyerMaxPratique: 0, sommeMax: 0 };
  const commun = { ensemble: 1, commune: '13055', logements: 5, qpv: 0, qpvInconnu: 0 };
  expect([...comptes.ensembles()]).toEqual([
    { ...commun, ...vide, surface: 'SH', loues: 2, sommeSurface: 12_000, sommeLoyer: 80_000, avecMaximum: 2, surfaceMax: 12_000, loyerMaxPratique: 80_000, sommeMax: 95_000 },
    { ...commun, ...vide, surface: 'SU', loues: 1, sommeSurface: 6500, sommeLoyer: 40_000, avecMaximum: 1, surfaceMax: 6500, loyerMaxPratique: 40_000, sommeMax: 45_000 },
    { ...commun, ...vide, surface: 'SC', loues: 1, sommeSurface: 6500, sommeLoyer: 40_000, avecMaximum: 1, surfaceMax: 6500, loyerMaxPratique: 40_000, sommeMax: 50_000 },
  ]);
});

it('un maximum de 0 € n’en est pas un : l’autre vaut, ou aucun', () => {
  const comptes = new Comptes();
  comptes.add(logement({ loyermaxapl: 60_000, loyermaxcus: 0 }));
  comptes.add(logement({ loyermaxapl: 0, loyermaxcus: 50_000 }));
  comptes.add(logement({ loyermaxapl: 0, loyermaxcus: 0 }));
  comptes.add(logement({ loyermaxapl: 0, loyermaxcus: null }));
  expect([...comptes.ensembles()].map((e) => [e.surface, e.loues, e.avecMaximum, e.loyerMaxPratique, e.sommeMax])).toEqual([
    ['SH', 4, 2, 80_000, 110_000], ['SU', 4, 2, 80_000, 110_000], ['SC', 0, 0, 0, 0],
  ]);
});
