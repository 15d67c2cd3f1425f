import { readFileSync } from 'node:fs';
import { CritereRepartition, ScenarioNpl, Zonage } from '../../../shared/contract.ts';
import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { direOrigines, libelleBase, libelleExclusNpl, libellePlafond } from '../../../shared/domain/loyers/npl/libelles.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { writeAtomically } from '../../paquet/atomique.ts';
import { assertCible } from '../../service/fichiers.ts';
import { refuserNonLues } from '../options.ts';
import { trouverScenario } from '../scenario-npl.ts';
import { compte, euros, nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Appel, Verbe } from '../verbe.ts';

const NATURES = ['plafonds', 'zones', 'irl'] as const;
const CRITERES = CritereRepartition.options;
const ZONAGES = Zonage.options;
const ARRONDIS = ['centime', 'exact'] as const;
const COTES = ['parts', 'horsQpv', 'qpv'] as const;
/** L'option de chaque mixité visée. */
const MIXITES = { parts: 'mixite', horsQpv: 'mixite-hors-qpv', qpv: 'mixite-qpv' } as const;
const PRODUITS = ['PLAI', 'PLUS', 'PLS', 'PLI'] as const;

export const verbe: Verbe = {
  nom: 'npl',
  resume: 'calcule une nouvelle politique des loyers : masse, moyennes, écarts, constats (L445-3)',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    scenario: { type: 'texte', valeur: 'S.json', aide: 'calcule ce scénario, sans le garder' },
    enregistrer: { type: 'drapeau', aide: 'garde dans le dossier le scénario de --scenario (remplace celui de même nom)' },
    nom: { type: 'texte', valeur: 'NOM', aide: 'calcule un scénario gardé dans le dossier' },
    ecrire: { type: 'texte', valeur: 'S.json', aide: 'écrit le scénario de --nom dans un fichier' },
    retenir: { type: 'drapeau', aide: 'retient le scénario de --nom : celui que la convention porte' },
    bareme: { type: 'texte', valeur: 'F', aide: 'charge un barème (.csv, .xlsx, .ods) de la nature donnée par --nature' },
    nature: { type: 'texte', valeur: 'NATURE', aide: 'plafonds (annee;produit;zone;maximum;source, ou l’année en colonnes : produit;zone;2026;2027), zones (commune et une colonne de zones par zonage), irl (annee;indice;source)', choix: NATURES },
    source: { type: 'texte', valeur: 'TEXTE', aide: 'd’où vient le barème chargé' },
    remplacer: { type: 'drapeau', aide: 'les cases que donne --bareme remplacent celles du dossier ; sans elle, un autre plafond s’ajoute et se dit, un autre IRL ou une autre zone est refusé. Ce que le fichier ne nomme pas reste dans tous les cas' },
    retirer: { type: 'texte', valeur: 'CASE', aide: 'retire les plafonds de loyer d’une case, « annee;produit;zone »' },
    partager: { type: 'texte', valeur: 'CRITERE', aide: 'partage ce qui reste de la masse de --nom selon zone, service-rendu ou occupation (ressources), sans rien changer', choix: CRITERES },
    zonage: { type: 'texte', valeur: 'ZONAGE', aide: 'zonage de --partager zone : 123 (1, 1bis, 2, 3) ou ABC', choix: ZONAGES },
    poids: { type: 'texte', valeur: 'LISTE', aide: 'poids des classes, « classe=poids » séparés par « ; » ; 1 pour celles qui n’y sont pas, 0 : inchangée' },
    'sans-classe': { type: 'texte', valeur: 'POIDS', aide: 'poids des ensembles dont la classe n’est pas connue (0 : inchangés)' },
    arrondi: { type: 'texte', valeur: 'ARRONDI', aide: 'maximums au centime d’€/m² inférieur (centime) ou à quatre décimales (exact)', choix: ARRONDIS },
    mixite: { type: 'texte', valeur: 'LISTE', aide: 'ce qui respecterait la masse pour cette mixité, « plafond=part » séparés par « ; », en % des logements' },
    'mixite-hors-qpv': { type: 'texte', valeur: 'LISTE', aide: 'la même pour les seuls ensembles hors QPV ; sans --mixite-qpv, les autres ne changent pas' },
    'mixite-qpv': { type: 'texte', valeur: 'LISTE', aide: 'la même pour les seuls ensembles en QPV' },
    ensembles: { type: 'texte', valeur: 'LISTE', aide: '--partager ou --mixite sur ces ensembles seulement (identifiants séparés par « ; ») ; tous sinon' },
    appliquer: { type: 'drapeau', aide: 'écrit le partage ou la mixité dans le scénario ; cela s’annule d’un geste' },
  },
  exemples: [
    'npl convention.cus --scenario scenario.json --json',
    'npl convention.cus --scenario scenario.json --enregistrer',
    'npl convention.cus --nom "Scénario A" --ecrire scenario.json',
    'npl convention.cus --nom "Scénario A" --retenir',
    'npl convention.cus --nom "Scénario A" --partager zone --poids "1=1;2=0,5;3=0" --appliquer',
    'npl convention.cus --nom "Scénario A" --mixite "PLAI=30;PLUS=60;PLS=10"',
    'npl convention.cus --nom "Scénario A" --mixite-hors-qpv "PLAI=30;PLUS=70" --mixite-qpv "PLUS=60;PLS=40" --appliquer',
    'npl convention.cus --bareme plafonds.csv --nature plafonds --remplacer --source "avis du 5 février 2025"',
    'npl convention.cus --retirer "2027;PLS;B1"',
    'npl convention.cus --bareme zonage.csv --nature zones --source "arrêté du 5 septembre 2025"',
  ],
  notes: [
    'Un scénario (JSON), loyers en €/m²/mois, surfaces en m² ; hors version, nom et annee, tout est facultatif :',
    '  { "version": 1, "nom": "Scénario A", "annee": 2027,',
    '    "choix": [',
    '      { "ensemble": "13055-3FA92C1B", "base": "SU",',
    '        "connu": { "maximum": 6.5, "base": "SC", "annee": 2011, "source": "CUS 2011" },',
    '        "surface": 1250.4, "inconnus": "PLUS", "travaux": { "accord": "2026-11-02", "reference": "arrêté n° 12" },',
    '        "plafonds": [ { "plafond": "PLAI", "maximum": 5.4, "logements": 6, "surface": 310 },',
    '                      { "plafond": "PLUS", "maximum": 6.29, "moyenne": 6.1, "logements": 14, "surface": 940.4, "annee": 2027, "avant": 6.2 } ] },',
    '      { "ensemble": "13055-9B10AA42", "base": "SU", "habitable": 800, "annexes": 60, "plafonds": [] } ],',
    '    "irl": [ { "annee": 2025, "indice": 146.7, "source": "Insee" }, { "annee": 2026, "indice": 148.17 } ],',
    '    "plafonds": [ { "annee": 2027, "produit": "PLS", "zone": "B1", "maximum": 9.5, "source": "avis du…" } ],',
    '    "limites": [ { "base": "SU", "maximum": 7.16, "annee": 2027, "source": "arrêté du…" } ], "zones": { "13055": ["1", "A"] } }',
    'plafonds, limites, irl et zones priment sur ceux du dossier, case par case : ce que le fichier ne nomme pas y reste ; aucun barème n’est fourni. Un ensemble absent garde son maximum. --enregistrer les garde aussi ; une valeur qui contredit celle du dossier est refusée en nommant la case.',
    'base : SU ou SC, à défaut celle que la masse donne à l’ensemble. surface : celle de tout l’ensemble dans cette base, quand le fichier la donne autrement (R445-9) ; elle se partage comme les surfaces déclarées. habitable et annexes : la surface utile en est la somme, annexes pour moitié (D331-10) ; habitable absente, celle que le fichier déclare.',
    'connu : maximum d’une convention ou d’une ancienne CUS (L445-3-1), qui vaut pour la surface de sa base ; annee : celle où il est écrit, à défaut celle de la déclaration.',
    'En sortie, origine d’une ligne : « apl » (convention APL, champ 56 du RPLS), « cus » (ancienne CUS, champ 57, compté à la place du champ 56 : L445-3-1), « apl-cus » (selon les logements de l’ensemble ; maximumsApl et maximumsCus les comptent), « convention » (saisi par connu), « R445-10 » (loyers pratiqués).',
    'logements, surface d’un plafond : répartition décidée entre plafonds de ressources (I) ; leurs sommes sont celles de l’ensemble ; en sortie, repartie le dit : la masse d’avant est alors celle de l’ensemble, partagée par surface. inconnus : plafond de ressources donné aux logements dont le fichier n’en dit pas.',
    'annee d’un plafond : celle où maximum et moyenne sont écrits, à défaut celle du scénario. Masse d’avant, maximums et moyennes sont révisés à l’année du scénario par l’IRL du deuxième trimestre (V), si tous les indices y sont. Une limite de R445-10 vaut telle qu’écrite ; annee y est celle de l’arrêté, facultative.',
    'avant : maximum que la politique des loyers fixait l’année d’avant ; une hausse au-delà de la révision demande travaux (accord de l’autorité), et au plus ce que L445-3 (III) permet en sus de l’IRL.',
    'maximum : montant maximal de l’ensemble pour ce plafond (L445-3, III) ; moyenne : montant maximal de la moyenne des loyers maximaux (IV), qui fait alors la masse.',
    '--partager : la hausse par m² d’une classe est proportionnelle à son poids, sans jamais dépasser la masse ni, hors PLI, le plafond PLS de la zone (en surface utile) ; ce qui ne peut pas l’être est dit.',
    '--mixite : les logements comptés se donnent un à un au plafond de ressources le plus en retard ; leurs maximums sont les plafonds de loyer de la zone, tous ramenés à la même fraction s’il le faut. --mixite-hors-qpv et --mixite-qpv visent chacune leur côté ; un ensemble à cheval sur un QPV, ou de situation inconnue, ne change pas. Sans --appliquer, rien n’est changé.',
    'Sans option, liste les scénarios gardés. Sortie 1 si la contrainte de masse ou un plafond n’est pas respecté.',
  ].join('\n'),
  async run(appel) {
    const scenario = appel.fichier('scenario');
    const ecrire = appel.fichier('ecrire');
    const bareme = appel.fichier('bareme');
    const nom = appel.texte('nom');
    const dossier = appel.chemin(appel.argument(0));
    checkLues(appel);
    if (ecrire !== undefined) assertCible(ecrire, { dossier, entrees: [scenario, bareme] });
    const lu = scenario === undefined ? null : readScenario(scenario);
    await openDossierDe(appel);
    if (bareme !== undefined) return chargerBareme(appel, bareme);
    const retirer = appel.texte('retirer');
    if (retirer !== undefined) return retirerPlafond(appel, retirer);
    if (lu !== null && !appel.drapeau('enregistrer')) return montrer(await appel.appeler('npl.calculer', { scenario: lu }));
    if (lu !== null) return montrer(await appel.appeler('npl.lire', { scenario: (await appel.appeler('npl.enregistrer', { scenario: lu })).id }));
    if (nom === undefined) return lister(appel);
    const id = await trouverScenario(appel, nom);
    if (appel.drapeau('retenir')) {
      await appel.appeler('npl.retenir', { scenario: id });
      return { json: { retenu: nom }, texte: `Scénario retenu : ${nom}.` };
    }
    if (ecrire !== undefined) {
      const { scenario: ecrit } = await appel.appeler('npl.ecrire', { scenario: id });
      await writeAtomically(ecrire, [Buffer.from(`${JSON.stringify(ecrit, null, 1)}\n`)]);
      return { json: { scenario: ecrire, choix: ecrit.choix?.length ?? 0 }, texte: `Scénario écrit : ${ecrire}` };
    }
    const arrondi = ARRONDIS.find((a) => a === appel.texte('arrondi')) ?? 'centime';
    const selon = CRITERES.find((c) => c === appel.texte('partager'));
    if (selon !== undefined) {
      const zonage = ZONAGES.find((z) => z === appel.texte('zonage')) ?? '123';
      return aider(appel, id, { nature: 'repartir', selon, zonage, arrondi, poids: readPaires(appel.texte('poids') ?? '', 'un poids', '« 1=1;2=0,5 »'), sansClasse: appel.texte('sans-classe') ?? 0 });
    }
    const visees = COTES.flatMap((cote) => { const liste = appel.texte(MIXITES[cote]); return liste === undefined ? [] : [[cote, readMixite(liste)] as const]; });
    if (visees.length > 0) return aider(appel, id, { nature: 'mixite', arrondi, ...Object.fromEntries(visees) });
    return montrer(await appel.appeler('npl.lire', { scenario: id }));
  },
};

