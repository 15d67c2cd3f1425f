import { describe, expect, test } from 'vitest';
import { computeDrapeaux, formatDrapeau, type CadreVentes, type ContexteCommune } from '../../../shared/domain/ventes/drapeaux.ts';
import { anneesDe, countHorizon } from '../../../shared/domain/ventes/horizons.ts';
import { parseCaseVente } from '../../../shared/domain/ventes/saisie.ts';
import { computeSru } from '../../../shared/domain/ventes/sru.ts';
import type { CommuneVente, LogementVente } from '../../../shared/domain/ventes/types.ts';
import { millesime2019 } from '../../../shared/millesimes/2019.ts';
import { checkMillesime } from '../../../shared/millesimes/coherence.ts';

const regles = millesime2019.ventes;
const cadre: CadreVentes = { regles, annees: [2026, 2027, 2028, 2029, 2030, 2031], seuil: { mantisse: 330n, echelle: 0 }, aujourdhui: '2026-03-01' };
const SAIN: LogementVente = {
  identifiant: 'L1', commune: '13055', annee: 2027, acquereur: 'locataires', etat: 'a-vendre', date: null, conso: null, documents: true, note: '',
  parc: { construct: 1985, patrimoine: 1985, origine: 1, vendeur: null, dpe: 'D', dpeDate: '2022-03', cus: '13', finan: '13', qpv: 2, mode: 1, sortie: null },
};
const COMMUNE: CommuneVente = { commune: '13055', taux: null, objectif: '20', residences: 1000, sociaux: 300, carence: false, mixite: null, source: 'essai' };
const contexte = (saisie: Partial<CommuneVente> = {}, avis: ContexteCommune['avis'] = null, retires = 1): ContexteCommune => {
  const c = { ...COMMUNE, ...saisie };
  return { nom: 'Marseille', saisie: c, sru: computeSru(c, retires), avis };
};
const codes = (l: Partial<LogementVente>, c: ContexteCommune = contexte()): string[] => computeDrapeaux({ ...SAIN, ...l }, cadre, c).map((d) => d.code);
const avecParc = (p: Partial<NonNullable<LogementVente['parc']>>): Partial<LogementVente> => ({ parc: SAIN.parc === null ? null : { ...SAIN.parc, ...p } });

test('le millésime est cohérent : chaque drapeau a son contrôle', () => expect(checkMillesime(millesime2019)).toEqual([]));
test('un logement sans défaut ne lève rien', () => expect(codes({})).toEqual([]));

describe('chaque drapeau se lève, seul', () => {
  test.each<[string, Partial<LogementVente>, ContexteCommune]>([
    ['vente-trop-recente', avecParc({ construct: 2020, patrimoine: 2020 }), contexte()],
    ['vente-anciennete-a-verifier', avecParc({ construct: 2017, patrimoine: 2017 }), contexte()],
    ['vente-energie-au-dessus', avecParc({ dpe: 'F', dpeDate: '2019-01' }), contexte()],
    ['vente-energie-a-verifier', avecParc({ dpe: 'F' }), contexte()],
    ['vente-documents', { documents: false }, contexte()],
    ['vente-hors-parc', { parc: null }, contexte()],
    ['vente-hors-parc', avecParc({ sortie: 4 }), contexte()],
    ['vente-carence', {}, contexte({ carence: true, mixite: false })],
    ['vente-carence-a-verifier', {}, contexte({ carence: true, mixite: null })],
    ['vente-carence-a-verifier', { acquereur: 'societe-vente' }, contexte({ carence: true, mixite: false })],
    ['vente-opposition', {}, contexte({ sociaux: 150 }, 'defavorable')],
    ['vente-opposition', {}, contexte({ sociaux: 200 }, 'defavorable')],
    ['vente-opposition-a-verifier', {}, contexte({ objectif: null }, 'defavorable')],
    ['vente-opposition-sans-effet', {}, contexte({}, 'defavorable')],
    ['vente-commune-sru', {}, contexte({ sociaux: 150 })],
    ['vente-commune-sru-apres', {}, contexte({ sociaux: 200 })],
    ['vente-sru-non-saisi', {}, contexte({ residences: null, sociaux: null })],
    ['vente-sru-non-saisi', {}, contexte({ objectif: null })],
    ['vente-sru-non-saisi', {}, { nom: 'Marseille', saisie: null, sru: computeSru(null, 1), avis: null }],
    ['vente-personne-morale', { acquereur: 'personnes-morales' }, contexte()],
    ['vente-sans-autorisation', { acquereur: 'organisme-hlm' }, contexte()],
    ['vente-sans-annee', { annee: null }, contexte()],
    ['vente-sans-acquereur', { acquereur: null }, contexte()],
    ['vente-hors-periode', { annee: 2035 }, contexte()],
    ['vente-date-future', { etat: 'vendu', date: '2026-03-02' }, contexte()],
    ['vente-date-future', { etat: 'commercialise', date: '2027-01-01' }, contexte()],
    ['vente-qpv', avecParc({ qpv: 1 }), contexte()],
  ])('%s', (code, l, c) => expect(codes(l, c)).toEqual([code]));
});

