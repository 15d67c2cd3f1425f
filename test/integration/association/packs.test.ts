import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readXlsx } from '../../../electron/documents/index.ts';
import { createDossierFictif, fillChamps, fillEngagements, fillOccupation, fillServiceRendu, fillVentes, importParc } from '../../../electron/service/demonstration-etapes.ts';
import { openService } from '../../../electron/service/index.ts';
import type { Service } from '../../../electron/service/index.ts';
import type { Entree, Operation, Sortie } from '../../../shared/contract.ts';
import { communesDe, findCommune, nomDepartement, nomTerritoire } from '../../../shared/territoires/index.ts';
import { MAINTENANT } from '../../aides/service.ts';

const LYON = 'epci-200046977';
let faire: <O extends Operation>(operation: O, entree: Entree<O>) => Promise<Sortie<O>>;
let service: Service;
let repertoire: string;
let rendu: Sortie<'associes.packs'>;
/** Logements du plan de mise en vente. */
let plan: number;
/** Texte de chaque pack, classeur et PDF réunis. */
const textes = new Map<string, string>();

const pdftotext = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

async function texteDe(pack: Sortie<'associes.packs'>['packs'][number]): Promise<string> {
  const feuilles = await readXlsx(readFileSync(pack.xlsx));
  const cases = feuilles.flatMap((f) => f.lignes.flatMap((l) => l.map(String)));
  const pdf = pdftotext ? execFileSync('pdftotext', ['-layout', pack.pdf, '-'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }) : '';
  return `${cases.join('\n')}\n${pdf}`;
}

beforeAll(async () => {
  const r = mkdtempSync(join(tmpdir(), 'cus-packs-'));
  service = openService({ repertoireDonnees: join(r, 'donnees'), utilisateur: 'Ada', ordinateur: 'poste-1', maintenant: () => new Date(MAINTENANT), verifierSorties: true });
  faire = async (operation, entree) => {
    const reponse = await service.appeler(operation, entree);
    if (!reponse.ok) throw new Error(`${operation} : ${reponse.error.message}`);
    return reponse.value;
  };
  await createDossierFictif(faire, join(r, 'd.cus'));
  await fillChamps(faire);
  await importParc(faire, r);
  await fillOccupation(faire, r);
  await fillServiceRendu(faire);
  await fillEngagements(faire);
  plan = await fillVentes(faire);
  await faire('associes.definir', { code: 'dep-13', orientations: 'Réhabiliter les ensembles du centre.\nProduire hors QPV.' });
  repertoire = join(r, 'packs');
  rendu = await faire('associes.packs', { repertoire });
  for (const p of rendu.packs) textes.set(p.personne, await texteDe(p));
  return async () => {
    await service.fermer();
    rmSync(r, { recursive: true, force: true });
  };
}, 120_000);

