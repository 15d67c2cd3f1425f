import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAttributions, addCumul, cumulDe, cumulVide } from '../../../shared/domain/attributions/comptes.ts';
import type { Atome } from '../../../shared/domain/attributions/comptes.ts';
import { CODES_MESURES, MESURES, et, findMesure, isSomme, ou } from '../../../shared/domain/attributions/mesures.ts';
import type { Comptee } from '../../../shared/domain/attributions/types.ts';
import type { MesureAttributions } from '../../../shared/millesimes/types.ts';

const INCONNUE: Comptee = { qpv: null, bail: null, premier: null, reloge: null, prioritaire: null, dalo: null, reserve: null, echec: null, mutation: null, mutationRu: null, venant: null, refus: null };
const NULLE: Comptee = { qpv: 2, bail: true, premier: false, reloge: 'non', prioritaire: false, dalo: false, reserve: 'non', echec: null, mutation: 'non', mutationRu: false, venant: false, refus: 0 };

const tri = fc.constantFrom(true, false, null);
const attribution: fc.Arbitrary<Comptee> = fc.record({
  qpv: fc.constantFrom(1 as const, 2 as const, null), bail: tri, premier: tri, reloge: fc.constantFrom('non', 'ru', 'orcod', 'oui', null), prioritaire: tri, dalo: tri,
  reserve: fc.constantFrom('non', 'oui', 'etat', 'collectivite', 'action-logement', 'autre', null), echec: tri, mutation: fc.constantFrom('non', 'interne', 'externe', 'oui', null), mutationRu: tri, venant: tri,
  refus: fc.option(fc.nat(9), { nil: null }),
});

/** Ce qu'une mesure dit d'une attribution : sa valeur, `?` inconnue, `-` hors de la base, `~` base inconnue. */
function dit(code: MesureAttributions, changements: Partial<Comptee>): string {
  const m = findMesure(code);
  const a = { ...NULLE, ...changements };
  const base = m?.base(a);
  if (m === undefined || base === undefined) throw new Error(code);
  return base === null ? '~' : base ? String(m.valeur(a) ?? '?') : '-';
}

describe('ce que compte chaque mesure', () => {
  it.each<[MesureAttributions, Partial<Comptee>, string]>([
    ['ps1', { premier: true }, '1'], ['ps1', { reloge: 'ru' }, '1'], ['ps1', { reloge: 'orcod', premier: null }, '1'], ['ps1', { premier: true, bail: false }, '0'], ['ps1', { premier: true, bail: null }, '?'],
    ['ps1', { premier: null, bail: false }, '0'], ['ps1', { premier: null }, '?'], ['ps1', { premier: true, qpv: 1 }, '-'], ['ps1', { premier: true, qpv: null }, '~'],
    ['l441-quartile', { premier: true }, '1'], ['l441-quartile', { premier: true, bail: false }, '-'], ['l441-quartile', { premier: true, bail: null }, '~'], ['l441-quartile', { bail: false, qpv: null }, '-'],
    ['l441-mixite', { qpv: 1, premier: false }, '1'], ['l441-mixite', { qpv: 1, premier: true }, '0'], ['l441-mixite', { qpv: 1, premier: null }, '?'], ['l441-mixite', {}, '-'],
    ['l441-prioritaires', { dalo: true }, '1'], ['l441-prioritaires', { prioritaire: true, dalo: null }, '1'], ['l441-prioritaires', { dalo: null }, '?'], ['l441-prioritaires', { reserve: 'etat', dalo: true }, '~'], ['l441-prioritaires', { reserve: 'etat', echec: false, dalo: true }, '-'], ['l441-prioritaires', { reserve: null, echec: true, dalo: true }, '1'],
    ['non-reserves', { reserve: 'etat' }, '?'], ['non-reserves', { reserve: 'etat', echec: false }, '0'],
    ['l441-prioritaires', { reserve: 'etat', echec: true, dalo: true }, '1'], ['l441-prioritaires', { reserve: null }, '~'],
    ['l441-collectivites', { reserve: 'collectivite', prioritaire: true }, '1'], ['l441-collectivites', { reserve: 'oui' }, '~'], ['l441-collectivites', { reserve: 'etat' }, '-'],
    ['prioritaires-hors-qpv', { prioritaire: true }, '1'], ['prioritaires-hors-qpv', { prioritaire: true, qpv: null }, '?'], ['prioritaires-hors-qpv', { qpv: null }, '0'],
    ['mutations', { mutation: 'oui' }, '1'], ['mutations-internes', { mutation: 'oui' }, '?'], ['mutations-internes', { mutation: 'externe' }, '0'], ['mutations-externes', { mutation: 'externe' }, '1'],
    ['renouvellement-urbain', { reloge: 'ru' }, '1'], ['renouvellement-urbain', { reloge: 'oui' }, '?'], ['renouvellement-urbain', { reloge: 'orcod' }, '0'], ['renouvellement-urbain', { mutationRu: true, reloge: null }, '1'], ['renouvellement-urbain', { mutationRu: null }, '0'], ['renouvellement-urbain', { mutationRu: null, mutation: 'interne' }, '?'],
    ['qpv-vers-hors', { mutation: 'interne', venant: true }, '1'], ['qpv-vers-hors', { venant: true }, '0'], ['hors-vers-qpv', { mutation: 'interne', qpv: 1 }, '1'], ['qpv-hors-qpv', { mutation: 'interne', qpv: 1, venant: null }, '?'],
    ['refus', { refus: 4 }, '4'], ['refus', { refus: null }, '?'], ['refus-hors-qpv', { refus: 4, qpv: 1 }, '-'],
  ])('%s %j : %s', (code, changements, attendu) => {
    expect(dit(code, changements)).toBe(attendu);
  });

  it('ne tient jamais l’inconnu pour un « non » : d’une attribution dont rien n’est connu, rien n’est compté', () => {
    const c = cumulVide();
    addAttributions(c, INCONNUE, 7);
    expect([c.attributions, c.qpvInconnu, CODES_MESURES.filter((m) => c.mesures[m].nombre > 0 || c.mesures[m].base > c.mesures[m].inconnu)]).toEqual([7, 7, []]);
  });

  it('« et » et « ou » à trois valeurs sont ceux de toutes les façons de compléter l’inconnu', () => {
    fc.assert(
      fc.property(tri, tri, (a, b) => {
        const possibles = (t: boolean | null): boolean[] => (t === null ? [true, false] : [t]);
        const tous = (f: (x: boolean, y: boolean) => boolean) => new Set(possibles(a).flatMap((x) => possibles(b).map((y) => f(x, y))));
        const resume = (s: Set<boolean>) => (s.size === 2 ? null : s.has(true));
        expect([et(a, b), ou(a, b)]).toEqual([resume(tous((x, y) => x && y)), resume(tous((x, y) => x || y))]);
      }),
    );
  });
});

