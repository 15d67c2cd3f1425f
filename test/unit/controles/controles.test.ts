import { describe, expect, test } from 'vitest';
import { runControles } from '../../../shared/domain/controles/controles.ts';
import { cleJustification, type Constats, type EntreeControles } from '../../../shared/domain/controles/types.ts';
import { AMP, matriceDe, stockDe, TREIZE, VAR } from '../engagements/exemple.ts';
import { CHAMPS, dossierComplet } from './exemple.ts';

/** `niveau code article champ`, de quoi comparer d'un coup d'œil. */
function releves(constats: Constats): string[] {
  return [...constats.bloquants, ...constats.aJustifier, ...constats.informations].map((c) => `${c.niveau} ${c.code} ${c.article} ${c.champ}`);
}

function avec(changements: Partial<EntreeControles>): string[] {
  return releves(runControles({ ...dossierComplet(), ...changements }));
}

const champs = (changements: Record<string, string>): Partial<EntreeControles> => ({ champs: { ...CHAMPS, ...changements } });

function cible(changements: Record<string, string>): string[] {
  const entree = dossierComplet();
  for (const [champ, texte] of Object.entries(changements)) entree.saisies.set(champ, texte);
  return releves(runControles(entree));
}

test('un dossier complet n’a aucun constat', () => {
  expect(avec({})).toEqual([]);
});

describe('identité et calendrier', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['SIREN vide', { 'organisme/siren': '' }, ['bloquant champ-vide L445-1 organisme/siren']],
    ['SIREN faux', { 'organisme/siren': '732829321' }, ['bloquant champ-invalide L445-1 organisme/siren']],
    ['nom vide', { 'organisme/nom': '  ' }, ['bloquant champ-vide L445-1 organisme/nom']],
    ['nature vide', { 'organisme/nature': '' }, ['bloquant champ-vide L445-1 organisme/nature']],
    ['nature absurde', { 'organisme/nature': 'banque' }, ['bloquant champ-invalide L445-1 organisme/nature']],
    ['PSP absent', { 'organisme/psp/date': '' }, ['bloquant psp-absent R445-2-2 organisme/psp/date']],
    ['PSP de trois ans jour pour jour', { 'organisme/psp/date': '2023-07-01' }, ['bloquant psp-trop-ancien R445-2-2 organisme/psp/date']],
    ['PSP de trois ans moins un jour', { 'organisme/psp/date': '2023-07-02' }, []],
    ['PSP du jour de la date d’effet', { 'organisme/psp/date': '2026-07-01' }, []],
    ['PSP postérieur à la date d’effet', { 'organisme/psp/date': '2026-07-02' }, ['a-justifier psp-posterieur R445-2-2 organisme/psp/date']],
    ['PSP illisible', { 'organisme/psp/date': '31/02/2024' }, ['bloquant champ-invalide R445-2-2 organisme/psp/date']],
    ['commune du siège qui n’en est pas une', { 'organisme/siege/commune': '99999' }, ['a-justifier commune-inconnue R*445-1 organisme/siege/commune']],
    ['commune du siège par son nom', { 'organisme/siege/commune': 'Marseille' }, ['a-justifier commune-inconnue R*445-1 organisme/siege/commune']],
    ['courriel sans forme', { 'organisme/contact/courriel': 'ada.fr' }, ['information courriel-sans-forme  organisme/contact/courriel']],
    ['courriel sans domaine', { 'organisme/contact/courriel': 'ada@' }, ['information courriel-sans-forme  organisme/contact/courriel']],
    ['courriel', { 'organisme/contact/courriel': 'ada@habitat.example' }, []],
    ['délibération non saisie', { 'calendrier/deliberation-lancement': '' }, ['a-justifier champ-a-completer R445-2-3 calendrier/deliberation-lancement']],
    [
      'transmise avant la délibération',
      { 'calendrier/transmission-deliberation': '2025-05-31' },
      ['bloquant dates-incoherentes R445-2-4 calendrier/transmission-deliberation'],
    ],
    ['transmise le jour même', { 'calendrier/transmission-deliberation': '2025-06-01' }, []],
    ['déposée avant adoption', { 'calendrier/depot': '2025-11-30' }, ['a-justifier dates-a-justifier R445-2-6 calendrier/depot']],
    ['effet le jour du terme en cours', { 'calendrier/echeance-precedente': '2026-07-01', 'calendrier/depot': '2025-12-30' }, ['a-justifier effet-avant-terme L445-1 calendrier/date-effet']],
    ['effet le lendemain du terme en cours', { 'calendrier/echeance-precedente': '2026-06-30', 'calendrier/depot': '2025-12-30' }, []],
    ['dépôt en retard, non fait', { 'calendrier/echeance-precedente': '2026-06-30' }, ['a-justifier echeance-depassee L445-1 calendrier/depot']],
    [
      'réunion trop tôt',
      { 'calendrier/transmission-elements': '2025-09-15', 'calendrier/reunion-association': '2025-10-14' },
      ['a-justifier echeance-trop-tot R445-2-5 calendrier/reunion-association'],
    ],
    [
      'date légale remplacée sans motif',
      { 'calendrier/echeance/depot/date': '2026-07-01' },
      ['a-justifier echeance-sans-motif L445-1 calendrier/echeance/depot/motif'],
    ],
    ['date légale remplacée avec motif', { 'calendrier/echeance/depot/date': '2026-07-01', 'calendrier/echeance/depot/motif': 'Annonce' }, []],
  ])('%s', (_, changements, attendu) => {
    expect(avec(champs(changements))).toEqual(attendu);
  });

  test('sans date d’effet, la matrice est vide et les cibles ne sont pas dites perdues', () => {
    expect(avec({ ...champs({ 'calendrier/date-effet': '' }), matrice: matriceDe({ dateEffet: null }) })).toEqual([
      'bloquant champ-vide L445-1 calendrier/date-effet',
    ]);
  });
});

