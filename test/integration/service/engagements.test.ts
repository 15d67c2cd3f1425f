import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { essaiService, MAINTENANT } from '../../aides/service.ts';
import type { EssaiService } from '../../aides/service.ts';

async function dossier(): Promise<EssaiService & { chemin: string }> {
  const essai = essaiService();
  const chemin = join(essai.repertoire, 'littoral.cus');
  await essai.faire('dossier.creer', { chemin, siren: '732 829 320', nom: 'Habitat du Littoral', nature: 'OPH', effet: '2026-01-01' });
  return { ...essai, chemin };
}

test('un dossier neuf : identité, période, étapes, récents', async () => {
  const { faire, chemin } = await dossier();
  const info = await faire('dossier.info', {});
  expect(info).toMatchObject({
    chemin, organisme: { nom: 'Habitat du Littoral', nature: 'OPH' }, millesime: '2019', dateEffet: '2026-01-01', periode: '2026-2031',
    enregistreA: MAINTENANT, lectureSeule: false, avertissements: [],
  });
  expect(info.etapes.map((e) => [e.etape, e.etat])).toEqual([
    ['organisme', 'entame'], ['patrimoine', 'a-faire'], ['occupation', 'a-faire'], ['service-rendu', 'a-faire'], ['loyers', 'a-faire'], ['engagements', 'a-faire'],
    ['ventes', 'a-faire'], ['associes', 'a-faire'], ['controle', 'a-verifier'], ['depot', 'a-faire'], ['echanges', 'a-faire'],
  ]);
  expect((await faire('dossier.recents', {})).dossiers.map((d) => [d.chemin, d.nom, d.present])).toEqual([[chemin, 'Habitat du Littoral', true]]);
});

test('un SIREN dont la clé est fausse est refusé, sans fichier', async () => {
  const { echouer, repertoire } = essaiService();
  const chemin = join(repertoire, 'x.cus');
  expect(await echouer('dossier.creer', { chemin, siren: '123456789', nom: 'X' })).toMatchObject({ code: 'siren-invalide', sortie: 2 });
  expect(() => readFileSync(chemin)).toThrow('ENOENT');
});

test('une case garde ce qui est tapé ; illisible, elle reste et se signale ; vide, elle s’efface', async () => {
  const { faire } = await dossier();
  const champ = 'engagement/G-1/organisme/2026/total';
  const definir = async (valeur: string) => (await faire('engagements.definir', { cellules: [{ champ, valeur }] })).cellules[0];
  expect(await definir('1 250,50 €')).toEqual({
    champ, ok: true, message: '',
    cible: { champ, saisie: '1 250,50 €', reference: null, valeur: 1250.5, pourcentage: null, numerateur: null, denominateur: null, commentaire: null },
  });
  expect(await definir('n.c.')).toMatchObject({ ok: true, message: expect.stringContaining('Non communiqué'), cible: { saisie: 'n.c.', valeur: null } });
  const { bloquants } = await faire('controles.lister', {});
  expect(bloquants.filter((c) => c.champ === champ)).toHaveLength(1);
  expect(await definir('')).toMatchObject({ ok: true, cible: { saisie: null, valeur: null } });
  expect((await faire('journal.lire', { decalage: 0, nombre: 3 })).lignes.map((l) => [l.champ, l.avant, l.apres])).toEqual([
    [champ, 'n.c.', null], [champ, '1 250,50 €', 'n.c.'], [champ, null, '1 250,50 €'],
  ]);
});

const refusees: [string, string][] = [
  ['engagement/PP-9/dep-13/2026/total', 'indicateur PP-9'],
  ['engagement/PP-2/dep-96/2026/total', 'territoire dep-96'],
  ['engagement/PP-2/dep-13/2034/total', 'se fixe pour 2026'],
  ['engagement/PP-2/dep-13/3ans/total', 'se fixe pour 2026'],
  ['engagement/PP-4/dep-13/2026/total', '3ans, 6ans'],
  ['engagement/PP-2/dep-13/2026/plai', 'ventilation'],
  ['n’importe quoi', 'n’existe pas'],
];
test.each(refusees)('la case %s n’existe pas : refusée en la nommant, rien n’est écrit', async (champ, raison) => {
  const { faire } = await dossier();
  const { cellules } = await faire('engagements.definir', { cellules: [{ champ, valeur: '1' }] });
  expect(cellules).toEqual([{ champ, ok: false, message: expect.stringContaining(raison), cible: null }]);
  expect((await faire('champs.lister', {})).champs.some((c) => c.champ === champ)).toBe(false);
});

