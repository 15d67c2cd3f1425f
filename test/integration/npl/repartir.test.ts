import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Entree, Sortie } from '../../../shared/contract.ts';
import { GRILLE_PROPOSEE } from '../../../shared/domain/service-rendu/proposee.ts';
import { jsonIci } from '../cli/aides/cus.ts';
import { dossierOccupe } from '../occupation/aide.ts';
import type { Dossier } from '../occupation/aide.ts';

type Aide = Extract<Entree<'npl.aider'>['aide'], { nature: 'repartir' }>;

/** Un parc zoné (une commune sans zone), un plafond PLS, et un scénario qui laisse de quoi répartir. */
async function preparer() {
  const d = await dossierOccupe(11, 1100);
  const { id } = await d.faire('npl.creer', { nom: 'A', annee: 2027 });
  const depart = await d.faire('npl.lire', { scenario: id });
  const communes = [...new Set(depart.lignes.map((l) => l.commune))];
  const chemin = join(d.repertoire, 'zones.csv');
  writeFileSync(chemin, `commune;zone\n${communes.slice(1).map((c, i) => `${c};${(i % 2) + 1}`).join('\n')}\n`);
  await d.faire('npl.importerBareme', { chemin, nature: 'zones', source: 'essai' });
  await d.faire('npl.definirBaremes', { plafonds: ['1', '2'].map((zone) => ({ annee: 2027, produit: 'PLS', zone, maximum: '6,5' })) });
  await d.faire('npl.aider', { scenario: id, aide: { nature: 'pourcentage', pourcentage: -4 }, cibles: depart.lignes.map((l) => ({ ensemble: l.ensemble, plafond: l.plafond })), appliquer: true });
  const cibles = depart.lignes.map((l) => ({ ensemble: l.ensemble, plafond: l.plafond }));
  const lire = () => d.faire('npl.lire', { scenario: id });
  const aider = (aide: Omit<Aide, 'nature'>, appliquer = false) => d.faire('npl.aider', { scenario: id, aide: { nature: 'repartir', ...aide }, cibles, appliquer });
  return { d, id, cibles, lire, aider, sansZone: communes[0] ?? '' };
}

it('viser une mixité : respectée, répartie, annulable ; les ensembles sans plafond restent tels quels', async () => {
  const { d, id, cibles, lire, sansZone } = await preparer();
  await d.faire('npl.definirBaremes', { plafonds: ['1', '2'].flatMap((zone) => [['PLAI', '4'], ['PLUS', '5']].map(([produit, maximum]) => ({ annee: 2027, produit: produit === 'PLAI' ? 'PLAI' : 'PLUS', zone, maximum: maximum ?? '' }) as const)) });
  const avant = await lire();
  const viser = (parts: Record<string, string>, appliquer = false) => d.faire('npl.aider', { scenario: id, aide: { nature: 'mixite', parts }, cibles, appliquer });
  const vue = await viser({ PLAI: '30', PLUS: '59,5', PLS: '10,5' });
  expect([vue.operation, await lire()]).toEqual([null, avant]);
  expect(vue.explication).toMatch(/^Mixité visée : PLAI 30 %, PLUS 59,5 %, PLS 10,5 %, sur \d+ logements comptés/u);
  const fait = await viser({ PLAI: '30', PLUS: '59,5', PLS: '10,5' }, true);
  const apres = await lire();
  const touches = new Set(fait.propositions.map((p) => p.ensemble));
  const siennes = apres.lignes.filter((l) => touches.has(l.ensemble));
  const n = siennes.reduce((s, l) => s + l.comptes, 0);
  const part = (plafond: string) => siennes.filter((l) => l.plafond === plafond).reduce((s, l) => s + l.comptes, 0);
  for (const [plafond, p] of [['PLAI', 0.3], ['PLUS', 0.595], ['PLS', 0.105]] as const) expect(Math.abs(part(plafond) - p * n)).toBeLessThan(2);
  expect([apres.respectee, apres.apres, apres.logements, apres.avant, part('INCONNU')]).toEqual([true, fait.apres, avant.logements, avant.avant, 0]);
  expect(apres.constats.filter((c) => c.code === 'repartition-incoherente')).toEqual([]);
  expect([...touches].filter((e) => avant.lignes.some((l) => l.ensemble === e && (l.commune === sansZone || l.base === 'SC')))).toEqual([]);
  await d.faire('operations.annuler', { operation: fait.operation ?? 0 });
  expect(await lire()).toEqual(avant);
});