test('un dépôt fait ici n’est plus dit à faire ; en retard, il l’est dit à sa date ; la date tapée l’emporte', () => {
  const messages = (constates: Record<string, string>, changements: Record<string, string> = {}) =>
    runControles({ ...dossierComplet(), ...champs({ 'calendrier/echeance-precedente': '2026-06-30', ...changements }), constates }).aJustifier.map((c) => c.message);
  expect([
    messages({}),
    messages({ 'calendrier/depot': '2025-12-30' }),
    messages({ 'calendrier/depot': '2026-01-02' }),
    messages({ 'calendrier/depot': '2026-01-02' }, { 'calendrier/depot': '2025-12-12' }),
  ]).toEqual([
    [expect.stringMatching(/^Dépôt du projet de convention : au plus tard le 30\/12\/2025, et ce n’est pas fait\. L’organisme ne peut pas bénéficier des dérogations .*quintuple\. \(L445-1\)$/u)],
    [],
    [expect.stringMatching(/^Dépôt du projet de convention : au plus tard le 30\/12\/2025, fait le 02\/01\/2026\. L’organisme ne peut pas bénéficier/u)],
    [],
  ]);
});

describe('le déclarant', () => {
  const siren = dossierComplet().champs['organisme/siren'] ?? '';
  test.each<[string, { siren: string; fichier: string } | null, string[]]>([
    ['le même', { siren, fichier: 'r.csv' }, []],
    ['aucun nommé', null, []],
    ['un autre', { siren: '999999999', fichier: 'r.csv' }, ['a-justifier siren-autre-declaration L445-1 organisme/siren']],
  ])('%s', (_, declarant, attendus) => expect(avec({ declarant })).toEqual(attendus));
});

describe('patrimoine', () => {
  test("aucun logement : un seul constat, pas un par territoire", () => {
    const { parc } = dossierComplet();
    expect(avec({ parc: { ...parc, logements: 0, stockDe: () => ({ parc: 0, parcFG: 0 }) }, import: null })).toEqual([
      'bloquant stock-vide R445-3 import/rpls',
    ]);
  });
  test('ensembles sans adresse, lignes rejetées, remarques', () => {
    const { parc } = dossierComplet();
    const constats = runControles({
      ...dossierComplet(),
      parc: { ...parc, ensemblesSansAdresse: [{ id: '13055-3FA9', nom: '' }] },
      import: { rejetees: 1234, remarques: [{ code: 'surface-nulle', libelle: 'surface nulle', nombre: 3 }, { code: 'doublon', libelle: 'x', nombre: 0 }] },
    });
    expect([...constats.aJustifier, ...constats.informations].map((c) => [c.champ, c.message])).toEqual([
      ['ensemble/13055-3FA9', 'L’ensemble « 13055-3FA9 » n’a pas d’adresse.'],
      ['import/rpls', '1\u202f234 lignes du fichier importé ont été rejetées : ces logements ne sont pas comptés.'],
      ['import/rpls/surface-nulle', '3 lignes importées avec la remarque « surface nulle ».'],
    ]);
  });
});

