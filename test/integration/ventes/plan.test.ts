import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeOds } from '../../../electron/documents/ods.ts';
import { writeXlsx } from '../../../electron/documents/xlsx.ts';
import { writeFileSync } from 'node:fs';
import { essaiVentes } from './aide.ts';

it('ajoute par filtres et par identifiants, dit ce qu’il refuse, et s’annule', async () => {
  const { faire, choisis, plan } = await essaiVentes();
  const [a = '', b = ''] = choisis;
  expect(await faire('ventes.ajouter', { identifiants: [a, b, a, 'INCONNU', ' '], annee: '2027', acquereur: 'locataires' })).toMatchObject({
    ajoutes: 2, deja: 1, nombreRefuses: 1, refuses: [{ identifiant: 'INCONNU', raison: 'Aucun logement du dossier n’a cet identifiant.' }],
  });
  const premiere = await plan();
  expect(Object.fromEntries(premiere.map((l) => [l.identifiant, [l.annee, l.acquereur, l.etat, l.auParc]]))).toEqual({ [a]: [2027, 'locataires', 'a-vendre', true], [b]: [2027, 'locataires', 'a-vendre', true] });
  const parc = [{ colonne: 'parc', valeurs: ['oui'] }, { colonne: 'dpeenergie', valeurs: ['F'] }];
  const { total } = await faire('logements.page', { decalage: 0, nombre: 1, filtres: parc });
  const ajout = await faire('ventes.ajouter', { filtres: parc });
  expect(ajout.ajoutes + ajout.deja).toBe(total);
  expect((await faire('logements.page', { decalage: 0, nombre: 1, filtres: [{ colonne: 'plan_vente', vide: false }] })).total).toBe(2 + ajout.ajoutes);
  await faire('operations.annuler', { operation: ajout.operation ?? 0 });
  expect(await plan()).toEqual(premiere);
  await faire('operations.refaire', { operation: ajout.operation ?? 0 });
  expect((await plan()).length).toBe(2 + ajout.ajoutes);
});

it('un logement sorti du parc n’entre pas au plan ; un mauvais acquéreur arrête tout', async () => {
  const { faire, echouer, plan } = await essaiVentes();
  const sortis = await faire('logements.page', { decalage: 0, nombre: 5, filtres: [{ colonne: 'parc', valeurs: ['non'] }] });
  const ident = String(sortis.lignes[0]?.['ident_int']);
  expect(await faire('ventes.ajouter', { identifiants: [ident] })).toMatchObject({ operation: null, ajoutes: 0, refuses: [{ identifiant: ident, raison: 'Ce logement est sorti du parc.' }] });
  expect((await echouer('ventes.ajouter', { filtres: [{ colonne: 'parc', valeurs: ['oui'] }], acquereur: 'martiens' })).code).toBe('valeur-illisible');
  expect(await plan()).toEqual([]);
});

it('change des cases d’un geste, refuse un collage illisible en entier, remplit une sélection', async () => {
  const { faire, echouer, choisis, plan } = await essaiVentes();
  await faire('ventes.ajouter', { identifiants: choisis });
  const [a = '', b = ''] = choisis;
  const refuse = await faire('ventes.definir', { cases: [{ identifiant: a, colonne: 'annee', texte: '2027' }, { identifiant: b, colonne: 'annee', texte: 'bientôt' }, { identifiant: 'X', colonne: 'annee', texte: '2027' }] });
  expect(refuse).toMatchObject({ operation: null, changees: 0, nombreRefusees: 2 });
  expect((await plan()).every((l) => l.annee === null)).toBe(true);
  const partiel = await faire('ventes.definir', { partiel: true, cases: [{ identifiant: a, colonne: 'annee', texte: '2027' }, { identifiant: b, colonne: 'annee', texte: 'bientôt' }] });
  expect(partiel).toMatchObject({ changees: 1, nombreRefusees: 1, libelle: `Plan de mise en vente : Année de mise en vente « 2027 », logement ${a}` });
  expect((await echouer('ventes.appliquer', { filtre: { annees: [''] }, colonne: 'annee', texte: '2029', attendus: 2 })).code).toBe('selection-changee');
  await faire('ventes.appliquer', { filtre: { annees: [''] }, colonne: 'annee', texte: '2029', attendus: choisis.length - 1 });
  expect((await faire('ventes.resume', {})).annees).toEqual({ 2027: 1, 2029: choisis.length - 1 });
  expect((await echouer('ventes.definir', { cases: [{ identifiant: a, colonne: 'dpe', texte: 'A' }] })).code).toBe('colonne-non-modifiable');
  const { historique } = await faire('explication.lire', { sujet: `ventes/logement/${a}/annee` });
  expect(historique.map((h) => [h.avant, h.apres])).toEqual([[null, '2027']]);
});

