import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { expect, test } from 'vitest';
import { openPaquet, readEntry } from '../../../electron/paquet/index.ts';
import { parseSaisie } from '../../../shared/domain/nombres/saisie.ts';
import { essaiService } from '../../aides/service.ts';
import { readPdf, readWithLibreOffice } from '../documents/aides/tableur.ts';

/**
 * Un tableau dans les formes que publient les bailleurs : PP-1 cumulé à trois et six ans avec ses parts en pourcentage,
 * PP-4 en nombre et pourcentage, PS-1, PS-2 et SR-1 en pourcentage par année, G-1 en euros, références historiques.
 */
const ANNEES = ['2026', '2027', '2028', '2029', '2030', '2031'];
const PUBLIE: Record<string, Record<string, string>> = {
  'PP-1/dep-13/plai': { reference: '31', '3ans': '45', '6ans': '1 090' },
  'PP-1/dep-13/plai.hors-qpv': { reference: '80 %', '3ans': '88 %', '6ans': '91,5 %' },
  'PP-1/dep-13/plai.hors-ru': { reference: '12/31', '3ans': '40/45', '6ans': '100 %' },
  'PP-1/dep-13/plus': { reference: '62', '3ans': '75', '6ans': '150' },
  'PP-1/dep-13/plus.hors-qpv': { reference: '100 %', '3ans': '100 %', '6ans': '99,99 %' },
  'PP-1/dep-13/plus.hors-ru': { reference: '62/62', '3ans': '75/75', '6ans': '150/150' },
  'PP-1/dep-13/pls': { reference: '0', '3ans': '0', '6ans': '12' },
  'PP-4/dep-13/total': { reference: '7/8 = 87,5 %', '3ans': '5/8 = 62,5 %', '6ans': '6/8 = 75 %' },
  'PP-4/dep-13/ventes': { reference: '12', '3ans': '3', '6ans': '4' },
  'PP-3/dep-13/total': { reference: '1', ...Object.fromEntries(ANNEES.map((a, i) => [a, `${i % 3}/8`])) },
  'PS-1/epci-200054807/total': { reference: '18,4 %', ...Object.fromEntries(ANNEES.map((a, i) => [a, `${25 + i},5 %`])) },
  'PS-2/dep-13/total': { reference: '33 %', ...Object.fromEntries(ANNEES.map((a, i) => [a, `${30 + i} %`])) },
  'PS-2/dep-13/hors-qpv': { reference: '', ...Object.fromEntries(ANNEES.map((a, i) => [a, `${20 + i}/1 ${100 + i}`])) },
  'SR-1/dep-13/total': { reference: '11,2 %', ...Object.fromEntries(ANNEES.map((a, i) => [a, `${12 + i},25 %`])) },
  'G-1/organisme/total': { reference: '1 284,50', ...Object.fromEntries(ANNEES.map((a, i) => [a, `1 ${300 + i},75`])) },
};
const TEXTE = 'L’organisme vend d’abord aux occupants.\nChaque acquéreur est accompagné.';

const Donnees = z.looseObject({
  engagements: z.array(z.looseObject({ champ: z.string(), saisie: z.string().nullable(), reference: z.string().nullable(), valeur: z.number().nullable(), numerateur: z.number().nullable(), denominateur: z.number().nullable(), pourcentage: z.number().nullable() })),
  champs: z.array(z.looseObject({ champ: z.string(), valeur: z.string().nullable() })),
});
const nombre = (t: string | undefined): number | null => (t === undefined || t === '' ? null : Number(t));
/** Les espaces, fines ou non, ne distinguent pas deux nombres imprimés. */
const plat = (t: string): string => t.replaceAll(/[\s\u00a0\u202f]/gu, '');

const TERRITOIRES: Record<string, string> = { 'dep-13': 'Bouches-du-Rhône (13)', 'epci-200054807': 'Métropole d\'Aix-Marseille-Provence', organisme: 'Habitat du Littoral' };
const VENTILATIONS: Record<string, string> = {
  total: 'Total', plai: 'PLAI', plus: 'PLUS', pls: 'PLS', ...Object.fromEntries(['plai', 'plus', 'pls'].flatMap((v) => [[`${v}.hors-qpv`, `${v.toUpperCase()}, dont part hors QPV`], [`${v}.hors-ru`, `${v.toUpperCase()}, dont part hors rénovation urbaine`]])),
  ventes: 'Ventes à réaliser', 'hors-qpv': 'dont part hors QPV',
};