describe('engagements', () => {
  const ps2 = 'engagement/PS-2/dep-13/2027/hors-qpv';
  test.each<[string, Record<string, string>, string[]]>([
    ['vide', { [ps2]: ' ' }, [`bloquant cible-vide R445-5 ${ps2}`]],
    ['illisible', { [ps2]: 'n.c.' }, [`bloquant cible-illisible R445-5-2 ${ps2}`]],
    ['formule', { [ps2]: '=A1' }, [`bloquant cible-illisible R445-5-2 ${ps2}`]],
    ['numérateur au-dessus', { [ps2]: '49/48' }, [`bloquant numerateur-superieur R445-5 ${ps2}`]],
    ['écart', { [ps2]: '12/48 = 30 %' }, [`a-justifier ecart-pourcentage R445-5-2 ${ps2}`]],
    ['non entier', { [ps2]: '12,5' }, [`bloquant valeur-non-entiere R445-5-2 ${ps2}`]],
    [
      'cumul décroissant de PP-1',
      { 'engagement/PP-1/dep-13/6ans/plai': '99' },
      ['bloquant cumul-decroissant R445-5 engagement/PP-1/dep-13/6ans/plai'],
    ],
    [
      'cumul décroissant de PP-4',
      { 'engagement/PP-4/dep-13/6ans/total': '24 %' },
      ['a-justifier cumul-decroissant-a-justifier R445-5 engagement/PP-4/dep-13/6ans/total'],
    ],
    [
      "zéro logement agréé : les parts ne sont plus exigées",
      Object.fromEntries(
        ['3ans', '6ans'].flatMap((h) => [
          [`engagement/PP-1/dep-13/${h}/pls`, '0'],
          [`engagement/PP-1/dep-13/${h}/pls.hors-qpv`, ''],
          [`engagement/PP-1/dep-13/${h}/pls.hors-ru`, ''],
        ]),
      ),
      [],
    ],
    ['référence illisible', { 'reference/PS-2/dep-13/total': 'environ 12' }, ['a-justifier reference-illisible Arrêté du 19 octobre 2017, art. 3 reference/PS-2/dep-13/total']],
    ['référence vide ou lisible', { 'reference/PS-2/dep-13/total': '', 'reference/PS-2/dep-83/total': '12/48' }, []],
    ['cible hors période', { 'engagement/PS-2/dep-13/2032/total': '25 %' }, ['a-justifier cible-hors-matrice R445-5 engagement/PS-2/dep-13/2032/total']],
    ['cible au mauvais horizon', { 'engagement/PP-1/dep-13/2026/plai': '5' }, ['a-justifier cible-hors-matrice R445-5 engagement/PP-1/dep-13/2026/plai']],
    ['cible sur un territoire sans logement', { 'engagement/PS-2/dep-75/2026/total': '25 %' }, ['a-justifier cible-sans-stock R445-5 engagement/PS-2/dep-75/2026/total']],
  ])('%s', (_, changements, attendu) => {
    expect(cible(changements)).toEqual(attendu);
  });

  test('phrases complètes, sans trou', () => {
    const entree = dossierComplet();
    entree.saisies.set(ps2, '12/48 = 30 %');
    entree.saisies.set('engagement/PP-1/dep-13/6ans/plai', '99');
    expect(runControles(entree)).toMatchObject({
      bloquants: [{ message: 'PP-1, Bouches-du-Rhône, à 6 ans, PLAI : 99 à six ans, moins que 100 à trois ans.', etape: 'engagements' }],
      aJustifier: [{ message: 'PS-2, Bouches-du-Rhône, 2027, dont part hors QPV : 12/48 = 30\u202f% se contredit. 12/48 donne 25,00\u202f%.' }],
    });
  });

  describe('collectivité que le préfet identifie où le parc n’a rien (R445-5, R445-5-1)', () => {
    const VAUCLUSE = { code: 'dep-84', nom: 'Vaucluse' };
    const sansStock = (territoire: string): boolean => stockDe(territoire).parc === 0;
    const demandes = { departements: [TREIZE, VAR], epciPs1: [AMP], demandes: [VAUCLUSE] };

    test('aucune de ses cinquante cases n’est exigée, ce qui y est tapé est gardé, et le constat le dit', () => {
      const matrice = matriceDe({ territoires: demandes, sansStock });
      expect([...matrice.index.values()].filter(({ ligne }) => ligne.territoire.code === 'dep-84').length).toBeGreaterThan(50);
      const entree = { ...dossierComplet(), matrice };
      entree.saisies.set('engagement/PP-1/dep-84/3ans/plai', '10');
      const { bloquants, aJustifier } = runControles(entree);
      expect(bloquants).toEqual([]);
      expect(aJustifier.map((c) => [c.code, c.message])).toEqual([
        ['territoire-sans-stock', 'Vaucluse : aucun logement du parc ne s’y trouve. Aucune cible n’y est exigée pour PP-1, PP-2, PP-3, PP-4, PS-2, SR-1 : à l’échelle des collectivités et groupements du troisième alinéa de L445-1 que le préfet identifie, R445-5 ne décline ces indicateurs que « lorsque la convention est relative à des immeubles situés sur leur territoire » (lecture d’Atelier CUS : un territoire sans logement au parc est tenu pour un territoire sans immeuble, sauf pour l’indicateur que le préfet y demande nommément). Ce qui y est tapé est gardé.'],
      ]);
    });

    test('l’indicateur que le préfet y nomme reste exigé ; les autres non', () => {
      const matrice = matriceDe({ territoires: demandes, sansStock, indicateursDemandes: [{ code: 'PP-5', territoires: [VAUCLUSE] }] });
      const { bloquants, aJustifier } = runControles({ ...dossierComplet(), matrice });
      expect(bloquants.map((c) => `${c.code} ${c.champ}`)).toEqual([2026, 2027, 2028, 2029, 2030, 2031].map((a) => `cible-vide engagement/PP-5/dep-84/${a}/total`));
      expect(aJustifier.map((c) => c.message)).toEqual([expect.stringContaining('Les cibles de PP-5, que le préfet y demande nommément, sont exigées.')]);
    });

    test('PS-1, et les départements, que la clause ne vise pas : tout y reste exigé, et le constat le dit sans la citer', () => {
      const NICE = { code: 'epci-200030195', nom: 'Nice Côte d’Azur' };
      const matrice = matriceDe({ territoires: { departements: [TREIZE, VAR, { code: 'dep-84', nom: 'Vaucluse' }], epciPs1: [AMP, NICE], demandes: [] }, sansStock });
      const { bloquants, aJustifier } = runControles({ ...dossierComplet(), matrice });
      const exiges = bloquants.filter((c) => c.champ?.includes('/epci-200030195/') === true);
      expect(exiges.map((c) => c.champ)).toEqual([2026, 2027, 2028, 2029, 2030, 2031].map((a) => `engagement/PS-1/epci-200030195/${a}/total`));
      expect(bloquants.some((c) => c.champ?.startsWith('engagement/PP-1/dep-84/') === true)).toBe(true);
      expect(aJustifier.filter((c) => c.code === 'territoire-sans-stock').map((c) => c.message).toSorted()).toEqual([
        'Nice Côte d’Azur : aucun logement du parc ne s’y trouve. Les cibles de PS-1 y sont exigées : l’article ne dit rien d’un territoire sans immeuble. Ce qui y est tapé est gardé.',
        'Vaucluse : aucun logement du parc ne s’y trouve. Les cibles de PP-1, PP-2, PP-3, PP-4, PS-2, SR-1 y sont exigées : l’article ne dit rien d’un territoire sans immeuble. Ce qui y est tapé est gardé.',
      ]);
    });

    test('où il a des logements, tout reste exigé', () => {
      const matrice = matriceDe({ territoires: { ...demandes, demandes: [AMP] }, sansStock });
      expect(runControles({ ...dossierComplet(), matrice }).bloquants.length).toBeGreaterThan(40);
    });
  });

  test('un dénominateur loin du parc connu : la case, les deux nombres et leur source', () => {
    const entree = dossierComplet();
    entree.saisies.set('engagement/SR-1/dep-13/2027/total', '12/48');
    entree.saisies.set('engagement/SR-1/dep-13/2028/total', '0/0');
    entree.saisies.set('engagement/SR-1/dep-13/2029/total', '12/1 050');
    entree.saisies.set('engagement/PP-1/dep-13/3ans/plai.hors-qpv', '30/90');
    entree.saisies.set('engagement/PP-2/dep-83/2027/total', '1/4');
    const { aJustifier } = runControles(entree);
    expect(aJustifier.filter((c) => c.code === 'denominateur-eloigne').map((c) => c.message)).toEqual([
      'PP-1, Bouches-du-Rhône, à 3 ans, PLAI, dont part hors QPV : dénominateur 90 (30/90), très loin de 100. Nombre saisi pour PLAI au même horizon : Engagement PP-1, Bouches-du-Rhône. Une part se rapporte au nombre dont elle est la part.',
      'PP-2, Var, 2027 : dénominateur 4 (1/4), très loin de 0. Logements du parc de classe énergétique F ou G, Var (les logements sans classe connue n’y sont pas) : Logements en stock du dernier import. Plus de 50\u202f% d’écart, seuil proposé par Atelier CUS, non réglementaire.',
      'SR-1, Bouches-du-Rhône, 2027 : dénominateur 48 (12/48), très loin de 1\u202f000. Logements du parc, Bouches-du-Rhône : Logements en stock du dernier import. Plus de 50\u202f% d’écart, seuil proposé par Atelier CUS, non réglementaire.',
      'SR-1, Bouches-du-Rhône, 2028 : dénominateur 0 (0/0), très loin de 1\u202f000. Logements du parc, Bouches-du-Rhône : Logements en stock du dernier import. Plus de 50\u202f% d’écart, seuil proposé par Atelier CUS, non réglementaire.',
    ]);
  });

  test('territoire demandé sans logement : une fois, et chaque taux tapé ; produire y reste normal', () => {
    const matrice = matriceDe({ territoires: { departements: [TREIZE, VAR], epciPs1: [AMP], demandes: [{ code: 'dep-84', nom: 'Vaucluse', indicateurs: ['PP-1', 'SR-1'] }] } });
    const entree = { ...dossierComplet(), matrice };
    entree.saisies.set('engagement/PP-1/dep-84/3ans/plai', '10');
    entree.saisies.set('engagement/SR-1/dep-84/2026/total', '5 %');
    const { aJustifier } = runControles(entree);
    expect(aJustifier.map((c) => `${c.code} ${c.champ}`)).toEqual([
      'territoire-sans-stock engagement/PP-1/dep-84/3ans/total',
      'cible-sans-stock engagement/SR-1/dep-84/2026/total',
    ]);
  });

  test("PS-1 sans territoire, département oublié, indicateur demandé inconnu", () => {
    const matrice = matriceDe({ territoires: { departements: [TREIZE], epciPs1: [], demandes: [] }, indicateursDemandes: [{ code: 'SR-2', territoires: [] }] });
    const saisies = new Map([...dossierComplet().saisies].filter(([c]) => matrice.index.has(c)));
    expect(avec({ matrice, saisies })).toEqual([
      'bloquant indicateur-inconnu R445-5-1 null',
      'bloquant departement-absent R445-5 null',
      'a-justifier ps1-sans-territoire R445-5 options/territoires-ps1',
    ]);
  });

  test('indicateur facultatif demandé mais vide : chaque année manque, avec son article', () => {
    const matrice = matriceDe({ indicateursDemandes: [{ code: 'PP-5', territoires: [TREIZE] }] });
    expect(avec({ matrice })).toEqual([2026, 2027, 2028, 2029, 2030, 2031].map((a) => `bloquant cible-vide R445-5-1 engagement/PP-5/dep-13/${a}/total`));
  });
});

