import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openPaquet, readEntry } from '../../../electron/paquet/index.ts';
import { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { contenu, resumes } from '../ensembles/aide.ts';
import { ENTETE, ligne, ouvrirAtelier } from '../import/aide.ts';
import { addTotaux, ecrireBailleur, enTotaux, observer } from './aide.ts';

const AUTRE = '913000014';
const options = { graine: 5, logements: 900, annee: 2026, salete: 0.02, departements: ['13'], nombreCommunes: 3 };

/** Trois bailleurs : le deuxième a les identifiants, les programmes et les adresses du premier. */
async function troisBailleurs() {
  const atelier = await ouvrirAtelier('913000006');
  const a = ecrireBailleur(atelier, 'a.csv', { ...options, siren: '913000006', raisonSociale: 'LE REPRENEUR' });
  const b = ecrireBailleur(atelier, 'b.csv', { ...options, siren: AUTRE, raisonSociale: 'L’ABSORBE' });
  const c = ecrireBailleur(atelier, 'c.csv', { ...options, graine: 8, logements: 400, raisonSociale: 'LE TROISIEME' });
  return { atelier, a, b, c };
}

const declarer = (atelier: Awaited<ReturnType<typeof ouvrirAtelier>>, siren: string, nom: string) =>
  atelier.faire('origines.definir', { siren, nom, operation: 'absorption', date: '31/12/2025' });

describe('trois bailleurs dans un dossier', () => {
  test('donnent exactement la somme de leurs totaux, à l’écran et dans le paquet', async () => {
    const { atelier, a, b, c } = await troisBailleurs();
    await atelier.faire('import.lire', { chemin: a.chemin });
    expect((await atelier.echouer('import.lire', { chemin: b.chemin })).code).toBe('autre-organisme');
    await declarer(atelier, b.siren, 'Foyer absorbé');
    await declarer(atelier, c.siren, 'Troisième');
    const lus = [await atelier.faire('import.lire', { chemin: b.chemin }), await atelier.faire('import.lire', { chemin: c.chemin })];
    expect(lus.map((r) => [r.applique, r.ajoutes, r.disparus, r.origine?.siren])).toEqual([[true, b.totaux.acceptees, 0, b.siren], [true, c.totaux.acceptees, 0, c.siren]]);
    const attendu = addTotaux([a.totaux, b.totaux, c.totaux]);
    expect(await observer(atelier)).toEqual(attendu);
    const { gardes, relus } = await resumes(atelier);
    expect(gardes).toEqual(relus);

    const { origines } = await atelier.faire('origines.lister', {});
    expect(origines.map(({ siren, operation, date, annee, logements, sortis, retirable }) => ({ siren, operation, date, annee, logements, sortis, retirable }))).toEqual([
      { siren: a.siren, operation: null, date: null, annee: 2026, logements: a.totaux.parc, sortis: a.totaux.sortis, retirable: false },
      ...[b, c].toSorted((x, y) => (x.siren < y.siren ? -1 : 1)).map(({ siren, totaux }) => ({
        siren, operation: 'absorption', date: '2025-12-31', annee: 2026, logements: totaux.parc, sortis: totaux.sortis, retirable: false,
      })),
    ]);

    const depot = await atelier.faire('depot.deposer', { repertoire: join(atelier.repertoire, 'envoi'), sansSignature: true, malgre: 'essai' });
    const donnees = DonneesPaquet.parse(JSON.parse(new TextDecoder().decode(await readEntry(await openPaquet(depot.paquet), 'donnees.json'))));
    expect(enTotaux(donnees.etat, (s) => donnees.loyers.find((l) => l.par === 'organisme' && l.surface === s)?.lignes[0])).toEqual(attendu);
    expect(donnees.origines?.map((o) => [o.siren, o.nom, o.logements])).toEqual(origines.map((o) => [o.siren, o.nom, o.logements]));
    expect(donnees.ensembles.reduce((n, e) => n + e.logements, 0)).toBe(a.totaux.parc + b.totaux.parc + c.totaux.parc);
  });

  test('deux programmes de même nom restent deux ensembles, que l’on peut fusionner à la main', async () => {
    const { atelier, a, b } = await troisBailleurs();
    await declarer(atelier, b.siren, 'Foyer absorbé');
    await atelier.faire('import.lire', { chemin: a.chemin });
    const seuls = (await atelier.faire('ensembles.lister', {})).ensembles;
    await atelier.faire('import.lire', { chemin: b.chemin });
    const reunis = (await atelier.faire('ensembles.lister', {})).ensembles;
    expect(reunis).toHaveLength(2 * seuls.length);
    const [premier] = seuls;
    const jumeaux = reunis.filter((e) => e.nom === premier?.nom && e.commune === premier.commune && e.logements === premier.logements);
    expect(jumeaux).toHaveLength(2);
    const { ensembles } = await atelier.faire('ensembles.fusionner', { ids: jumeaux.map((e) => e.id) });
    expect(ensembles[0]?.logements).toBe(2 * (premier?.logements ?? 0));
    expect(await observer(atelier)).toEqual(addTotaux([a.totaux, b.totaux]));
  });

  test('l’ordre des imports ne change rien de ce qui se lit', async () => {
    const lire = async (ordre: readonly (0 | 1 | 2)[]) => {
      const { atelier, a, b, c } = await troisBailleurs();
      await declarer(atelier, b.siren, 'Foyer absorbé');
      await declarer(atelier, c.siren, 'Troisième');
      const fichiers = [a.chemin, b.chemin, c.chemin];
      for (const i of ordre) await atelier.faire('import.lire', { chemin: fichiers[i] ?? '' });
      const pages = await Promise.all([0, 1000, 2000].map((decalage) => atelier.faire('logements.page', { decalage, nombre: 1000 })));
      const { origines } = await atelier.faire('origines.lister', {});
      return {
        etat: await atelier.faire('etat.lire', {}),
        ensembles: (await atelier.faire('ensembles.lister', {})).ensembles,
        loyers: (await atelier.faire('loyers.lire', { par: 'ensemble', surface: 'SH' })).lignes,
        places: pages.flatMap((p) => p.lignes).map((l) => [l['ident_int'], l['code_ensemble'], l['organisme_origine'], l['loyerprinc']].join(' ')).toSorted(),
        origines: origines.map(({ importeLe: _, ...o }) => o).map((o) => ({ ...o, fichier: o.fichier?.slice(-5) })),
      };
    };
    const reference = await lire([0, 1, 2]);
    expect(new Set(reference.places).size).toBeGreaterThan(2100);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2] as const, { minLength: 3 }), async (ordre) => {
        expect(await lire(ordre)).toEqual(reference);
      }),
      { numRuns: 4 },
    );
  }, 60_000);

  test('annuler une absorption rend le dossier d’avant', async () => {
    const { atelier, a, b } = await troisBailleurs();
    await atelier.faire('import.lire', { chemin: a.chemin });
    const depart = await contenu(atelier);
    await declarer(atelier, b.siren, 'Foyer absorbé');
    const declare = await contenu(atelier);
    await atelier.faire('import.lire', { chemin: b.chemin });
    expect((await atelier.echouer('origines.retirer', { siren: b.siren })).code).toBe('origine-importee');
    const [derniere] = (await atelier.faire('operations.lister', {})).operations;
    await atelier.faire('operations.annuler', { operation: derniere!.id });
    expect(await contenu(atelier)).toEqual(declare);
    const [declaration] = (await atelier.faire('operations.lister', {})).operations.filter((o) => o.annulable);
    expect(declaration?.libelle).toBe('Organisme repris « Foyer absorbé » déclaré');
    await atelier.faire('operations.annuler', { operation: declaration!.id });
    expect(await contenu(atelier)).toEqual(depart);
  });
});

