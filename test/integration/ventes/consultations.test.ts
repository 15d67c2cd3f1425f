import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { readZip } from '../../../electron/documents/archive.ts';
import { deCommune } from '../../../shared/territoires/noms.ts';
import { essaiVentes } from './aide.ts';

/** Le texte d'un DOCX, paragraphe par paragraphe ; ses parties obligatoires doivent y être, sa date celle de l'essai. */
const texteDe = async (chemin: string): Promise<string> => {
  const parties = await readZip(readFileSync(chemin));
  expect([...parties.keys()]).toEqual(expect.arrayContaining(['[Content_Types].xml', '_rels/.rels', 'word/_rels/document.xml.rels', 'word/document.xml', 'word/styles.xml']));
  expect(Buffer.from(parties.get('docProps/core.xml') ?? new Uint8Array()).toString('utf8')).toContain('>2026-03-01T09:00:00Z</dcterms:created>');
  const xml = parties.get('word/document.xml') ?? new Uint8Array();
  return Buffer.from(xml).toString('utf8').replace(/<\/w:p>/gu, '\n').replace(/<[^>]+>/gu, '');
};

it('une consultation par commune du plan : dates, délai, réponse, frise, constats, et tout s’annule', async () => {
  const { faire, choisis, plan } = await essaiVentes();
  await faire('ventes.ajouter', { identifiants: choisis, annee: '2027', acquereur: 'locataires' });
  const communes = [...new Set((await plan()).map((l) => l.commune))].sort();
  const lire = async () => (await faire('ventes.consultations', {})).lignes;
  expect(Object.fromEntries((await lire()).map((c) => [c.cle, c.etat]))).toEqual(Object.fromEntries(communes.map((c) => [`commune-${c}`, 'a-envoyer'])));
  const cle = `commune-${communes[0]}`;
  const constats = async (code: string) => {
    const { aJustifier, informations, bloquants } = await faire('controles.lister', {});
    return [...bloquants, ...aJustifier, ...informations].filter((c) => c.code === code && c.champ === `ventes/consultation/${cle}`).map((c) => c.message);
  };
  expect((await constats('vente-consultation')).length).toBe(1);
  const refuse = await faire('ventes.definirConsultation', { cases: [{ cle, colonne: 'recue', texte: '31/02/2026' }] });
  expect(refuse).toMatchObject({ operation: null, nombreRefusees: 1 });
  const pose = await faire('ventes.definirConsultation', { cases: [{ cle, colonne: 'envoyee', texte: '2026-01-29' }, { cle, colonne: 'recue', texte: '31/01/2026' }] });
  expect((await lire()).find((c) => c.cle === cle)).toMatchObject({ recue: '2026-01-31', calculee: '2026-03-31', limite: '2026-03-31', etat: 'en-cours', delaiLegal: true });
  const { echeances } = await faire('calendrier.lire', {});
  expect(echeances.find((e) => e.code === `avis-${cle}`)).toMatchObject({ date: '2026-03-31', etat: 'a-venir', article: 'L445-1', champ: `ventes/consultation/${cle}`, jours: 30 });
  expect((await faire('dossier.info', {})).prochaineEcheance).toMatchObject({ champ: `ventes/consultation/${cle}`, date: '2026-03-31' });
  expect((await constats('vente-avis-en-cours')).length).toBe(1);
  // Les deux mois de la commune s'allongent, et ne s'abrègent pas ; l'ordre des cases ne compte pas.
  const abrege = await faire('ventes.definirConsultation', { cases: [{ cle, colonne: 'echeance', texte: '15/02/2026' }, { cle, colonne: 'motif', texte: 'essai' }] });
  expect([abrege.operation, abrege.nombreRefusees, abrege.refusees[0]?.message]).toEqual([null, 1, '« 15/02/2026 » est avant la fin du délai de la commune, le 31/03/2026 (L445-1) : une date retenue peut l’allonger, non l’abréger.']);
  await faire('ventes.definirConsultation', { cases: [{ cle, colonne: 'echeance', texte: '30/04/2026' }] });
  expect([(await lire()).find((c) => c.cle === cle)?.limite, await constats('vente-delai-abrege')]).toEqual(['2026-04-30', []]);
  expect(await constats('vente-delai-sans-motif')).toEqual([expect.stringContaining('30/04/2026, sans motif')]);
  // Reçue plus tard que dite, la date retenue abrégerait : elle ne vaut plus, et c'est dit.
  await faire('ventes.definirConsultation', { cases: [{ cle, colonne: 'recue', texte: '28/02/2026' }, { cle, colonne: 'echeance', texte: '29/04/2026' }, { cle, colonne: 'motif', texte: 'annoncé' }] });
  await faire('ventes.definirConsultation', { cases: [{ cle, colonne: 'recue', texte: '01/03/2026' }] });
  expect([(await lire()).find((c) => c.cle === cle)?.limite, (await constats('vente-delai-abrege')).length]).toEqual(['2026-05-01', 1]);
  await faire('ventes.definirConsultation', { cases: [{ cle, colonne: 'recue', texte: '31/01/2026' }, { cle, colonne: 'echeance', texte: '' }, { cle, colonne: 'motif', texte: '' }] });
  await faire('ventes.definirConsultation', { cases: [{ cle, colonne: 'reponse', texte: 'Défavorable' }, { cle, colonne: 'repondue', texte: '15/02/2026' }] });
  expect((await plan()).filter((l) => l.commune === communes[0]).every((l) => l.drapeaux.some((d) => d.code === 'vente-opposition-a-verifier'))).toBe(true);
  // La commune sous son taux : son opposition interdit la vente, et bloque le dépôt.
  await faire('ventes.definirCommunes', { cases: [{ commune: communes[0] ?? '', colonne: 'taux', texte: '12,5' }, { commune: communes[0] ?? '', colonne: 'objectif', texte: '25 %' }] });
  expect((await faire('controles.lister', {})).bloquants.filter((c) => c.code === 'vente-opposition').map((c) => [c.etape, c.article, c.champ])).toEqual([['ventes', 'L445-1', 'ventes/drapeau/vente-opposition']]);
  await faire('operations.annuler', { operation: (await faire('operations.lister', {})).operations.find((o) => o.annulable)?.id ?? 0 });
  expect((await faire('controles.lister', {})).bloquants.filter((c) => c.code === 'vente-opposition')).toEqual([]);
  const { historique } = await faire('explication.lire', { sujet: `ventes/consultation/${cle}/recue` });
  expect([pose.changees, historique.map((h) => h.apres)]).toEqual([2, ['31/01/2026', '01/03/2026', '28/02/2026', '31/01/2026']]);
});