/** Refuse ce que l'action choisie ne lit pas, et une aide sans scénario. */
function checkLues(appel: Appel): void {
  const refuser = (action: string, lues: readonly string[]): void => refuserNonLues(appel, verbe.options, action, lues);
  const [mixites, aide] = [Object.values(MIXITES), ['nom', 'arrondi', 'ensembles', 'appliquer']];
  if (appel.texte('bareme') !== undefined) return refuser('bareme', ['nature', 'source', 'remplacer']);
  if (appel.texte('retirer') !== undefined) return refuser('retirer', []);
  if (appel.texte('scenario') !== undefined) return refuser('scenario', ['enregistrer']);
  const action = ['ecrire', 'partager', ...mixites].find((o) => appel.texte(o) !== undefined);
  if (action !== undefined && appel.texte('nom') === undefined) throw invalide('nom-absent', 'Le scénario à calculer n’est pas dit.', 'Ajouter --nom.');
  if (action === 'ecrire') return refuser(action, ['nom']);
  if (action === undefined && appel.drapeau('retenir')) {
    if (appel.texte('nom') === undefined) throw invalide('nom-absent', 'Le scénario à retenir n’est pas dit.', 'Ajouter --nom.');
    return refuser('retenir', ['nom']);
  }
  const partage = appel.texte('partager');
  if (partage !== undefined) return refuser('partager', [...aide, 'poids', 'sans-classe', ...(partage === 'zone' ? ['zonage'] : [])]);
  if (action !== undefined) return refuser(action, [...aide, ...mixites]);
  refuser(appel.texte('nom') === undefined ? 'la liste des scénarios' : 'nom', []);
}

