import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAttributions, compteVide, cumulVide } from '../../../shared/domain/attributions/comptes.ts';
import type { Compte } from '../../../shared/domain/attributions/comptes.ts';
import { CODES_MESURES, findMesure, isSomme } from '../../../shared/domain/attributions/mesures.ts';
import { bornesPourcent, direBornes, direInconnues, direMesure, direPart, direPartCourte, direRapport, direSomme, lirePart } from '../../../shared/domain/attributions/part.ts';
import { isAtteint, juger } from '../../../shared/domain/attributions/seuils.ts';
import type { Comptee, Reloge, Tri } from '../../../shared/domain/attributions/types.ts';

const c = (nombre: number, base: number, inconnu = 0, baseInconnue = 0, baseInconnueOui = 0, baseInconnueNon = 0): Compte => ({ nombre, base, inconnu, baseInconnue, baseInconnueOui, baseInconnueNon });
const net = (t: string): string => t.replaceAll('\u202f', ' ');

describe('une part dite', () => {
  it.each<[Compte, string, string, string]>([
    [c(0, 0), '–', '–', '–'],
    [c(0, 26, 26), 'inconnu', 'inconnu', 'inconnu sur 26'],
    [c(0, 0, 0, 12), 'inconnu', 'inconnu', 'inconnu, 12 peut-être de la base'],
    [c(0, 5, 5, 2), 'inconnu', 'inconnu', 'inconnu sur 5, 5 inconnues, 2 peut-être de la base'],
    [c(12, 48), '25,0 %', '25,0 %', '12 sur 48 (25,0 %)'],
    [c(0, 7), '0,0 %', '0,0 %', '0 sur 7 (0,0 %)'],
    [c(1, 100_000), 'moins de 0,1 %', 'moins de 0,1 %', '1 sur 100 000 (moins de 0,1 %)'],
    [c(99_999, 100_000), 'plus de 99,9 %', 'plus de 99,9 %', '99 999 sur 100 000 (plus de 99,9 %)'],
    [c(26, 120, 1), 'au moins 21,6 %', '≥ 21,6 %', '26 sur 120 (au moins 21,6 %), 1 inconnue'],
    [c(0, 6, 1), 'au plus 16,7 %', '≤ 16,7 %', '0 sur 6 (au plus 16,7 %), 1 inconnue'],
    [c(28, 120, 5, 2), 'de 22,9 à 28,7 %', '22,9 à 28,7 %', '28 sur 120 (de 22,9 à 28,7 %), 5 inconnues, 2 peut-être de la base'],
    [c(0, 6, 0, 1), 'au plus 14,3 %', '≤ 14,3 %', '0 sur 6 (au plus 14,3 %), 1 peut-être de la base'],
    [c(0, 1, 0, 1, 0, 1), '0,0 %', '0,0 %', '0 sur 1 (0,0 %), 1 peut-être de la base'],
    [c(3, 3, 0, 2, 2), '100,0 %', '100,0 %', '3 sur 3 (100,0 %), 2 peut-être de la base'],
    [c(1, 3, 1, 3, 0, 3), 'de 16,6 à 66,7 %', '16,6 à 66,7 %', '1 sur 3 (de 16,6 à 66,7 %), 1 inconnue, 3 peut-être de la base'],
    [c(6, 6, 0, 2), 'au moins 75,0 %', '≥ 75,0 %', '6 sur 6 (au moins 75,0 %), 2 peut-être de la base'],
  ])('%j : %s', (compte, mots, signes, mesure) => {
    expect([direPart(compte), direPartCourte(compte), direMesure(compte)].map(net)).toEqual([mots, signes, mesure]);
  });

  it('une somme : un tiret, inconnue, au moins, ou exacte', () => {
    expect([c(0, 0), c(0, 4, 4), c(12, 40, 3), c(12, 40, 0, 1), c(12, 40)].map((x) => direSomme(x))).toEqual(['–', 'inconnu', 'au moins 12', 'au moins 12', '12']);
  });

  it('les deux bornes, et l’accord', () => {
    expect([direBornes(c(0, 6, 1)), direBornes(c(28, 120, 5, 2)), direBornes(c(1, 4)), direInconnues(c(0, 6, 1)), direInconnues(c(0, 9, 3, 2)), direRapport(c(0, 9, 9))].map(net)).toEqual([
      'de 0,0 à 16,7 %', 'de 22,9 à 28,7 %', '', '1 inconnue', '3 inconnues, 2 peut-être de la base', 'inconnu sur 9',
    ]);
  });
});