describe('ce qui ne lève rien', () => {
  test('une vente du jour, ou une date prévue d’un logement encore à vendre', () => expect([codes({ etat: 'vendu', date: '2026-03-01' }), codes({ date: '2027-01-01' })]).toEqual([[], []]));
  test('un contrat de mixité sociale lève l’interdiction de la carence', () => expect(codes({}, contexte({ carence: true, mixite: true }))).toEqual([]));
  test('un autre organisme HLM échappe à l’âge, à l’énergie, à la carence et à l’opposition (L443-7, L443-11)', () => {
    const recent = { ...avecParc({ construct: 2022, patrimoine: 2022, dpe: 'G', dpeDate: '2015-01' }), acquereur: 'organisme-hlm' };
    expect(codes(recent, contexte({ carence: true, mixite: false, sociaux: 10 }, 'defavorable'))).toEqual(['vente-sans-autorisation']);
  });
  test('un avis réputé favorable, ou avec réserves, n’est pas une opposition', () => expect([codes({}, contexte({ sociaux: 150 }, 'repute-favorable')), codes({}, contexte({ sociaux: 150 }, 'reserves'))]).toEqual([['vente-commune-sru'], ['vente-commune-sru']]));
  test('vendu, il ne se juge plus, sorti du parc ou non', () => expect(codes({ etat: 'vendu', documents: false, ...avecParc({ sortie: 1, dpe: 'G' }) }, contexte({ sociaux: 1, carence: true }))).toEqual([]));
  test('personne morale : PLS et plus de quinze ans', () => {
    const pls = avecParc({ cus: '14' });
    expect([codes({ ...pls, acquereur: 'personnes-morales' }), codes({ ...avecParc({ cus: '14', construct: 2014, patrimoine: 2014 }), acquereur: 'personnes-morales' })]).toEqual([[], ['vente-personne-morale']]);
  });
});

test('un drapeau se dit avec ses mots et son article', () => {
  const [d] = computeDrapeaux({ ...SAIN, ...avecParc({ construct: 2020, patrimoine: 2020 }) }, cadre, contexte());
  expect(d === undefined ? null : formatDrapeau(regles, d)).toEqual({
    code: 'vente-trop-recente', court: 'moins de 10 ans', article: 'L443-7',
    texte: 'Construit en 2020 : pas plus de 10 ans au plus tard en 2027. Une vente à un autre organisme d’habitations à loyer modéré échappe à cette condition (L443-11, I).',
  });
});

test('aucun modèle de drapeau ne garde un trou', () => {
  const cas = [avecParc({ construct: 2020, patrimoine: 2020 }), avecParc({ dpe: 'F', dpeDate: '2019-01' }), { parc: null }, { annee: 2035 }, { acquereur: null }];
  const textes = cas.flatMap((l) => computeDrapeaux({ ...SAIN, ...l }, cadre, contexte({ carence: true, mixite: false, sociaux: 150 }, 'defavorable'))).map((d) => formatDrapeau(regles, d).texte);
  expect(textes.filter((t) => /\{\w+\}/u.test(t))).toEqual([]);
});

