import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computePart } from '../../../shared/domain/association/part.ts';
import { millesimeEssai } from '../../aides/millesime-essai.ts';
import { departements } from '../../../shared/territoires/index.ts';
import { AMP, echange, millesime, personnes, saisie } from './exemple.ts';
import type { Options } from './exemple.ts';

const groupes = (o: Options) => Object.fromEntries([...personnes(o)].map(([c, p]) => [c, p.groupe]));
const BASE = { 'etat-signataire': 'etat', 'etat-destinataire': 'etat', [AMP]: 'associee', 'epci-1': 'a-confirmer', 'epci-2': 'ecartee', 'dep-13': 'associee' };

describe('qui est associé, qui signe (L445-1)', () => {
  test('sans décision : ce que le parc désigne', () => {
    expect(groupes({})).toEqual(BASE);
  });
  test('ce que l’organisme décide l’emporte et reste, même quand le parc n’y est plus', () => {
    const saisies = [saisie('epci-1', { retenue: true }), saisie('dep-13', { retenue: false, motif: 'Double' }), saisie('dep-84', { retenue: true, nom: 'Vaucluse (84)', nature: 'departement', motif: 'Parc vendu' })];
    expect(groupes({ saisies })).toEqual({ ...BASE, 'epci-1': 'associee', 'dep-13': 'ecartee', 'dep-84': 'associee' });
    expect(personnes({ saisies }).get('dep-84')).toMatchObject({ presente: false, logements: 0, motif: 'Parc vendu', decidee: true, nom: 'Vaucluse (84)' });
  });
  test.each<[string, Options, [string, string, boolean] | null]>([
    ['office rattaché, désigné', { nature: 'OPH', saisies: [saisie(AMP, { rattachement: true })] }, ['rattachement', 'signataire', true]],
    ['office rattaché, reconnu à son nom', { nature: 'OPH', rattachement: 'METROPOLE D AIX MARSEILLE PROVENCE' }, ['rattachement', 'signataire', false]],
    ['le nom ne compte plus quand un autre est désigné', { nature: 'OPH', rattachement: 'Métropole d’Aix-Marseille-Provence', saisies: [saisie('dep-13', { rattachement: true, nature: 'departement' })] }, null],
    ['une ESH n’a pas de rattachement', { saisies: [saisie(AMP, { rattachement: true })] }, null],
    ['AOH, parc social non saisi', { saisies: [saisie(AMP, { aoh: true })] }, null],
    ['AOH, 5 % exactement', { saisies: [saisie(AMP, { aoh: true, parcSocial: 10_000 })] }, ['aoh', 'signataire', true]],
    ['AOH, un logement de trop au dénominateur', { saisies: [saisie(AMP, { aoh: true, parcSocial: 10_001 })] }, null],
    ['AOH qui renonce', { saisies: [saisie(AMP, { aoh: true, parcSocial: 9_000 })], echanges: [echange(AMP, 'renonciation', '2026-01-01')] }, null],
    ['AOH de rattachement : la renonciation est sans effet (D445-1-1)', { nature: 'OPH', saisies: [saisie(AMP, { aoh: true, rattachement: true, parcSocial: 9_000 })], echanges: [echange(AMP, 'renonciation', '2026-01-01')] }, ['rattachement', 'signataire', true]],
    ['non AOH, 100 %', { saisies: [saisie(AMP, { parcSocial: 500 })] }, null],
    ['demande d’être signataire', { echanges: [echange(AMP, 'demande-signature', '2026-01-01')] }, ['demande', 'signataire', true]],
  ])('%s', (_, options, attendu) => {
    const p = personnes(options).get(AMP);
    expect(p?.qualite === null || p?.qualite === undefined ? null : [p.qualite.code, p.groupe, p.qualite.certain]).toEqual(attendu);
  });
  test('un nom que deux personnes portent n’en désigne aucune', () => {
    const voisines = [{ code: 'epci-3', nom: 'Communauté du Lac', nature: 'epci' as const, logements: 2, propose: true, certain: true, motif: '', article: 'L441-1' }];
    const designees = (o: Options) => [...personnes({ nature: 'OPH', rattachement: 'Communauté du Lac', ...o }).values()].filter((p) => p.qualite !== null).map((p) => p.code);
    expect([designees({}), designees({ voisines })]).toEqual([['epci-1'], []]);
  });
  test('une collectivité d’outre-mer n’est pas un département : à confirmer', () => {
    const outreMer = departements().filter((d) => d.code === d.region).map((d) => `dep-${d.code}`);
    const aConfirmer = new Set(millesime.association.aConfirmer.flatMap((a) => a.territoires));
    expect(outreMer).toContain('dep-978');
    expect(outreMer.filter((d) => !aConfirmer.has(d))).toEqual([]);
  });
  test('une autre règle se lit dans le millésime : l’État n’a qu’un signataire, un autre seuil', () => {
    const regles = { ...millesimeEssai, association: { ...millesimeEssai.association, aoh: { ...millesimeEssai.association.aoh, part: { numerateur: 10, denominateur: 100 } } } };
    const lues = personnes({ regles, saisies: [saisie(AMP, { aoh: true, parcSocial: 5_001 })] });
    expect([lues.has('etat-destinataire'), lues.get('etat-signataire')?.nom, lues.get(AMP)?.groupe]).toEqual([false, 'préfet du département du siège', 'associee']);
    expect(personnes({ regles, saisies: [saisie(AMP, { aoh: true, parcSocial: 5_000 })] }).get(AMP)?.groupe).toBe('signataire');
  });
});