test('exporter puis importer redonne les mêmes cases, en CSV et en XLSX', async () => {
  const essai = await dossier();
  const valeurs: [string, string][] = [
    ['engagement/G-1/organisme/2026/total', '1250,5'],
    ['engagement/G-1/organisme/2027/total', '1300'],
    ['engagement/G-1/organisme/2028/total#commentaire', '=commentaire; avec "guillemets"'],
    ['reference/G-1/organisme/total', '1 180'],
  ];
  await essai.faire('engagements.definir', { cellules: valeurs.map(([champ, valeur]) => ({ champ, valeur })) });
  const avant = (await essai.faire('engagements.matrice', {})).lignes;
  for (const extension of ['csv', 'xlsx']) {
    const fichier = join(essai.repertoire, `engagements.${extension}`);
    const exporte = await essai.faire('engagements.exporter', { destination: fichier });
    const autre = essaiService();
    await autre.faire('dossier.creer', { chemin: join(autre.repertoire, 'b.cus'), siren: '732829320', nom: 'Habitat du Littoral', effet: '2026-01-01' });
    const importe = await autre.faire('engagements.importer', { chemin: fichier });
    expect(importe).toEqual({ lignes: exporte.lignes, enregistrees: exporte.lignes, vides: 0, refusees: [] });
    const apres = (await autre.faire('engagements.matrice', {})).lignes;
    const chiffres = (lignes: typeof avant) => lignes.map((l) => l.cellules.map((c) => [c.champ, c.reference, c.valeur, c.pourcentage, c.numerateur, c.denominateur, c.commentaire].join('|')));
    expect(chiffres(apres).flat()).toEqual(chiffres(avant).flat());
  }
});

test('chaque sorte de saisie revient mot pour mot d’un export, en CSV et en XLSX', async () => {
  const tapes = ['7,25 %', '25%', '33.333 %', '1 250', '1\u202f250', '1050,50', '1 050,50 €', '0', '12/48', '12/48 = 25 %', '12 = 12/48', '9 = 18,75 %', '1,250', '1.250', 'n.c.', 'environ 12', '=1+1', '-5', '12 "ou" 13 ; à voir'];
  const avecParc = async () => {
    const essai = await dossier();
    const chemin = join(essai.repertoire, 'parc.csv');
    writeFileSync(chemin, ['IDENT_INT;DEPCOM;FINAN;SURFHAB', ...Array.from({ length: 10 }, (_, i) => `L${i};13055;13;60`)].join('\n'));
    await essai.faire('import.lire', { chemin, type: 'logements', appliquer: true });
    return essai;
  };
  const essai = await avecParc();
  const champs = (await essai.faire('engagements.matrice', {})).lignes.flatMap((l) => l.cellules.map((c) => c.champ)).slice(0, tapes.length);
  expect(champs).toHaveLength(tapes.length);
  await essai.faire('engagements.definir', { cellules: champs.map((champ, i) => ({ champ, valeur: tapes[i] ?? '' })) });
  for (const extension of ['csv', 'xlsx']) {
    const fichier = join(essai.repertoire, `tape.${extension}`);
    await essai.faire('engagements.exporter', { destination: fichier });
    const autre = await avecParc();
    expect((await autre.faire('engagements.importer', { chemin: fichier })).refusees).toEqual([]);
    const lues = new Map((await autre.faire('engagements.matrice', {})).lignes.flatMap((l) => l.cellules.map((c) => [c.champ, c.saisie])));
    expect(champs.map((c) => lues.get(c))).toEqual(tapes);
  }
  expect(readFileSync(join(essai.repertoire, 'tape.csv'), 'utf8')).toContain(';7,25;;;;7,25 %\r\n');
});

test('import : une saisie que ses colonnes contredisent est refusée, la même en d’autres mots est gardée', async () => {
  const { faire, repertoire } = await dossier();
  const chemin = join(repertoire, 's.csv');
  writeFileSync(chemin, ['indicateur;territoire;horizon;ventilation;valeur;saisie', 'G-1;organisme;2026;total;951;950', 'G-1;organisme;2027;total;1050.5;1 050,50', 'G-1;organisme;2028;total;;1.250'].join('\r\n'));
  expect(await faire('engagements.importer', { chemin })).toEqual({
    lignes: 3, enregistrees: 2, vides: 0,
    refusees: [{ ligne: 2, champ: 'engagement/G-1/organisme/2026/total', raison: 'Colonne « saisie », « 950 » : les colonnes de valeurs disent « 951 ». Vider ce qui ne vaut pas, n’en laisser qu’un.' }],
  });
  const saisies = (await faire('engagements.matrice', {})).lignes.flatMap((l) => l.cellules.flatMap((c) => (c.saisie === null ? [] : [c.saisie])));
  expect(saisies).toEqual(['1 050,50', '1.250']);
});