it('viser une mixité hors QPV et en QPV : chaque côté la sienne, ceux à cheval restent ; ce que cela offre, expliqué', async () => {
  const { d, id, cibles, lire, sansZone } = await preparer();
  await d.faire('npl.definirBaremes', { plafonds: ['1', '2'].flatMap((zone) => [{ annee: 2027, produit: 'PLAI' as const, zone, maximum: '4' }, { annee: 2027, produit: 'PLUS' as const, zone, maximum: '5' }]) });
  const avant = await lire();
  const viser = (cotes: object, appliquer = false) => d.faire('npl.aider', { scenario: id, aide: { nature: 'mixite', ...cotes }, cibles, appliquer });
  const fait = await viser({ horsQpv: { PLAI: '40', PLUS: '60' }, qpv: { PLUS: '50', PLS: '50' }, arrondi: 'exact' }, true);
  const apres = await lire();
  const touches = new Set(fait.propositions.map((p) => p.ensemble));
  const cote = (qpv: boolean) => apres.lignes.filter((l) => touches.has(l.ensemble) && l.qpv > 0 === qpv);
  for (const [qpv, plafond, part] of [[false, 'PLAI', 0.4], [false, 'PLUS', 0.6], [false, 'PLS', 0], [true, 'PLAI', 0], [true, 'PLUS', 0.5], [true, 'PLS', 0.5]] as const) {
    const siennes = cote(qpv);
    const n = siennes.reduce((s, l) => s + l.comptes, 0);
    expect(n).toBeGreaterThan(0);
    expect(Math.abs(siennes.filter((l) => l.plafond === plafond).reduce((s, l) => s + l.comptes, 0) - part * n)).toBeLessThan(2);
  }
  const inchangees = avant.lignes.filter((l) => (l.qpv > 0 && l.qpv < l.logements) || l.base === 'SC' || l.commune === sansZone);
  expect(inchangees.filter((l) => touches.has(l.ensemble))).toEqual([]);
  expect([fait.mixite, apres.respectee, apres.apres]).toEqual([{ avant: avant.mixite, apres: apres.mixite }, true, fait.apres]);
  expect(fait.explication).toMatch(/^Mixité visée hors QPV : PLAI 40 %, PLUS 60 %, sur .* Mixité visée en QPV : PLUS 50 %, PLS 50 %, sur .* 18 ensembles laissés inchangés, en surface corrigée\./u);
  const dit = await d.faire('explication.lire', { sujet: `npl/${id}/mixite/hors-qpv` });
  expect([dit.valeur, dit.articles]).toEqual([expect.stringMatching(new RegExp(`^${apres.mixite.horsQpv.auNiveauPlai} sur `, 'u')), ['L445-2', 'L441-1']]);
  expect(dit.formule).toContain('25 %');
  await d.faire('operations.annuler', { operation: fait.operation ?? 0 });
  expect(await lire()).toEqual(avant);
  // Un seul côté visé : l'autre ne bouge pas.
  const qpv = await viser({ qpv: { PLUS: '100' } });
  expect(qpv.propositions.every((p) => avant.lignes.some((l) => l.ensemble === p.ensemble && l.qpv === l.logements))).toBe(true);
  const refuser = async (cotes: object) => (await d.echouer('npl.aider', { scenario: id, aide: { nature: 'mixite', ...cotes }, cibles, appliquer: true })).code;
  expect([await refuser({}), await refuser({ parts: { PLUS: 100 }, qpv: { PLUS: 100 } }), await refuser({ qpv: { PLUS: 90 } })]).toEqual(['mixite-absente', 'mixite-double', 'mixite-incomplete']);
  expect(await lire()).toEqual(avant);
});