const tri = fc.constantFrom(true, false, null);
const attribution: fc.Arbitrary<Comptee> = fc.record({
  qpv: fc.constantFrom(1 as const, 2 as const, null), bail: tri, premier: tri, reloge: fc.constantFrom('non', 'ru', 'orcod', 'oui', null), prioritaire: tri, dalo: tri,
  reserve: fc.constantFrom('non', 'oui', 'etat', 'collectivite', 'action-logement', 'autre', null), echec: tri, mutation: fc.constantFrom('non', 'interne', 'externe', 'oui', null), mutationRu: tri, venant: tri,
  refus: fc.option(fc.nat(9), { nil: null }),
});
/** De quoi remplacer chaque inconnu ; qui ne mute pas ne mute pas pour la rénovation urbaine. */
const complement = fc.record({
  qpv: fc.constantFrom(1 as const, 2 as const), bail: fc.boolean(), premier: fc.boolean(), reloge: fc.constantFrom('non', 'ru', 'orcod'), prioritaire: fc.boolean(), dalo: fc.boolean(),
  reserve: fc.constantFrom('non', 'etat', 'collectivite', 'action-logement', 'autre'), echec: fc.boolean(), mutation: fc.constantFrom('non', 'interne', 'externe'), mutationRu: fc.boolean(), venant: fc.boolean(), refus: fc.nat(9),
});
type Complement = { [K in keyof Comptee]: Exclude<Comptee[K], null> };

function completer(a: Comptee, x: Complement): Comptee {
  const mutation = a.mutation === null ? x.mutation : a.mutation === 'oui' ? (x.mutation === 'non' ? 'interne' : x.mutation) : a.mutation;
  return {
    qpv: a.qpv ?? x.qpv, bail: a.bail ?? x.bail, premier: a.premier ?? x.premier, reloge: a.reloge === null ? x.reloge : a.reloge === 'oui' ? (x.reloge === 'non' ? 'ru' : x.reloge) : a.reloge, prioritaire: a.prioritaire ?? x.prioritaire,
    dalo: a.dalo ?? x.dalo, reserve: a.reserve === null ? x.reserve : a.reserve === 'oui' ? (x.reserve === 'non' ? 'autre' : x.reserve) : a.reserve, echec: a.echec ?? x.echec, mutation,
    mutationRu: a.mutationRu ?? (mutation === 'non' ? false : x.mutationRu), venant: a.venant ?? x.venant, refus: a.refus ?? x.refus,
  };
}

/** L'intervalle que dit le texte, en pour cent : ce qu'un lecteur en retient. */
function lu(texte: string): [number, number] {
  const t = net(texte);
  if (t === 'inconnu' || t === '–') return [0, 100];
  const [premier = NaN, second = NaN] = [...t.matchAll(/\d+,\d/gu)].map(([n]) => Number(n.replace(',', '.')));
  if (/^(?:au moins|≥|plus de)/u.test(t)) return [premier, 100];
  if (/^(?:au plus|≤|moins de)/u.test(t)) return [0, premier];
  return Number.isNaN(second) ? [premier - 0.05, premier + 0.05] : [premier, second];
}