test('import : cases vides sans effet, lignes refusées avec leur numéro, doublons nommés', async () => {
  const { faire, repertoire } = await dossier();
  await faire('engagements.definir', { cellules: [{ champ: 'engagement/G-1/organisme/2026/total', valeur: '900' }] });
  const chemin = join(repertoire, 'e.csv');
  writeFileSync(chemin, [
    'Indicateur;Territoire;Horizon;Ventilation;Référence;Valeur;Pourcentage;Numérateur;Dénominateur;Commentaire',
    'G-1;organisme;2026;total;;;;;;',
    'G1;organisme;2027;total;;950.25;;;;',
    'G-1;organisme;2027;total;;951;;;;',
    'PP-2;dep-13;2026;;;;25,5;;;',
    'PP-2;dep-13;2027;total;;;;12;48;',
    'PP-2;dep-13;2028;total;;n.c.;;;;',
    'PP-2;dep-13;2029;total;;;;;48;',
    'PP-7;dep-13;2029;total;;1;;;;',
  ].join('\r\n'));
  const resultat = await faire('engagements.importer', { chemin });
  expect(resultat).toEqual({
    lignes: 8, enregistrees: 2, vides: 1,
    refusees: [
      ...[3, 4].map((ligne) => ({ ligne, champ: 'engagement/G-1/organisme/2027/total', raison: 'Cette case reçoit 2 valeurs différentes : « 950,25 » ligne 3 ; « 951 » ligne 4. Aucune n’est gardée : n’en laisser qu’une dans le fichier.' })),
      { ligne: 7, champ: 'engagement/PP-2/dep-13/2028/total', raison: expect.stringContaining('n.c.') },
      { ligne: 8, champ: 'engagement/PP-2/dep-13/2029/total', raison: expect.stringContaining('sans numérateur') },
      { ligne: 9, champ: 'engagement/PP-7/dep-13/2029/total', raison: expect.stringContaining('PP-7') },
    ],
  });
  const { champs } = await faire('champs.lister', {});
  const valeurs = Object.fromEntries(champs.filter((c) => c.type === 'cible' && c.valeur !== null).map((c) => [c.champ, c.valeur]));
  expect(valeurs).toEqual({
    'engagement/G-1/organisme/2026/total': '900',
    'engagement/PP-2/dep-13/2026/total': '25,5 %',
    'engagement/PP-2/dep-13/2027/total': '12/48',
  });
});

test('import : deux références pour une rangée, aucune n’est gardée et les lignes sont nommées ; la même deux fois est gardée', async () => {
  const { faire, repertoire } = await dossier();
  await faire('engagements.definir', { cellules: [{ champ: 'reference/G-1/organisme/total', valeur: '800' }] });
  const chemin = join(repertoire, 'r.csv');
  writeFileSync(chemin, [
    'indicateur;territoire;horizon;ventilation;reference;valeur;commentaire',
    'G-1;organisme;2026;total;900;950;revu',
    'G-1;organisme;2027;total;900;951;',
    'G-1;organisme;2028;total;910;952;',
    'PP-2;dep-13;2026;total;1 250;5;',
    'PP-2;dep-13;2027;total;1250;6;',
    'PP-2;dep-13;2027;total;;6;',
  ].join('\r\n'));
  expect(await faire('engagements.importer', { chemin })).toEqual({
    lignes: 6, enregistrees: 6, vides: 0,
    refusees: [{ ligne: 2, champ: 'reference/G-1/organisme/total', raison: 'La référence de cette rangée reçoit 2 valeurs différentes : « 900 » lignes 2, 3 ; « 910 » ligne 4. Aucune n’est gardée : n’en laisser qu’une dans le fichier.', garde: 'la cible « 950 » (ligne 2), le commentaire « revu » (ligne 2), la cible « 951 » (ligne 3), la cible « 952 » (ligne 4)' }],
  });
  const { lignes } = await faire('engagements.matrice', {});
  const g1 = lignes.find((l) => l.indicateur === 'G-1');
  expect([g1?.reference, g1?.cellules.slice(0, 3).map((c) => c.saisie), g1?.cellules[0]?.commentaire]).toEqual(['800', ['950', '951', '952'], 'revu']);
  expect((await faire('champs.lister', {})).champs.find((c) => c.champ === 'reference/PP-2/dep-13/total')?.valeur).toMatch(/^1 ?250$/u);
});