it('importe un tableau : lignes ajoutées, changées, refusées avec leur numéro', async () => {
  const { faire, choisis, plan, fichier } = await essaiVentes();
  const [a = '', b = '', c = ''] = choisis;
  await faire('ventes.ajouter', { identifiants: [b], annee: '2026' });
  const chemin = fichier('plan.csv', `Identifiant;Année de mise en vente;Acquéreur prévu;Loyer\r\n${a};2027;Société de vente;500\r\n${b};2028;;\r\n\r\nNUL;2027;;\r\n${a};2029;;\r\n${c};2027;martien;\r\n;2027;;\r\n`);
  const r = await faire('ventes.importer', { chemin });
  expect(r).toMatchObject({
    lignes: 6, ajoutees: 1, modifiees: 1, inchangees: 0, colonnesIgnorees: ['Loyer'],
    refusees: [
      { ligne: 5, identifiant: 'NUL', raison: 'Aucun logement du dossier n’a cet identifiant.' },
      { ligne: 6, identifiant: a, raison: 'Ce logement est déjà à la ligne 2.' },
      { ligne: 7, identifiant: c, raison: '« martien » n’est pas un acquéreur : Locataires, Personnes morales, Société de vente, Organisme HLM, Autre.' },
      { ligne: 8, identifiant: '', raison: 'L’identifiant est vide.' },
    ],
  });
  expect(Object.fromEntries((await plan()).map((l) => [l.identifiant, [l.annee, l.acquereur]]))).toEqual({ [a]: [2027, 'societe-vente'], [b]: [2028, null] });
  // Relu une seconde fois : rien ne double, rien ne change.
  expect(await faire('ventes.importer', { chemin })).toMatchObject({ operation: null, ajoutees: 0, modifiees: 0, inchangees: 2 });
});

it.each(['xlsx', 'ods', 'csv'] as const)('ce que le plan exporte en %s se réimporte à l’identique', async (format) => {
  const { faire, choisis, plan, repertoire } = await essaiVentes();
  await faire('ventes.ajouter', { identifiants: choisis, annee: '2027' });
  const [a = '', b = ''] = choisis;
  await faire('ventes.definir', { cases: [{ identifiant: a, colonne: 'etat', texte: 'Vendu' }, { identifiant: a, colonne: 'date', texte: '2027-05-02' }, { identifiant: b, colonne: 'conso', texte: '312,5' }, { identifiant: b, colonne: 'documents', texte: 'oui' }, { identifiant: b, colonne: 'acquereur', texte: 'autre' }] });
  const avant = await plan();
  const chemin = join(repertoire, `plan.${format}`);
  await faire('ventes.exporter', { destination: chemin });
  if (format !== 'csv') {
    // La feuille des logements seule : un classeur de plusieurs feuilles se lit par sa première.
    const { lignes } = await faire('ventes.importer', { chemin });
    expect(lignes).toBe(choisis.length);
  }
  await faire('ventes.retirer', { identifiants: choisis });
  expect(await plan()).toEqual([]);
  expect(await faire('ventes.importer', { chemin })).toMatchObject({ ajoutees: choisis.length, refusees: [] });
  expect(await plan()).toEqual(avant);
});

