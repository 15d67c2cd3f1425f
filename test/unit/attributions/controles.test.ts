import { describe, expect, it } from 'vitest';
import { runControles } from '../../../shared/domain/controles/controles.ts';
import type { Constat, EntreeControles } from '../../../shared/domain/controles/types.ts';
import type { Compte } from '../../../shared/domain/attributions/comptes.ts';
import type { SeuilsObserves } from '../../../shared/domain/attributions/seuils.ts';
import { dossierComplet } from '../controles/exemple.ts';

const EPCI = 'epci-200054807';
const CHAMP = `engagement/PS-1/${EPCI}/2027/total`;

function constats(changements: Partial<EntreeControles>, saisie?: string): Constat[] {
  const entree = dossierComplet();
  if (saisie !== undefined) entree.saisies.set(CHAMP, saisie);
  const c = runControles({ ...entree, ...changements });
  return [...c.bloquants, ...c.aJustifier, ...c.informations];
}
const cibles = (saisie: string, attributions?: SeuilsObserves): string[] =>
  constats(attributions === undefined ? {} : { attributions }, saisie).filter((c) => c.code === 'seuil-cible').map((c) => `${c.niveau} ${c.champ ?? ''} ${c.article} ${c.message}`);

const objectif = (saisie: string, source = 'CIA de 2024'): SeuilsObserves => ({ objectifs: [{ seuil: 'quartile-hors-qpv', territoire: EPCI, saisie, source }], observations: [] });

describe('cibles de PS-1 sous le minimum', () => {
  it('dit le calcul, ce que le minimum demanderait, le texte et l’article', () => {
    const [constat, ...autres] = cibles('21/120');
    expect(autres).toEqual([]);
    expect(constat).toContain(`a-justifier ${CHAMP} L441-1 PS-1, `);
    expect(constat).toContain('21 / 120 = 17,5\u202f% ; 25\u202f% demanderait 30 attributions. Au moins 25 % des attributions annuelles hors QPV');
    expect(cibles('24,99 %')[0]).toContain('24,99\u202f%, sous 25\u202f%');
  });

  it.each(['30/120', '25 %', '25,0 %', '1/4', '31/120', '0/0', '48', '', 'n.c.', '250/1000 = 25 %'])('rien à dire de « %s »', (saisie) => {
    expect(cibles(saisie)).toEqual([]);
  });

  it.each(['29/120', '24,999999 %', '0/1', '0 %'])('un constat pour « %s »', (saisie) => {
    expect(cibles(saisie)).toHaveLength(1);
  });

  it('l’objectif d’un territoire remplace le minimum, dans les deux sens ; illisible ou sans source, c’est dit', () => {
    expect(cibles('25 %', objectif('30 %'))[0]).toContain('Objectif de 30 % fixé pour ce territoire (CIA de 2024), à la place du minimum de 25\u202f%.');
    expect(cibles('21/120', objectif('17,5 %'))).toEqual([]);
    expect(cibles('30/120', objectif('trente'))).toEqual([]);
    const codes = (o: SeuilsObserves): string[] => constats({ attributions: o }).map((c) => c.code);
    expect([codes(objectif('trente')), codes(objectif('30 %', '')), codes(objectif('20 %'))]).toEqual([
      ['objectif-illisible'], expect.arrayContaining(['seuil-cible', 'objectif-sans-source']), [],
    ]);
  });

  it('sans minimum au millésime, rien n’est constaté', () => {
    const entree = dossierComplet();
    expect(constats({ millesime: { ...entree.millesime, seuils: [] } }, '1/120').filter((c) => c.code === 'seuil-cible')).toEqual([]);
  });
});

const compte = (nombre: number, base: number, inconnu = 0, baseInconnue = 0): Compte => ({ nombre, base, inconnu, baseInconnue, baseInconnueOui: 0, baseInconnueNon: 0 });
const observe = (seuil: string, ...annees: [number, Compte][]): Constat[] =>
  constats({ attributions: { objectifs: [], observations: [{ seuil, territoire: { code: 'dep-13', nom: 'Bouches-du-Rhône' }, annees: annees.map(([annee, c]) => ({ annee, compte: c })) }] } }).filter((c) => c.code === 'seuil-observe');

