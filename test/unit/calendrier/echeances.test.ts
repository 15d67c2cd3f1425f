import { describe, expect, test } from 'vitest';
import { computeEcheances, prochaineEcheance, type EcheanceLegale } from '../../../shared/domain/calendrier/echeances.ts';
import { findMillesime } from '../../../shared/millesimes/index.ts';
import type { ValeursChamps } from '../../../shared/domain/organisme/champs.ts';

const millesime = findMillesime('2019');
const AUJOURDHUI = '2026-03-12';

function echeance(code: string, champs: ValeursChamps): EcheanceLegale {
  const e = computeEcheances(millesime, champs, AUJOURDHUI).find((x) => x.code === code);
  if (e === undefined) throw new Error(code);
  return e;
}

describe('dates légales', () => {
  test.each([
    ['signataires', 'R445-2-4', { 'calendrier/transmission-deliberation': '2026-01-15' }, '2026-03-15'],
    ['renonciation-aoh', 'D445-1-1', { 'calendrier/transmission-deliberation': '2025-10-31' }, '2026-02-28'],
    ['reunion', 'R445-2-5', { 'calendrier/transmission-elements': '2026-01-31' }, '2026-02-28'],
    ['avis-communes', 'L445-1', { 'calendrier/consultation-communes': '2025-12-31' }, '2026-02-28'],
    ['depot', 'L445-1', { 'calendrier/echeance-precedente': '2025-12-31' }, '2025-06-30'],
    ['depot', 'L445-1', { 'calendrier/echeance-precedente': '2025-12-31', 'calendrier/delai-rapprochement': '2' }, '2027-06-30'],
    ['conclusion', 'L445-1', { 'calendrier/depot': '2025-08-31' }, '2026-02-28'],
    ['evaluation-3-ans', 'R445-2-8', { 'calendrier/signature': '2024-02-29' }, '2027-02-28'],
    ['fin', 'R445-2-8', { 'calendrier/date-effet': '2026-01-01' }, '2031-12-31'],
    ['fin', 'R445-2-8', { 'calendrier/date-effet': '2026-07-01' }, '2032-06-30'],
    ['fin', 'R445-2-8', { 'calendrier/date-effet': '2028-02-29' }, '2034-02-28'],
    ['fin', 'R445-2-8', { 'calendrier/date-effet': '2028-03-01' }, '2034-02-28'],
    ['depot', 'L445-1', { 'calendrier/echeance-precedente': '2031-12-31' }, '2031-06-30'],
    ['psp', 'R445-2-2', { 'organisme/psp/date': '2023-07-01' }, '2026-06-30'],
    ['echeance-prorogee', 'R445-2-10', { 'calendrier/echeance-precedente': '2025-12-31', 'calendrier/delai-rapprochement': '1' }, '2026-12-31'],
  ])('%s (%s)', (code, article, champs, date) => {
    expect(echeance(code, champs)).toMatchObject({ article, calculee: date, date, remplacement: null });
  });

  test.each([
    ['vide', {}, 'inconnue', null],
    ['date fausse', { 'calendrier/echeance-precedente': '31/02/2026' }, 'inconnue', null],
    ['à venir', { 'calendrier/echeance-precedente': '2026-12-31' }, 'a-venir', 110],
    ['le jour même', { 'calendrier/echeance-precedente': '2026-09-12' }, 'a-venir', 0],
    ['la veille', { 'calendrier/echeance-precedente': '2026-09-11' }, 'en-retard', -1],
    ['déposé à temps', { 'calendrier/echeance-precedente': '2025-12-31', 'calendrier/depot': '2025-06-30' }, 'passee', -255],
    ['déposé un jour après', { 'calendrier/echeance-precedente': '2025-12-31', 'calendrier/depot': '2025-07-01' }, 'en-retard', -255],
  ])('état du dépôt : %s', (_, champs, etat, jours) => {
    expect(echeance('depot', champs)).toMatchObject({ etat, jours });
  });

  test('réunion tenue avant un mois, ou non tenue', () => {
    const depart = { 'calendrier/transmission-elements': '2026-01-15' };
    expect([
      echeance('reunion', { ...depart, 'calendrier/reunion-association': '2026-02-14' }).etat,
      echeance('reunion', { ...depart, 'calendrier/reunion-association': '2026-02-15' }).etat,
      echeance('reunion', depart).etat,
    ]).toEqual(['trop-tot', 'passee', 'passee']);
  });

  test("une date annoncée remplace la date calculée, avec son motif, sans l'effacer", () => {
    const champs = {
      'calendrier/echeance-precedente': '2024-12-31',
      'calendrier/echeance/depot/date': '2026-07-01',
      'calendrier/echeance/depot/motif': ' Calendrier annoncé par la DHUP ',
    };
    expect(echeance('depot', champs)).toMatchObject({
      calculee: '2024-06-30',
      date: '2026-07-01',
      remplacement: { date: '2026-07-01', motif: 'Calendrier annoncé par la DHUP' },
      etat: 'a-venir',
    });
  });
});

