import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addJours, addMois } from '../../../shared/domain/calendrier/dates.ts';
import { judgeAnciennete } from '../../../shared/domain/ventes/anciennete.ts';
import { checkDatesAvis, direReservesAvis, judgeAvis, type Consultation } from '../../../shared/domain/ventes/avis.ts';
import { judgeEnergie } from '../../../shared/domain/ventes/energie.ts';
import { parseListe } from '../../../shared/domain/ventes/saisie.ts';
import { computeSru } from '../../../shared/domain/ventes/sru.ts';
import type { CommuneVente, LogementParc } from '../../../shared/domain/ventes/types.ts';
import { ventes } from '../../../shared/millesimes/2019/ventes.ts';

const PARC: LogementParc = { construct: 1990, patrimoine: 1990, origine: 1, vendeur: null, dpe: 'D', dpeDate: '2022-03', cus: null, finan: '13', qpv: 2, mode: 1, sortie: null };
const parc = (p: Partial<LogementParc>): LogementParc => ({ ...PARC, ...p });

describe('plus de dix ans (L443-7), sur des années', () => {
  const verdict = (p: Partial<LogementParc>, de: number, a = de): string => judgeAnciennete(parc(p), de, a, 10).verdict;
  test('construit en N : sûr à partir de N + 11, exclu jusqu’à N + 9, incertain en N + 10', () => {
    const annees = [2029, 2030, 2031].map((a) => verdict({ construct: 2020, patrimoine: 2020 }, a));
    expect(annees).toEqual(['non', 'incertain', 'oui']);
  });
  test('vente sans année : jugée sur toute la convention', () => {
    expect([verdict({ construct: 2015, patrimoine: 2015 }, 2026, 2031), verdict({ construct: 2022, patrimoine: 2022 }, 2026, 2031), verdict({ construct: 2018, patrimoine: 2018 }, 2026, 2031)]).toEqual(['oui', 'non', 'incertain']);
  });
  test('acquis : l’acquisition compte, sauf si un organisme l’avait construit ou acquis avant', () => {
    expect(judgeAnciennete(parc({ origine: 3, construct: 1975, patrimoine: 2020, vendeur: 'SA Exemple' }), 2027, 2027, 10)).toEqual({
      verdict: 'incertain',
      raison: 'Acquis en 2020 auprès de « SA Exemple ». La condition est remplie si un organisme d’habitations à loyer modéré l’avait construit ou acquis plus tôt.',
    });
    expect(verdict({ origine: 2, construct: 1975, patrimoine: 2010 }, 2027)).toBe('oui');
    // Construit il y a moins de dix ans, personne n'a pu le construire ni l'acquérir avant.
    expect(verdict({ origine: 2, construct: 2021, patrimoine: 2022 }, 2027)).toBe('non');
  });
  test('sans année de construction, ou sans mode d’entrée, on ne conclut pas', () => {
    expect([verdict({ construct: null }, 2027), verdict({ origine: 2, patrimoine: null }, 2027), verdict({ origine: null, construct: 1970, patrimoine: 2022 }, 2027), verdict({ origine: null, construct: 1970, patrimoine: 1970 }, 2027)]).toEqual([
      'incertain', 'incertain', 'incertain', 'oui',
    ]);
  });
  test('le verdict est celui de toutes les dates possibles', () => {
    const jour = fc.integer({ min: 0, max: 364 });
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2030 }), jour, fc.integer({ min: 2020, max: 2035 }), jour, (construct, a, vente, b) => {
        const debut = Date.UTC(construct, 0, 1 + a);
        const fin = Date.UTC(vente, 0, 1 + b);
        const dixAns = new Date(debut);
        dixAns.setUTCFullYear(dixAns.getUTCFullYear() + 10);
        const plus = fin > dixAns.getTime();
        const v = verdict({ construct, patrimoine: construct }, vente);
        return v === 'incertain' || (v === 'oui') === plus;
      }),
    );
  });
});

describe('consommation maximale (R443-11-1)', () => {
  const seuil = { mantisse: 330n, echelle: 0 };
  const juger = (classe: string | null, mois: string | null, conso: string | null = null, s = seuil): string => judgeEnergie({ classe, mois, conso }, s, ventes.energie.bornes).verdict;
  test('avant juillet 2021, la classe tranche à 330', () => {
    expect(['A', 'D', 'E', 'F', 'G'].map((c) => juger(c, '2015-01'))).toEqual(['oui', 'oui', 'oui', 'non', 'non']);
  });
  test('depuis, F et G peuvent tenir aux émissions : à vérifier', () => {
    expect(['A', 'E', 'F', 'G'].map((c) => juger(c, '2022-01'))).toEqual(['oui', 'oui', 'incertain', 'incertain']);
  });
  test('sans date ou sans classe', () => {
    expect([juger('E', null), juger('F', null), juger(null, null), juger('Z', '2022-01')]).toEqual(['oui', 'incertain', 'incertain', 'incertain']);
  });
  test('une consommation connue l’emporte, « inférieure ou égale » comprise', () => {
    expect([juger('G', '2022-01', '330'), juger('G', '2022-01', '330.0'), juger('A', '2022-01', '330.01')]).toEqual(['oui', 'oui', 'non']);
  });
  test('un autre seuil change ce que la classe prouve', () => {
    expect([juger('E', '2015-01', null, { mantisse: 250n, echelle: 0 }), juger('E', '2015-01', null, { mantisse: 230n, echelle: 0 }), juger('F', '2015-01', null, { mantisse: 450n, echelle: 0 })]).toEqual(['incertain', 'non', 'oui']);
  });
});