/**
 * Ce que la convention imprime à droite de cette ligne : dans les tables de son indicateur, les valeurs de chaque rangée qui
 * n'a, à part elles, que ce territoire et cette ventilation.
 */
function lignesImprimees(texte: string, ligne: string): string[] {
  const [indicateur = '', territoire = '', ventilation = ''] = ligne.split('/');
  const nom = plat(TERRITOIRES[territoire] ?? territoire);
  const noms = [`${nom}${plat(VENTILATIONS[ventilation] ?? '?')}`, ...(ventilation === 'total' ? [nom] : [])];
  const tables = texte.split(/^(?=(?:PP|PS|SR|G|DEM)-\d+ )/mu).filter((t) => t.startsWith(`${indicateur} `) && t.includes('Territoire '));
  return tables.flatMap((t) => t.split(/\n\s*\n/u)).flatMap((bloc) => {
    const morceaux = bloc.split('\n').flatMap((l) => l.trim().split(/ {2,}/u));
    // Les noms peuvent passer à la ligne ; une valeur, non : elle serait lue deux fois.
    const libelles = morceaux.filter((m) => noms.some((n) => n.includes(plat(m))) && /\p{L}{2}/u.test(m) && !m.startsWith('vide'));
    if (!noms.includes(plat(libelles.join('')))) return [];
    const reste = plat(morceaux.filter((m) => !libelles.includes(m)).join(''));
    return /\p{L}{2}/u.test(reste) ? [] : [reste];
  });
}