/** Une aide sur la sélection, montrée ou écrite. */
async function aider(appel: Appel, scenario: number, aide: EntreeLue<'npl.aider'>['aide']) {
  const { lignes } = await appel.appeler('npl.lire', { scenario });
  const voulus = appel.texte('ensembles')?.split(';').map((e) => e.trim()).filter(Boolean);
  const inconnu = voulus?.find((e) => !lignes.some((l) => l.ensemble === e));
  if (inconnu !== undefined) throw invalide('ensemble-inconnu', `L’ensemble « ${inconnu} » n’est pas dans la masse du scénario.`, 'Corriger --ensembles ; rien n’a été changé.');
  const cibles = lignes.filter((l) => voulus === undefined || voulus.includes(l.ensemble)).map((l) => ({ ensemble: l.ensemble, plafond: l.plafond }));
  const r = await appel.appeler('npl.aider', { scenario, cibles, appliquer: appel.drapeau('appliquer'), aide });
  const classes = r.repartition?.classes ?? [];
  const texte = [
    r.explication,
    '',
    ...(classes.length === 0 ? [] : [tableau(
      [
        { titre: 'Classe', valeur: (c) => c.libelle },
        { titre: 'Poids', valeur: (c) => nombre(c.poids), droite: true },
        { titre: 'Lignes', valeur: (c) => nombre(c.lignes), droite: true },
        { titre: 'Changées', valeur: (c) => nombre(c.changees), droite: true },
        { titre: 'Au plafond PLS', valeur: (c) => nombre(c.bornees), droite: true },
        { titre: 'Hausse €/m²', valeur: (c) => nombre(c.hausse, 4), droite: true },
      ],
      classes,
    ), '']),
    ...(aide.nature === 'mixite' ? [direMixite(r.mixite), ''] : []),
    `${r.operation === null ? 'Rien n’est changé' : 'Écrit dans le scénario'} : masse après ${euros(r.apres)} par mois, reste ${euros(r.reste)}.${r.operation === null && r.propositions.length > 0 ? ' --appliquer l’écrit.' : ''}`,
  ].join('\n');
  return { json: { ...r }, texte };
}