const fichierDe = (siret: string, annee: number, ...lignes: string[]): string =>
  [ENTETE.replace(/^2026/, String(annee)).replace('00000000000000', siret), ...lignes, ''].join('\r\n');
const SIRET_AUTRE = '91300001400013';

async function deux() {
  const atelier = await ouvrirAtelier();
  const l = (ident: string, loyer: string) => ligne({ IDENT_INT: ident, SURFHAB: '50', LOYERPRINC: loyer });
  await atelier.faire('import.lire', { chemin: atelier.fichier('a.csv', fichierDe('00000000000000', 2026, l('1', '400'), l('2', '410'))) });
  await declarer(atelier, AUTRE, 'Foyer absorbé');
  await atelier.faire('import.lire', { chemin: atelier.fichier('b.csv', fichierDe(SIRET_AUTRE, 2026, l('1', '500'), l('3', '510'))) });
  const loyers = async () => {
    const { lignes } = await atelier.faire('logements.page', { decalage: 0, nombre: 100 });
    return Object.fromEntries(lignes.map((x) => [String(x['ident_int']), x['loyerprinc']]));
  };
  return { atelier, l, loyers };
}

describe('chaque origine se compare à elle-même', () => {
  test('un second fichier du bailleur repris ne touche que ses logements', async () => {
    const { atelier, l, loyers } = await deux();
    const r = await atelier.faire('import.lire', { chemin: atelier.fichier('b2.csv', fichierDe(SIRET_AUTRE, 2026, l('1', '505'), l('4', '520'))) });
    expect([r.ajoutes, r.modifies, r.disparus, r.inchanges, r.applique]).toEqual([1, 1, 1, 0, false]);
    const disparus = await atelier.faire('import.comparaison', { comparaison: r.comparaison!, volet: 'disparus', decalage: 0, nombre: 10 });
    expect(disparus.lignes.map((x) => x.identifiant)).toEqual([`${AUTRE}:3`]);
    await atelier.faire('import.appliquer', { comparaison: r.comparaison! });
    expect(await loyers()).toEqual({ 1: 400, 2: 410, [`${AUTRE}:1`]: 505, [`${AUTRE}:4`]: 520 });
  });

  test('une nouvelle année du bailleur repris laisse en vigueur celle de l’organisme', async () => {
    const { atelier, l, loyers } = await deux();
    await atelier.faire('import.lire', { chemin: atelier.fichier('b27.csv', fichierDe(SIRET_AUTRE, 2027, l('3', '530'))), appliquer: true });
    expect(await loyers()).toEqual({ 1: 400, 2: 410, [`${AUTRE}:3`]: 530 });
    expect((await atelier.faire('origines.lister', {})).origines.map((o) => [o.siren, o.annee, o.logements])).toEqual([['913000006', 2026, 2], [AUTRE, 2027, 1]]);
  });

  test('un fichier qui ne nomme personne demande l’origine, et celle-ci ne contredit pas le fichier', async () => {
    const { atelier, l, loyers } = await deux();
    const muet = atelier.fichier('muet.csv', fichierDe('00000000000000', 2026, l('1', '600'), l('3', '510')));
    expect(await atelier.echouer('import.lire', { chemin: muet })).toMatchObject({ code: 'origine-a-preciser', details: { sirens: ['913000006', AUTRE] } });
    const tableau = atelier.fichier('loyers.csv', 'identifiant;commune insee;loyer\r\n1;13055;610\r\n3;13055;510\r\n');
    expect((await atelier.echouer('import.lire', { chemin: tableau })).code).toBe('origine-a-preciser');
    expect((await atelier.echouer('import.lire', { chemin: tableau, origine: '782824114' })).code).toBe('origine-inconnue');
    const nomme = atelier.fichier('b3.csv', fichierDe(SIRET_AUTRE, 2026, l('1', '600')));
    expect((await atelier.echouer('import.lire', { chemin: nomme, origine: '913000006' })).code).toBe('autre-organisme');
    await atelier.faire('import.lire', { chemin: muet, origine: AUTRE, appliquer: true });
    expect(await loyers()).toEqual({ 1: 400, 2: 410, [`${AUTRE}:1`]: 600, [`${AUTRE}:3`]: 510 });
    const r = await atelier.faire('import.lire', { chemin: tableau, origine: AUTRE, appliquer: true });
    expect([r.modifies, r.inchanges, r.disparus]).toEqual([1, 1, 0]);
    expect(await loyers()).toEqual({ 1: 400, 2: 410, [`${AUTRE}:1`]: 610, [`${AUTRE}:3`]: 510 });
  });

  test('les lignes rejetées d’un bailleur repris se corrigent dans son fichier', async () => {
    const { atelier, l } = await deux();
    const rapport = join(atelier.repertoire, 'anomalies.csv');
    const r = await atelier.faire('import.lire', { chemin: atelier.fichier('b4.csv', fichierDe(SIRET_AUTRE, 2026, l('1', '500'), l('3', '510'), l('1', '700'))), anomalies: rapport, appliquer: true });
    expect([r.rejetees, r.inchanges]).toEqual([1, 2]);
    const corrige = atelier.fichier('corrige.csv', readFileSync(r.rejets!, 'latin1').replace(/^;1;/mu, ';9;'));
    const complement = await atelier.faire('import.lire', { chemin: corrige, appliquer: true });
    expect([complement.origine?.siren, complement.ajoutes, complement.disparus]).toEqual([AUTRE, 1, 0]);
  });
});