describe('au-delà du parc', () => {
  const annees = [2026, 2027, 2028, 2029, 2030, 2031];
  const toutes = (code: string, valeur: string) => Object.fromEntries(annees.map((a) => [`engagement/${code}/dep-13/${a}/total`, valeur]));
  const releve = (champ: string) => `a-justifier au-dela-du-parc R445-5 ${champ}`;

  test.each<[string, Record<string, string>, string[]]>([
    ['PP-2 au-dessus des logements F et G', { 'engagement/PP-2/dep-13/2026/total': '81' }, [releve('engagement/PP-2/dep-13/2026/total')]],
    ['PP-2 égal', { 'engagement/PP-2/dep-13/2026/total': '80' }, []],
    ['PP-3, PP-4 et SR-1 au-dessus du parc', {
      'engagement/PP-3/dep-13/2027/total': '1001', 'engagement/PP-4/dep-13/6ans/total': '1 001', 'engagement/SR-1/dep-13/2026/total': '1001',
    }, ['engagement/PP-3/dep-13/2027/total', 'engagement/PP-4/dep-13/6ans/total', 'engagement/SR-1/dep-13/2026/total'].map(releve)],
    ['un dénominateur tapé dit le parc attendu, et ce qu’il a de différent est dit', { 'engagement/SR-1/dep-13/2026/total': '1001/1200' }, ['information denominateur-different R445-5 engagement/SR-1/dep-13/2026/total']],
    ['attributions : les données ne disent rien', { 'engagement/PS-2/dep-13/2026/total': '5000/6000' }, []],
    ['somme des années de PP-3 au parc', toutes('PP-3', '166'), []],
    ['somme des années de PP-3 au-dessus du parc, même en fractions', toutes('PP-3', '167/1000'), [releve('engagement/PP-3/dep-13/2031/total')]],
    ['somme des années de SR-1 : les mêmes logements chaque année', toutes('SR-1', '900'), []],
    ['un taux n’est pas un nombre de logements', toutes('PP-2', '30 %'), []],
  ])('%s', (_, changements, attendu) => {
    expect(cible(changements)).toEqual(attendu);
  });

  test('les deux nombres sont dits', () => {
    const entree = dossierComplet();
    entree.saisies.set('engagement/PP-2/dep-83/2026/total', '3');
    for (const [champ, valeur] of Object.entries(toutes('PP-3', '200'))) entree.saisies.set(champ, valeur);
    expect(runControles(entree).aJustifier.map((c) => c.message)).toEqual([
      'PP-2, Var, 2026 : 3 dépasse 0, nombre tiré du dernier import : logements du parc de classe énergétique F ou G, Var (les logements sans classe connue n’y sont pas).',
      'PP-3, Bouches-du-Rhône, 2026 à 2031 : la somme des années, 1\u202f200, dépasse 1\u202f000, nombre tiré du dernier import : logements du parc, Bouches-du-Rhône.',
    ]);
  });
});