const offre = (n: number, sur: number): string => `${nombre(n)} sur ${compte(sur, 'logement comparé', 'logements comparés')}`;
const direMixite = ({ avant, apres }: Sortie<'npl.aider'>['mixite']): string => [
  'Ce que les maximums offrent, en logements et non en attributions (L441-1) :',
  `  hors QPV, au niveau PLAI de la zone ou au-dessous : ${offre(avant.horsQpv.auNiveauPlai, avant.horsQpv.compares)}, puis ${offre(apres.horsQpv.auNiveauPlai, apres.horsQpv.compares)} ;`,
  `  en QPV, au-dessus du niveau PLAI : ${offre(avant.qpv.auDessusPlai, avant.qpv.compares)}, puis ${offre(apres.qpv.auDessusPlai, apres.qpv.compares)}.`,
].join('\n');

/** Parts visées, par plafond de ressources. */
function readMixite(liste: string): Partial<Record<(typeof PRODUITS)[number], string>> {
  const parts: Partial<Record<(typeof PRODUITS)[number], string>> = {};
  for (const [nom, valeur] of Object.entries(readPaires(liste, 'une part', '« PLAI=30;PLUS=60;PLS=10 »'))) {
    const produit = PRODUITS.find((p) => p === nom.toUpperCase());
    if (produit === undefined) throw invalide('mixite-illisible', `« ${nom} » n’est pas un plafond de ressources.`, `Choisir parmi : ${PRODUITS.join(', ')}.`);
    parts[produit] = valeur;
  }
  return parts;
}