describe('les identifiants publics', () => {
  test('filtrent, composent, déplacent et scindent sans confondre deux bailleurs', async () => {
    const { atelier } = await deux();
    const filtrer = async (filtres: Parameters<typeof atelier.faire<'logements.page'>>[1]['filtres']) =>
      (await atelier.faire('logements.page', { decalage: 0, nombre: 10, filtres })).lignes.map((x) => x['ident_int']);
    expect(await filtrer([{ colonne: 'ident_int', contient: '000014:' }])).toEqual([`${AUTRE}:1`, `${AUTRE}:3`]);
    expect(await filtrer([{ colonne: 'organisme_origine', valeurs: ['913000006'] }])).toEqual(['1', '2']);
    expect((await atelier.faire('logements.colonnes', {})).colonnes.find((c) => c.nom === 'organisme_origine')?.codes).toEqual({ '913000006': 'Office fictif', [AUTRE]: 'Foyer absorbé' });
    const { ensembles } = await atelier.faire('ensembles.lister', {});
    expect(ensembles.map((e) => [e.nom, e.logements])).toEqual([['LES LILAS', 2], ['LES LILAS', 2]]);
    const trouver = async (ident: string) => {
      for (const e of ensembles) {
        const { groupes } = await atelier.faire('ensembles.composition', { id: e.id });
        if (groupes.some((g) => g.logements.some((x) => x.identifiant === ident))) return e.id;
      }
      return '';
    };
    const [siens, repris] = [await trouver('1'), await trouver(`${AUTRE}:1`)];
    expect(siens).not.toBe(repris);
    expect((await atelier.echouer('ensembles.deplacer', { identifiants: [`${AUTRE}:2`], vers: siens })).code).toBe('logement-inconnu');
    await atelier.faire('ensembles.deplacer', { identifiants: [`${AUTRE}:1`], vers: siens });
    expect([await trouver('1'), await trouver(`${AUTRE}:1`), await trouver(`${AUTRE}:3`)]).toEqual([siens, siens, repris]);
    await atelier.faire('ensembles.scinder', { id: siens, identifiants: ['1', '2'], nom: 'Chez soi' });
    expect((await atelier.faire('ensembles.lister', {})).ensembles.map((e) => `${e.nom} ${e.logements}`).toSorted()).toEqual(['Chez soi 2', 'LES LILAS 1', 'LES LILAS 1']);
  });
});

