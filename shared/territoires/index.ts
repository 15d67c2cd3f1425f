/**
 * Communes, EPCI, départements et régions d'aujourd'hui, et les codes d'hier. Tout est indexé à la première
 * demande : charger ce module ne coûte que la lecture du JSON.
 */
import brut from './territoires-2026.json' with { type: 'json' };
import { lireEpci } from './epci.ts';
import type { Arrondissement, Commune, Depcom, DonneesTerritoires, InfoEpci, Territoire } from './types.ts';

export type { Arrondissement, Commune, Depcom, InfoEpci, StatutDepcom, Territoire, TypeEpci } from './types.ts';

const donnees: DonneesTerritoires = brut;

export const ANNEE_TERRITOIRES = donnees.annee;
export const ATTRIBUTION_TERRITOIRES = donnees.attribution;
export const SOURCE_TERRITOIRES = `${donnees.source}. ${donnees.licence}`;

function paresseux<T>(construire: () => T): () => T {
  let valeur: { v: T } | null = null;
  return () => (valeur ??= { v: construire() }).v;
}

const nombreOuNull = (texte: string | undefined): number | null => (texte ? Number(texte) : null);

const sirenDe = (lignes: string[], rang: string | undefined): string | null =>
  rang ? (lignes[Number(rang)]?.split('|', 1)[0] ?? null) : null;

const parDepartement = new Map<string, ReadonlyMap<string, Commune>>();

/** Communes d'un département, dans l'ordre du fichier. Un dossier n'en touche que quelques-uns : les autres ne sont pas indexés. */
function communesDu(departement: string): ReadonlyMap<string, Commune> {
  const connues = parDepartement.get(departement);
  if (connues !== undefined) return connues;
  const table = new Map<string, Commune>();
  const region = donnees.departements[departement]?.[1] ?? '';
  for (const ligne of donnees.communes[departement]?.split('\n') ?? []) {
    const [fin = '', nom = '', population, epci, ept] = ligne.split('|');
    const code = departement + fin;
    table.set(code, {
      code, nom, departement, region,
      epci: sirenDe(donnees.epci, epci),
      ept: sirenDe(donnees.ept, ept),
      population: nombreOuNull(population),
    });
  }
  parDepartement.set(departement, table);
  return table;
}

/** Un code de commune commence par celui de son département : deux caractères, trois outre-mer. */
function communeDe(code: string): Commune | undefined {
  const departement = code.slice(0, code.startsWith('97') || code.startsWith('98') ? 3 : 2);
  return (parDepartement.get(departement) ?? communesDu(departement)).get(code);
}

const arrondissements = paresseux(() => {
  const table = new Map<string, Arrondissement>();
  for (const [commune, lignes] of Object.entries(donnees.arrondissements)) {
    for (const ligne of lignes) {
      const [code = '', nom = '', population] = ligne.split('|');
      table.set(code, { code, nom, commune, population: nombreOuNull(population) });
    }
  }
  return table;
});

const depcoms = paresseux(() => {
  const table = new Map<string, Depcom>();
  for (const [commune, codes] of Object.entries(donnees.anciens)) {
    for (const code of codes.split(' ')) table.set(code, { commune, statut: 'fusionnee' });
  }
  for (const a of arrondissements().values()) table.set(a.code, { commune: a.commune, statut: 'arrondissement' });
  // Les codes seuls : un import n'a pas à attendre que les noms et les EPCI soient indexés.
  for (const [departement, texte] of Object.entries(donnees.communes)) {
    for (const ligne of texte.split('\n')) {
      const code = departement + ligne.slice(0, ligne.indexOf('|'));
      table.set(code, { commune: code, statut: 'actuelle' });
    }
  }
  return table;
});

const epci = paresseux(() => new Map(donnees.epci.map((ligne) => [ligne.split('|', 1)[0] ?? '', ligne])));
const ept = paresseux(() => new Map(donnees.ept.map((ligne) => [ligne.slice(0, 9), ligne.slice(10)])));

const INCONNUE: Depcom = { commune: null, statut: 'inconnue' };

/** La commune d'aujourd'hui portant ce code Insee ; null pour un code d'hier ou un arrondissement (`resolveDepcom`). */
export function findCommune(code: string): Commune | null {
  return communeDe(code) ?? null;
}

export function findArrondissement(code: string): Arrondissement | null {
  return arrondissements().get(code) ?? null;
}

/**
 * Ramène un code Insee tel qu'écrit dans un fichier à la commune d'aujourd'hui. Les objets rendus sont
 * partagés : l'appel ne coûte qu'une lecture de table (540 000 par import).
 */
export function resolveDepcom(code: string): Depcom {
  return depcoms().get(code) ?? INCONNUE;
}

