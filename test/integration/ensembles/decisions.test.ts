import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Atelier } from '../import/aide.ts';
import { ligne, lireDossier } from '../import/aide.ts';
import { VOIE, codesDe, contenu, importer, logement, places, resumes, sommes } from './aide.ts';

const LILAS = ['A1', 'A2', 'A3'].map((i) => logement(i, 'LES LILAS', { ...VOIE, NUMVOIE: '12', BAT: i === 'A3' ? 'B' : 'A', QPV: '1' }));
const ROSES = ['B1', 'B2'].map((i) => logement(i, 'LES ROSES', { ...VOIE, NUMVOIE: '14', FINAN: '10' }));
const LOIN = logement('C1', 'LE PORT', { DEPCOM: '13001', ...VOIE, NUMVOIE: '3' });
const SORTI = logement('A9', 'LES LILAS', { SORTIEPATRIM: '4', ...VOIE, NUMVOIE: '12' });

const lister = async (atelier: Atelier) =>
  (await atelier.faire('ensembles.lister', {})).ensembles.map(({ id, nom, adresse, logements, qpv }) => ({ id, nom, adresse, logements, qpv }));

describe('renommer', () => {
  it('garde le code, journalise l’ancien nom, et ne touche pas aux autres', async () => {
    const { atelier, codes } = await importer(...LILAS, ...ROSES);
    const avant = await lister(atelier);
    const r = await atelier.faire('ensembles.renommer', { id: codes['LES LILAS']!, nom: '  Résidence\tdes Lilas ' });
    expect(r).toMatchObject({ libelle: '« LES LILAS » renommé « Résidence des Lilas »', remarques: [], ensembles: [{ id: codes['LES LILAS'], nom: 'Résidence des Lilas', logements: 3 }] });
    expect(await lister(atelier)).toEqual(avant.map((e) => (e.id === codes['LES LILAS'] ? { ...e, nom: 'Résidence des Lilas' } : e)).toSorted((a, b) => (a.nom < b.nom ? -1 : 1)));
    const { nomsDecides, compositionsDecidees } = await atelier.faire('ensembles.lister', {});
    expect({ nomsDecides, compositionsDecidees }).toEqual({ nomsDecides: [codes['LES LILAS']], compositionsDecidees: [] });
    const { historique } = await atelier.faire('explication.lire', { sujet: `ensemble/${codes['LES LILAS']!}` });
    expect(historique).toMatchObject([{ qui: 'Essai', avant: '« LES LILAS », 12 RUE DU STADE : 3 logements', apres: '« Résidence des Lilas », 12 RUE DU STADE : 3 logements' }]);
  });
});

describe('fusionner', () => {
  it('réunit les logements dans le plus grand, qui garde son code et son nom', async () => {
    const { atelier, codes } = await importer(...ROSES, ...LILAS, LOIN);
    const avant = await sommes(atelier);
    const r = await atelier.faire('ensembles.fusionner', { ids: [codes['LES ROSES']!, codes['LES LILAS']!, codes['LES ROSES']!] });
    expect(r).toMatchObject({
      libelle: 'Fusion de 2 ensembles (5 logements) dans « LES LILAS »', remarques: [],
      ensembles: [{ id: codes['LES LILAS'], adresse: '12 et 14 RUE DU STADE', logements: 5, qpv: 3, financements: { 10: 2, 13: 3 } }],
    });
    expect(await codesDe(atelier)).toEqual({ 'LES LILAS': codes['LES LILAS'], 'LE PORT': codes['LE PORT'] });
    expect(await sommes(atelier)).toEqual(avant);
  });

  it('à travers deux communes se fait, avec une remarque', async () => {
    const { atelier, codes } = await importer(...LILAS, LOIN);
    const r = await atelier.faire('ensembles.fusionner', { ids: Object.values(codes), nom: 'Littoral' });
    expect(r.ensembles.map((e) => [e.nom, e.commune, e.logements])).toEqual([['Littoral', '13055', 4]]);
    expect(r.remarques).toEqual(['« Littoral » réunit des logements de plusieurs communes : Marseille et Aix-en-Provence. L’organisme détermine ce qui est géographiquement cohérent (R445-3).']);
  });

  it('à égalité, garde le plus ancien, dans quelque ordre qu’on les donne', async () => {
    for (const sens of [1, -1]) {
      const { atelier, codes } = await importer(LILAS[0]!, ROSES[0]!);
      const ids = [codes['LES LILAS']!, codes['LES ROSES']!];
      const r = await atelier.faire('ensembles.fusionner', { ids: sens === 1 ? ids : ids.toReversed() });
      expect(r.ensembles.map((e) => e.id)).toEqual([codes['LES LILAS']]);
    }
  });
});