describe('sommes', () => {
  const atomes = fc.array(fc.tuple(fc.constantFrom('13055', '13001', '83137', null), fc.constantFrom(2023, 2024, 2025), attribution), { maxLength: 60 });
  const reunir = (lignes: readonly (readonly [string | null, number, Comptee])[]): Atome[] =>
    lignes.map(([commune, annee, a]) => {
      const cumul = cumulVide();
      addAttributions(cumul, a, 1);
      return { commune, annee, cumul };
    });

  it('la somme des territoires, et celle des années, est l’organisme', () => {
    fc.assert(
      fc.property(atomes, (lignes) => {
        const tous = reunir(lignes);
        const organisme = cumulDe(tous, () => true, null);
        const communes = cumulVide();
        for (const c of ['13055', '13001', '83137', null]) addCumul(communes, cumulDe(tous, (x) => x === c, null));
        const annees = cumulVide();
        for (const a of [2023, 2024, 2025]) addCumul(annees, cumulDe(tous, () => true, new Set([a])));
        expect([communes, annees]).toEqual([organisme, organisme]);
      }),
    );
  });

  it('l’ordre des lignes est indifférent', () => {
    fc.assert(
      fc.property(atomes, (lignes) => {
        expect(cumulDe(reunir(lignes.toReversed()), () => true, null)).toEqual(cumulDe(reunir(lignes), () => true, null));
      }),
    );
  });

  it('compter n attributions semblables vaut n fois une', () => {
    fc.assert(
      fc.property(attribution, fc.integer({ min: 1, max: 5 }), (a, n) => {
        const [ensemble, uneAUne] = [cumulVide(), cumulVide()];
        addAttributions(ensemble, a, n);
        for (let i = 0; i < n; i++) addAttributions(uneAUne, a, 1);
        expect(ensemble).toEqual(uneAUne);
      }),
    );
  });

  it('un compte tient dans sa base, et les bases dans les attributions', () => {
    fc.assert(
      fc.property(atomes, (lignes) => {
        const c = cumulDe(reunir(lignes), () => true, null);
        for (const { code } of MESURES) {
          const m = c.mesures[code];
          expect(m.base + m.baseInconnue).toBeLessThanOrEqual(c.attributions);
          if (!isSomme(code)) expect(m.nombre + m.inconnu).toBeLessThanOrEqual(m.base);
        }
        expect(c.qpv + c.horsQpv + c.qpvInconnu).toBe(c.attributions);
      }),
    );
  });
});