describe('packs des personnes publiques (R445-2-5)', () => {
  test('un PDF et un classeur pour chacune, rien d’autre', async () => {
    const { personnes } = await faire('associes.lire', {});
    const retenues = personnes.filter((p) => p.groupe === 'signataire' || p.groupe === 'associee');
    expect(rendu.packs.map((p) => p.personne).toSorted()).toEqual(retenues.filter((p) => p.logements > 0).map((p) => p.code).toSorted());
    expect(rendu.packs.length).toBeGreaterThan(5);
    expect(readdirSync(repertoire).toSorted()).toEqual(rendu.packs.flatMap((p) => [p.pdf, p.xlsx]).map((c) => c.slice(repertoire.length + 1)).toSorted());
    for (const p of rendu.packs) expect(readFileSync(p.pdf).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('rien d’un autre territoire : ni nom, ni code, ni ensemble', async () => {
    const etat = await faire('etat.lire', {});
    const { ensembles } = await faire('ensembles.lister', {});
    const presentes = Object.keys(etat.communes);
    for (const { personne } of rendu.packs) {
      const dedans = new Set(communesDe(personne).filter((c) => personne !== 'dep-69' || findCommune(c)?.epci !== LYON.slice(5)));
      const texte = textes.get(personne) ?? '';
      const dehors = presentes.filter((c) => !dedans.has(c));
      const interdits = [
        ...dehors.map((c) => c),
        ...Object.keys(etat.epci).filter((e) => !communesDe(`epci-${e}`).every((c) => dedans.has(c))).flatMap((e) => [e, nomTerritoire(`epci-${e}`)]),
        ...Object.keys(etat.departements).filter((d) => `dep-${d}` !== personne).flatMap((d) => [`dep-${d}`, `${nomDepartement(d) ?? ''} (${d})`]),
        ...ensembles.filter((e) => !dedans.has(e.commune)).map((e) => e.id),
        nomTerritoire('organisme'),
      ];
      expect(dehors.length).toBeGreaterThan(0);
      expect(interdits.filter((mot) => new RegExp(`(?<![\\p{L}\\p{N}])${mot.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')}(?![\\p{L}\\p{N}])`, 'u').test(texte))).toEqual([]);
      // Le nom d'une commune d'ailleurs peut être celui d'une rue d'ici : il ne doit pas être une case, ni une ligne de tableau.
      const cases = new Set(texte.split('\n').map((l) => l.trim()));
      expect(dehors.map((c) => findCommune(c)?.nom ?? c).filter((nom) => cases.has(nom) && !([...dedans].some((d) => findCommune(d)?.nom === nom)))).toEqual([]);
    }
  });

  test('ni aucun total de l’organisme', async () => {
    const { logements, ensembles, qpv, horsQpv } = await faire('etat.lire', {});
    for (const { personne, logements: siens } of rendu.packs) {
      expect(siens).toBeLessThan(logements);
      const texte = (textes.get(personne) ?? '').replaceAll(/(?<=\d)[\s\u00a0\u202f](?=\d{3})/gu, '');
      for (const total of [logements, horsQpv].filter((n) => n > 999)) expect(texte).not.toMatch(new RegExp(`(?<!\\d)${total}(?!\\d)`, 'u'));
      expect([ensembles, qpv].every((n) => n > 0)).toBe(true);
    }
  });

  test('les chiffres sont ceux de l’état des lieux du territoire et de la matrice', async () => {
    const { lignes } = await faire('engagements.matrice', {});
    for (const p of rendu.packs.filter((x) => x.personne !== 'dep-69')) {
      const etat = await faire('etat.lire', { territoire: p.personne });
      const dedans = new Set(communesDe(p.personne));
      const tient = (t: string): boolean => communesDe(t).length > 0 && communesDe(t).every((c) => dedans.has(c));
      const attendus = lignes.filter((l) => tient(l.territoire)).reduce((n, l) => n + l.cellules.length, 0);
      expect([p.personne, p.logements, p.ensembles, p.engagements]).toEqual([p.personne, etat.logements, etat.ensembles, attendus]);
    }
    expect(rendu.packs.find((p) => p.personne === 'dep-13')?.engagements).toBeGreaterThan(0);
  });

  test('un territoire dans un autre : ses cibles y sont ; une échelle plus large est dite, sans aucun chiffre', async () => {
    const { lignes } = await faire('engagements.matrice', {});
    const feuille = async (personne: string, nom: string) => (await readXlsx(readFileSync(rendu.packs.find((p) => p.personne === personne)?.xlsx ?? ''))).find((f) => f.nom === nom)?.lignes.map((l) => l.map(String)) ?? [];
    const departementaux = [...new Set(lignes.filter((l) => l.territoire === 'dep-69').map((l) => l.indicateur))];
    expect(departementaux).toContain('PP-1');
    const dites = async (personne: string, echelle: RegExp) => (await feuille(personne, 'Échelles plus larges')).filter((l) => echelle.test(l[1] ?? '')).map((l) => l[0]);
    expect(await dites(LYON, /^Département$/u)).toEqual(departementaux);
    expect(await dites('dep-13', /^Département/u)).toEqual([]);
    expect(await dites('dep-13', /^Organisme$/u)).toEqual(['G-1']);
    // Un EPCI tout entier dans le département : sa cible PS-1 est dans les deux packs.
    const dedans = new Set(communesDe('dep-83'));
    const inclus = [...new Set(lignes.map((l) => l.territoire))].filter((t) => t.startsWith('epci-') && communesDe(t).every((c) => dedans.has(c)));
    expect(inclus.length).toBeGreaterThan(0);
    for (const t of inclus) for (const personne of ['dep-83', t]) expect([personne, t, textes.get(personne)?.includes(`engagement/PS-1/${t}/`)]).toEqual([personne, t, true]);
    expect(textes.get('dep-13')).not.toContain('engagement/PS-1/epci-200054807/');
    expect(textes.get('dep-13')).toContain('Établissement public de coopération intercommunale');
  });

  test('plan de mise en vente : les logements du territoire, sans identifiant, ni occupation, ni vente faite', async () => {
    const { lignes } = await faire('ventes.page', { decalage: 0, nombre: 1000 });
    expect([lignes.length, plan > 0]).toEqual([plan, true]);
    for (const p of rendu.packs) {
      const dedans = new Set(communesDe(p.personne).filter((c) => p.personne !== 'dep-69' || findCommune(c)?.epci !== LYON.slice(5)));
      const siens = lignes.filter((l) => l.etat !== 'vendu' && dedans.has(l.commune));
      const feuilles = await readXlsx(readFileSync(p.xlsx));
      const liste = feuilles.find((f) => f.nom === 'Logements à vendre')?.lignes ?? [];
      expect([p.personne, liste.slice(1, -1).map((l) => [l[0], l[2]].map(String))]).toEqual([p.personne, siens.length === 0 ? [] : siens.map((l) => [l.commune, l.adresse])]);
      const texte = textes.get(p.personne) ?? '';
      expect(lignes.filter((l) => texte.includes(l.identifiant)).map((l) => l.identifiant)).toEqual([]);
      expect(liste[0]?.map(String).filter((t) => /occup|vendu|état|identifiant|date/iu.test(t)) ?? []).toEqual([]);
      if (siens.length === 0 && pdftotext) expect(texte).toContain('Aucun logement de ce territoire n’est à vendre au plan de mise en vente.');
    }
    const communes = rendu.packs.map(async (p) => (await readXlsx(readFileSync(p.xlsx))).find((f) => f.nom === 'Plan de mise en vente')?.lignes.slice(1) ?? []);
    const dep13 = (await Promise.all(communes))[rendu.packs.findIndex((p) => p.personne === 'dep-13')] ?? [];
    expect(dep13.reduce((n, l) => n + Number(l[2]), 0)).toBe(lignes.filter((l) => l.etat !== 'vendu' && l.departement === '13').length);
  });

  test('orientations : celles du territoire, ou dites absentes', () => {
    expect(textes.get('dep-13')).toContain('Réhabiliter les ensembles du centre.');
    expect(textes.get('dep-83')).toContain('Aucun texte n’est saisi dans le dossier pour ce territoire');
    expect(textes.get('dep-83')).not.toContain('Réhabiliter les ensembles du centre.');
  });

  test('l’occupation y est masquée comme dans tout export pour d’autres que l’État', async () => {
    const masquee = await faire('occupation.lire', { par: 'commune', masquer: true });
    const nue = await faire('occupation.lire', { par: 'commune' });
    const cachees = masquee.lignes.filter((l, i) => l.total.vacants === null && nue.lignes[i]?.total.vacants !== null).map((l) => l.code);
    expect(cachees.length).toBeGreaterThan(0);
    for (const p of rendu.packs) {
      const [feuille] = (await readXlsx(readFileSync(p.xlsx))).filter((f) => f.nom === 'Occupation sociale');
      const entete = feuille?.lignes[0]?.map(String) ?? [];
      const colonne = entete.indexOf('Vacants (mode 2)');
      for (const l of feuille?.lignes.slice(1) ?? []) {
        if (String(l[0]) !== 'Commune' || !cachees.includes(String(l[1])) || String(l[3]) !== 'Total') continue;
        expect([l[1], l[colonne]]).toEqual([l[1], 's']);
      }
    }
    expect(rendu.packs.reduce((n, p) => n + p.masques, 0)).toBeGreaterThan(0);
  });

  test('annulés, ils ne laissent rien ; une personne inconnue est refusée', async () => {
    const ailleurs = join(repertoire, '..', 'annule');
    const arret = new AbortController();
    const dits: string[] = [];
    const reponse = await service.appeler('associes.packs', { repertoire: ailleurs }, {
      signal: arret.signal,
      progres: ({ etape, fait }) => {
        dits.push(etape);
        if (etape.startsWith('Packs') && fait >= 1) arret.abort();
      },
    });
    expect([reponse.ok, dits.includes('Packs des personnes publiques'), existsSync(ailleurs)]).toEqual([false, true, false]);
    await expect(faire('associes.packs', { repertoire: ailleurs, personnes: ['dep-99'] })).rejects.toThrow('« dep-99 » n’est pas une personne publique retenue.');
    expect(existsSync(ailleurs)).toBe(false);
  });

  test('même état, même instant : mêmes octets', async () => {
    const encore = await faire('associes.packs', { repertoire: join(repertoire, '..', 'encore'), personnes: ['dep-13'] });
    const premier = rendu.packs.find((p) => p.personne === 'dep-13');
    for (const genre of ['pdf', 'xlsx'] as const) expect(readFileSync(encore.packs[0]?.[genre] ?? '').equals(readFileSync(premier?.[genre] ?? ''))).toBe(true);
  });

  // En dernier : il change le plan.
  test('un logement dit vendu quitte le pack : ni ligne, ni compte, ni année, ni commune ; tous vendus, rien n’est à vendre', async () => {
    const lire = async () => (await faire('ventes.page', { decalage: 0, nombre: 1000, filtre: { departements: ['13'] } })).lignes;
    const vendre = (siens: Awaited<ReturnType<typeof lire>>) => faire('ventes.definir', { cases: siens.flatMap((l) => [{ identifiant: l.identifiant, colonne: 'etat', texte: 'vendu' }, { identifiant: l.identifiant, colonne: 'date', texte: '15/01/2026' }]) });
    const feuilles = async (nom: string) => {
      const { packs: [pack] } = await faire('associes.packs', { repertoire: join(repertoire, '..', nom), personnes: ['dep-13'] });
      const lues = await readXlsx(readFileSync(pack?.xlsx ?? ''));
      const lignes = (f: string) => lues.find((x) => x.nom === f)?.lignes.map((l) => l.map(String));
      return { plan: lignes('Plan de mise en vente'), liste: lignes('Logements à vendre'), texte: pack === undefined ? '' : await texteDe(pack) };
    };
    const restants = (await lire()).filter((l) => l.etat !== 'vendu');
    // Les derniers d'une commune et d'une année : toutes deux doivent quitter le pack.
    const commune = restants[0]?.commune;
    const annee = restants.find((l) => l.commune !== commune)?.annee;
    await vendre(restants.filter((l) => l.commune === commune || l.annee === annee));
    const gardes = (await lire()).filter((l) => l.etat !== 'vendu');
    expect([gardes.length > 0, gardes.length < restants.length]).toEqual([true, true]);
    const reste = await feuilles('packs-vendus');
    expect(reste.liste?.slice(1, -1).map((l) => [l[0], l[2]])).toEqual(gardes.map((l) => [l.commune, l.adresse]));
    const comptes = (communes: readonly string[]) => Object.fromEntries([...new Set(communes)].map((c) => [c, communes.filter((x) => x === c).length]));
    expect(Object.fromEntries(reste.plan?.slice(1).map((l) => [l[0], Number(l[2])]) ?? [])).toEqual(comptes(gardes.map((l) => l.commune)));
    expect(reste.plan?.[0]?.filter((t) => /^\d{4}$/u.test(t))).toEqual([...new Set(gardes.flatMap((l) => (l.annee === null ? [] : [String(l.annee)])))].toSorted());
    await vendre(gardes);
    const rien = await feuilles('packs-tous-vendus');
    expect([rien.plan, rien.liste]).toEqual([undefined, undefined]);
    if (pdftotext) expect(rien.texte).toContain('Aucun logement de ce territoire n’est à vendre au plan de mise en vente.');
  });
});