test('une date que l’application constate dit que c’est fait, sans fixer d’autre échéance', () => {
  const champs = { 'calendrier/echeance-precedente': '2026-12-31' };
  const echeances = computeEcheances(millesime, champs, AUJOURDHUI, { 'calendrier/depot': '2026-02-01' });
  const etats = Object.fromEntries(echeances.map((e) => [e.code, [e.realisee, e.etat]]));
  expect([etats['depot'], etats['conclusion']]).toEqual([['2026-02-01', 'passee'], [null, 'inconnue']]);
  expect(prochaineEcheance(echeances)).toBeNull();
});

describe('délais qui ne valent pas pour tous', () => {
  const codes = (champs: ValeursChamps, parc: number): string[] => computeEcheances(millesime, champs, AUJOURDHUI, {}, parc).map((e) => e.code);
  const TOUJOURS = ['psp', 'signataires', 'renonciation-aoh', 'reunion', 'avis-communes', 'depot', 'conclusion', 'evaluation-3-ans', 'fin'];
  test.each<[string, ValeursChamps, number, string[]]>([
    ['parc locatif seul', {}, 100, []],
    ['logements-foyers, moins de la moitié (R445-24)', { 'organisme/foyers/autonomes': '99' }, 100, []],
    ['logements-foyers, la moitié : partie propre (R445-32)', { 'organisme/foyers/autonomes': '100' }, 100, ['foyers-adoption', 'foyers-observations']],
    ['accession sans parc locatif (R445-18)', { 'organisme/accession/activite': 'oui' }, 0, ['accession-adoption', 'accession-observations']],
    ['accession avec un parc locatif', { 'organisme/accession/activite': 'oui' }, 1, []],
    ['rapprochement (R445-2-10)', { 'calendrier/delai-rapprochement': '2' }, 1, ['echeance-prorogee']],
    ['sans délai accordé', { 'calendrier/delai-rapprochement': '0' }, 1, []],
  ])('%s', (_, champs, parc, ajoutes) => {
    const tous = codes(champs, parc);
    expect([...tous].sort()).toEqual([...TOUJOURS, ...ajoutes].sort());
  });
  test('un mois plein avant l’adoption (R445-32)', () => {
    const champs = { 'organisme/foyers/autonomes': '10', 'calendrier/transmission-elements': '2026-01-31' };
    const etat = (adoption: string) => computeEcheances(millesime, { ...champs, 'calendrier/deliberation-adoption': adoption }, AUJOURDHUI).find((e) => e.code === 'foyers-adoption')?.etat;
    expect([etat('2026-02-27'), etat('2026-02-28')]).toEqual(['trop-tot', 'passee']);
  });
});

describe('ce que la loi dit d’un retard', () => {
  test('le dépôt et la signature disent les sanctions de L445-1 ; la réunion n’en a pas dans les textes lus', () => {
    const parCode = new Map(computeEcheances(millesime, {}, AUJOURDHUI).map((e) => [e.code, e.consequence]));
    for (const code of ['depot', 'conclusion']) {
      expect(parCode.get(code)?.article).toBe('L445-1');
      for (const mot of ['L353-9-3', 'L442-1', 'cinq ans', 'quintuple']) expect(parCode.get(code)?.texte).toContain(mot);
    }
    expect([parCode.get('reunion'), parCode.get('psp')]).toEqual([null, null]);
  });
  test('une date qui ne peut pas être calculée dit le champ qui manque', () => {
    expect(echeance('conclusion', {})).toMatchObject({ etat: 'inconnue', depuis: 'calendrier/depot', libelleDepuis: 'Dépôt du projet auprès du préfet de département' });
  });
  test('une date d’effet à venir est prévue, trop tardive pour le plan elle est en retard', () => {
    const psp = { 'organisme/psp/date': '2023-07-01' };
    expect([echeance('psp', { ...psp, 'calendrier/date-effet': '2026-06-30' }), echeance('psp', { ...psp, 'calendrier/date-effet': '2026-07-01' })].map((e) => [e.etat, e.prevue])).toEqual([['a-venir', true], ['en-retard', true]]);
  });
  test('une signature prévue n’est pas une conclusion faite', () => {
    const depose = { 'calendrier/depot': '2025-10-01' };
    expect(['', '2026-03-12', '2026-03-13', '2026-05-01'].map((s) => echeance('conclusion', { ...depose, 'calendrier/signature': s })).map((e) => [e.etat, e.prevue])).toEqual([['a-venir', false], ['passee', false], ['a-venir', true], ['en-retard', true]]);
  });
});

describe('prochaine échéance', () => {
  test('la plus proche à venir', () => {
    const champs = { 'calendrier/date-effet': '2026-01-01', 'calendrier/echeance-precedente': '2026-10-22' };
    expect(prochaineEcheance(computeEcheances(millesime, champs, AUJOURDHUI))).toEqual({
      champ: 'calendrier/depot',
      libelle: 'Dépôt du projet de convention',
      date: '2026-04-22',
      jours: 41,
      article: 'L445-1',
    });
  });
  test('une limite dépassée passe devant', () => {
    const champs = { 'calendrier/transmission-deliberation': '2026-03-01', 'calendrier/echeance-precedente': '2026-06-30' };
    expect(prochaineEcheance(computeEcheances(millesime, champs, AUJOURDHUI))).toMatchObject({ date: '2025-12-30', jours: -72 });
  });
  test('rien sans date', () => {
    expect(prochaineEcheance(computeEcheances(millesime, {}, AUJOURDHUI))).toBeNull();
  });
});