it('un tableau sans identifiant, vide ou ambigu est refusé et ne change rien', async () => {
  const { echouer, fichier, repertoire } = await essaiVentes();
  const feuille = { nom: 'F', figerEntete: false, colonnes: [{ titre: 'Ville', largeur: 10, format: 'texte' as const }], lignes: [['Nice']] };
  const classeur = { titre: 't', auteur: 'a', date: '2026-03-01T09:00:00.000Z', feuilles: [feuille] };
  const [xlsx, ods] = [join(repertoire, 'v.xlsx'), join(repertoire, 'v.ods')];
  writeFileSync(xlsx, await writeXlsx(classeur));
  writeFileSync(ods, await writeOds(classeur));
  const codes = [];
  for (const chemin of [xlsx, ods, fichier('a.csv', 'identifiant;annee\n'), fichier('b.csv', 'identifiant;ident_int\nA;B\n'), join(repertoire, 'absent.csv')]) codes.push((await echouer('ventes.importer', { chemin })).code);
  expect(codes.slice(0, 4)).toEqual(['colonnes-absentes', 'colonnes-absentes', 'tableau-vide', 'colonne-en-double']);
});

it('un logement disparu de la déclaration reste au plan, signalé ; revenu, il n’y est plus signalé', async () => {
  const { faire, choisis, plan, fichier, repertoire } = await essaiVentes();
  const [a = '', b = ''] = choisis;
  await faire('ventes.ajouter', { identifiants: [a, b], annee: '2027', acquereur: 'locataires' });
  const avant = await plan();
  const colonnes = (await faire('logements.colonnes', {})).colonnes.filter((c) => c.derivee !== true && !['nom_commune', 'commune', 'nom_ensemble', 'code_ensemble'].includes(c.nom)).map((c) => c.nom);
  const tout = join(repertoire, 'tout.csv');
  await faire('logements.exporter', { destination: tout, filtres: [], colonnes });
  const [entete = '', ...lignes] = readFileSync(tout, 'utf8').split('\r\n');
  const sans = fichier('sans.csv', [entete, ...lignes.filter((l) => !l.startsWith(`${a};`))].join('\r\n'));
  expect((await faire('import.lire', { chemin: sans, appliquer: true })).applique).toBe(true);
  const [disparu, reste] = [(await plan()).find((l) => l.identifiant === a), (await plan()).find((l) => l.identifiant === b)];
  const connu = avant.find((l) => l.identifiant === a);
  // Ce que la déclaration en disait à son entrée au plan reste lisible.
  expect([disparu?.construct, disparu?.dpe, disparu?.dpeDate, disparu?.nomEnsemble, disparu?.qpv]).toEqual([connu?.construct, connu?.dpe, connu?.dpeDate, connu?.nomEnsemble, null]);
  expect(disparu?.drapeaux.find((d) => d.code === 'vente-hors-parc')?.texte).toContain('ce qu’elle en disait à son entrée au plan');
  const { lignes: consultations, ecartes } = await faire('ventes.consultations', {});
  expect([ecartes, consultations.reduce((n, c) => n + c.logements, 0)]).toEqual([{ vendus: 0, horsParc: 1, sansAutorisation: 0 }, 1]);
  expect(disparu).toMatchObject({ auParc: false, adresse: avant.find((l) => l.identifiant === a)?.adresse, annee: 2027, acquereur: 'locataires' });
  expect(disparu?.drapeaux.map((d) => d.code)).toContain('vente-hors-parc');
  expect(reste?.auParc).toBe(true);
  expect((await faire('controles.lister', {})).aJustifier.find((c) => c.code === 'vente-hors-parc')?.message).toBe(`Plan de mise en vente : 1 logement sans logement du parc correspondant (${a}).`);
  await faire('import.lire', { chemin: fichier('encore.csv', [entete, ...lignes].join('\r\n')), appliquer: true });
  expect((await plan()).map(({ drapeaux, auParc }) => [auParc, drapeaux.some((d) => d.code === 'vente-hors-parc')])).toEqual([[true, false], [true, false]]);
});