it('une date impossible est refusée, seule ou dans un lot ; un avis sans envoi ni réception se dit', async () => {
  const { faire, echouer, choisis } = await essaiVentes();
  await faire('ventes.ajouter', { identifiants: choisis, annee: '2027', acquereur: 'locataires' });
  const cle = (await faire('ventes.consultations', {})).lignes[0]?.cle ?? '';
  const poser = async (cases: Record<string, string>) => {
    const { changees, refusees } = await faire('ventes.definirConsultation', { cases: Object.entries(cases).map(([colonne, texte]) => ({ cle, colonne, texte })) });
    return [changees, ...refusees.map((r) => `${r.colonne} ${r.code}`)];
  };
  const lire = async () => (await faire('ventes.consultations', {})).lignes.find((c) => c.cle === cle);
  const constats = async () => (await faire('controles.lister', {})).aJustifier.filter((c) => c.code === 'vente-avis-a-verifier').map((c) => [c.champ, c.article]);
  expect(await poser({ envoyee: '15/01/2026', recue: '31/12/2025' })).toEqual([0, 'recue dates-impossibles']);
  expect(await poser({ envoyee: '02/03/2026' })).toEqual([0, 'envoyee date-a-venir']);
  expect(await lire()).toMatchObject({ envoyee: null, recue: null, etat: 'a-envoyer', aVerifier: [] });
  expect(await poser({ reponse: 'defavorable', repondue: '02/01/2026' })).toEqual([2]);
  expect([(await lire())?.aVerifier, await constats()]).toEqual([['Un avis est noté ; il manque la date d’envoi, la date de réception.'], [[`ventes/consultation/${cle}`, 'L445-1']]]);
  expect(await poser({ recue: '03/01/2026' })).toEqual([0, 'recue dates-impossibles']);
  // La réception d'abord, puis l'envoi : l'ordre des cases d'un geste ne compte pas.
  expect(await poser({ recue: '01/01/2026', envoyee: '31/12/2025' })).toEqual([2]);
  expect([(await lire())?.aVerifier, await constats()]).toEqual([[], []]);
  const garant = { nature: 'collectivite' as const, nom: 'Département', cases: [{ colonne: 'recue', texte: '01/01/2026' }, { colonne: 'envoyee', texte: '02/01/2026' }] };
  expect([(await echouer('ventes.ajouterGarant', garant)).code, (await faire('ventes.consultations', {})).lignes.some((c) => c.nature !== 'commune')]).toEqual(['dates-impossibles', false]);
});

