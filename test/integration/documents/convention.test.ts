import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { lisezMoi, textCible, writeConventionPdf } from '../../../electron/documents/index.ts';
import { formatDecimal2, formatNombre } from '../../../electron/documents/format.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { donneesExemple } from '../../aides/donnees.ts';
import { inTemp, readPdf } from './aides/tableur.ts';

type PersonneDeposee = NonNullable<DonneesPaquet['association']>['personnes'][number];

const run = promisify(execFile);
/** Sans blancs : ce que dit le PDF, quelle que soit sa mise en lignes. */
const squeeze = (texte: string): string => texte.replace(/[\s\u00A0\u202F\u200B]+/g, '');

describe('convention.pdf', () => {
  it('est valide, paginée, et dit chaque chiffre du dépôt', async () => {
    const donnees = donneesExemple({ malgre: 'Délibération attendue le 12 mars.' });
    const { texte, pages } = await readPdf(await writeConventionPdf(donnees));
    const dit = squeeze(texte);
    const { etat } = donnees;
    const attendus = [
      donnees.organisme.nom, donnees.organisme.siren, donnees.periode, '1er juillet 2026', '1er mars 2026 à 10:00', 'Délibération attendue le 12 mars.',
      ...donnees.champs.flatMap((c) => [c.libelle, c.article]),
      ...[etat.logements, etat.qpv, etat.horsQpv, etat.vacants, etat.sortis, ...Object.values(etat.financements), ...Object.values(etat.dpe), ...Object.values(etat.communes)].map(formatNombre),
      ...donnees.ensembles.flatMap((e) => [e.adresse, `${formatNombre(e.qpv)} sur ${formatNombre(e.logements)}`]),
      ...donnees.loyers.filter((b) => b.par !== 'ensemble').flatMap((b) => b.lignes.flatMap((l) => [formatDecimal2(l.surface), formatDecimal2(l.loyerMensuel), l.loyerM2 === null ? '' : formatDecimal2(l.loyerM2)])),
      ...donnees.engagements.flatMap((e) => [textCible(e) ?? 'vide', e.libelle, e.commentaire ?? '', e.reference ?? '']),
      ...donnees.constats.aJustifier.flatMap((c) => [c.message, c.justification ?? '']),
    ];
    // Une adresse peut être coupée par la colonne voisine : ses mots suffisent.
    const absents = attendus.filter((a) => !dit.includes(squeeze(a)) && !a.split(/[\s-]/).every((mot) => dit.includes(mot)));
    expect(absents).toEqual([]);
    for (let page = 2; page <= pages; page += 1) expect(dit).toContain(`${page}/${pages}`);
  });

  it('dit « à la demande du préfet » des seuls indicateurs de R445-5-1, et nomme les champs des constats', async () => {
    const donnees = donneesExemple();
    for (const e of donnees.engagements) if (e.indicateur === 'PP-1' && e.ventilation === 'plai') e.obligatoire = false;
    for (const e of donnees.engagements) if (e.indicateur === 'PP-5') e.obligatoire = true;
    const constat = { article: 'R445-3', justification: null, etape: 'patrimoine' };
    donnees.constats.informations = [
      { ...constat, code: 'import-remarque', message: 'm', champ: 'import/rpls/champs-supplementaires' },
      { ...constat, code: 'import-lignes-rejetees', message: 'm', champ: 'import/rpls' },
      { ...constat, code: 'ensemble-sans-adresse', message: 'm', champ: `ensemble/${donnees.ensembles[0]!.id}` },
    ];
    const dit = squeeze((await readPdf(await writeConventionPdf(donnees))).texte);
    expect(dit.match(/àlademandedupréfet/gu)).toHaveLength(2);
    expect(dit).not.toMatch(/R445-5,àlademande|import\/rpls|ensemble\/E0|surfaceutilemoyen,/u);
    expect(dit).toMatch(/Import:champsau-delàdu.{0,10}63e,gardésbruts/u);
    expect(dit).toContain(squeeze('Import de la déclaration RPLS'));
    expect(dit).toContain(squeeze(`Ensemble ${donnees.ensembles[0]!.nom}`));
  });

  it('réunit l’organisme en une table par indicateur, sans répéter ce qu’un seul territoire porte', async () => {
    const ligne = (indicateur: string, horizon: string, nombre: number | null, denominateur: number | null, pourcentage: number | null, territoires: number, manquants: string[] = []) => ({
      indicateur, ventilation: 'total', horizon, nombre, denominateur, pourcentage, territoires, manquants, recouverts: manquants.length > 0 ? ['dep-84'] : [],
      methode: manquants.length > 0 ? ('incomplete' as const) : nombre === null ? ('ponderee' as const) : ('somme' as const), explication: '',
    });
    const donnees = { ...donneesExemple(), consolidation: [ligne('PP-4', '3ans', 1312, 2624, 50, 2), ligne('PP-4', '6ans', null, 2624, 62.5, 2), ligne('PP-1', '3ans', null, null, null, 3, ['dep-13', 'dep-83']), ligne('PP-5', '3ans', 1234567, null, null, 1)] };
    const dit = squeeze((await readPdf(await writeConventionPdf(donnees))).texte);
    expect([dit.match(/P[PS]-\d,ensembledel’organisme/gu), dit.includes('1312/2624(50%)62,5%somme;tauxpondéré'), dit.includes('incomplet'), dit.includes('1234567')]).toEqual([['PP-4,ensembledel’organisme', 'PP-1,ensembledel’organisme'], true, true, false]);
    expect(dit).toContain(squeeze('Incomplet : au moins un territoire n’a pas de valeur exploitable (Bouches-du-Rhône (13), Var (83)). Non comptés, car recouverts par un autre : Vaucluse (84).'));
  });

  it('nomme chaque personne publique signataire, et aucune autre', async () => {
    const donnees = donneesExemple();
    const personne = (nom: string, groupe: 'signataire' | 'associee', qualite: PersonneDeposee['qualite']): PersonneDeposee => ({
      code: nom, nom, nature: 'departement', libelleNature: 'Département', natureCourte: 'Département', territoire: null, logements: 1, presente: true, propose: true, certain: true, pourquoi: '', article: 'L445-1',
      retenue: true, decidee: false, motif: '', groupe, qualite, rattachement: false, aoh: false, aohPossible: false, parcSocial: null, parcSource: '', part: null, orientations: '',
      deliberationLe: null, elementsLe: null, reunionLe: null, demandeLe: null, renonciationLe: null, accordLe: null, limiteDemande: null, limiteRenonciation: null, reunionDes: null,
      demandeTardive: false, renonciationTardive: false, reunionTropTot: false,
    });
    const signer = async (personnes: PersonneDeposee[]): Promise<string> => {
      const { texte } = await readPdf(await writeConventionPdf({ ...donnees, association: { personnes, echanges: [], concertation: { acteurs: [], reunions: [], bilan: '' } } }));
      return squeeze(texte.slice(texte.lastIndexOf('Signatures')));
    };
    const dit = await signer([
      personne('Aube', 'signataire', { code: 'demande', libelle: 'À sa demande', article: 'L445-1', texte: '', certain: true }),
      personne('Marne', 'signataire', { code: 'rattachement', libelle: 'Rattachement de l’office', article: 'L445-1', texte: '', certain: false }),
      personne('Bouches-du-Rhône (13)', 'signataire', { code: 'demande', libelle: 'À sa demande', article: 'L445-1', texte: '', certain: true }),
      personne('Creuse', 'associee', null),
    ]);
    expect(dit.match(/Pour(l’État|ledépartement:(?:Aube|Marne|Yonne|Creuse|Bouches-du-Rhône\S{0,4})|unepersonne)/gu)?.map((t) => t.replace(/(Rhône).*/u, '$1'))).toEqual(['Pourl’État', 'Pourledépartement:Aube', 'Pourledépartement:Marne', 'Pourledépartement:Bouches-du-Rhône']);
    expect(dit).toContain(squeeze('Rattachement de l’office (L445-1), à confirmer'));
    expect(await signer([personne('Creuse', 'associee', null)])).toContain(squeeze('Aucune personne publique n’est signataire à la date de ce dépôt (L445-1).'));
  });

  it('donne les mêmes octets pour le même dépôt, d’autres pour un autre', async () => {
    const premiers = createHash('sha256').update(await writeConventionPdf(donneesExemple())).digest('hex');
    expect(createHash('sha256').update(await writeConventionPdf(donneesExemple())).digest('hex')).toBe(premiers);
    expect(createHash('sha256').update(await writeConventionPdf(donneesExemple({ version: 2 }))).digest('hex')).not.toBe(premiers);
  });

  it('garde en entier un texte plus long qu’une page, et les caractères hostiles', async () => {
    const donnees = donneesExemple();
    const mots = Array.from({ length: 2_000 }, (_, i) => `mot${i}`).join(' ');
    Object.assign(donnees.engagements[0]!, { commentaire: mots });
    donnees.champs[0]!.valeur = `=1+1 \0\u0007 ${'W'.repeat(10_000)} fin-du-long 😀`;
    donnees.constats.aJustifier[0]!.justification = mots.replaceAll('mot', 'cause');
    const { texte } = await readPdf(await writeConventionPdf(donnees));
    const dit = squeeze(texte);
    const manquants = mots.split(' ').filter((m) => !dit.includes(m) || !dit.includes(m.replace('mot', 'cause')));
    expect({ manquants, w: dit.match(/W/g)?.length, fin: dit.includes('fin-du-long') }).toEqual({ manquants: [], w: 10_000, fin: true });
  });

  it('ne perd aucun mot, quelle que soit la longueur de la case qui ouvre une table', async () => {
    for (const longueur of [40, 55, 70, 90, 120, 180, 260]) {
      const donnees = donneesExemple({ ensembles: 2 });
      const mots = Array.from({ length: longueur }, (_, i) => `q${i}z`);
      donnees.constats.aJustifier[0]!.champ = mots.join(' ');
      donnees.ensembles[0]!.adresse = mots.join('\n');
      const { texte } = await readPdf(await writeConventionPdf(donnees));
      expect({ longueur, vus: mots.filter((m) => texte.split(m).length === 3).length }).toEqual({ longueur, vus: longueur });
    }
  });

  it('écrit un dépôt vide sans rien inventer', async () => {
    const vide = { ...donneesExemple(), champs: [], ensembles: [], loyers: [], engagements: [], dateEffet: null };
    const { texte } = await readPdf(await writeConventionPdf(vide));
    expect(texte).toContain('Rien à ce titre.');
    expect(texte).not.toMatch(/undefined|NaN|null|\[object/);
  });

  it('porte tous les ensembles d’un grand organisme', async () => {
    const donnees = donneesExemple({ ensembles: 1_500 });
    const { texte } = await readPdf(await writeConventionPdf(donnees));
    const dit = squeeze(texte);
    expect(donnees.ensembles.filter((e) => !dit.includes(squeeze(e.nom)))).toEqual([]);
  });
});

describe('LISEZ-MOI.txt', () => {
  it('n’annonce une consolidation que s’il y en a une', () => {
    const ligne = { indicateur: 'PP-4', ventilation: 'total', horizon: '3ans', nombre: 1, denominateur: 2, pourcentage: 50, territoires: 2, manquants: [], recouverts: [], methode: 'somme' as const, explication: '' };
    const dit = (consolidation: DonneesPaquet['consolidation']) => lisezMoi({ ...donneesExemple(), ...(consolidation === undefined ? {} : { consolidation }) }, { signe: false }).includes('consolidation');
    expect([dit(undefined), dit([]), dit([ligne])]).toEqual([false, false, true]);
  });

  it('donne des commandes openssl qui marchent telles quelles', async () => {
    const texte = lisezMoi(donneesExemple(), { signe: true });
    const commandes = texte.split('\r\n').map((l) => l.trim()).filter((l) => l.startsWith('openssl '));
    await inTemp(async (dossier) => {
      await mkdir(join(dossier, 'META-INF'));
      await writeFile(join(dossier, 'META-INF/ASiCManifest.xml'), '<ASiCManifest/>');
      await writeFile(join(dossier, 'convention.pdf'), 'contenu');
      await writeFile(join(dossier, 'cle.pem'), generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }));
      const openssl = (commande: string) => run('sh', ['-c', commande], { cwd: dossier });
      await openssl('openssl req -x509 -new -key cle.pem -subj /CN=Essai -days 2 -out certificat.pem');
      await openssl('openssl cms -sign -cades -binary -in META-INF/ASiCManifest.xml -signer certificat.pem -inkey cle.pem -outform DER -out META-INF/signature.p7s');
      const sorties = [];
      for (const commande of commandes) sorties.push(await openssl(commande));
      expect(sorties.slice(0, 2).map((s) => s.stderr)).toEqual([expect.stringContaining('Verification successful'), expect.stringContaining('Verification successful')]);
      expect(sorties[2]?.stdout).toContain('signerInfos');
      expect(sorties[3]?.stdout.trim()).toBe(createHash('sha256').update('contenu').digest('base64'));
    });
  });

  it('dit la vérité d’un paquet sans signature', () => {
    const texte = lisezMoi(donneesExemple({ version: 2, malgre: 'Motif écrit' }), { signe: false });
    expect(texte).toContain('META-INF/empreintes.json');
    expect(texte).toContain('modifications.json');
    expect(texte).toContain('Motif écrit');
    expect(texte).not.toContain('signature.p7s');
  });
});