describe('attributions importées sous un minimum', () => {
  it.each(['quartile-hors-qpv', 'mixite-qpv', 'prioritaires-non-reserves', 'prioritaires-collectivites'])('%s : une information sous le minimum, rien à la limite exacte ni au-dessus', (seuil) => {
    const minimum = seuil === 'mixite-qpv' ? 60 : 30;
    expect(observe(seuil, [2024, compte(minimum - 1, 120)]).map((c) => [c.niveau, c.article])).toEqual([['information', 'L441-1']]);
    expect([observe(seuil, [2024, compte(minimum, 120)]), observe(seuil, [2024, compte(minimum + 1, 120)])]).toEqual([[], []]);
  });

  it('ne dit rien d’une base vide ; dit qu’il ne peut être jugé de celle dont aucune valeur n’est connue, en un constat pour tous ses territoires', () => {
    expect([observe('prioritaires-non-reserves', [2024, compte(0, 0)]), observe('prioritaires-non-reserves', [2024, compte(0, 50, 50)]), observe('inconnu', [2024, compte(0, 50)])]).toEqual([[], [], []]);
    const observations = ['dep-13', 'dep-83', 'dep-84', 'dep-05', 'dep-06', 'dep-04', 'dep-30'].map((code) => ({ seuil: 'prioritaires-non-reserves', territoire: { code, nom: code }, annees: [{ annee: 2024, compte: compte(0, 50, 50) }, { annee: 2025, compte: compte(0, 0, 0, 3) }] }));
    const injugeables = (o: SeuilsObserves['observations']): [string, string | null, string][] => constats({ attributions: { objectifs: [], observations: o } }).filter((c) => c.code === 'seuil-inconnu').map((c) => [c.niveau, c.champ, c.message]);
    expect(injugeables(observations)).toEqual([
      ['information', 'attributions/dep-13/toutes/l441-prioritaires', expect.stringContaining('aucune valeur connue, le minimum ne peut pas être jugé (dep-13 (2024, 2025), dep-83 (2024, 2025), dep-84 (2024, 2025), dep-05 (2024, 2025), dep-06 (2024, 2025) et 2 autres territoires')],
    ]);
    expect(injugeables([{ seuil: 'prioritaires-non-reserves', territoire: { code: 'dep-13', nom: 'A' }, annees: [{ annee: 2024, compte: compte(20, 50, 30) }] }])).toEqual([]);
  });

  it('réunit les années d’un territoire, et dit quand l’inconnu peut changer la conclusion', () => {
    const [c, ...autres] = observe('prioritaires-non-reserves', [2023, compte(40, 120)], [2024, compte(21, 120, 3)], [2025, compte(28, 120, 5, 2)]);
    expect(autres).toEqual([]);
    expect(c?.message).toContain(
      'DALO ou prioritaires parmi les logements non réservés, Bouches-du-Rhône : 2024, 21 / 120, de 17,5 à 20,0\u202f% ; 25\u202f% demanderait 30 attributions (3 attributions inconnues, qui ne changent pas la conclusion) ; 2025, 28 / 120, de 22,9 à 28,7\u202f% ; 25\u202f% demanderait de 30 à 31 attributions (7 attributions inconnues, qui peuvent changer la conclusion). Au moins un quart',
    );
    expect(c?.champ).toBe('attributions/dep-13/toutes/l441-prioritaires');
  });

  it.each<[string, Compte, string]>([
    ['au singulier', compte(29, 120, 1), '1 attribution inconnue, qui peut changer la conclusion'],
    ['quand seule l’appartenance à la base est inconnue', compte(29, 120, 0, 4), '4 attributions inconnues, qui peuvent changer la conclusion'],
    ['quand le minimum ne paraît atteint que faute de connaître la base', compte(30, 120, 0, 1), '1 attribution inconnue, qui peut changer la conclusion'],
    ['quand elle ne suffirait pas', compte(0, 6, 1), '1 attribution inconnue, qui ne change pas la conclusion'],
  ])('prévient de l’inconnu %s', (_, c, attendu) => {
    expect(observe('prioritaires-non-reserves', [2024, c]).map((x) => x.message.includes(attendu))).toEqual([true]);
  });
});

describe('références reprises d’attributions en partie inconnues', () => {
  const champ = 'reference/PS-2/dep-13/total';
  const releves = (saisie: string, c: Compte, fraction = true): string[] => {
    const entree = dossierComplet();
    entree.saisies.set(champ, saisie);
    const r = runControles({ ...entree, attributions: { objectifs: [], observations: [], references: [{ champ, compte: c, fraction }] } });
    return r.informations.filter((x) => x.code === 'reference-inconnues').map((x) => `${x.champ ?? ''} ${x.article} ${x.message}`);
  };

  it('0/6 avec une inconnue : dit ce que la valeur exacte peut être', () => {
    expect(releves('0/6', compte(0, 6, 1))).toEqual([
      `${champ} R445-5 Références reprises d’attributions en partie inconnues, la valeur exacte peut être autre : PS-2, Bouches-du-Rhône, Total, 0/6 (1 attribution inconnue, de 0,0 à 16,7\u202f%).`,
    ]);
    expect(releves('0/6 = 0 %', compte(0, 6, 1, 2))[0]).toContain('(3 attributions inconnues, de 0,0 à 37,5\u202f%)');
    expect(releves('12', compte(12, 40, 3), false)[0]).toContain('12 (3 attributions inconnues)');
  });

  it.each(['1/6', '0/7', '', '0 %'])('rien à dire de « %s », que les attributions ne proposent pas', (saisie) => {
    expect(releves(saisie, compte(0, 6, 1))).toEqual([]);
  });
});