it('charge la table des communes, dit chaque ligne refusée, calcule exactement', async () => {
  const { faire, choisis, plan, fichier } = await essaiVentes();
  await faire('ventes.ajouter', { identifiants: choisis });
  const [premiere] = await plan();
  const code = premiere?.commune ?? '';
  const n = (await plan()).filter((l) => l.commune === code).length;
  const chemin = fichier('sru.csv', `Code INSEE;Taux légal;Résidences principales;Logements sociaux;Arrêté de carence;Maire\r\n${code};20;5000;1000;non;X\r\n99999;20;1;1;non;\r\n${code};25;1;1;non;\r\n13055;beaucoup;1;1;non;\r\n`);
  const r = await faire('ventes.importerCommunes', { chemin, source: 'bilan fictif' });
  expect(r).toMatchObject({ lignes: 4, enregistrees: 1, colonnesIgnorees: ['Maire'] });
  expect(r.refusees.map((x) => x.ligne)).toEqual([3, 4, 5]);
  const { lignes } = await faire('ventes.communes', {});
  expect(lignes.find((c) => c.commune === code)).toMatchObject({ objectif: '20', residences: 5000, sociaux: 1000, carence: false, mixite: null, source: 'bilan fictif', retires: n, actuel: { atteint: true }, apres: { atteint: false } });
  expect((await plan()).filter((l) => l.drapeaux.some((d) => d.code === 'vente-commune-sru-apres')).length).toBe(n);
});

it('un taux « n.c. » reste inconnu, le reste de la ligne est gardé et cela se dit ; ses logements sont signalés', async () => {
  const { faire, choisis, plan, fichier } = await essaiVentes();
  await faire('ventes.ajouter', { identifiants: choisis, annee: '2027', acquereur: 'locataires' });
  const [premiere] = await plan();
  const code = premiere?.commune ?? '';
  const signales = async () => (await plan()).filter((l) => l.commune === code && l.drapeaux.some((d) => d.code === 'vente-sru-non-saisi' && d.niveau === 'information')).length;
  const siens = (await plan()).filter((l) => l.commune === code).length;
  expect(await signales()).toBe(siens);
  const r = await faire('ventes.importerCommunes', { chemin: fichier('nc.csv', `commune;taux;objectif;carence;mixite\r\n${code};n.c.;25;oui;non\r\n`), source: 'fictif' });
  expect(r).toMatchObject({ enregistrees: 1, refusees: [], remarques: [expect.stringContaining(`le taux reste inconnu pour ${premiere?.nomCommune}`)] });
  expect((await faire('ventes.communes', {})).lignes.find((c) => c.commune === code)).toMatchObject({ taux: null, objectif: '25', carence: true, mixite: false });
  const { bloquants, informations } = await faire('controles.lister', {});
  expect([await signales(), bloquants.some((c) => c.code === 'vente-carence'), informations.some((c) => c.code === 'vente-sru-non-saisi')]).toEqual([siens, true, true]);
  await faire('ventes.definirCommunes', { cases: [{ commune: code, colonne: 'taux', texte: '26' }] });
  expect(await signales()).toBe(0);
});