function readPaires(liste: string, quoi: string, exemple: string): Record<string, string> {
  const poids: Record<string, string> = {};
  for (const paire of liste.split(';').map((p) => p.trim()).filter(Boolean)) {
    const [classe = '', valeur = '', reste] = paire.split('=').map((t) => t.trim());
    if (classe === '' || valeur === '' || reste !== undefined) throw invalide('paire-illisible', `« ${paire} » n’est pas ${quoi}.`, `Écrire « nom=valeur », séparés par « ; », comme ${exemple}.`);
    poids[classe] = valeur;
  }
  return poids;
}

function readScenario(chemin: string): EntreeLue<'npl.calculer'>['scenario'] {
  const faux = (raison: string) => invalide('scenario-illisible', `Le scénario « ${chemin} » ne se lit pas (${raison}).`, 'Voir sa forme dans l’aide : cus npl --help.');
  let brut: unknown;
  try {
    brut = JSON.parse(readFileSync(chemin, 'utf8').replace(/^\ufeff/u, ''));
  } catch (e) {
    if (!(e instanceof SyntaxError)) throw e;
    throw faux('ce n’est pas du JSON');
  }
  const r = ScenarioNpl.safeParse(brut);
  if (!r.success) throw faux(r.error.issues.map((i) => `${i.path.join('.') || 'objet'} : ${i.message}`).join(' ; '));
  return r.data;
}

async function chargerBareme(appel: Appel, chemin: string) {
  const nature = NATURES.find((n) => n === appel.texte('nature'));
  if (nature === undefined) throw invalide('nature-absente', 'La nature du barème n’est pas dite.', 'Ajouter --nature plafonds, zones ou irl.');
  const r = await appel.appeler('npl.importerBareme', { chemin, nature, source: appel.texte('source') ?? '', remplacer: appel.drapeau('remplacer') });
  for (const c of r.contraires) appel.avertir(`Deux valeurs pour une case, aucune n’est retenue : ${c}. « --remplacer » remplace l’ancienne.`);
  for (const l of r.refusees.slice(0, 20)) appel.avertir(`${l.ligne === 0 ? 'Refus' : `Ligne ${l.ligne} refusée`} : ${l.raison}`);
  if (r.ignorees.length > 0) appel.avertir(`Colonnes non lues : ${r.ignorees.join(', ')}.`);
  if (r.refusees.length > 20) appel.avertir(`… et ${compte(r.refusees.length - 20, 'autre refus', 'autres refus')} : « --json » les donne tous.`);
  return { json: { ...r }, texte: `${compte(r.enregistrees, 'valeur gardée', 'valeurs gardées')} sur ${compte(r.lignes, 'lue', 'lues')}, ${compte(r.identiques, 'déjà là', 'déjà là')}, ${compte(r.remplacees, 'case remplacée', 'cases remplacées')}, ${compte(r.refusees.length, 'refus', 'refus')}.` };
}

