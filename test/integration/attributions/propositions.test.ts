import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openReadOnly } from '../../../electron/store/connexion.ts';
import { readEngagements } from '../../../electron/service/matrice.ts';
import { readPropositions } from '../../../electron/service/propositions/index.ts';
import type { Proposition } from '../../../shared/domain/engagements/propositions.ts';
import { findCommune } from '../../../shared/territoires/index.ts';
import { dossierAttributions, ecrireTableau } from './aide.ts';
import type { Dossier } from './aide.ts';

async function preparer(graine: number, nombre: number): Promise<Dossier> {
  const d = await dossierAttributions(graine, nombre);
  await d.faire('champs.definir', { champ: 'options/PP-5', valeur: 'oui' });
  await d.faire('champs.definir', { champ: 'options/PS-3', valeur: 'oui' });
  return d;
}

/** Une autre source propose aussi des références : celles du parc. */
const deAttributions = (p: Proposition): boolean => p.lignes?.vue === 'attributions';

let copies = 0;
/** Le dossier est tenu par le service : une copie se lit à côté. */
async function copier(d: Dossier): Promise<string> {
  const destination = join(d.repertoire, `copie-${copies++}.cus`);
  await d.faire('dossier.copier', { destination });
  return destination;
}

async function propositions(d: Dossier) {
  const base = openReadOnly(await copier(d));
  try {
    return new Map(readPropositions(base, readEngagements(base)));
  } finally {
    base.close();
  }
}

type Lue = { annee: number; commune: string | null; qpv: number | null; bail: number | null; premier: number | null; reloge: string | null; prioritaire: number | null; dalo: number | null; mutation: string | null; venant: number | null; refus: number | null };

/** Les références refaites à la main, ligne par ligne, sans le code jugé. */
async function naives(d: Dossier): Promise<Map<string, string>> {
  const base = new Database(await copier(d), { readonly: true });
  const lignes = base.prepare<[], Lue>('SELECT l.annee, a.* FROM attribution a JOIN attribution_lot l ON l.id = a.lot WHERE l.en_vigueur = 1 AND l.annee BETWEEN 2023 AND 2025').all();
  base.close();
  const attendues = new Map<string, string>();
  const poser = (territoire: string, siennes: readonly Lue[]): void => {
    const hors = siennes.filter((l) => l.qpv === 2);
    const n = (liste: readonly Lue[], garder: (l: Lue) => boolean): number => liste.filter(garder).length;
    const t = siennes.length;
    const mouvement = (l: Lue): boolean => (l.mutation !== null && l.mutation !== 'non') || (l.reloge !== null && l.reloge !== 'non');
    if (/^(?:epci|ept)-/u.test(territoire)) {
      if (hors.length > 0) attendues.set(`PS-1/${territoire}/total`, `${n(hors, (l) => l.bail === 1 && (l.premier === 1 || (l.reloge !== null && l.reloge !== 'non')))}/${hors.length}`);
      if (hors.length > 0) attendues.set(`PS-1/${territoire}/refus`, String(hors.reduce((s, l) => s + (l.refus ?? 0), 0)));
      return;
    }
    for (const [code, champ] of [['PS-2', 'prioritaire'], ['PS-3', 'dalo']] as const) {
      attendues.set(`${code}/${territoire}/total`, `${n(siennes, (l) => l[champ] === 1)}/${t}`);
      attendues.set(`${code}/${territoire}/hors-qpv`, `${n(hors, (l) => l[champ] === 1)}/${t}`);
    }
    attendues.set(`PP-5/${territoire}/total`, `${n(siennes, (l) => l.mutation !== null && l.mutation !== 'non')}/${t}`);
    attendues.set(`PP-5/${territoire}/internes`, String(n(siennes, (l) => l.mutation === 'interne')));
    attendues.set(`PP-5/${territoire}/qpv-hors-qpv`, String(n(siennes, (l) => mouvement(l) && ((l.venant === 1 && l.qpv === 2) || (l.venant === 0 && l.qpv === 1)))));
  };
  poser('organisme', lignes);
  const territoires = new Map<string, Lue[]>();
  for (const l of lignes) {
    const c = l.commune === null ? null : findCommune(l.commune);
    for (const t of c === null ? [] : [`dep-${c.departement}`, ...(c.epci === null ? [] : [`epci-${c.epci}`]), ...(c.ept === null ? [] : [`ept-${c.ept}`])]) territoires.set(t, [...(territoires.get(t) ?? []), l]);
  }
  for (const [t, siennes] of territoires) poser(t, siennes);
  return attendues;
}