it('un taux en part de 1 n’est jamais pris pour un pourcentage, ni celui d’un arrondissement pour celui de sa commune', async () => {
  const { faire, choisis, plan, fichier } = await essaiVentes();
  await faire('ventes.ajouter', { identifiants: choisis });
  const code = (await plan())[0]?.commune ?? '';
  const lire = async () => (await faire('ventes.communes', {})).lignes.find((c) => c.commune === code);
  const charger = async (contenu: string) => {
    const { enregistrees, refusees, remarques } = await faire('ventes.importerCommunes', { chemin: fichier('sru.csv', contenu), source: 'fictif' });
    return { enregistrees, refusees: refusees.length, remarques: remarques.length };
  };
  // Un tableur rend 0,25 pour « 25 % » : l'objectif dit l'échelle, pour le taux aussi.
  expect(await charger(`commune;taux;objectif\r\n${code};0,185;0,25\r\n`)).toEqual({ enregistrees: 1, refusees: 0, remarques: 1 });
  expect(await lire()).toMatchObject({ taux: '18.5', objectif: '25' });
  // Sans objectif pour le dire, ou contre lui, c'est refusé.
  expect(await charger(`commune;taux\r\n${code};0,185\r\n`)).toEqual({ enregistrees: 0, refusees: 1, remarques: 0 });
  expect(await charger(`commune;taux;objectif\r\n${code};0,185;25\r\n`)).toEqual({ enregistrees: 0, refusees: 1, remarques: 0 });
  expect(await charger(`commune;taux;objectif\r\n${code};0,4 %;25\r\n13201;12;25\r\n`)).toEqual({ enregistrees: 1, refusees: 1, remarques: 0 });
  expect(await lire()).toMatchObject({ taux: '0.4', objectif: '25' });
  const tape = await faire('ventes.definirCommunes', { cases: [{ commune: code, colonne: 'taux', texte: '0,185' }] });
  expect(tape.refusees.map((r) => r.message)).toEqual(['« 0,185 » : part de 1 ou pourcentage ? Écrire « 18,5 % » ou « 0,185 % ».']);
});

it('ni vendu, ni destiné à un autre organisme HLM : dans aucune lettre, et c’est compté', async () => {
  const { faire, echouer, choisis, plan, repertoire } = await essaiVentes();
  const [vendu = '', hlm = '', reste = ''] = choisis;
  await faire('ventes.ajouter', { identifiants: [vendu, hlm, reste], annee: '2027', acquereur: 'locataires' });
  await faire('ventes.definir', { cases: [{ identifiant: vendu, colonne: 'etat', texte: 'Vendu' }, { identifiant: hlm, colonne: 'acquereur', texte: 'Organisme HLM' }] });
  const r = await faire('ventes.courriers', { repertoire: join(repertoire, 'lettres') });
  expect([r.fichiers.length, r.ecartes]).toEqual([1, { vendus: 1, horsParc: 0, sansAutorisation: 1 }]);
  const texte = await texteDe(r.fichiers[0]?.chemin ?? '');
  expect([texte.includes(reste), texte.includes(hlm), texte.includes(vendu)]).toEqual([true, false, false]);
  // Vendu, il reste au plan et dans ses comptes.
  const { logements, etats } = await faire('ventes.resume', {});
  expect([logements, etats, (await plan()).length]).toEqual([3, { 'a-vendre': 2, vendu: 1 }, 3]);
  await faire('ventes.retirer', { identifiants: [reste] });
  expect((await echouer('ventes.courriers', { repertoire: join(repertoire, 'lettres') })).code).toBe('rien-a-consulter');
});