describe('délais de chacune', () => {
  const champs = { 'calendrier/transmission-deliberation': '2025-10-31', 'calendrier/transmission-elements': '2026-01-31' };
  test('sa propre transmission l’emporte sur la date du calendrier', () => {
    const lues = personnes({ champs, echanges: [echange(AMP, 'deliberation', '2025-12-15'), echange(AMP, 'elements', '2026-02-10')], saisies: [saisie(AMP, { aoh: true })] });
    expect(lues.get(AMP)).toMatchObject({ limiteDemande: '2026-02-15', limiteRenonciation: '2026-04-15', reunionDes: '2026-03-10', prochaine: { libelle: 'Réunion possible à partir de', date: '2026-03-10' } });
    expect(lues.get('dep-13')).toMatchObject({ limiteDemande: '2025-12-31', limiteRenonciation: null, reunionDes: '2026-02-28' });
  });
  test.each([['le dernier jour', '2025-12-31', false], ['le lendemain', '2026-01-01', true]])('demande reçue %s', (_, date, tardive) => {
    expect(personnes({ champs, echanges: [echange('dep-13', 'demande-signature', date)] }).get('dep-13')?.demandeTardive).toBe(tardive);
  });
  test.each([['le dernier jour', '2026-02-28', 'associee'], ['le lendemain, sans effet', '2026-03-01', 'signataire']])('renonciation d’une AOH, %s', (_, date, groupe) => {
    const p = personnes({ champs, echanges: [echange(AMP, 'renonciation', date)], saisies: [saisie(AMP, { aoh: true, parcSocial: 500 })] }).get(AMP);
    expect([p?.limiteRenonciation, p?.groupe, p?.renonciationTardive]).toEqual(['2026-02-28', groupe, groupe === 'signataire']);
  });
  test.each([['le jour d’un mois', '2026-02-28', false], ['la veille', '2026-02-27', true]])('réunion tenue %s', (_, date, tropTot) => {
    const echanges = [echange('dep-13', 'elements', '2026-01-31'), echange('dep-13', 'reunion', date)];
    expect(personnes({ echanges }).get('dep-13')?.reunionTropTot).toBe(tropTot);
  });
});

test('5 % en entiers : jamais d’arrondi', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 1, max: 4_000_000 }), (n, parc) => {
      expect(computePart(n, parc, { numerateur: 5, denominateur: 100 }).atteinte).toBe(BigInt(n) * 100n >= 5n * BigInt(parc));
    }),
  );
});