describe('taux de logements sociaux (L445-1)', () => {
  const commune = (c: Partial<CommuneVente>): CommuneVente => ({ commune: '13055', taux: null, objectif: null, residences: null, sociaux: null, carence: null, mixite: null, source: '', ...c });
  const verdicts = (c: CommuneVente | null, retires: number): unknown[] => {
    const { actuel, apres } = computeSru(c, retires);
    return [actuel.atteint, apres.atteint];
  };
  test('la limite est exacte : 1 000 sur 5 000 font 20 %, un de moins ne les fait plus', () => {
    const c = commune({ objectif: '20', residences: 5000, sociaux: 1000 });
    expect([verdicts(c, 0), verdicts(c, 1)]).toEqual([[true, true], [true, false]]);
    expect(computeSru(c, 1).apres.dit).toBe('999 sur 5\u202f000, 19,98\u202f% pour 20\u202f%');
  });
  test('sans nombres, le taux saisi ne dit rien d’après les ventes', () => {
    const { actuel, apres } = computeSru(commune({ taux: '21.5', objectif: '20' }), 3);
    expect([actuel.atteint, apres.atteint, apres.manque]).toEqual([true, null, ['le nombre de résidences principales', 'le nombre de logements sociaux']]);
  });
  test('déjà sous son taux, elle l’est encore après', () => {
    expect(verdicts(commune({ taux: '12', objectif: '25' }), 1)).toEqual([false, false]);
  });
  test('rien de saisi : rien d’affirmé', () => {
    expect([verdicts(null, 4), computeSru(null, 4).actuel.manque]).toEqual([[null, null], ['le taux à atteindre', 'le taux de logements sociaux']]);
  });
  test('zéro résidence, plus de ventes que de logements sociaux', () => {
    expect([verdicts(commune({ objectif: '20', residences: 0, sociaux: 3 }), 1), verdicts(commune({ objectif: '20', residences: 100, sociaux: 3 }), 9)]).toEqual([[null, null], [false, false]]);
  });
  test('un taux saisi qui n’est pas celui des nombres se dit', () => {
    expect(computeSru(commune({ taux: '19.9', objectif: '20', residences: 5000, sociaux: 1000 }), 0).incoherent).toEqual({ calcule: '20.0' });
    expect(computeSru(commune({ taux: '20', objectif: '20', residences: 5000, sociaux: 1001 }), 0).incoherent).toBeNull();
  });
  test('retirer plus ne fait jamais monter le taux', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.integer({ min: 1, max: 9000 }), fc.nat(300), fc.integer({ min: 0, max: 100 }), (sociaux, residences, n, objectif) => {
        const c = commune({ objectif: String(objectif), residences, sociaux });
        return !(computeSru(c, n).apres.atteint === false && computeSru(c, n + 1).apres.atteint === true);
      }),
    );
  });
});