/** Codes d'hier (communes fusionnées, déléguées, associées, codes changés) de cette commune d'aujourd'hui. */
export function anciensCodesDe(commune: string): string[] {
  return donnees.anciens[commune]?.split(' ') ?? [];
}

/** null si le SIREN n'est pas celui d'un EPCI à fiscalité propre de l'année (ni la métropole de Lyon). */
export function epciInfo(siren: string): InfoEpci | null {
  const ligne = epci().get(siren);
  return ligne === undefined ? null : lireEpci(ligne);
}

export function nomDepartement(code: string): string | null {
  return donnees.departements[code]?.[0] ?? null;
}

/** Départements et collectivités d'outre-mer, dans l'ordre des codes. */
export function departements(): { code: string; nom: string; region: string }[] {
  return Object.entries(donnees.departements)
    .map(([code, [nom = '', region = '']]) => ({ code, nom, region }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** null si le code n'a pas la forme d'un territoire, ou désigne un territoire qui n'existe pas aujourd'hui. */
export function parseTerritoire(code: string): Territoire | null {
  if (code === 'organisme') return { type: 'organisme', code: '' };
  const tiret = code.indexOf('-');
  const valeur = code.slice(tiret + 1);
  switch (code.slice(0, tiret)) {
    case 'reg': return Object.hasOwn(donnees.regions, valeur) ? { type: 'region', code: valeur } : null;
    case 'dep': return Object.hasOwn(donnees.departements, valeur) ? { type: 'departement', code: valeur } : null;
    case 'epci': return epci().has(valeur) ? { type: 'epci', code: valeur } : null;
    case 'ept': return ept().has(valeur) ? { type: 'ept', code: valeur } : null;
    case 'com': return communeDe(valeur) !== undefined ? { type: 'commune', code: valeur } : null;
    default: return null;
  }
}

/** Libellé français du territoire ; le code lui-même s'il est inconnu. */
export function nomTerritoire(code: string): string {
  const t = parseTerritoire(code);
  switch (t?.type) {
    case 'organisme': return 'Ensemble de l’organisme';
    case 'region': return donnees.regions[t.code] ?? code;
    case 'departement': return `${nomDepartement(t.code) ?? ''} (${t.code})`;
    case 'epci': return epciInfo(t.code)?.nom ?? code;
    case 'ept': return ept().get(t.code) ?? code;
    case 'commune': return communeDe(t.code)?.nom ?? code;
    default: return code;
  }
}

/** Codes de tous les territoires qui contiennent la commune d'aujourd'hui, du plus large au plus petit. */
export function territoiresDeCommune(code: string): string[] {
  const c = communeDe(code);
  if (!c) return [];
  return [
    'organisme', `reg-${c.region}`, `dep-${c.departement}`,
    ...(c.epci ? [`epci-${c.epci}`] : []),
    ...(c.ept ? [`ept-${c.ept}`] : []),
    `com-${c.code}`,
  ];
}

/** Codes des communes de chaque EPCI et de chaque EPT, par SIREN : un seul passage, sans lire le reste des lignes. */
const intercommunalites = paresseux(() => {
  const [parEpci, parEpt] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const ajouter = (table: Map<string, string[]>, rang: string | undefined, code: string): void => {
    if (!rang) return;
    const siennes = table.get(rang);
    if (siennes === undefined) table.set(rang, [code]);
    else siennes.push(code);
  };
  for (const [departement, texte] of Object.entries(donnees.communes)) {
    for (const ligne of texte.split('\n')) {
      const [fin = '', , , rangEpci, rangEpt] = ligne.split('|');
      ajouter(parEpci, rangEpci, departement + fin);
      ajouter(parEpt, rangEpt, departement + fin);
    }
  }
  const parSiren = (lignes: string[], table: Map<string, string[]>) => new Map([...table].map(([rang, codes]) => [sirenDe(lignes, rang), codes]));
  return { epci: parSiren(donnees.epci, parEpci), ept: parSiren(donnees.ept, parEpt) };
});

/** Codes des communes d'aujourd'hui dans ce territoire ; vide s'il est inconnu ou s'il s'agit de l'organisme. */
export function communesDe(territoire: string): string[] {
  const t = parseTerritoire(territoire);
  switch (t?.type) {
    case 'commune': return [t.code];
    case 'departement': return [...communesDu(t.code).keys()];
    case 'region':
      return Object.keys(donnees.communes).filter((d) => donnees.departements[d]?.[1] === t.code).flatMap((d) => [...communesDu(d).keys()]);
    case 'epci': case 'ept': return [...(intercommunalites()[t.type].get(t.code) ?? [])];
    default: return [];
  }
}
