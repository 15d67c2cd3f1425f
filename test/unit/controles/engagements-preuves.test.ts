import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runControles } from '../../../shared/domain/controles/controles.ts';
import type { EntreeControles } from '../../../shared/domain/controles/types.ts';
import { AMP, matriceDe, millesime, TREIZE, VAR } from '../engagements/exemple.ts';
import { dossierComplet } from './exemple.ts';

type Entree = ReturnType<typeof dossierComplet>;
/** Ce qui lève le constat, et ce qui, tout près, ne le lève pas. */
type Preuve = { leve: (e: Entree) => Partial<EntreeControles> | void; tait: (e: Entree) => Partial<EntreeControles> | void };

const saisir = (saisies: Record<string, string>) => (e: Entree): void => {
  for (const [champ, valeur] of Object.entries(saisies)) e.saisies.set(champ, valeur);
};
const ps2 = 'engagement/PS-2/dep-13/2027/hors-qpv';
const pp4 = 'engagement/PP-4/dep-13/6ans/total';
const pp1 = (v: string, h = '6ans'): string => `engagement/PP-1/dep-13/${h}/${v}`;
const territoires = (departements: readonly (typeof TREIZE)[], suite: object = {}) => ({ territoires: { departements, epciPs1: [AMP], demandes: [], ...suite } });
const limites = (e: Entree, matrice: EntreeControles['matrice']): Partial<EntreeControles> => ({ matrice, saisies: new Map([...e.saisies].filter(([c]) => matrice.index.has(c))) });

const PREUVES: Record<string, Preuve> = {
  'cible-vide': { leve: saisir({ [ps2]: '' }), tait: saisir({ [ps2]: '0' }) },
  'cible-illisible': { leve: saisir({ [ps2]: 'n.c.' }), tait: saisir({ [ps2]: '25,0 %' }) },
  'reference-illisible': { leve: saisir({ 'reference/PS-2/dep-13/total': 'environ 12' }), tait: saisir({ 'reference/PS-2/dep-13/total': '12' }) },
  'ecart-pourcentage': { leve: saisir({ [ps2]: '12/48 = 26 %' }), tait: saisir({ [ps2]: '12/48 = 25 %' }) },
  'numerateur-superieur': { leve: saisir({ [ps2]: '49/48' }), tait: saisir({ [ps2]: '48/48' }) },
  'valeur-non-entiere': { leve: saisir({ [ps2]: '12,5' }), tait: saisir({ [ps2]: '12,0' }) },
  'forme-inattendue': { leve: saisir({ [pp1('plai')]: '25 %' }), tait: saisir({ [pp1('plai')]: '100' }) },
  'part-superieure': { leve: saisir({ [pp1('plai.hors-qpv')]: '101' }), tait: saisir({ [pp1('plai.hors-qpv')]: '100' }) },
  'total-different': { leve: saisir({ [pp1('total')]: '301' }), tait: saisir({ [pp1('total')]: '300' }) },
  'au-dela-du-parc': { leve: saisir({ 'engagement/PP-2/dep-13/2026/total': '81' }), tait: saisir({ 'engagement/PP-2/dep-13/2026/total': '80' }) },
  'denominateur-eloigne': { leve: saisir({ 'engagement/SR-1/dep-13/2027/total': '12/499' }), tait: saisir({ 'engagement/SR-1/dep-13/2027/total': '12/500' }) },
  'denominateur-different': { leve: saisir({ 'engagement/SR-1/dep-13/2027/total': '12/1101' }), tait: saisir({ 'engagement/SR-1/dep-13/2027/total': '12/1100' }) },
  'cumul-decroissant': { leve: saisir({ [pp1('plai')]: '99' }), tait: saisir({ [pp1('plai')]: '100' }) },
  'cumul-decroissant-a-justifier': { leve: saisir({ [pp4]: '24 %' }), tait: saisir({ [pp4]: '25 %' }) },
  'territoire-sans-stock': {
    leve: () => ({ matrice: matriceDe(territoires([TREIZE, VAR], { demandes: [{ code: 'dep-84', nom: 'Vaucluse', indicateurs: ['PP-1'] }] })) }),
    tait: () => ({ matrice: matriceDe(territoires([TREIZE, VAR], { demandes: [{ ...AMP, indicateurs: ['PP-1'] }] })) }),
  },
  'cible-sans-stock': { leve: saisir({ 'engagement/PS-2/dep-75/2026/total': '25 %' }), tait: saisir({ 'engagement/PS-2/dep-13/2026/total': '25 %' }) },
  'cible-hors-matrice': { leve: saisir({ 'engagement/PS-2/dep-13/2032/total': '25 %' }), tait: saisir({ 'engagement/PS-2/dep-13/2031/total': '25 %' }) },
  'ps1-sans-territoire': { leve: (e) => limites(e, matriceDe(territoires([TREIZE, VAR], { epciPs1: [] }))), tait: () => undefined },
  'departement-absent': { leve: (e) => limites(e, matriceDe(territoires([TREIZE]))), tait: () => undefined },
  'indicateur-inconnu': {
    leve: () => ({ matrice: matriceDe({ indicateursDemandes: [{ code: 'SR-2', territoires: [] }] }) }),
    tait: () => ({ matrice: matriceDe({ indicateursDemandes: [{ code: 'PP-5', territoires: [TREIZE] }] }) }),
  },
};

/** Constats de l'étape dont les preuves sont avec leur domaine : le fichier doit nommer le code. */
const AILLEURS: Record<string, string> = {
  'seuil-cible': 'test/unit/attributions/controles.test.ts',
  'seuil-observe': 'test/unit/attributions/controles.test.ts',
  'seuil-inconnu': 'test/unit/attributions/controles.test.ts',
  'reference-inconnues': 'test/unit/attributions/controles.test.ts',
  'objectif-sans-source': 'test/unit/attributions/controles.test.ts',
  'objectif-illisible': 'test/unit/attributions/controles.test.ts',
};

const codes = millesime.controles.filter((c) => c.etape === 'engagements').map((c) => c.code);

describe('chaque constat de l’étape Engagements a un essai qui le lève et un qui ne le lève pas', () => {
  test('aucun constat sans preuve, aucune preuve sans constat', () => {
    const prouves = [...Object.keys(PREUVES), ...Object.entries(AILLEURS).flatMap(([code, fichier]) => (existsSync(fichier) && readFileSync(fichier, 'utf8').includes(`'${code}'`) ? [code] : []))];
    expect(codes.filter((c) => !prouves.includes(c))).toEqual([]);
    expect(Object.keys(PREUVES).filter((c) => !codes.includes(c))).toEqual([]);
  });
  const lus = (preuve: Preuve['leve']): string[] => {
    const entree = dossierComplet();
    const constats = runControles({ ...entree, ...preuve(entree) });
    return [...constats.bloquants, ...constats.aJustifier, ...constats.informations].map((c) => c.code);
  };
  test.each(Object.entries(PREUVES))('%s', (code, { leve, tait }) => {
    expect(lus(leve)).toContain(code);
    expect(lus(tait)).not.toContain(code);
  });
});