describe('ce que le plan donne à PP-4', () => {
  const compte = (retenus: number, sansAnnee: number) => ({ retenus, sansAnnee, sansAutorisation: 0 });
  const plan = [
    { ...SAIN, annee: 2026 }, { ...SAIN, annee: 2028, acquereur: 'societe-vente' }, { ...SAIN, annee: 2029 }, { ...SAIN, annee: null }, { ...SAIN, annee: 2027, etat: 'vendu' as const, date: '2029-02-01' }, { ...SAIN, annee: 2026, etat: 'vendu' as const },
  ];
  const compter = (ventilation: string, horizon: string) => countHorizon(plan, regles, ventilation, anneesDe(horizon, millesime2019.horizons, 2026));
  test('cumulé à trois et six ans, par acquéreur, vendus par leur date', () => {
    expect({
      trois: compter('total', '3ans'), six: compter('total', '6ans'), locataires: compter('ventes.locataires', '6ans'), societe: compter('ventes.societe-vente', '3ans'), vendus: compter('vendus', '3ans'), vendusSix: compter('vendus', '6ans'), autre: compter('refus', '3ans'),
    }).toEqual({
      trois: compte(4, 1), six: compte(5, 1), locataires: compte(4, 1), societe: compte(1, 0), vendus: compte(0, 1), vendusSix: compte(1, 1), autre: null,
    });
  });
  test('un logement vendu compte dans le total et les ventes de l’année de sa vente, même sans année de mise en vente', () => {
    const vendu = { ...SAIN, annee: null, etat: 'vendu' as const, date: '2027-05-02' };
    const [deuxAns, suite] = [[2026, 2027], [2028, 2029]];
    const de = (annees: readonly number[], l: LogementVente) => ['total', 'ventes', 'ventes.locataires', 'vendus'].map((v) => countHorizon([l], regles, v, annees)?.retenus);
    expect([de(deuxAns, vendu), de(suite, vendu)]).toEqual([[1, 1, 1, 1], [0, 0, 0, 0]]);
    // Mis en vente avant, vendu après : chacun à son année. Vendu plus tôt que prévu : mis en vente au plus tard ce jour-là.
    expect([de(deuxAns, { ...vendu, annee: 2026, date: '2028-01-01' }), de(deuxAns, { ...vendu, annee: 2030 })]).toEqual([[1, 0, 0, 0], [1, 1, 1, 1]]);
    expect([de(deuxAns, { ...vendu, etat: 'commercialise' }), codes({ ...vendu, date: '2026-01-15' }), codes({ annee: null, etat: 'vendu' })]).toEqual([[1, 1, 1, 0], [], ['vente-sans-annee']]);
  });
  test('une vente à un autre organisme HLM compte parmi les vendus et les ventes, non parmi les mises en commercialisation, et se dit', () => {
    const hlm = { ...SAIN, acquereur: 'organisme-hlm' };
    const vendu = { ...hlm, etat: 'vendu' as const, date: '2027-03-01' };
    expect([countHorizon([hlm, SAIN], regles, 'total', [2027]), countHorizon([hlm], regles, 'ventes', [2028])]).toEqual([{ retenus: 1, sansAnnee: 0, sansAutorisation: 1 }, compte(0, 0)]);
    expect(['vendus', 'ventes', 'ventes.locataires', 'total'].map((v) => countHorizon([vendu], regles, v, [2027]))).toEqual([compte(1, 0), compte(1, 0), compte(0, 0), { retenus: 0, sansAnnee: 0, sansAutorisation: 1 }]);
    expect(regles.sansAutorisation.lecture).toContain('lecture d’Atelier CUS');
  });
});

describe('ce qui se tape dans une case', () => {
  const lire = (colonne: Parameters<typeof parseCaseVente>[0], texte: string) => {
    const r = parseCaseVente(colonne, texte, regles, cadre.annees);
    return r.ok ? r.valeur : r.message;
  };
  test.each<[Parameters<typeof parseCaseVente>[0], string, unknown]>([
    ['annee', ' 2027 ', 2027], ['annee', '', null], ['annee', '27', '« 27 » n’est pas une année de 2026 à 2031.'], ['annee', '2027,5', '« 2027,5 » n’est pas une année de 2026 à 2031.'], ['annee', '=2027', '« =2027 » n’est pas une année de 2026 à 2031.'],
    ['acquereur', 'Locataires', 'locataires'], ['acquereur', 'SOCIÉTÉ DE VENTE', 'societe-vente'], ['acquereur', 'personnes-morales', 'personnes-morales'], ['acquereur', '', null],
    ['etat', 'Vendu', 'vendu'], ['etat', '', 'a-vendre'], ['date', '1/3/2027', '2027-03-01'], ['date', '31/02/2027', '« 31/02/2027 » n’est pas une date (31/12/2027).'],
    ['conso', '312,5', '312.5'], ['conso', '1\u202f200', '1200'], ['conso', '-3', '« -3 » n’est pas une consommation en kWhEP/m²/an.'], ['documents', 'Oui', 1], ['documents', '', 0], ['documents', 'peut-être', '« peut-être » : répondre oui ou non.'],
    ['note', ' à voir ', 'à voir'],
  ])('%s « %s »', (colonne, texte, attendu) => expect(lire(colonne, texte)).toEqual(attendu));
});
