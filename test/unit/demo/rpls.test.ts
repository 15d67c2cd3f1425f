import iconv from 'iconv-lite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bailleurDemonstration, generateBailleur, generateEvolution } from '../../../electron/demo/index.ts';
import type { GenerationRpls, OptionsBailleur } from '../../../electron/demo/index.ts';
import { isSiren, isSiret } from '../../../shared/domain/organisme/siren.ts';
import { juger } from './juge.ts';

function lire(generation: GenerationRpls, encodage = 'win1252'): string {
  return iconv.decode(Buffer.concat([...generation.blocs]), encodage, { stripBOM: false });
}

const ordinaire: OptionsBailleur = { graine: 7, logements: 3_000, annee: 2026, salete: 0.2, detail: true };

describe('totaux annoncés', () => {
  it('sont ceux d’une lecture littérale du fichier, anomalie par anomalie', () => {
    fc.assert(
      fc.property(
        fc.record({
          graine: fc.integer({ min: 0, max: 100_000 }),
          logements: fc.integer({ min: 1, max: 900 }),
          salete: fc.constantFrom(0, 0.01, 0.3, 1),
          departementSiege: fc.constantFrom('13', '49', '75', '69', '93', '2A', '974', '61'),
          siret: fc.constantFrom('valide' as const, 'zeros' as const),
        }),
        (options) => {
          const g = generateBailleur({ ...options, annee: 2026, detail: true });
          const lu = juger(lire(g));
          expect(lu.totaux).toEqual(g.totaux());
          expect(lu.anomalies).toEqual(g.anomalies());
          expect(g.totaux().lignes).toBe(options.logements);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('couvrent tous les rejets et toutes les remarques', () => {
    const g = generateBailleur({ ...ordinaire, departementSiege: '49', siret: 'zeros' });
    lire(g);
    expect(Object.keys(g.totaux().rejets).sort()).toEqual(['commune-inconnue', 'doublon', 'identifiant-absent', 'nombre-de-champs', 'sortie-invalide']);
    expect(Object.keys(g.totaux().remarques).sort()).toEqual([
      'annees-incoherentes', 'champs-supplementaires', 'code-inconnu', 'commune-fusionnee', 'loyer-sans-locataire',
      'loyer-superieur-au-maximum', 'nombre-annonce', 'siret-invalide', 'surface-nulle',
    ]);
    expect(g.anomalies()).toHaveLength(
      [...Object.values(g.totaux().rejets), ...Object.values(g.totaux().remarques)].reduce((a, b) => a + b, 0) - 3,
    );
  });

  it('ne se lisent pas avant la fin', () => {
    const g = generateBailleur(ordinaire);
    expect(() => g.totaux()).toThrow('avant la fin');
  });
});

describe('fichier', () => {
  it('est le même pour la même graine, un autre pour une autre', () => {
    const a = lire(generateBailleur(ordinaire));
    expect(lire(generateBailleur(ordinaire))).toBe(a);
    expect(lire(generateBailleur({ ...ordinaire, graine: 8 }))).not.toBe(a);
  });

  it('est parfait sans saleté', () => {
    const g = generateBailleur({ ...ordinaire, salete: 0, departementSiege: '13' });
    const texte = lire(g);
    expect(g.totaux()).toMatchObject({ lignes: 3_000, acceptees: 3_000, rejetees: 0, signalees: 0, rejets: {}, remarques: {} });
    expect(texte).not.toContain('"');
    expect(texte.split('\r\n').slice(1, -1).every((l) => l.split(';').length === 63)).toBe(true);
    expect(texte.split('\r\n')[0]?.split(';')).toHaveLength(12);
  });

  it('dit la même chose dans tous les formats', () => {
    const attendu = lire(generateBailleur(ordinaire));
    const utf8 = generateBailleur({ ...ordinaire, format: { encodage: 'utf-8', finDeLigne: 'LF' } });
    const bom = generateBailleur({ ...ordinaire, format: { encodage: 'utf-8-bom', finDeLigne: 'CRLF' } });
    expect(lire(utf8, 'utf8')).toBe(attendu.replaceAll('\r\n', '\n'));
    expect(lire(bom, 'utf8')).toBe(`\ufeff${attendu}`);
    expect(attendu).toMatch(/[œŒ]/);
    expect(attendu).not.toContain('?');
  });

  it('vient d’un bailleur fictif au SIREN et au SIRET valides', () => {
    const { identite } = generateBailleur(ordinaire);
    expect([isSiren(identite.siren), isSiret(identite.siret), identite.siren.slice(0, 3)]).toEqual([true, true, '913']);
    expect(generateBailleur({ ...ordinaire, siret: 'zeros' }).identite.siret).toBe('0'.repeat(14));
  });

  it('s’étend avec la taille : un département, puis une douzaine, arrondissements compris', () => {
    const petit = generateBailleur({ graine: 1, logements: 2_000, annee: 2026 });
    lire(petit);
    expect(Object.keys(petit.totaux().departements)).toEqual(['13']);
    const grand = generateBailleur({ graine: 1, logements: 191_000, annee: 2026 });
    let arrondissements = 0;
    for (const bloc of grand.blocs) arrondissements += Buffer.from(bloc).toString('latin1').match(/;(132\d\d|6938\d|751\d\d);/g)?.length ?? 0;
    const { departements, communes } = grand.totaux();
    expect(Object.keys(departements)).toHaveLength(12);
    expect(Object.keys(communes).length).toBeGreaterThan(200);
    expect(arrondissements).toBeGreaterThan(10_000);
    expect(Object.keys(communes).filter((c) => /^(132|6938|751)/.test(c))).toEqual([]);
  }, 30_000);
});

describe('export suivant', () => {
  it('diffère du premier exactement comme annoncé', () => {
    for (const graine of [1, 2, 3]) {
      const options = { ...ordinaire, graine, salete: 0.05 };
      const avant = juger(lire(generateBailleur(options)));
      const suivant = generateEvolution(options);
      const apres = juger(lire(suivant));
      expect(apres.totaux).toEqual(suivant.totaux());
      const cles = [...apres.acceptees.keys()];
      const communs = cles.filter((k) => avant.acceptees.has(k));
      const inchanges = communs.filter((k) => avant.acceptees.get(k) === apres.acceptees.get(k)).length;
      const evolution = {
        ajoutes: cles.length - communs.length,
        modifies: communs.length - inchanges,
        disparus: avant.acceptees.size - communs.length,
        inchanges,
      };
      expect(suivant.evolution()).toEqual(evolution);
      expect(Math.min(evolution.ajoutes, evolution.modifies, evolution.disparus)).toBeGreaterThan(10);
    }
  });
});

describe('bailleur de la démonstration', () => {
  it('garde ses quatre départements et sa taille', () => {
    const g = bailleurDemonstration.generer();
    const lu = juger(lire(g));
    expect(lu.totaux).toEqual(g.totaux());
    expect(g.totaux().lignes).toBe(2_400);
    expect(Object.keys(g.totaux().departements).sort()).toEqual(['06', '13', '69', '83']);
    expect(g.identite).toMatchObject({ siren: bailleurDemonstration.siren, raisonSociale: 'HABITAT DU LITTORAL (BAILLEUR FICTIF)' });
  });
});