describe('scinder', () => {
  it('sort des logements dans un nouvel ensemble ; l’autre garde son code', async () => {
    const { atelier, codes } = await importer(...LILAS, SORTI, ...ROSES);
    const avant = await sommes(atelier);
    const r = await atelier.faire('ensembles.scinder', { id: codes['LES LILAS']!, identifiants: ['A3'], nom: 'Lilas B' });
    expect(r.ensembles.map(({ nom, logements }) => ({ nom, logements }))).toEqual([{ nom: 'LES LILAS', logements: 2 }, { nom: 'Lilas B', logements: 1 }]);
    expect(await codesDe(atelier)).toEqual({ 'LES LILAS': codes['LES LILAS'], 'LES ROSES': codes['LES ROSES'], 'Lilas B': r.ensembles[1]!.id });
    expect(r.ensembles[1]!.id).toMatch(/^13055-[0-9A-F]{8}$/);
    expect(await places(atelier)).toMatchObject({ A1: 'LES LILAS', A3: 'Lilas B', A9: 'LES LILAS' });
    expect(await sommes(atelier)).toEqual(avant);
  });

  it('redonne le même code après une annulation', async () => {
    const { atelier, codes } = await importer(...LILAS);
    const demande = { id: codes['LES LILAS']!, identifiants: ['A3', 'A2'] };
    const premiere = await atelier.faire('ensembles.scinder', demande);
    await atelier.faire('operations.annuler', { operation: premiere.operation });
    const seconde = await atelier.faire('ensembles.scinder', { ...demande, identifiants: ['A2', 'A3'] });
    expect(seconde.ensembles).toEqual(premiere.ensembles);
  });

  it('par bâtiment fait un ensemble de chacun, le plus grand garde le code ; les sortis restent avec leurs voisins', async () => {
    const { atelier, codes } = await importer(...LILAS, logement('A4', 'LES LILAS', { ...VOIE, NUMVOIE: '12', BAT: 'C' }), SORTI);
    expect((await atelier.faire('ensembles.composition', { id: codes['LES LILAS']! })).parts).toEqual({ adresse: 1, batiment: 3, entree: 3 });
    const r = await atelier.faire('ensembles.scinder', { id: codes['LES LILAS']!, par: 'batiment' });
    expect(Object.fromEntries(r.ensembles.map((e) => [e.nom, e.logements]))).toEqual({ 'LES LILAS': 2, 'LES LILAS, Bâtiment B': 1, 'LES LILAS, Bâtiment C': 1 });
    expect((await places(atelier))['A9']).toBe('LES LILAS');
    expect((await atelier.echouer('ensembles.scinder', { id: codes['LES LILAS']!, par: 'adresse' })).code).toBe('scission-vide');
  });

  it('montre les logements par adresse, bâtiment et entrée', async () => {
    const { atelier, codes } = await importer(...LILAS, SORTI);
    const { groupes } = await atelier.faire('ensembles.composition', { id: codes['LES LILAS']! });
    expect(groupes).toEqual([
      { adresse: '12 RUE DU STADE', batiment: '', entree: '', logements: [{ identifiant: 'A9', situation: '', parc: false }] },
      { adresse: '12 RUE DU STADE', batiment: 'A', entree: '', logements: ['A1', 'A2'].map((identifiant) => ({ identifiant, situation: '', parc: true })) },
      { adresse: '12 RUE DU STADE', batiment: 'B', entree: '', logements: [{ identifiant: 'A3', situation: '', parc: true }] },
    ]);
  });
});

