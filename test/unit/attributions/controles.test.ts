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

const compte = (nombre: number, base: number, inconnu = 0, baseInconnue = 0): Compte => ({ nombre, base, inconnu, baseInconnue });
const observe = (seuil: string, ...annees: [number, Compte][]): Constat[] =>
  constats({ attributions: { objectifs: [], observations: [{ seuil, territoire: { code: 'dep-13', nom: 'Bouches-du-Rhône' }, annees: annees.map(([annee, c]) => ({ annee, compte: c })) }] } }).filter((c) => c.code === 'seuil-observe');

describe('attributions importées sous un minimum', () => {
  it.each(['quartile-hors-qpv', 'mixite-qpv', 'prioritaires-non-reserves', 'prioritaires-collectivites'])('%s : une information sous le minimum, rien à la limite exacte ni au-dessus', (seuil) => {
    const minimum = seuil === 'mixite-qpv' ? 60 : 30;
    expect(observe(seuil, [2024, compte(minimum - 1, 120)]).map((c) => [c.niveau, c.article])).toEqual([['information', 'L441-1']]);
    expect([observe(seuil, [2024, compte(minimum, 120)]), observe(seuil, [2024, compte(minimum + 1, 120)])]).toEqual([[], []]);
  });

  it('ne dit rien d’une base vide, ni d’une base dont aucune valeur n’est connue', () => {
    expect([observe('prioritaires-non-reserves', [2024, compte(0, 0)]), observe('prioritaires-non-reserves', [2024, compte(0, 50, 50)]), observe('inconnu', [2024, compte(0, 50)])]).toEqual([[], [], []]);
  });

  it('réunit les années d’un territoire, et dit quand l’inconnu peut changer la conclusion', () => {
    const [c, ...autres] = observe('prioritaires-non-reserves', [2023, compte(40, 120)], [2024, compte(21, 120, 3)], [2025, compte(28, 120, 5, 2)]);
    expect(autres).toEqual([]);
    expect(c?.message).toContain(
      'DALO ou prioritaires parmi les logements non réservés, Bouches-du-Rhône : 2024, 21 / 120 = 17,5\u202f% ; 25\u202f% demanderait 30 attributions (3 attributions inconnues) ; 2025, 28 / 120 = environ 23,33\u202f% ; 25\u202f% demanderait 30 attributions (7 attributions inconnues, qui peuvent changer la conclusion). Au moins un quart',
    );
    expect(c?.champ).toBe('attributions/dep-13/toutes/l441-prioritaires');
  });
});
