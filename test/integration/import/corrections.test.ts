import { linkSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { ENTETE, declaration, empreinteDossier, ligne, lireDossier, ouvrirAtelier } from './aide.ts';
import type { Atelier } from './aide.ts';

const A = ligne({ IDENT_INT: 'A', LOYERPRINC: '400', LIEUDIT: '"LE ""HAUT""; BAS"' });
const DOUBLON = ligne({ IDENT_INT: 'A', LOYERPRINC: '999', NOMVOIE: 'DES CÈDRES' });
const PERDU = ligne({ IDENT_INT: 'B', DEPCOM: '99999' });
const SIGNALE = ligne({ IDENT_INT: 'C', SURFHAB: '0', NOMVOIE: 'RUE D’ŒUVRE' });

const octets = (texte: string): Buffer => iconv.encode(texte, 'windows-1252');
const comptes = ({ lignes, acceptees, rejetees, signalees, ajoutes, modifies, disparus, inchanges, applique }: Awaited<ReturnType<Atelier['faire']>> & Record<string, unknown>) =>
  ({ lignes, acceptees, rejetees, signalees, ajoutes, modifies, disparus, inchanges, applique });

/** Un dossier de trois lignes acceptées et deux rejetées, et son rapport. */
async function importer(entete = ENTETE) {
  const atelier = await ouvrirAtelier();
  const anomalies = join(atelier.repertoire, 'A.csv');
  const contenu = declaration(A, DOUBLON, PERDU, SIGNALE, ligne({ IDENT_INT: 'D' })).replace(ENTETE, entete);
  const r = await atelier.faire('import.lire', { chemin: atelier.fichier('parc.csv', octets(contenu)), anomalies });
  expect(comptes(r)).toMatchObject({ lignes: 5, acceptees: 3, rejetees: 2 });
  return { atelier, anomalies, rejets: r.rejets ?? '' };
}

const loyers = (atelier: Atelier) => lireDossier<{ ident_int: string; loyerprinc: number | null }>(atelier.dossier, 'SELECT ident_int, loyerprinc FROM logement ORDER BY 1').map((l) => `${l.ident_int} ${l.loyerprinc ?? '-'}`);

describe('le fichier des rejets', () => {
  it('remis sans correction ne change rien : le doublon reste un doublon', async () => {
    const { atelier, rejets } = await importer();
    expect(rejets).toBe(join(atelier.repertoire, 'A.rejets.csv'));
    const r = await atelier.faire('import.lire', { chemin: rejets, appliquer: true });
    expect(comptes(r)).toEqual({ lignes: 2, acceptees: 0, rejetees: 2, signalees: 0, ajoutes: 0, modifies: 0, disparus: 0, inchanges: 0, applique: true });
    expect(r.anomalies.filter((a) => a.ligne > 1).map((a) => `${a.ligne} ${a.code}`)).toEqual(['2 doublon', '3 commune-inconnue']);
    // Encore une fois, après un import qui a eu ses propres rejets.
    expect((await atelier.faire('import.lire', { chemin: atelier.fichier('encore.csv', Buffer.concat([readFileSync(rejets), Buffer.from('\r\n')])), appliquer: true })).modifies).toBe(0);
    await atelier.fermer();
    expect(loyers(atelier)).toEqual(['A 40000', 'C -', 'D -']);
  });

  it('une ligne retouchée qui remplace un logement est un « modifié » signalé, non appliqué d’office', async () => {
    const { atelier, rejets } = await importer();
    const retouche = iconv.decode(readFileSync(rejets), 'windows-1252').replace(';999;', ';410;').replace('99999', '13055');
    const r = await atelier.faire('import.lire', { chemin: atelier.fichier('retouche.csv', octets(retouche)) });
    expect(comptes(r)).toEqual({ lignes: 2, acceptees: 2, rejetees: 0, signalees: 1, ajoutes: 1, modifies: 1, disparus: 0, inchanges: 0, applique: false });
    expect(r.anomalies.filter((a) => a.ligne > 1)).toEqual([
      { ligne: 2, champ: 'IDENT_INT', valeur: 'A', code: 'complement-remplace', message: 'L’identifiant « A » est celui d’un logement du dossier, que cette ligne corrigée modifie. Vérifier dans la comparaison que c’est bien voulu.' },
    ]);
    await atelier.faire('import.appliquer', { comparaison: r.comparaison ?? '' });
    await atelier.fermer();
    expect(loyers(atelier)).toEqual(['A 41000', 'B -', 'C -', 'D -']);
  });

  it('complète le dossier même quand la première ligne a des guillemets', async () => {
    const { atelier, rejets } = await importer(ENTETE.replace('OFFICE FICTIF', '"OFFICE ""É""; FICTIF"'));
    expect(iconv.decode(readFileSync(rejets), 'windows-1252').split('\r\n')[0]).toBe('2026;913000006;"OFFICE ""É""; FICTIF";;;;;;;00000000000000;2;COMPLEMENT : LIGNES CORRIGEES');
    expect((await atelier.faire('import.lire', { chemin: rejets })).disparus).toBe(0);
  });
});

describe('le rapport d’anomalies', () => {
  it('remis tel quel ne change rien : rejetées rejetées, acceptées inchangées', async () => {
    const { atelier, anomalies } = await importer();
    expect((await atelier.faire('import.analyser', { chemin: anomalies })).type).toBe('rpls');
    const r = await atelier.faire('import.lire', { chemin: anomalies, appliquer: true });
    expect(comptes(r)).toEqual({ lignes: 3, acceptees: 1, rejetees: 2, signalees: 1, ajoutes: 0, modifies: 0, disparus: 0, inchanges: 1, applique: true });
    await atelier.fermer();
    expect(loyers(atelier)).toEqual(['A 40000', 'C -', 'D -']);
  });

  it.each([['UTF-8', ';', 'utf-8'], ['Windows-1252 et virgules', ',', 'windows-1252'], ['UTF-16 et tabulations', '\t', 'utf-16le']])('corrigé dans un tableur, en %s, se réimporte', async (_, separateur, encodage) => {
    const { atelier, anomalies } = await importer();
    const { parse } = await import('csv-parse/sync');
    const cases: string[][] = parse(readFileSync(anomalies, 'utf8'), { bom: true, delimiter: ';' });
    const rang = (code: string) => cases.findIndex((l) => l[3] === code);
    const perdue = cases[rang('commune-inconnue')] ?? [];
    perdue[5] = PERDU.replace('99999', '13055');
    // La ligne C a deux anomalies : une seule de ses copies est corrigée.
    const signalee = cases[rang('surface-nulle')] ?? [];
    cases.push(signalee.with(5, SIGNALE.replace(';0;', ';50;')));
    const texte = cases.map((l) => l.map((c) => `"${c.replaceAll('"', '""')}"`).join(separateur)).join('\r\n');
    const chemin = atelier.fichier('corrige.csv', iconv.encode(texte, encodage, { addBOM: encodage === 'utf-16le' }));
    const r = await atelier.faire('import.lire', { chemin, type: 'rpls', appliquer: true });
    expect(comptes(r)).toEqual({ lignes: 3, acceptees: 2, rejetees: 1, signalees: 1, ajoutes: 1, modifies: 1, disparus: 0, inchanges: 0, applique: true });
    // Les numéros sont ceux des lignes du rapport.
    expect(r.anomalies.filter((a) => a.ligne > 1).map((a) => `${a.ligne} ${a.code}`)).toEqual([`${rang('doublon') + 1} doublon`, `${cases.length} complement-remplace`]);
    expect(r.fichier).toBe(chemin);
    await atelier.fermer();
    expect(lireDossier(atelier.dossier, 'SELECT ident_int, loyerprinc, surfhab, lieudit, nomvoie FROM logement ORDER BY 1')).toEqual([
      { ident_int: 'A', loyerprinc: 40_000, surfhab: null, lieudit: 'LE "HAUT"; BAS', nomvoie: null }, { ident_int: 'B', loyerprinc: null, surfhab: null, lieudit: null, nomvoie: null },
      { ident_int: 'C', loyerprinc: null, surfhab: 5000, lieudit: null, nomvoie: 'RUE D’ŒUVRE' }, { ident_int: 'D', loyerprinc: null, surfhab: null, lieudit: null, nomvoie: null },
    ]);
  });

  it('est refusé, sous son nom, quand rien ne dit à quel fichier le rattacher', async () => {
    const { anomalies } = await importer();
    const neuf = await ouvrirAtelier();
    expect(await neuf.echouer('import.lire', { chemin: anomalies })).toMatchObject({ code: 'complement-sans-dossier', sortie: 2 });
    await neuf.faire('import.lire', { chemin: neuf.fichier('t.csv', 'Identifiant;INSEE\nA;13055\n') });
    expect(await neuf.echouer('import.lire', { chemin: anomalies })).toMatchObject({ code: 'rapport-de-tableau', sortie: 2, message: expect.stringContaining('« A.csv »') as string });
  });

  it('écrit de nouveau garde le précédent', async () => {
    const { atelier, anomalies } = await importer();
    const avant = readFileSync(anomalies);
    const second = await atelier.faire('import.anomalies', { destination: anomalies });
    expect(second).toEqual({ chemin: anomalies, lignes: 4, rejets: join(atelier.repertoire, 'A.rejets-2.csv') });
    expect(readFileSync(join(atelier.repertoire, 'A.precedent-1.csv'))).toEqual(avant);
  });
});

describe('le rapport n’écrase jamais', () => {
  it('le dossier, ses voisins ni le fichier lu, sous leur nom ou un autre', async () => {
    const { atelier } = await importer();
    const chemin = atelier.fichier('2.csv', declaration(A, 'court'));
    const lien = join(atelier.repertoire, 'lien.csv');
    symlinkSync(atelier.dossier, lien);
    const dur = join(atelier.repertoire, 'dur.csv');
    linkSync(chemin, dur);
    for (const anomalies of [atelier.dossier, lien, `${atelier.dossier}-wal`, `${atelier.dossier}-shm`, `${atelier.dossier}.verrou`]) {
      expect(await atelier.echouer('import.lire', { chemin, anomalies, appliquer: true })).toMatchObject({ code: 'cible-est-le-dossier', sortie: 2 });
      expect(await atelier.echouer('import.anomalies', { destination: anomalies })).toMatchObject({ code: 'cible-est-le-dossier', sortie: 2 });
    }
    for (const anomalies of [chemin, dur]) expect(await atelier.echouer('import.lire', { chemin, anomalies, appliquer: true })).toMatchObject({ code: 'cible-est-l-entree', sortie: 2 });
    expect(await atelier.echouer('import.anomalies', { destination: join(atelier.repertoire, 'parc.csv') })).toMatchObject({ code: 'cible-est-l-entree', sortie: 2 });
    await atelier.fermer();
    expect(loyers(atelier)).toEqual(['A 40000', 'C -', 'D -']);
  });

  it('et dit le nom demandé quand il ne peut pas être écrit', async () => {
    const { atelier } = await importer();
    const anomalies = join(atelier.repertoire, 'absent', 'A.csv');
    const erreur = await atelier.echouer('import.lire', { chemin: atelier.fichier('2.csv', declaration(A, 'court')), anomalies, appliquer: true });
    expect(erreur).toMatchObject({ code: 'repertoire-absent', sortie: 2 });
    expect(erreur.message).toContain(`« ${anomalies} »`);
    expect(erreur.message).not.toContain('provisoire');
  });
});

describe('un fichier sans un logement accepté', () => {
  it.each([
    ['sans ligne', declaration(), 'Le fichier « vide.csv » n’a aucune ligne de logement.'],
    ['aux lignes toutes rejetées', declaration('a;b', PERDU, ligne({ IDENT_INT: '' })), 'Aucun logement du fichier « vide.csv » ne peut être accepté : 3 lignes lues, 3 rejetées (commune inconnue : 1, identifiant absent : 1, moins de 63 champs : 1).'],
  ])('%s est refusé, au premier import comme au suivant ; son rapport s’obtient', async (_, contenu, message) => {
    for (const atelier of [await ouvrirAtelier(), (await importer()).atelier]) {
      const chemin = atelier.fichier('vide.csv', contenu);
      await atelier.faire('dossier.fermer', {});
      const avant = empreinteDossier(atelier.dossier);
      await atelier.faire('dossier.ouvrir', { chemin: atelier.dossier });
      const anomalies = join(atelier.repertoire, 'V.csv');
      expect(await atelier.echouer('import.lire', { chemin, anomalies, appliquer: true })).toMatchObject({ code: 'aucun-logement', sortie: 2, message });
      expect(await atelier.echouer('import.lire', { chemin })).toMatchObject({ code: 'aucun-logement', sortie: 2, message });
      await atelier.fermer();
      expect(empreinteDossier(atelier.dossier)).toBe(avant);
      if (message.startsWith('Aucun')) expect(readFileSync(anomalies, 'utf8').split('\r\n').filter((l) => /^[234];/.test(l))).toHaveLength(3);
    }
  });
});

describe('une déclaration plus ancienne', () => {
  it('que celle en vigueur est comparée avec une remarque, appliquée seulement si on le demande', async () => {
    const { atelier } = await importer();
    const chemin = atelier.fichier('2024.csv', declaration(A, ligne({ IDENT_INT: 'Z' })).replace('2026;', '2024;'));
    const r = await atelier.faire('import.lire', { chemin });
    expect(r).toMatchObject({ annee: 2024, ajoutes: 1, disparus: 2, applique: false });
    expect(r.anomalies.find((a) => a.code === 'annee-anterieure')).toEqual({
      ligne: 1, champ: '', valeur: '2024 après 2026', code: 'annee-anterieure',
      message: 'La déclaration est celle de 2024, plus ancienne que celle en vigueur (2026) : l’appliquer la remplace. Vérifier que c’est le bon fichier.',
    });
    expect(r.comptesAnomalies['annee-anterieure']).toBe(1);
    const applique = await atelier.faire('import.appliquer', { comparaison: r.comparaison ?? '' });
    expect(applique).toMatchObject({ applique: true, logements: 2, comptesAnomalies: { 'annee-anterieure': 1 } });
    // La même, puis une plus récente : rien à signaler.
    const suite = await atelier.faire('import.lire', { chemin: atelier.fichier('2025.csv', declaration(A).replace('2026;', '2025;')) });
    expect(suite.comptesAnomalies).not.toHaveProperty('annee-anterieure');
  });
});