describe('déplacer', () => {
  it('met des logements de plusieurs ensembles dans un autre, et dit celui qui n’en a plus', async () => {
    const { atelier, codes } = await importer(...LILAS, ...ROSES, LOIN);
    const r = await atelier.faire('ensembles.deplacer', { identifiants: ['A1', 'B1', 'B2'], vers: codes['LES LILAS']! });
    expect(r.libelle).toBe('2 logements déplacés vers « LES LILAS »');
    expect(r.remarques).toEqual(['« LES ROSES » n’a plus de logement du parc : il n’est plus dans la liste.']);
    expect(await places(atelier)).toEqual({ A1: 'LES LILAS', A2: 'LES LILAS', A3: 'LES LILAS', B1: 'LES LILAS', B2: 'LES LILAS', C1: 'LE PORT' });
  });

  it('ramène la commune d’un ensemble à celle de ses logements', async () => {
    const { atelier, codes } = await importer(...LILAS, LOIN, logement('C2', 'LE PORT', { DEPCOM: '13001' }));
    await atelier.faire('ensembles.fusionner', { ids: Object.values(codes) });
    const autre = await atelier.faire('ensembles.scinder', { id: codes['LES LILAS']!, identifiants: ['A1'], nom: 'Autre' });
    const id = autre.ensembles.find((e) => e.nom === 'Autre')!.id;
    const r = await atelier.faire('ensembles.deplacer', { identifiants: ['A2', 'A3'], vers: id });
    expect(r.ensembles.map((e) => [e.id === codes['LES LILAS'], e.commune, e.logements])).toEqual([[true, '13001', 2], [false, '13055', 3]]);
  });
});

describe('sont refusés, sans rien changer', () => {
  it('l’inconnu, le vide et le tout', async () => {
    const { atelier, codes } = await importer(...LILAS, SORTI, ...ROSES);
    const lilas = codes['LES LILAS']!;
    const avant = await contenu(atelier);
    const essais = [
      ['ensembles.renommer', { id: '13055-00000000', nom: 'X' }, 'ensemble-inconnu'],
      ['ensembles.renommer', { id: lilas, nom: ' \t ' }, 'nom-invalide'],
      ['ensembles.renommer', { id: lilas, nom: 'LES LILAS' }, 'nom-inchange'],
      ['ensembles.fusionner', { ids: [lilas, lilas] }, 'fusion-seule'],
      ['ensembles.fusionner', { ids: [] }, 'fusion-seule'],
      ['ensembles.fusionner', { ids: [lilas, 'rien'] }, 'ensemble-inconnu'],
      ['ensembles.fusionner', { ids: [lilas, codes['LES ROSES']!], nom: '' }, 'nom-invalide'],
      ['ensembles.scinder', { id: lilas, identifiants: [] }, 'scission-vide'],
      ['ensembles.scinder', { id: lilas, identifiants: ['A9'] }, 'scission-vide'],
      ['ensembles.scinder', { id: lilas, identifiants: ['A1', 'A2', 'A3'] }, 'scission-totale'],
      ['ensembles.scinder', { id: lilas, identifiants: ['A1', 'A2', 'A3', 'A9'] }, 'scission-totale'],
      ['ensembles.scinder', { id: lilas, identifiants: ['B1'] }, 'logement-hors-ensemble'],
      ['ensembles.scinder', { id: lilas, identifiants: ['Z'] }, 'logement-inconnu'],
      ['ensembles.scinder', { id: lilas }, 'scission-imprecise'],
      ['ensembles.scinder', { id: lilas, identifiants: ['A1'], par: 'adresse' }, 'scission-imprecise'],
      ['ensembles.deplacer', { identifiants: [], vers: lilas }, 'deplacement-vide'],
      ['ensembles.deplacer', { identifiants: ['A1'], vers: lilas }, 'deplacement-vide'],
      ['ensembles.deplacer', { identifiants: ['A1', 'Z'], vers: codes['LES ROSES']! }, 'logement-inconnu'],
      ['ensembles.deplacer', { identifiants: ['A1'], vers: 'rien' }, 'ensemble-inconnu'],
      ['operations.annuler', { operation: 99 }, 'operation-inconnue'],
    ] as const;
    const vus = [];
    for (const [operation, entree] of essais) vus.push((await atelier.echouer(operation, entree as never)).code);
    expect(vus).toEqual(essais.map((e) => e[2]));
    expect(await contenu(atelier)).toEqual(avant);
    await atelier.fermer();
    expect(lireDossier(atelier.dossier, 'SELECT nature FROM operation')).toEqual([{ nature: 'import' }]);
  });

  it('tout, dans un dossier en lecture seule', async () => {
    const { atelier, codes } = await importer(...LILAS, ...ROSES);
    await atelier.fermer();
    const { openConnexion } = await import('../../../electron/store/connexion.ts');
    const base = openConnexion(atelier.dossier);
    base.prepare("INSERT INTO champ (nom, valeur) VALUES ('gel/version', '1')").run();
    base.close();
    await atelier.faire('dossier.ouvrir', { chemin: atelier.dossier });
    const [a, b] = [codes['LES LILAS']!, codes['LES ROSES']!];
    const codesErreur = [
      await atelier.echouer('ensembles.renommer', { id: a, nom: 'X' }), await atelier.echouer('ensembles.fusionner', { ids: [a, b] }),
      await atelier.echouer('ensembles.scinder', { id: a, identifiants: ['A1'] }), await atelier.echouer('ensembles.deplacer', { identifiants: ['A1'], vers: b }),
      await atelier.echouer('operations.annuler', { operation: 1 }),
    ].map((e) => e.code);
    expect(codesErreur).toEqual(Array.from({ length: 5 }, () => 'lecture-seule'));
    expect(await lister(atelier)).toHaveLength(2);
  });
});

