/**
 * Écrit `shared/territoires/territoires-2026.json` (et les codes postaux de la démonstration) à partir de
 * `@etalab/decoupage-administratif`. À relancer à la main quand la bibliothèque change d'année :
 * `node build/donnees/territoires.ts`. Un test refait le calcul et compare avec le fichier livré.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { DonneesTerritoires } from '../../shared/territoires/types.ts';

const lire = createRequire(import.meta.url);
const ANNEE = 2026;

type CommuneSource = {
  code: string;
  nom: string;
  type: 'commune-actuelle' | 'commune-deleguee' | 'commune-associee' | 'arrondissement-municipal';
  departement: string;
  population?: number;
  anciensCodes?: string[];
  codesPostaux?: string[];
  chefLieu?: string;
  commune?: string;
};
type MembreSource = { code: string; populationMunicipale: number; populationTotale: number };
type EpciSource = { code: string; nom: string; type: string; populationMunicipale: number; populationTotale: number; membres: MembreSource[] };
type EptSource = { code: string; nom: string; membres: { code: string }[] };
type ZoneSource = { code: string; nom: string; region: string };

function source<T>(nom: string): T {
  const chemin = lire.resolve(`@etalab/decoupage-administratif/data/${nom}.json`);
  return JSON.parse(readFileSync(chemin, 'utf8')) as T;
}

/** Une barre verticale ou un saut de ligne dans un nom décalerait toutes les colonnes. */
function propre(nom: string): string {
  if (/[|\n]/.test(nom)) throw new Error(`nom inutilisable : ${nom}`);
  return nom;
}

function rangs(groupements: { membres: { code: string }[] }[]): Map<string, number> {
  return new Map(groupements.flatMap((g, rang) => g.membres.map((m) => [m.code, rang] as const)));
}

/**
 * Les populations du seuil de L302-1 viennent du fichier des EPCI, d'une seule année ; celles des communes
 * en sont d'une autre. La dernière colonne dit que population totale et municipale ne concluent pas pareil.
 */
function ligneEpci(e: EpciSource): string {
  const municipale = Math.max(...e.membres.map((m) => m.populationMunicipale));
  const totale = Math.max(...e.membres.map((m) => m.populationTotale));
  const audela = (ensemble: number, commune: number): boolean => ensemble > 30_000 && commune > 10_000;
  const incertain = audela(e.populationMunicipale, municipale) !== audela(e.populationTotale, totale);
  return `${e.code}|${propre(e.nom)}|${e.type}|${e.populationMunicipale}|${municipale}${incertain ? '|1' : ''}`;
}

/**
 * Codes d'hier → commune d'aujourd'hui. La commune déléguée ou associée, qui existe encore, l'emporte
 * sur l'ancien code : deux codes (55273, 60455) se contredisent dans la source.
 */
function anciensCodes(communes: CommuneSource[]): Record<string, string> {
  const actuelles = communes.filter((c) => c.type === 'commune-actuelle');
  const connues = new Set(actuelles.map((c) => c.code));
  const versCommune = new Map<string, string>();
  for (const c of actuelles) for (const ancien of c.anciensCodes ?? []) versCommune.set(ancien, c.code);
  for (const c of communes) {
    if ((c.type === 'commune-deleguee' || c.type === 'commune-associee') && c.chefLieu) versCommune.set(c.code, c.chefLieu);
  }
  const parCommune = new Map<string, string[]>();
  for (const [ancien, commune] of versCommune) {
    if (connues.has(ancien)) continue;
    parCommune.set(commune, [...(parCommune.get(commune) ?? []), ancien]);
  }
  return Object.fromEntries([...parCommune].sort(([a], [b]) => (a < b ? -1 : 1)).map(([c, codes]) => [c, codes.sort().join(' ')]));
}

export function genererTerritoires(): DonneesTerritoires {
  const communes = source<CommuneSource[]>('communes');
  const epci = source<EpciSource[]>('epci').sort((a, b) => (a.code < b.code ? -1 : 1));
  const ept = source<EptSource[]>('ept').sort((a, b) => (a.code < b.code ? -1 : 1));
  const rangEpci = rangs(epci);
  const rangEpt = rangs(ept);
  const parDepartement = new Map<string, string[]>();
  const arrondissements: Record<string, string[]> = {};
  for (const c of communes.sort((a, b) => (a.code < b.code ? -1 : 1))) {
    const population = c.population ?? '';
    if (c.type === 'arrondissement-municipal' && c.commune) {
      (arrondissements[c.commune] ??= []).push(`${c.code}|${propre(c.nom)}|${population}`);
    }
    if (c.type !== 'commune-actuelle') continue;
    const fin = c.code.slice(c.departement.length);
    const ligne = `${fin}|${propre(c.nom)}|${population}|${rangEpci.get(c.code) ?? ''}|${rangEpt.get(c.code) ?? ''}`;
    parDepartement.set(c.departement, [...(parDepartement.get(c.departement) ?? []), ligne.replace(/\|+$/, '')]);
  }
  return {
    annee: ANNEE,
    source: '@etalab/decoupage-administratif 6.0.0 (Insee, DGCL, IGN)',
    licence: 'Données : Licence Ouverte / Open Licence. Code : MIT.',
    attribution: `Découpage administratif ${ANNEE} : Insee et DGCL, mis en forme par Etalab (Licence Ouverte)`,
    regions: Object.fromEntries(source<ZoneSource[]>('regions').map((r) => [r.code, r.nom])),
    departements: Object.fromEntries(source<ZoneSource[]>('departements').map((d) => [d.code, [d.nom, d.region]])),
    epci: epci.map(ligneEpci),
    ept: ept.map((e) => `${e.code}|${propre(e.nom)}`),
    communes: Object.fromEntries([...parDepartement].map(([d, lignes]) => [d, lignes.join('\n')])),
    anciens: anciensCodes(communes),
    arrondissements,
  };
}

/** Premier code postal des communes de plus de 3 000 habitants et des arrondissements (démonstration seulement). */
export function genererCodesPostaux(): Record<string, string> {
  const entrees = source<CommuneSource[]>('communes')
    .filter((c) => c.type === 'arrondissement-municipal' || (c.type === 'commune-actuelle' && (c.population ?? 0) >= 3000))
    .map((c) => [c.code, c.codesPostaux?.[0] ?? ''] as const)
    .filter(([, cp]) => cp !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entrees);
}

/** JSON dont chaque clé de premier niveau, et chaque entrée des objets, tient sur une ligne : diffs lisibles. */
export function ecrireLignes(donnees: object): string {
  const valeur = (v: unknown): string => {
    if (Array.isArray(v)) return `[\n${v.map((x) => JSON.stringify(x)).join(',\n')}\n]`;
    if (v !== null && typeof v === 'object') {
      return `{\n${Object.entries(v).map(([k, x]) => `${JSON.stringify(k)}:${JSON.stringify(x)}`).join(',\n')}\n}`;
    }
    return JSON.stringify(v);
  };
  return `{\n${Object.entries(donnees).map(([k, v]) => `${JSON.stringify(k)}:${valeur(v)}`).join(',\n')}\n}\n`;
}

export const FICHIER_TERRITOIRES = new URL('../../shared/territoires/territoires-2026.json', import.meta.url);
export const FICHIER_CODES_POSTAUX = new URL('../../electron/demo/codes-postaux.json', import.meta.url);

if (import.meta.main) {
  writeFileSync(FICHIER_TERRITOIRES, ecrireLignes(genererTerritoires()));
  writeFileSync(FICHIER_CODES_POSTAUX, ecrireLignes(genererCodesPostaux()));
}