test('une origine se vérifie, se change, se retire', async () => {
  const atelier = await ouvrirAtelier();
  const definir = (siren: string, nom = 'Foyer', date = '') => ({ siren, nom, operation: 'fusion', date }) as const;
  expect((await atelier.echouer('origines.definir', definir('123456789'))).code).toBe('siren-invalide');
  expect((await atelier.echouer('origines.definir', definir('913000006'))).code).toBe('origine-organisme');
  expect((await atelier.echouer('origines.definir', definir(AUTRE, ' '))).code).toBe('nom-vide');
  expect((await atelier.echouer('origines.definir', definir(AUTRE, 'Foyer', '31/02/2025'))).code).toBe('date-invalide');
  await atelier.faire('origines.definir', definir('913 000 014'));
  await atelier.faire('origines.definir', { siren: AUTRE, nom: 'Foyer du Rivage', operation: 'transfert', date: '2025-07-01' });
  const { origines } = await atelier.faire('origines.lister', {});
  expect(origines.slice(1)).toEqual([
    { siren: AUTRE, nom: 'Foyer du Rivage', operation: 'transfert', date: '2025-07-01', annee: null, fichier: null, importeLe: null, logements: 0, sortis: 0, retirable: true },
  ]);
  await atelier.faire('origines.retirer', { siren: AUTRE });
  const { lignes } = await atelier.faire('journal.lire', { decalage: 0, nombre: 3 });
  expect(lignes.map((x) => [x.libelle, x.avant, x.apres])).toEqual([
    [`Organisme repris ou fusionné ${AUTRE}`, 'Foyer du Rivage, transfert, 2025-07-01', null],
    [`Organisme repris ou fusionné ${AUTRE}`, 'Foyer, fusion', 'Foyer du Rivage, transfert, 2025-07-01'],
    [`Organisme repris ou fusionné ${AUTRE}`, null, 'Foyer, fusion'],
  ]);
});