describe('délai d’avis', () => {
  const consultation = (c: Partial<Consultation>): Consultation => ({ commune: true, envoyee: '2026-03-01', recue: '2026-03-05', reponse: null, repondue: null, echeance: null, ...c });
  const juger = (c: Partial<Consultation>, jour: string) => judgeAvis(consultation(c), 2, jour);
  test('deux mois du jour de la réception, dernier jour compris ; puis réputé favorable', () => {
    expect([juger({}, '2026-05-05').etat, juger({}, '2026-05-06').etat, juger({}, '2026-05-06').limite]).toEqual(['en-cours', 'repute-favorable', '2026-05-05']);
  });
  test('une réception au 31 décembre échoit au dernier jour de février', () => {
    expect(juger({ recue: '2026-12-31' }, '2027-01-01').limite).toBe('2027-02-28');
  });
  test('répondre le dernier jour vaut ; le lendemain est tardif', () => {
    expect([juger({ reponse: 'defavorable', repondue: '2026-05-05' }, '2026-06-01'), juger({ reponse: 'defavorable', repondue: '2026-05-06' }, '2026-06-01')]).toEqual([
      { etat: 'defavorable', limite: '2026-05-05', tardif: false },
      { etat: 'repute-favorable', limite: '2026-05-05', tardif: true },
    ]);
  });
  test('le silence d’un garant ne vaut rien', () => {
    expect([juger({ commune: false }, '2026-09-01').etat, juger({ commune: false, reponse: 'defavorable', repondue: '2026-09-01' }, '2026-09-02')]).toEqual(['sans-reponse', { etat: 'defavorable', limite: '2026-05-05', tardif: false }]);
  });
  test('une date retenue n’abrège jamais le délai de la commune ; elle l’allonge, et abrège celui d’un garant', () => {
    const recue = { recue: '2026-10-31', echeance: '2026-11-15' };
    expect([juger(recue, '2026-11-23'), juger(recue, '2026-12-31').etat, juger(recue, '2027-01-01').etat]).toEqual([{ etat: 'en-cours', limite: '2026-12-31', tardif: false }, 'en-cours', 'repute-favorable']);
    expect(juger({ ...recue, reponse: 'defavorable', repondue: '2026-12-20' }, '2027-01-10')).toEqual({ etat: 'defavorable', limite: '2026-12-31', tardif: false });
    expect([juger({ ...recue, echeance: '2027-01-31' }, '2027-01-31').etat, juger({ ...recue, commune: false }, '2026-11-16')]).toEqual(['en-cours', { etat: 'sans-reponse', limite: '2026-11-15', tardif: false }]);
  });
  test('rien n’est réputé favorable avant la fin des deux mois, quoi qu’on tape', () => {
    const jour = fc.integer({ min: 0, max: 500 }).map((n) => addJours('2026-01-01', n) ?? '');
    fc.assert(
      fc.property(jour, fc.option(jour), fc.option(jour), fc.option(jour), fc.constantFrom(null, 'favorable', 'defavorable', 'reserves'), (aujourdhui, recue, echeance, repondue, reponse) => {
        const { etat, tardif } = juger({ recue, echeance, repondue, reponse }, aujourdhui);
        const fin = recue === null ? null : addMois(recue, 2);
        if (fin === null || aujourdhui <= fin) expect([etat, tardif]).not.toEqual(['repute-favorable', expect.anything()]);
        if (fin !== null && repondue !== null && repondue <= fin && reponse !== null) expect(etat).toBe(reponse);
      }),
    );
  });
  test('non envoyée, non reçue, date retenue', () => {
    expect([juger({ envoyee: null, recue: null }, '2026-06-01').etat, juger({ recue: null }, '2026-06-01').etat, juger({ echeance: '2026-07-01' }, '2026-06-30').etat]).toEqual(['a-envoyer', 'a-recevoir', 'en-cours']);
  });
});

describe('dates et avis qui ne peuvent pas être', () => {
  const RIEN = { envoyee: null, recue: null, reponse: null, repondue: null };
  const dire = (c: Partial<Consultation>) => checkDatesAvis({ ...RIEN, ...c }, '2026-03-01').map((d) => `${d.colonnes.join('+')} ${d.code} ${d.message}`);
  test.each<[Partial<Consultation>, string[]]>([
    [{ envoyee: '2026-01-15', recue: '2025-12-31' }, ['envoyee+recue dates-impossibles La réception du 31/12/2025 serait avant l’envoi du 15/01/2026.']],
    [{ recue: '2026-01-15', repondue: '2026-01-14' }, ['recue+repondue dates-impossibles L’avis du 14/01/2026 serait avant la réception du 15/01/2026.']],
    [{ envoyee: '2026-01-15', repondue: '2026-01-14' }, ['envoyee+repondue dates-impossibles L’avis du 14/01/2026 serait avant l’envoi du 15/01/2026.']],
    [{ envoyee: '2026-03-02' }, ['envoyee date-a-venir Le 02/03/2026 est à venir : cela ne peut pas déjà être fait.']],
    [{ envoyee: '2026-03-01', recue: '2026-03-01', repondue: '2026-03-01' }, []],
    [{ repondue: '2026-01-02' }, []],
  ])('%j', (c, attendus) => expect(dire(c)).toEqual(attendus));
  test.each<[Partial<Consultation>, string[]]>([
    [{}, []], [{ envoyee: '2026-01-02', recue: '2026-01-03' }, []],
    [{ reponse: 'defavorable', repondue: '2026-01-02' }, ['Un avis est noté ; il manque la date d’envoi, la date de réception.']],
    [{ envoyee: '2026-01-02', recue: '2026-01-03', reponse: 'favorable' }, ['Un avis est noté ; il manque la date de l’avis.']],
    [{ repondue: '2026-01-02' }, ['Un avis est noté ; il manque le sens de l’avis.']],
  ])('ce qui manque : %j', (c, attendus) => expect(direReservesAvis({ ...RIEN, ...c }, '2026-03-01')).toEqual(attendus));
});

test.each([
  ['A1;A2', ['A1', 'A2']], ['A1, A2', ['A1', 'A2']], ['A1 A2\nA1', ['A1', 'A2']], ['A1\tB 2', ['A1', 'B 2']], ['C,3;A1', ['C,3', 'A1']], [' ; ', []], ['A1,X9', ['A1', 'X9']],
])('une liste d’identifiants « %s »', (texte, attendus) => expect(parseListe(texte, (id) => ['A1', 'A2', 'B 2', 'C,3'].includes(id))).toEqual(attendus));