test.each([
  ['marseille', 'Taper le code de la commune : 13055 pour Marseille.'],
  ['13201', 'Elle est aujourd’hui dans Marseille (13055) : taper ce code.'],
  ['Saint Gilles', 'Taper le code de la commune, cinq caractères, par exemple 13055.'],
  ['0', 'Taper le code de la commune, cinq caractères, par exemple 13055.'],
])('commune du siège « %s » : ce qu’il faut taper', (siege, proposition) => {
  const { aJustifier } = runControles({ ...dossierComplet(), ...champs({ 'organisme/siege/commune': siege }) });
  expect(aJustifier.map((c) => c.message)).toEqual([`Commune du siège : « ${siege} » n’est pas le code INSEE d’une commune d’aujourd’hui. ${proposition}`]);
});

test('des observations laissées ouvertes se justifient, en une ligne', () => {
  const messages = [1, 2].map((ouvertes) => runControles({ ...dossierComplet(), observations: { ouvertes } }).aJustifier);
  expect(messages).toEqual([
    [{ code: 'observations-ouvertes', niveau: 'a-justifier', article: 'L445-1', champ: null, etape: 'echanges', justification: null, message: '1 observation de l’État est encore ouverte : répondre, ou dire pourquoi le prochain dépôt s’en passe.' }],
    [expect.objectContaining({ message: '2 observations de l’État sont encore ouvertes : répondre, ou dire pourquoi le prochain dépôt s’en passe.' })],
  ]);
});