test('import : seul ce qui est contredit est refusé, et ce qui est gardé de la ligne est dit', async () => {
  const { faire, repertoire } = await dossier();
  const chemin = join(repertoire, 'c.csv');
  writeFileSync(chemin, [
    'indicateur;territoire;horizon;ventilation;reference;valeur;commentaire',
    'PP-3;dep-13;2026;total;;10/100;prévu',
    'PP-3;dep-13;2026;total;;10/100;à revoir',
    'G-1;organisme;2026;total;900;950;revu',
    'G-1;organisme;2026;total;900;951;revu',
    'PP-3;dep-13;2027;total;;12/100;un',
    'PP-3;dep-13;2027;total;;13/100;deux',
  ].join('\r\n'));
  const contre = (quoi: string, a: [string, number], b: [string, number]) => `${quoi} reçoit 2 valeurs différentes : « ${a[0]} » ligne ${a[1]} ; « ${b[0]} » ligne ${b[1]}. Aucune n’est gardée : n’en laisser qu’une dans le fichier.`;
  const commentaire = { champ: 'engagement/PP-3/dep-13/2026/total#commentaire', raison: contre('Le commentaire de cette case', ['prévu', 2], ['à revoir', 3]) };
  const cout = { champ: 'engagement/G-1/organisme/2026/total', raison: contre('Cette case', ['950', 4], ['951', 5]) };
  const pp3 = [
    { champ: 'engagement/PP-3/dep-13/2027/total', raison: contre('Cette case', ['12/100', 6], ['13/100', 7]) },
    { champ: 'engagement/PP-3/dep-13/2027/total#commentaire', raison: contre('Le commentaire de cette case', ['un', 6], ['deux', 7]) },
  ];
  expect(await faire('engagements.importer', { chemin })).toEqual({
    lignes: 6, enregistrees: 4, vides: 0,
    refusees: [
      ...[2, 3].map((ligne) => ({ ligne, ...commentaire, garde: `la cible « 10/100 » (ligne ${ligne})` })),
      ...[4, 5].map((ligne) => ({ ligne, ...cout, garde: `le commentaire « revu » (ligne ${ligne}), la référence « 900 » (ligne ${ligne})` })),
      ...[6, 7].flatMap((ligne) => pp3.map((p) => ({ ligne, ...p }))),
    ],
  });
  const valeurs = (await faire('champs.lister', {})).champs.filter((c) => c.type === 'cible' && (c.valeur ?? '') !== '').map((c) => [c.champ, c.valeur]);
  expect(Object.fromEntries(valeurs)).toEqual({ 'engagement/PP-3/dep-13/2026/total': '10/100', 'reference/G-1/organisme/total': '900' });
  const g1 = (await faire('engagements.matrice', {})).lignes.find((l) => l.indicateur === 'G-1');
  expect([g1?.cellules[0]?.saisie ?? '', g1?.cellules[0]?.commentaire]).toEqual(['', 'revu']);
});

test('un constat à justifier se justifie par son nom, de la fenêtre comme du terminal ; un autre est refusé', async () => {
  const { faire, echouer } = await dossier();
  const { aJustifier, bloquants } = await faire('controles.lister', {});
  const constat = aJustifier.find((c) => c.champ === 'organisme/siege/commune');
  expect(constat?.justification).toBeNull();
  const nom = `justification/${constat?.code ?? ''}/organisme/siege/commune`;
  expect(await faire('champs.definir', { champ: nom, valeur: 'Siège en cours de déménagement.' })).toMatchObject({ avant: null, apres: 'Siège en cours de déménagement.' });
  expect((await faire('controles.lister', {})).aJustifier.find((c) => c.champ === 'organisme/siege/commune')?.justification).toBe('Siège en cours de déménagement.');
  expect(await faire('champs.definir', { champ: nom, valeur: '' })).toMatchObject({ avant: 'Siège en cours de déménagement.', apres: null });
  const bloquant = bloquants[0];
  expect(await echouer('champs.definir', { champ: `justification/${bloquant?.code ?? ''}/${bloquant?.champ ?? ''}`, valeur: 'x' })).toMatchObject({ code: 'constat-inconnu', sortie: 2 });
});