/** Retire les plafonds d'une case, toutes valeurs comprises. */
async function retirerPlafond(appel: Appel, demandee: string) {
  const [annee = '', produit = '', zone = ''] = demandee.split(';').map((t) => t.trim());
  const { plafonds } = await appel.appeler('npl.baremes', {});
  const egale = (a: string, b: string): boolean => a.replaceAll(/[\s_-]/gu, '').toLowerCase() === b.replaceAll(/[\s_-]/gu, '').toLowerCase();
  const vises = plafonds.filter((p) => String(p.annee) === annee && egale(p.produit, produit) && egale(p.zone, zone));
  if (vises.length === 0) throw invalide('plafond-absent', `Le dossier n’a pas de plafond de loyer pour « ${demandee} ».`, 'Donner une case « annee;produit;zone », comme « 2027;PLS;B1 ».');
  await appel.appeler('npl.definirBaremes', { plafonds: vises.flatMap(({ produit: p, ...reste }) => (p === 'INCONNU' ? [] : [{ ...reste, produit: p, maximum: null }])) });
  return { json: { retires: vises }, texte: `${compte(vises.length, 'valeur retirée', 'valeurs retirées')}.` };
}

async function lister(appel: Appel) {
  const { scenarios } = await appel.appeler('npl.scenarios', {});
  const texte = scenarios.length === 0
    ? 'Aucun scénario de loyers : la nouvelle politique des loyers est facultative (L445-2).'
    : tableau(
        [
          { titre: 'Scénario', valeur: (s) => s.nom },
          { titre: 'Année', valeur: (s) => String(s.annee), droite: true },
          { titre: 'Avant', valeur: (s) => euros(s.avant), droite: true },
          { titre: 'Après', valeur: (s) => euros(s.apres), droite: true },
          { titre: 'Reste', valeur: (s) => euros(s.reste), droite: true },
          { titre: 'Masse', valeur: (s) => (s.respectee ? 'respectée' : 'dépassée') },
          { titre: 'Retenu', valeur: (s) => (s.retenu ? 'oui' : '') },
        ],
        scenarios,
      );
  return { json: { scenarios }, texte };
}

/** Ce qui bloque d'abord, puis ce qui est à justifier. */
const rang = (c: { bloquant: boolean; aJustifier: boolean }): number => (c.bloquant ? 0 : c.aJustifier ? 1 : 2);

function montrer(r: Sortie<'npl.lire'>) {
  const exclus = Object.entries(r.exclus).map(([raison, n]) => `${libelleExclusNpl(raison)} : ${nombre(n)}`).join(' ; ');
  const texte = [
    `${r.scenario.nom} (${r.scenario.annee}), sur ${compte(r.logements, 'logement')} :`,
    `  masse maximale avant ${euros(r.avant)} par mois, après ${euros(r.apres)} ; reste ${euros(r.reste)} : ${r.respectee ? 'respectée' : 'DÉPASSÉE'} (L445-3, II).`,
    ...r.parBase.map((b) => `  ${libelleBase(b.base).toLowerCase()} : ${nombre(b.surface, 2)} m², ${nombre(b.avantM2, 4)} €/m² avant, ${nombre(b.apresM2, 4)} €/m² après.`),
    ...direOrigines(r.origines ?? [], nombre).map((o) => `  maximum d’aujourd’hui : ${o}.`),
    ...(exclus === '' ? [] : [`  Hors du calcul, avant comme après : ${exclus}.`]),
    '',
    tableau(
      [
        { titre: 'Plafond', valeur: (m) => libellePlafond(m.plafond) },
        { titre: 'Surface', valeur: (m) => m.base },
        { titre: 'Logements', valeur: (m) => nombre(m.logements), droite: true },
        { titre: 'Moyenne avant', valeur: (m) => nombre(m.avantM2, 4), droite: true },
        { titre: 'Moyenne après', valeur: (m) => nombre(m.apresM2, 4), droite: true },
      ],
      r.moyennes,
    ),
    ...(r.constats.length === 0 ? [] : ['', ...r.constats.toSorted((a, b) => rang(a) - rang(b)).slice(0, 20).map((c) => `${c.bloquant ? '✗' : c.aJustifier ? '!' : '·'} ${c.ensemble ?? ''}${c.plafond === null ? '' : ` ${c.plafond}`} ${c.message} (${c.article})`)]),
    ...(r.constats.length > 20 ? [`… ${compte(r.constats.length, 'constat')} en tout.`] : []),
  ].join('\n');
  return { json: { ...r }, texte, sortie: r.conforme ? (0 as const) : (1 as const) };
}