describe('justifications', () => {
  const champ = 'engagement/PP-4/dep-13/6ans/total';
  test('un constat justifié reste, avec son motif', () => {
    const entree = dossierComplet();
    entree.saisies.set(champ, '24 %');
    entree.justifications.set(cleJustification('cumul-decroissant-a-justifier', champ), 'Ventes annulées');
    expect(runControles(entree).aJustifier).toMatchObject([{ champ, justification: 'Ventes annulées' }]);
  });
  test('un constat bloquant ne se justifie pas', () => {
    const entree = dossierComplet();
    entree.saisies.set(champ, '49/48');
    entree.justifications.set(cleJustification('numerateur-superieur', champ), 'si');
    expect(runControles(entree).bloquants).toMatchObject([{ champ, justification: null }]);
  });
});

test('dix mille cellules : un constat par cellule vide, aucun perdu', () => {
  const departements = Array.from({ length: 95 }, (_, i) => ({ code: `dep-${String(i + 1).padStart(2, '0')}`, nom: `Département ${i + 1}` }));
  const epciPs1 = Array.from({ length: 900 }, (_, i) => ({ code: `epci-2000${String(10_000 + i)}`, nom: `EPCI ${i}` }));
  const matrice = matriceDe({ territoires: { departements, epciPs1, demandes: [] } });
  const { parc } = dossierComplet();
  const constats = runControles({ ...dossierComplet(), matrice, saisies: new Map(), parc: { ...parc, stockDe: () => ({ parc: 1, parcFG: 0 }) } });
  expect(constats.bloquants.length).toBe(95 * 50 + 900 * 6 + 6);
  expect(new Set(constats.bloquants.map((c) => c.champ)).size).toBe(constats.bloquants.length);
});