test('un tableau publié se tape et ressort identique en JSON, XLSX, ODS et PDF', { timeout: 120_000 }, async () => {
  const { faire, repertoire } = essaiService();
  await faire('dossier.creer', { chemin: join(repertoire, 'd.cus'), siren: '732829320', nom: 'Habitat du Littoral', nature: 'OPH', effet: '2026-07-01' });
  const parc = join(repertoire, 'parc.csv');
  writeFileSync(parc, ['IDENT_INT;DEPCOM;FINAN;SURFHAB', ...Array.from({ length: 8 }, (_, i) => `L${i};13055;13;60`)].join('\n'));
  await faire('import.lire', { chemin: parc, type: 'logements', appliquer: true });
  const cellules = Object.entries(PUBLIE).flatMap(([ligne, valeurs]) => {
    const [indicateur = '', territoire = '', ventilation = ''] = ligne.split('/');
    return Object.entries(valeurs).map(([horizon, valeur]) => ({ champ: horizon === 'reference' ? `reference/${indicateur}/${territoire}/${ventilation}` : `engagement/${indicateur}/${territoire}/${horizon}/${ventilation}`, valeur }));
  });
  const ecrites = await faire('engagements.definir', { cellules });
  expect(ecrites.cellules.filter((c) => !c.ok || c.message !== '')).toEqual([]);
  await faire('champs.definir', { champ: 'developpement/PP-4', valeur: TEXTE });
  const { paquet } = await faire('depot.deposer', { repertoire: join(repertoire, 'envoi'), sansSignature: true, malgre: 'Essai' });

  const attendues = new Map(cellules.filter((c) => c.champ.startsWith('engagement/')).map(({ champ, valeur }) => {
    const lue = parseSaisie(valeur);
    if (!lue.ok) throw new Error(valeur);
    const s = lue.saisie;
    return [champ, [valeur, s.valeur === null ? null : Number(s.valeur), s.numerateur, s.denominateur, s.pourcentage === null ? null : Number(s.pourcentage)]];
  }));
  const ouvert = await openPaquet(paquet);
  const fichier = async (nom: string | RegExp): Promise<Uint8Array> => readEntry(ouvert, [...ouvert.entrees.keys()].find((n) => (typeof nom === 'string' ? n === nom : nom.test(n))) ?? '');

  const donnees = Donnees.parse(JSON.parse(new TextDecoder().decode(await fichier('donnees.json'))));
  const json = new Map(donnees.engagements.filter((e) => attendues.has(e.champ)).map((e) => [e.champ, [e.saisie, e.valeur, e.numerateur, e.denominateur, e.pourcentage]]));
  expect(json).toEqual(attendues);
  const referencesJson = new Map(donnees.engagements.map((e) => [e.champ.split('/').toSpliced(3, 1).join('/').replace(/^engagement/u, 'reference'), e.reference]));
  for (const { champ, valeur } of cellules.filter((c) => c.champ.startsWith('reference/'))) expect([champ, referencesJson.get(champ)]).toEqual([champ, valeur || null]);
  expect(donnees.champs.find((c) => c.champ === 'developpement/PP-4')?.valeur).toBe(TEXTE);

  for (const extension of ['xlsx', 'ods'] as const) {
    const feuilles = await readWithLibreOffice(await fichier(new RegExp(`engagements\\.${extension}$`, 'u')), extension);
    const lues = Object.entries(feuilles).filter(([nom]) => nom !== 'Présentation').flatMap(([, [entete = [], ...lignes]]) => lignes.map((l) => Object.fromEntries(entete.map((t, i) => [t, l[i] ?? '']))));
    const vues = new Map(lues.filter((l) => attendues.has(l['champ'] ?? '')).map((l) => [l['champ'] ?? '', [l['Saisi'] ?? '', nombre(l['Valeur']), nombre(l['Numérateur']), nombre(l['Dénominateur']), nombre(l['Pourcentage'])]]));
    expect([extension, vues]).toEqual([extension, attendues]);
  }

  const { texte } = await readPdf(await fichier(/convention\.pdf$/u));
  const imprime = plat(texte);
  expect(new Map(Object.keys(PUBLIE).map((ligne) => [ligne, lignesImprimees(texte, ligne)]))).toEqual(new Map(Object.entries(PUBLIE).map(([ligne, valeurs]) => [
    ligne, [['reference', ...Object.keys(valeurs).filter((h) => h !== 'reference')].map((h) => plat(h === 'reference' ? (valeurs[h] ?? '') : `${(valeurs[h] ?? '').replace(/ = (.+)$/u, ' ($1)')}${ligne.startsWith('G-1/') ? ' €' : ''}`)).join('')],
  ])));
  expect([imprime.includes(plat('L’organisme vend d’abord aux occupants.')), imprime.includes(plat('Chaque acquéreur est accompagné.'))]).toEqual([true, true]);

  // La consolidation du paquet est celle de l'écran et du terminal, dans les quatre formes.
  const ensemble = (await faire('engagements.consolidation', {})).lignes;
  const enPaquet = ensemble.map((c) => ({ ...c, pourcentage: c.pourcentage === null ? null : Number(c.pourcentage) }));
  expect(donnees['consolidation']).toEqual(enPaquet);
  expect(enPaquet.find((c) => c.indicateur === 'PP-4' && c.horizon === '3ans' && c.ventilation === 'total')).toMatchObject({ nombre: 5, denominateur: 8, pourcentage: 62.5, methode: 'somme' });
  for (const extension of ['xlsx', 'ods'] as const) {
    const [entete = [], ...lignes] = (await readWithLibreOffice(await fichier(new RegExp(`engagements\\.${extension}$`, 'u')), extension))['Organisme'] ?? [];
    const lues = lignes.map((l) => Object.fromEntries(entete.map((t, i) => [t, l[i] ?? ''])));
    expect([extension, lues.map((l) => [l['Indicateur'], nombre(l['Nombre']), nombre(l['Dénominateur']), nombre(l['Pourcentage']), l['Calcul']])]).toEqual([
      extension, enPaquet.map((c) => [c.indicateur, c.nombre, c.denominateur, c.pourcentage, c.explication]),
    ]);
  }
  // Un seul territoire : la convention ne répète pas sa table sous un autre nom.
  expect(imprime).not.toContain(plat('ensemble de l’organisme'));
  expect(readFileSync(paquet).length).toBeGreaterThan(0);
});