it('une suite quelconque de fusions, scissions et déplacements garde les sommes, et s’annule jusqu’au bout à l’octet près', async () => {
  const programmes = ['P1', 'P2', 'P3', 'P4'];
  const genLogement = fc.record({
    programme: fc.constantFrom(...programmes), commune: fc.constantFrom('13055', '13001'), qpv: fc.constantFrom('1', '2', ''), finan: fc.constantFrom('10', '13', '14'),
    bat: fc.constantFrom('', 'A', 'B'), loyer: fc.integer({ min: 200, max: 900 }), surface: fc.integer({ min: 20, max: 90 }), sortie: fc.constantFrom('9', '9', '9', '1'), mode: fc.constantFrom('1', '1', '2'),
  });
  const genGeste = fc.record({ quoi: fc.constantFrom('fusionner', 'scinder', 'batiment', 'deplacer', 'renommer'), a: fc.nat(), b: fc.nat(), c: fc.nat() });
  await fc.assert(
    fc.asyncProperty(fc.array(genLogement, { minLength: 4, maxLength: 24 }), fc.array(genGeste, { minLength: 1, maxLength: 7 }), async (logements, gestes) => {
      const lignes = logements.map((l, i) =>
        ligne({ IDENT_INT: `L${i}`, COMPLGEO: l.programme, DEPCOM: l.commune, QPV: l.qpv, FINAN: l.finan, BAT: l.bat, LOYERPRINC: String(l.loyer), SURFHAB: String(l.surface), SORTIEPATRIM: l.sortie, MODE: l.mode }),
      );
      const { atelier } = await importer(...lignes);
      const avant = await sommes(atelier);
      const etats = [await contenu(atelier)];
      const faites: number[] = [];
      for (const { quoi, a, b, c } of gestes) {
        const { ensembles } = await atelier.faire('ensembles.lister', {});
        if (ensembles.length === 0) break;
        const pris = (n: number) => ensembles[n % ensembles.length]!.id;
        const identifiants = lignes.flatMap((_, i) => ((a >> (i % 20)) & 1 ? `L${i}` : []));
        const dedans = (await atelier.faire('ensembles.composition', { id: pris(b) })).groupes.flatMap((g) => g.logements.map((l) => l.identifiant));
        const r = await tenter(atelier, quoi, pris(b), pris(c), quoi === 'scinder' ? dedans.filter((_, i) => (a >> (i % 20)) & 1) : identifiants, `N${a}`);
        if (r === null) continue;
        faites.push(r);
        etats.push(await contenu(atelier));
        expect(await sommes(atelier)).toEqual(avant);
        const { gardes, relus } = await resumes(atelier);
        expect(gardes).toEqual(relus);
      }
      for (const operation of faites.toReversed()) {
        expect(await contenu(atelier)).toEqual(etats.pop());
        await atelier.faire('operations.annuler', { operation });
      }
      expect(await contenu(atelier)).toEqual(etats[0]);
      await atelier.fermer();
    }),
    { numRuns: 25 },
  );
}, 120_000);

/** Fait le geste s'il a un sens ; rend son opération. */
async function tenter(atelier: Atelier, quoi: string, b: string, c: string, identifiants: string[], nom: string): Promise<number | null> {
  const essai = async () => {
    switch (quoi) {
      case 'fusionner': return atelier.faire('ensembles.fusionner', { ids: [b, c] });
      case 'scinder': return atelier.faire('ensembles.scinder', { id: b, identifiants, nom });
      case 'batiment': return atelier.faire('ensembles.scinder', { id: b, par: 'batiment' });
      case 'deplacer': return atelier.faire('ensembles.deplacer', { identifiants, vers: b });
      default: return atelier.faire('ensembles.renommer', { id: b, nom });
    }
  };
  const refus = /fusion-seule|scission-vide|scission-totale|deplacement-vide|nom-inchange/;
  return essai().then((r) => r.operation, (e: Error) => {
    if (refus.test(e.message)) return null;
    throw e;
  });
}