describe('politique des loyers retenue', () => {
  const npl = { nom: 'A', comptes: 90, exclus: 0, bloquants: [] };
  test.each<[string, EntreeControles['npl'], string[]]>([
    ['aucune', null, []],
    ['conforme et complète', npl, []],
    ['des logements hors du calcul', { ...npl, exclus: 10 }, ['a-justifier npl-incomplete L445-3 npl/retenu']],
    [
      'masse dépassée, plafond PLS dépassé',
      { ...npl, bloquants: [{ ensemble: null, plafond: null, nom: null, article: 'L445-3', message: 'x' }, { ensemble: 'E', plafond: 'PLUS', nom: 'Les Lilas', article: 'L445-3', message: 'y' }] },
      ['bloquant npl-non-conforme L445-3 npl/retenu', 'bloquant npl-non-conforme L445-3 npl/retenu/E/PLUS'],
    ],
    ['à justifier', { ...npl, aJustifier: [{ code: 'base-depassee', ensemble: null, plafond: null, nom: null, article: 'L445-3', message: 'x' }] }, ['a-justifier npl-a-justifier L445-3 npl/retenu/base-depassee']],
  ])('%s', (_nom, valeur, attendus) => expect(avec({ npl: valeur })).toEqual(attendus));
  test('les constats à justifier de même nature n’ont qu’une raison : chacun est nommé, les suivants comptés', () => {
    const dit = (i: number) => ({ code: 'plafond-sans-maximum', ensemble: `E${i}`, plafond: 'PLAI', nom: `Lilas ${i}`, article: 'L445-3', message: 'Gardé.' });
    const lire = (n: number) => runControles({ ...dossierComplet(), npl: { ...npl, aJustifier: Array.from({ length: n }, (_, i) => dit(i)) } }).aJustifier.map((c) => [c.champ, c.message]);
    const champ = 'npl/retenu/plafond-sans-maximum';
    expect([lire(1), lire(7)]).toEqual([
      [[champ, 'Politique des loyers « A » (Lilas 0 PLAI) : Gardé.']],
      [[champ, 'Politique des loyers « A » (Lilas 0 PLAI, Lilas 1 PLAI, Lilas 2 PLAI, Lilas 3 PLAI, Lilas 4 PLAI et 2 autres) : Gardé.']],
    ]);
  });
  test('loyers et maximums à 0 €', () => expect(avec({ nuls: { loyers: 3, maximums: 1 } })).toEqual(['information loyers-nuls R445-3 null', 'information maximums-nuls R445-3 null']));
});
