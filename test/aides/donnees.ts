/**
 * Un DonneesPaquet vraisemblable et cohérent (les comptes de l'état sont les sommes des ensembles),
 * toujours le même pour les mêmes options : la matière des essais de documents et de paquets.
 */
import { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import { engagementsExemple } from './engagements.ts';

type Commune = { code: string; nom: string; epci: string; departement: string };

const COMMUNES: Commune[] = [
  { code: '13055', nom: 'Marseille', epci: '200054807', departement: '13' },
  { code: '13001', nom: 'Aix-en-Provence', epci: '200054807', departement: '13' },
  { code: '13047', nom: 'Istres', epci: '200054807', departement: '13' },
  { code: '13004', nom: 'Arles', epci: '241300417', departement: '13' },
  { code: '84007', nom: 'Avignon', epci: '248400251', departement: '84' },
  { code: '84035', nom: 'Cavaillon', epci: '200040442', departement: '84' },
  { code: '06088', nom: 'Nice', epci: '200030195', departement: '06' },
  { code: '06004', nom: 'Antibes', epci: '240600585', departement: '06' },
];

const NOMS: Record<string, string> = {
  ...Object.fromEntries(COMMUNES.map((c) => [c.code, c.nom])),
  '200054807': 'Métropole d’Aix-Marseille-Provence',
  '241300417': 'CA d’Arles-Crau-Camargue-Montagnette',
  '248400251': 'CA du Grand Avignon',
  '200040442': 'CA Luberon Monts de Vaucluse',
  '200030195': 'Métropole Nice Côte d’Azur',
  '240600585': 'CA de Sophia Antipolis',
  '13': 'Bouches-du-Rhône',
  '84': 'Vaucluse',
  '06': 'Alpes-Maritimes',
};

const RESIDENCES = ['Les Tamaris', 'Le Clos Saint-Jean', 'L’Estaque-Gare', 'Les Cèdres', 'Château-Vert', 'La Garance'];
const RUES = ['rue de l’Évêché', 'avenue du 8-Mai-1945', 'boulevard Longchamp', 'chemin des Œillets', 'place Jean-Jaurès'];
const FINANCEMENTS: [string, string][] = [
  ['13', 'PLUS'], ['10', 'PLAI'], ['14', 'PLS'], ['12', 'PLUS'], ['52', 'AVANT_1977'], ['16', 'PLI'], ['inconnu', 'INCONNU'],
];

function suite(graine: number): (n: number) => number {
  let x = graine;
  return (n) => {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((x / 2 ** 32) * n);
  };
}

type Ensemble = DonneesPaquet['ensembles'][number];
type Etat = DonneesPaquet['etat'];
type Loyers = DonneesPaquet['loyers'][number];

function ensemblesExemple(nombre: number, alea: (n: number) => number): Ensemble[] {
  return Array.from({ length: nombre }, (_, i) => {
    const commune = COMMUNES[i % COMMUNES.length] ?? COMMUNES[0]!;
    const logements = 4 + alea(140);
    const financements: Record<string, number> = {};
    const premier = FINANCEMENTS[alea(FINANCEMENTS.length)]![0];
    const second = FINANCEMENTS[alea(FINANCEMENTS.length)]![0];
    const part = alea(logements);
    financements[premier] = logements - part;
    if (part > 0) financements[second] = (financements[second] ?? 0) + part;
    const inconnu = i % 9 === 0 ? alea(4) : 0;
    return {
      id: `E${String(i + 1).padStart(5, '0')}`,
      nom: `${RESIDENCES[alea(RESIDENCES.length)]} ${i + 1}`,
      adresse: `${1 + alea(180)} ${RUES[alea(RUES.length)]}`,
      commune: commune.code,
      nomCommune: commune.nom,
      logements,
      financements,
      qpv: i % 3 === 0 ? alea(logements - inconnu + 1) : 0,
      qpvInconnu: inconnu,
    };
  });
}

function add(comptes: Record<string, number>, cle: string, n: number): void {
  if (n > 0) comptes[cle] = (comptes[cle] ?? 0) + n;
}

/** Répartit `total` sur des clés, sans en perdre. */
function spread(total: number, cles: string[], alea: (n: number) => number): Record<string, number> {
  const comptes: Record<string, number> = {};
  let reste = total;
  for (const cle of cles) {
    const n = cle === cles.at(-1) ? reste : alea(Math.max(1, Math.floor((2 * reste) / cles.length)));
    add(comptes, cle, n);
    reste -= n;
  }
  return comptes;
}

function etatExemple(ensembles: Ensemble[], alea: (n: number) => number): Etat {
  const logements = ensembles.reduce((s, e) => s + e.logements, 0);
  const qpv = ensembles.reduce((s, e) => s + e.qpv, 0);
  const qpvInconnu = ensembles.reduce((s, e) => s + e.qpvInconnu, 0);
  const etat: Etat = {
    territoire: 'organisme', logements, ensembles: ensembles.length, qpv, qpvInconnu, horsQpv: logements - qpv - qpvInconnu,
    financements: {}, familles: {}, communes: {}, epci: {}, departements: {}, regions: {}, ages: {}, surfaces: {}, dpeAvant: {}, dpeDepuis: {}, dpeSansDate: {}, noms: NOMS, sortis: 37, vacants: 112,
    dpe: spread(logements, ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'inconnu'], alea),
    annees: spread(logements, ['1958', '1967', '1974', '1986', '1999', '2012', '2021', 'inconnu'], alea),
    types: spread(logements, ['C', 'I', 'E', 'inconnu'], alea),
    pieces: spread(logements, ['1', '2', '3', '4', '5', 'inconnu'], alea),
  };
  const familles = new Map(FINANCEMENTS);
  for (const e of ensembles) {
    for (const [code, n] of Object.entries(e.financements)) {
      add(etat.financements, code, n);
      add(etat.familles, familles.get(code) ?? 'INCONNU', n);
    }
    const commune = COMMUNES.find((c) => c.code === e.commune)!;
    add(etat.communes, commune.code, e.logements);
    add(etat.epci, commune.epci, e.logements);
    add(etat.departements, commune.departement, e.logements);
  }
  return etat;
}

