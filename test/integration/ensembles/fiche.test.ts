import { describe, expect, it } from 'vitest';
import { millesime2019 } from '../../../shared/millesimes/2019.ts';
import { addMillesime } from '../../../shared/millesimes/index.ts';
import { VOIE, importer, logement } from './aide.ts';

const LIEU = { ...VOIE, NUMVOIE: '12' };
const LOGEMENTS = [
  logement('A1', 'LES LILAS', { ...LIEU, QPV: '1', FINAN: '13', NBPIECE: '3', TYPECONST: 'C', CONSTRUCT: '1975', DPEENERGIE: 'D', DPEDATE: '06/2021', CONV: '1', NUMCONV: '13/1', DATCONV: '01/02/1990', MODESURF: '1', SURFMODE: '60', LOYERACC: '35.5' }),
  logement('A2', 'LES LILAS', { ...LIEU, QPV: '2', FINAN: '10', NBPIECE: '3', DPEENERGIE: 'D', DPEDATE: '07/2021', CONV: '1', NUMCONV: '13/1', DATCONV: '01/02/1990', MODESURF: '2', SURFMODE: '70' }),
  logement('A3', 'LES LILAS', { ...LIEU, QPV: '', FINAN: '13', MODE: '2', LOYERACC: '20', DPEENERGIE: 'D', CONV: '2', MISCOMMERCIAL: '1' }),
  logement('A9', 'LES LILAS', { ...LIEU, SORTIEPATRIM: '1', QUALACQ: '01', PRIXVENTE: '120000' }),
];
const ROSES = logement('B1', 'LES ROSES', { ...VOIE, NUMVOIE: '14' });

describe('la fiche d’un ensemble', () => {
  it('dit d’abord ce que R445-3 demande, puis ce que le RPLS en dit, sans mêler les surfaces', async () => {
    const { atelier, codes } = await importer(...LOGEMENTS, ROSES);
    const id = codes['LES LILAS']!;
    const { loyers, ...fiche } = await atelier.faire('ensembles.fiche', { id });
    const { ensembles } = await atelier.faire('ensembles.lister', {});
    expect(fiche).toEqual({
      ensemble: ensembles.find((e) => e.id === id),
      decide: { nom: false, composition: false },
      epci: { code: '200054807', nom: expect.stringContaining('Aix-Marseille') as unknown },
      departement: 'Bouches-du-Rhône',
      communes: [{ code: '13055', nom: 'Marseille' }],
      rang: 1, total: 2, precedent: null, suivant: codes['LES ROSES'],
      pieces: { 3: 2, inconnu: 1 }, types: { C: 1, inconnu: 2 }, annees: { 1975: 1, inconnu: 2 }, modes: { 1: 2, 2: 1 }, vacants: 1, sortis: 1,
      surfaces: { SH: { logements: 3, total: 150 }, SU: { logements: 1, total: 60 }, SC: { logements: 1, total: 70 } },
      accessoires: { logements: 1, total: 35.5 },
      dpe: [{ classe: 'D', avant: 1, depuis: 1, sansDate: 1 }],
      conventions: { oui: 2, non: 1, inconnu: 0, liste: [{ numero: '13/1', date: '1990-02-01', logements: 2 }] },
      ventes: { sorties: { 1: 1 }, commercialises: 1, acquereurs: { '01': 1 }, prix: { logements: 1, total: 120_000 }, produit: { logements: 0, total: 0 } },
      observations: [], historique: [],
    });
    // Le loyer accessoire d'un logement loué, dit à part : il n'est dans aucun loyer au m².
    expect(await atelier.faire('explication.lire', { sujet: `loyers/ensemble/${id}/SH/accessoires` })).toMatchObject({ valeur: '35,50\u00a0€', articles: ['D353-16'] });
    addMillesime({ ...millesime2019, nom: 'accessoire', loyerAccessoire: { article: 'X1-2', texte: 'celui d’un essai', incertitude: 'Rien de sûr.' } });
    await atelier.faire('millesime.changer', { vers: 'accessoire' });
    expect(await atelier.faire('explication.lire', { sujet: `loyers/ensemble/${id}/SH/accessoires` })).toMatchObject({ articles: ['X1-2'], incertitude: 'Rien de sûr.', formule: expect.stringContaining('celui d’un essai') as unknown });
    for (const surface of ['SH', 'SU', 'SC'] as const) {
      const { lignes } = await atelier.faire('loyers.lire', { par: 'ensemble', surface });
      expect(loyers.find((l) => l.sorte === surface)).toEqual({ ...lignes.find((l) => l.code === id), sorte: surface });
    }
  });

  it('chaque chiffre ouvre ses lignes, et il y en a autant que le chiffre', async () => {
    const { atelier, codes } = await importer(...LOGEMENTS, ROSES);
    const id = codes['LES LILAS']!;
    const sujets = [
      '', '/qpv', '/qpvInconnu', '/financement/13', '/financement/10', '/pieces/3', '/pieces/inconnu', '/type/C', '/annee/1975', '/mode/1', '/vacants', '/conventions/oui', '/conventions/non',
      '/dpe/D', '/dpe/D/avant', '/dpe/D/depuis', '/dpe/D/sansDate', '/sortis', '/sortie/1', '/commercialises', '/acquereur/01',
    ];
    const vus: Record<string, number[]> = {};
    for (const s of sujets) {
      const { sources } = await atelier.faire('explication.lire', { sujet: `ensemble/${id}${s}` });
      const { total } = await atelier.faire('logements.page', { decalage: 0, nombre: 1, filtres: sources[0]!.filtres });
      vus[s] = [sources[0]!.nombre ?? -1, total];
    }
    expect(Object.entries(vus).filter(([, [n, lignes]]) => n !== lignes)).toEqual([]);
    expect([vus['']![0], vus['/dpe/D/depuis']![0], vus['/sortis']![0]]).toEqual([3, 1, 1]);
    expect((await atelier.faire('explication.lire', { sujet: `ensemble/${id}/surface/SU` })).valeur).toBe('60,00 m²');
    for (const s of ['/rien', '/surface/XX', '/dpe/Z', '/dpe/D/hier']) expect((await atelier.echouer('explication.lire', { sujet: `ensemble/${id}${s}` })).code).toBe('sujet-inconnu');
    expect((await atelier.echouer('ensembles.fiche', { id: '13055-00000000' })).code).toBe('ensemble-inconnu');
  });
});