it('les lettres : une par commune et par garant, les mêmes octets', async () => {
  const { faire, echouer, choisis, plan, repertoire } = await essaiVentes();
  expect((await echouer('ventes.courriers', { repertoire: join(repertoire, 'vide') })).code).toBe('plan-vide');
  await faire('ventes.ajouter', { identifiants: choisis, annee: '2027' });
  const lignes = await plan();
  const [premiere] = lignes;
  const { cle } = await faire('ventes.ajouterGarant', { nature: 'groupement', nom: 'Métropole garante' });
  const vide = await faire('ventes.ajouterGarant', { nature: 'collectivite', nom: 'Sans logement' });
  await faire('ventes.definirConsultation', { cases: [{ cle, colonne: 'logements', texte: choisis.slice(0, 2).join(' ; ') }, { cle, colonne: 'adresse', texte: '1 place <Fictive> & Cie' }] });
  const [un, deux] = [join(repertoire, 'un'), join(repertoire, 'deux')];
  const ecrites = await faire('ventes.courriers', { repertoire: un });
  const encore = await faire('ventes.courriers', { repertoire: deux });
  const communes = new Set(lignes.map((l) => l.commune));
  expect([ecrites.fichiers.length, ecrites.sansLogement]).toEqual([communes.size + 1, ['Sans logement']]);
  expect(encore.fichiers.map((f) => [basename(f.chemin), readFileSync(f.chemin).toString('base64')])).toEqual(ecrites.fichiers.map((f) => [basename(f.chemin), readFileSync(f.chemin).toString('base64')]));
  const commune = await texteDe(ecrites.fichiers.find((f) => f.cle === `commune-${premiere?.commune}`)?.chemin ?? '');
  const siens = lignes.filter((l) => l.commune === premiere?.commune);
  for (const attendu of ['article L445-1', 'deux mois à compter du jour où le maire a reçu la consultation', 'réputé favorable', 'la vente n’est pas autorisée', `Mairie ${deCommune(premiere?.nomCommune ?? '')}`, ...siens.map((l) => l.identifiant)]) expect(commune).toContain(attendu);
  for (const l of lignes.filter((x) => x.commune !== premiere?.commune)) expect(commune).not.toContain(l.identifiant);
  const cheminGarant = ecrites.fichiers.find((f) => f.cle === cle)?.chemin ?? '';
  const garant = await texteDe(cheminGarant);
  for (const attendu of ['consulte la Métropole garante sur la mise en vente', 'a bénéficié de son financement ou de sa garantie d’emprunt', `${premiere?.nomCommune} (${premiere?.commune})`, '1 place &lt;Fictive&gt; &amp; Cie', ...choisis.slice(0, 2)]) expect(garant).toContain(attendu);
  // Ce qui n'est que d'Atelier CUS reste dans l'application.
  for (const interne of ['Atelier CUS', 'non réglementaire']) expect(garant).not.toContain(interne);
  await faire('ventes.retirerGarant', { cle: vide.cle });
  // Une clé retirée ne sert plus : le journal en parle encore.
  expect((await faire('ventes.ajouterGarant', { nature: 'collectivite', nom: 'Autre' })).cle).toBe('garant-3');
});

it('deux communes homonymes ne se confondent ni à l’écran, ni dans les constats, ni dans les lettres ; une convention hors années civiles dit ses jours', async () => {
  const { faire, choisis, repertoire, chemin } = await essaiVentes();
  await faire('ventes.ajouter', { identifiants: choisis.slice(0, 2), annee: '2028', acquereur: 'locataires' });
  await faire('champs.definir', { champ: 'calendrier/date-effet', valeur: '2028-02-29' });
  await faire('dossier.fermer', {});
  // Le parc d'essai n'a pas d'homonymes : les deux logements du plan changent de commune dans le dossier même.
  const base = new Database(chemin);
  const deplacer = base.prepare<[string, string]>('UPDATE logement SET commune = ? WHERE ident_int = ?');
  for (const [i, commune] of ['69290', '07288'].entries()) deplacer.run(commune, choisis[i] ?? '');
  base.close();
  await faire('dossier.ouvrir', { chemin });
  const { lignes } = await faire('ventes.consultations', {});
  expect(lignes.map((c) => [c.cle, c.nom])).toEqual([['commune-07288', 'Saint-Priest (07288)'], ['commune-69290', 'Saint-Priest (69290)']]);
  const { aJustifier } = await faire('controles.lister', {});
  expect(aJustifier.filter((c) => c.code === 'vente-consultation').map((c) => c.message.slice(0, 36).trim()).sort()).toEqual(['Consultation de Saint-Priest (07288)', 'Consultation de Saint-Priest (69290)']);
  const { fichiers } = await faire('ventes.courriers', { repertoire: join(repertoire, 'lettres') });
  expect(fichiers.map((f) => basename(f.chemin))).toEqual(['consultation-commune-07288-Saint-Priest.docx', 'consultation-commune-69290-Saint-Priest.docx']);
  const [ardeche = '', rhone = ''] = await Promise.all(fichiers.map((f) => texteDe(f.chemin)));
  expect([ardeche.includes('commune de Saint-Priest (Ardèche), code Insee 07288'), rhone.includes('commune de Saint-Priest (Rhône), code Insee 69290'), rhone.includes('Ardèche')]).toEqual([true, true, false]);
  expect(rhone).toContain('convention d’utilité sociale du 29/02/2028 au 28/02/2034');
  expect(rhone).toContain('de 1 logement situé sur son territoire. Il est décrit ci-dessous.');
});