function loyersExemple(ensembles: Ensemble[], etat: Etat, alea: (n: number) => number): Loyers[] {
  const ligne = (code: string, nom: string, logements: number): Loyers['lignes'][number] => {
    const loues = Math.floor(logements * 0.95);
    const surface = loues * 58 + alea(900) / 100;
    const loyerM2 = 5.2 + alea(300) / 100 + 0.004;
    const avec = loues > 5;
    return {
      code, nom, logements, loues, surface: Math.round(surface * 100) / 100,
      loyerMensuel: Math.round(surface * loyerM2 * 100) / 100,
      loyerM2: loues > 0 ? loyerM2 : null, avecMaximum: avec ? loues - 2 : 0,
      loyerMaxM2: avec ? loyerM2 + 0.755 : null, ecartM2: avec ? 0.755 : null,
    };
  };
  const nommer = (comptes: Record<string, number>) => Object.entries(comptes).map(([code, n]) => ligne(code, NOMS[code] ?? code, n));
  const exclus = { 'non-loue': 112, 'sans-loyer': 14 };
  return ['SH', 'SU'].flatMap((surface): Loyers[] => [
    { surface, par: 'ensemble', lignes: ensembles.map((e) => ligne(e.id, e.nom, e.logements)), exclus },
    { surface, par: 'commune', lignes: nommer(etat.communes), exclus },
    { surface, par: 'epci', lignes: nommer(etat.epci), exclus },
    { surface, par: 'departement', lignes: nommer(etat.departements), exclus },
    { surface, par: 'organisme', lignes: [ligne('organisme', 'Habitat du Littoral', etat.logements)], exclus },
  ]);
}

const CHAMPS: DonneesPaquet['champs'] = [
  { champ: 'organisme/nom', libelle: 'Nom de l’organisme', valeur: 'Habitat du Littoral', article: 'L445-1', groupe: 'Identité' },
  { champ: 'organisme/siege/adresse', libelle: 'Adresse du siège', valeur: '12 quai du Port, 13002 Marseille', article: 'L445-1', groupe: 'Identité' },
  { champ: 'organisme/president', libelle: 'Président', valeur: 'Mme Élise Cœur', article: '', groupe: 'Identité' },
  { champ: 'organisme/psp/date', libelle: 'Date d’approbation du plan stratégique de patrimoine', valeur: '2024-06-18', article: 'R445-2-2', groupe: 'Identité' },
  { champ: 'calendrier/deliberation-lancement', libelle: 'Délibération engageant la procédure', valeur: '2025-02-04', article: 'R445-2-3', groupe: 'Calendrier' },
  { champ: 'calendrier/deliberation-adoption', libelle: 'Délibération adoptant le projet', valeur: null, article: 'R445-2-6', groupe: 'Calendrier' },
];

export type OptionsExemple = { ensembles?: number; graine?: number; version?: number; malgre?: string | null };

/** Donne un dépôt complet et valide au sens du schéma. */
export function donneesExemple(options: OptionsExemple = {}): DonneesPaquet {
  const alea = suite(options.graine ?? 7);
  const ensembles = ensemblesExemple(options.ensembles ?? 30, alea);
  const etat = etatExemple(ensembles, alea);
  const version = options.version ?? 1;
  return DonneesPaquet.parse({
    schema: 'atelier-cus/donnees/1',
    organisme: { siren: '732829320', nom: 'Habitat du Littoral', nature: 'ESH' },
    millesime: '2019',
    version,
    date: '2026-03-01T09:00:00.000Z',
    dateEffet: '2026-07-01',
    periode: '2026-2031',
    malgre: options.malgre === undefined ? null : options.malgre,
    champs: CHAMPS,
    etat,
    ensembles,
    loyers: loyersExemple(ensembles, etat, alea),
    engagements: engagementsExemple(etat, alea),
    constats: {
      bloquants: [],
      aJustifier: [
        { code: 'cumul-decroissant', message: 'Le cumul à six ans de PP-4 est inférieur au cumul à trois ans.', article: 'R445-5', champ: 'engagement/PP-4/dep-84/6ans/total', justification: 'Programme de vente suspendu en 2030.', etape: 'engagements' },
      ],
      informations: [{ code: 'dpe-inconnu', message: 'Des logements sont sans diagnostic.', article: '', champ: null, justification: null, etape: 'patrimoine' }],
    },
    precedent: version > 1 ? 'a'.repeat(64) : null,
  });
}