const taux = (r: Sortie<'npl.lire'>): Map<string, number | null> => new Map(r.lignes.map((l) => [`${l.ensemble}/${l.plafond}`, l.maximum]));
const centimes = (n: number): number => Math.round(n * 100);

async function noter(d: Dossier): Promise<void> {
  await d.faire('serviceRendu.definirGrille', { grille: GRILLE_PROPOSEE });
  const { ensembles, criteres } = await d.faire('serviceRendu.notes', {});
  await d.faire('serviceRendu.noter', { notes: ensembles.slice(0, -3).flatMap((e, i) => criteres.map((c) => ({ ensemble: e.id, critere: c.code, saisie: String((i % 4) + 1) }))) });
}

describe('partager le reste par poids', () => {
  it('selon la zone : jamais au-dessus, hausses proportionnelles, inconnus inchangés, annulable', async () => {
    const { d, id, cibles, lire, aider, sansZone } = await preparer();
    const avant = await lire();
    const { classes } = await d.faire('npl.classes', { scenario: id, selon: 'zone', cibles });
    expect(classes.map((c) => [c.classe, c.libelle, c.lignes > 0])).toEqual([['1', 'Zone 1', true], ['2', 'Zone 2', true], [null, 'Classe inconnue', true]]);
    expect(classes.reduce((n, c) => n + c.lignes, 0)).toBe(avant.lignes.length);

    const vue = await aider({ selon: 'zone', poids: { '1': '2', 'zone 2': 1 }, arrondi: 'exact' });
    expect([vue.operation, await lire()]).toEqual([null, avant]);
    const [un, deux, inconnue] = vue.repartition?.classes ?? [];
    expect(un?.hausse).toBeGreaterThan(0);
    expect(Math.abs((un?.hausse ?? 0) - 2 * (deux?.hausse ?? 0))).toBeLessThan(0.000_21);
    expect([inconnue?.changees, inconnue?.hausse]).toEqual([0, 0]);
    expect(vue.explication).toMatch(/Zone 1, poids 2 : \+ /u);
    expect(vue.explication).toMatch(/de classe inconnue, laissées? inchangées?\./u);

    const fait = await aider({ selon: 'zone', poids: { '1': '2', '2': 1 }, arrondi: 'exact' }, true);
    const apres = await lire();
    expect([apres.respectee, centimes(apres.reste), apres.apres]).toEqual([true, centimes(fait.repartition?.reste ?? -1), fait.apres]);
    expect(centimes(avant.reste - apres.reste) - centimes(fait.repartition?.reparti ?? 0)).toBeLessThanOrEqual(1);
    expect(apres.constats.filter((c) => c.code === 'superieur-au-pls')).toEqual(avant.constats.filter((c) => c.code === 'superieur-au-pls'));
    const [t0, t1] = [taux(avant), taux(apres)];
    for (const l of avant.lignes.filter((x) => x.commune === sansZone)) expect(t1.get(`${l.ensemble}/${l.plafond}`)).toBe(t0.get(`${l.ensemble}/${l.plafond}`));
    expect((await d.faire('operations.lister', {})).operations[0]?.libelle).toMatch(/^« A » : reste partagé selon la zone, \d+ maximums changés$/u);
    await d.faire('operations.annuler', { operation: fait.operation ?? 0 });
    expect(await lire()).toEqual(avant);
    await d.faire('operations.refaire', { operation: fait.operation ?? 0 });
    expect(await lire()).toEqual(apres);
  });

  it('selon le service rendu et les ressources : les classes de la grille et de l’enquête, ou pourquoi il n’y en a pas', async () => {
    const { d, id, cibles, aider } = await preparer();
    const classes = async (selon: Aide['selon']) => d.faire('npl.classes', { scenario: id, selon, cibles });
    expect([(await classes('service-rendu')).absence, (await classes('occupation')).absence]).toEqual(['Aucune grille du service rendu n’est définie.', 'Aucune enquête d’occupation sociale n’est importée.']);
    const sans = await aider({ selon: 'occupation' });
    expect([sans.propositions, sans.repartition?.cause]).toEqual([[], 'rien']);
    await noter(d);
    await d.faire('import.lire', { chemin: d.ops, type: 'ops' });
    const notees = await classes('service-rendu');
    expect([notees.absence, notees.classes.flatMap((c) => (c.classe === null ? [] : [c.libelle]))]).toEqual([null, GRILLE_PROPOSEE.classes.map((c) => c.libelle)]);
    expect((await classes('occupation')).classes.flatMap((c) => c.classe ?? []).length).toBeGreaterThan(1);
    const premier = GRILLE_PROPOSEE.classes[0]?.libelle ?? '';
    for (const aide of [{ selon: 'service-rendu', poids: { [premier]: '0' } }, { selon: 'occupation', sansClasse: '1' }] as const) {
      const r = await aider(aide);
      expect([r.respectee, r.propositions.length > 0, r.propositions.every((p) => centimes(p.apres) === Math.round(p.apres * 10_000) / 100)]).toEqual([true, true, true]);
      expect(r.repartition?.classes.filter((c) => c.poids === 0).every((c) => c.changees === 0)).toBe(true);
    }
  });

  it('poids qui ne se lisent pas, classe inconnue : refusés, rien ne change', async () => {
    const { d, id, cibles, lire } = await preparer();
    const avant = await lire();
    const refuser = async (aide: Partial<Aide>) => (await d.echouer('npl.aider', { scenario: id, aide: { nature: 'repartir', selon: 'zone', ...aide }, cibles, appliquer: true })).code;
    const codes = [await refuser({ poids: { '9': 1 } }), await refuser({ poids: { '1': 'x' } }), await refuser({ poids: { '1': '0,123' } }), await refuser({ sansClasse: '1001' })];
    expect([codes, await lire()]).toEqual([['classe-inconnue', 'poids-illisible', 'poids-illisible', 'poids-illisible'], avant]);
  });

  it('au terminal : la même chose, en JSON, écrite seulement si on le demande', async () => {
    const { d, lire, aider } = await preparer();
    const vue = await aider({ selon: 'zone', poids: { '1': '1', '2': '0,5' } });
    const avant = await lire();
    await d.faire('dossier.fermer', {});
    const lance = (poids: string, ...args: string[]) => jsonIci(['npl', basename(d.dossier), '--nom', 'A', '--partager', 'zone', '--poids', poids, ...args], d.repertoire);
    const POIDS = '1=1;2=0,5';
    expect(await lance(POIDS)).toEqual({ code: 0, objet: vue, stderr: '' });
    expect((await lance(POIDS, '--appliquer')).objet).toMatchObject({ repartition: vue.repartition, propositions: vue.propositions });
    expect((await lance('1:2')).objet).toMatchObject({ erreur: { code: 'paire-illisible' } });
    expect((await lance(POIDS, '--ensembles', 'RIEN')).objet).toMatchObject({ erreur: { code: 'ensemble-inconnu' } });
    const mixite = async (parts: string) => (await jsonIci(['npl', basename(d.dossier), '--nom', 'A', '--mixite', parts], d.repertoire)).objet;
    expect(await mixite('plai=40;PLUS=60')).toMatchObject({ operation: null, respectee: true });
    expect([await mixite('PLAI=40;PLUS=50'), await mixite('PLX=100')]).toMatchObject([{ erreur: { code: 'mixite-incomplete' } }, { erreur: { code: 'mixite-illisible' } }]);
    const [hors, double] = [await jsonIci(['npl', basename(d.dossier), '--nom', 'A', '--mixite-hors-qpv', 'PLUS=100'], d.repertoire), await jsonIci(['npl', basename(d.dossier), '--nom', 'A', '--mixite', 'PLUS=100', '--mixite-qpv', 'PLUS=100'], d.repertoire)];
    expect([hors.objet, double.objet]).toMatchObject([{ operation: null, mixite: { apres: {} } }, { erreur: { code: 'mixite-double' } }]);
    await d.faire('dossier.ouvrir', { chemin: d.dossier });
    const apres = await lire();
    expect([apres.apres, apres.reste < avant.reste]).toEqual([vue.apres, true]);
  });
});