describe('références proposées par les attributions', () => {
  it('valent, pour chaque ligne de la matrice, le total des trois années refait à la main', async () => {
    const d = await preparer(5, 1500);
    await d.faire('import.lire', { chemin: d.fichier });
    const attendues = await naives(d);
    const { lignes } = await d.faire('engagements.matrice', {});
    const proposees = await propositions(d);
    const concernees = lignes.map((l) => l.champReference).filter((c) => /^reference\/(?:PS-[123]|PP-5)\//u.test(c));
    const lues = Object.fromEntries(concernees.flatMap((c) => (proposees.has(c) ? [[c, proposees.get(c)?.valeur]] : [])));
    expect(lues).toEqual(Object.fromEntries(concernees.flatMap((c) => {
      const v = attendues.get(c.replace('reference/', ''));
      return v === undefined ? [] : [[c, v]];
    })));
    expect(new Set(Object.keys(lues).map((c) => `${c.split('/')[1] ?? ''}/${c.split('/')[3] ?? ''}`)).size).toBe(9);
    // Aucune colonne ne dit la rénovation urbaine des mutations, une attribution sur cinq : compter les seuls relogés serait trop peu dire.
    expect((await d.faire('engagements.propositions', {})).sansProposition.map((t) => t.champ)).toEqual(['reference/PP-5/organisme/renouvellement-urbain']);
  });

  it('disent leur formule, leur source, leurs inconnus, leur réserve et leurs lignes, qui se listent', async () => {
    const d = await preparer(7, 900);
    await d.faire('import.lire', { chemin: d.fichier });
    const p = [...(await propositions(d)).values()].find((x) => x.champ.startsWith('reference/PS-2/') && x.champ.endsWith('/total'));
    expect(p).toMatchObject({ article: 'R445-5', source: expect.stringMatching(/attributions\.csv, importé le 01\/03\/2026 \(2023, 2024, 2025\)$/u) as string, lignes: { vue: 'attributions', filtres: { periode: 'reference', mesure: 'prioritaires', etat: 'compte' } } });
    expect(p?.formule).toMatch(/^Total de 2023, 2024, 2025 : .* sur .*\. Attributions à un ménage d’une catégorie.* Inconnu : \d+ attributions? sans valeur connue.* Par année : 2023, /u);
    expect(p?.reserve).toContain('annexe 1 de l’arrêté du 19 octobre 2017, non obtenue');
    const { territoire = '' } = p?.lignes?.filtres ?? {};
    const liste = await d.faire('attributions.lister', { territoire, periode: 'reference', mesure: 'prioritaires', etat: 'compte', nombre: 1000 });
    expect([liste.total, new Set(liste.lignes.map((l) => l.prioritaire))]).toEqual([p?.lignes?.nombre, new Set(['oui'])]);
    const e = await d.faire('explication.lire', { sujet: `attributions/${territoire}/reference/prioritaires` });
    expect(e.sources[0]).toMatchObject({ nombre: liste.total, champ: `attributions-lignes/${territoire}/reference/prioritaires/compte` });
    expect(e.valeur.replaceAll(/\s/gu, '')).toContain(p?.valeur.replace('/', 'sur') ?? '?');
  });

  it('s’ouvrent, depuis la case, sur leurs seules attributions : la liste a le nombre que la case dit', async () => {
    const d = await preparer(9, 300);
    const siens = d.logements.filter((l) => l.faits.sortie === 9).slice(0, 40);
    const dep = siens[0]?.faits.departement ?? '';
    const chemin = ecrireTableau(d, 'trois.csv', [
      ['date', 'identifiant', 'prioritaire'], ...siens.filter((l) => l.faits.departement === dep).map((l, i) => [`202${3 + (i % 3)}-02-${String(1 + (i % 28)).padStart(2, '0')}`, l.faits.ident, i === 1 ? '' : i % 2 === 0 ? 'oui' : 'non']),
    ]);
    await d.faire('import.lire', { chemin, type: 'attributions' });
    const champ = `reference/PS-2/dep-${dep}/total`;
    const p = (await propositions(d)).get(champ);
    expect([p?.lignes?.filtres['periode'], p?.prudence]).toEqual(['reference', expect.stringMatching(/^1 attribution sans valeur connue/u)]);
    const source = (await d.faire('explication.lire', { sujet: champ })).sources.find((x) => x.champ?.startsWith('attributions-lignes/'));
    expect([source?.champ, source?.nombre]).toEqual([`attributions-lignes/dep-${dep}/reference/prioritaires/compte`, p?.lignes?.nombre]);
    expect((await d.faire('attributions.lister', { territoire: `dep-${dep}`, periode: 'reference', mesure: 'prioritaires', etat: 'compte' })).total).toBe(source?.nombre);
    // Reprise telle quelle, la référence prévient de ce qui y est inconnu.
    await d.faire('champs.definir', { champ, valeur: p?.valeur ?? '' });
    const { informations } = await d.faire('controles.lister', {});
    expect(informations.filter((x) => x.code === 'reference-inconnues').map((x) => [x.champ, x.message.includes('inconnue')])).toEqual([[champ, true]]);
  });

  it('se taisent, et disent pourquoi, quand une colonne manque : reprendre les cases vides n’écrit pas l’année qui flatte', async () => {
    const d = await preparer(4, 300);
    const hors = d.logements.filter((l) => l.faits.qpv === 2 && l.faits.sortie === 9);
    const epci = hors[0]?.faits.epci ?? '';
    const siens = hors.filter((l) => l.faits.epci === epci).slice(0, 9);
    expect(siens.length).toBeGreaterThan(5);
    // 2025 n'a presque que des premiers quartiles ; le relogement n'est dit nulle part.
    const premier = (i: number): boolean => i % 3 === 2 || i === 0;
    const chemin = ecrireTableau(d, 'sans-reloge.csv', [['date', 'bail signé', 'identifiant', 'premier quartile'], ...siens.map((l, i) => [`202${3 + (i % 3)}-02-0${1 + i}`, 'oui', l.faits.ident, premier(i) ? 'oui' : 'non'])]);
    await d.faire('champs.definir', { champ: 'options/territoires-ps1', valeur: `epci-${epci}` });
    await d.faire('import.lire', { chemin, type: 'attributions' });
    const champ = `reference/PS-1/epci-${epci}/total`;
    const lues = await d.faire('engagements.propositions', {});
    const tue = lues.sansProposition.find((t) => t.champ === champ);
    const inconnues = siens.filter((_, i) => !premier(i)).length;
    expect([lues.propositions.some((p) => p.champ === champ), tue?.actuelle, tue?.raison]).toEqual([false, null, expect.stringContaining(`Trop d’attributions inconnues (${inconnues} sur ${siens.length}, plus d’une sur 10)`)]);
    const r = await d.faire('engagements.reprendre', { vides: true, champs: [champ] });
    expect(r.ecartees).toEqual([{ champ, raison: tue?.raison }]);
    expect((await d.faire('explication.lire', { sujet: champ })).formule).toContain('Sans proposition : Trop d’attributions inconnues');
    expect((await d.faire('engagements.matrice', {})).lignes.find((l) => l.champReference === champ)?.reference ?? null).toBeNull();
  });

  it('ne disent rien de ce qui n’a rien à compter, ni sans année de référence', async () => {
    const d = await preparer(4, 300);
    const idents = d.logements.filter((l) => l.faits.sortie === 9).map((l) => l.faits.ident);
    const chemin = ecrireTableau(d, 'peu.csv', [['date', 'identifiant', 'prioritaire'], ['2024-02-01', idents[0] ?? '', 'oui'], ['2024-03-01', idents[1] ?? '', 'non']]);
    await d.faire('import.lire', { chemin, type: 'attributions' });
    const proposees = [...(await propositions(d)).values()].filter(deAttributions);
    expect(new Set(proposees.map((p) => p.champ.split('/')[1]))).toEqual(new Set(['PS-2']));
    const total = proposees.find((p) => p.champ === 'reference/PS-2/organisme/total') ?? proposees.find((p) => p.champ.endsWith('/total'));
    expect(total?.prudence).toBe('Aucune attribution n’est importée pour 2023, 2025 : le total est celui des autres années.');
    await d.faire('champs.definir', { champ: 'calendrier/date-effet', valeur: '2031-01-01' });
    expect([...(await propositions(d)).values()].filter(deAttributions)).toEqual([]);
    expect((await d.faire('engagements.propositions', {})).sansProposition).toEqual([]);
  });
});

describe('minimums de la loi sur le dossier', () => {
  it('constate l’observé sous le minimum, et l’objectif d’un territoire se fixe, se journalise et s’annule', async () => {
    const d = await dossierAttributions(4, 300);
    const hors = d.logements.filter((l) => l.faits.qpv === 2 && l.faits.sortie === 9).slice(0, 8);
    const epci = hors[0]?.faits.epci ?? '';
    const siens = hors.filter((l) => l.faits.epci === epci);
    const chemin = join(d.repertoire, 'a.csv');
    writeFileSync(chemin, ['date;bail signé;identifiant;premier quartile;relogement;réservataire;dalo;prioritaire', ...siens.map((l, i) => `2024-0${i + 1}-01;oui;${l.faits.ident};${i === 0 && siens.length < 5 ? 'oui' : 'non'};non;non;non;non`)].join('\n'));
    await d.faire('champs.definir', { champ: 'options/territoires-ps1', valeur: `epci-${epci}` });
    await d.faire('import.lire', { chemin, type: 'attributions' });
    const observes = async (): Promise<string[]> => (await d.faire('controles.lister', {})).informations.filter((c) => c.code === 'seuil-observe').map((c) => c.champ ?? '');
    const dep = `dep-${hors[0]?.faits.departement ?? ''}`;
    expect(await observes()).toContain(`attributions/${dep}/toutes/l441-prioritaires`);
    const territoire = `epci-${epci}`;
    await d.faire('attributions.definirObjectif', { seuil: 'quartile-hors-qpv', territoire, saisie: '0 %', source: 'Essai' });
    const lire = async () => (await d.faire('attributions.resultats', {})).seuils.find((s) => s.code === 'quartile-hors-qpv')?.territoires.find((t) => t.code === territoire)?.objectif;
    expect([await lire(), (await observes()).includes(`attributions/${territoire}/toutes/l441-quartile`)]).toEqual([{ saisie: '0 %', source: 'Essai' }, false]);
    const { lignes: [journal] } = await d.faire('journal.lire', { decalage: 0, nombre: 1 });
    expect(journal).toMatchObject({ champ: `attributions/objectif/quartile-hors-qpv/${territoire}`, avant: null, apres: '0 %, Essai' });
    expect(await d.faire('explication.lire', { sujet: journal?.champ ?? '' })).toMatchObject({ valeur: '0 %, Essai', articles: ['L441-1'], historique: [{ avant: null, apres: '0 %, Essai' }] });
    const { operations } = await d.faire('operations.lister', {});
    await d.faire('operations.annuler', { operation: operations[0]?.id ?? 0 });
    expect(await lire()).toBeNull();
    expect((await d.echouer('attributions.definirObjectif', { seuil: 'prioritaires-non-reserves', territoire, saisie: '30 %', source: '' })).code).toBe('seuil-inconnu');
    expect((await d.echouer('attributions.definirObjectif', { seuil: 'quartile-hors-qpv', territoire: 'lune', saisie: '30 %', source: '' })).code).toBe('territoire-inconnu');
  });
});