describe('quel que soit l’inconnu', () => {
  it('la part vraie est dans ce qui s’affiche, et aucun jugement ne se dédit', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(attribution, complement), { maxLength: 40 }), fc.integer({ min: 0, max: 100 }), (lignes, minimum) => {
        const [connu, vrai] = [cumulVide(), cumulVide()];
        const taux = { n: BigInt(minimum), d: 100n };
        for (const [a, x] of lignes) {
          addAttributions(connu, a, 1);
          addAttributions(vrai, completer(a, x), 1);
        }
        for (const code of CODES_MESURES) {
          const [k, v] = [connu.mesures[code], vrai.mesures[code]];
          expect([v.inconnu, v.baseInconnue]).toEqual([0, 0]);
          if (isSomme(code)) {
            const dit = direSomme(k);
            if (dit !== 'inconnu' && dit !== '–') expect(v.nombre).toBeGreaterThanOrEqual(k.nombre);
            if (/^\d/u.test(dit)) expect(v.nombre).toBe(k.nombre);
            continue;
          }
          if (lirePart(k).genre === 'vide') expect(v.base).toBe(0);
          if (v.base === 0) continue;
          const part = (100 * v.nombre) / v.base;
          for (const texte of [direPart(k), direPartCourte(k), direBornes(k) || '–']) {
            const [min, max] = lu(texte);
            expect(part).toBeGreaterThanOrEqual(min - 1e-9);
            expect(part).toBeLessThanOrEqual(max + 1e-9);
          }
          const bornes = bornesPourcent(k) ?? { min: 0, max: 100 };
          expect([part >= bornes.min - 1e-9, part <= bornes.max + 1e-9]).toEqual([true, true]);
          const verdict = juger(k, taux);
          const atteint = isAtteint(BigInt(v.nombre), BigInt(v.base), taux);
          if (verdict === 'atteint' || verdict === 'sous') expect(atteint).toBe(verdict === 'atteint');
        }
      }),
      { numRuns: 400 },
    );
  });

  /** Chaque façon dont une attribution peut finir : hors de la base, y comptant, n'y comptant pas. */
  const issues = (base: Tri, valeur: Tri): readonly (0 | 1 | null)[] => {
    const valeurs = valeur === null ? ([0, 1] as const) : ([valeur ? 1 : 0] as const);
    return base === false ? [null] : base === null ? [null, ...valeurs] : valeurs;
  };
  /** Les parts de toutes les façons dont ces attributions peuvent finir, la base vide exceptée. */
  function parts(attributions: readonly (readonly (0 | 1 | null)[])[]): { n: number; d: number }[] {
    let finies = [{ n: 0, d: 0 }];
    for (const a of attributions) finies = [...new Map(finies.flatMap(({ n, d }) => a.map((v): [string, { n: number; d: number }] => [`${n + (v ?? 0)}/${d + (v === null ? 0 : 1)}`, { n: n + (v ?? 0), d: d + (v === null ? 0 : 1) }]))).values()];
    return finies.filter((p) => p.d > 0);
  }
  const comparer = (p: ReturnType<typeof lirePart>, toutes: readonly { n: number; d: number }[]): void => {
    const taux = toutes.map(({ n, d }) => n / d);
    if (p.genre === 'vide') expect(taux).toEqual([]);
    else if (p.genre === 'exacte') expect(new Set(taux)).toEqual(new Set([p.taux.n / p.taux.d]));
    else if (p.genre === 'bornee') expect([p.min.n / p.min.d, p.max.n / p.max.d]).toEqual([Math.min(...taux), Math.max(...taux)]);
  };

  it('les bornes sont atteintes, et les plus serrées : toutes les fins possibles, une à une', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(tri, tri), { maxLength: 9 }), (lignes) => {
        const k = compteVide();
        for (const [base, valeur] of lignes) {
          if (base === false) continue;
          if (base === null) {
            k.baseInconnue++;
            if (valeur !== null) k[valeur ? 'baseInconnueOui' : 'baseInconnueNon']++;
          } else {
            k.base++;
            if (valeur === null) k.inconnu++;
            else k.nombre += Number(valeur);
          }
        }
        const toutes = parts(lignes.map(([base, valeur]) => issues(base, valeur)));
        comparer(lirePart(k), toutes);
        // Inconnue : aucune attribution sûrement de la base n'a de valeur connue.
        if (lirePart(k).genre === 'inconnue') expect(lignes.some(([base, valeur]) => base === true && valeur !== null)).toBe(false);
      }),
      { numRuns: 600 },
    );
  });

  it('de vraies attributions, chaque inconnu remplacé de toutes les façons : les mêmes bornes', () => {
    const ou = <T,>(v: T | null, ...choix: T[]): T[] => (v === null ? choix : [v]);
    const completions = (a: Comptee): Comptee[] =>
      ou<1 | 2>(a.qpv, 1, 2).flatMap((qpv) => ou(a.bail, true, false).flatMap((bail) => ou(a.premier, true, false).flatMap((premier) => ou<Reloge>(a.reloge, 'non', 'ru').flatMap((reloge) =>
        ou(a.prioritaire, true, false).flatMap((prioritaire) => ou(a.dalo, true, false).flatMap((dalo) => ou(a.echec, true, false).flatMap((echec) =>
          (a.reserve === null ? (['non', 'etat', 'collectivite'] as const) : a.reserve === 'oui' ? (['etat', 'collectivite'] as const) : [a.reserve]).map((reserve) => ({ ...a, qpv, bail, premier, reloge, prioritaire, dalo, echec, reserve })))))))));
    fc.assert(
      fc.property(fc.array(attribution, { minLength: 1, maxLength: 5 }), (lignes) => {
        const c1 = cumulVide();
        for (const a of lignes) addAttributions(c1, a, 1);
        const toutes = lignes.map(completions);
        for (const code of ['ps1', 'quartile-hors-qpv', 'reloges-hors-qpv', 'l441-quartile', 'l441-mixite', 'l441-prioritaires', 'l441-collectivites', 'non-reserves'] as const) {
          const m = findMesure(code);
          if (m === undefined) throw new Error(code);
          comparer(lirePart(c1.mesures[code]), parts(toutes.map((liste) => [...new Set(liste.map((x) => (m.base(x) === true ? (m.valeur(x) === 1 ? 1 : 0) : null)))])));
        }
      }),
      { numRuns: 80 },
    );
  });
});
