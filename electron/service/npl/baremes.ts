import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { resolveDepcom } from '../../../shared/territoires/index.ts';
import { normalizeColonne, readTableau } from '../../import/tableau.ts';
import { isProduit, replaceZonage, writeIrl, writePlafondLoyer } from '../../store/npl/baremes.ts';
import type { Zonage } from '../../store/npl/baremes.ts';
import type { Base } from '../../store/base.ts';
import { readTaux } from './lecture.ts';

type Demande = EntreeLue<'npl.importerBareme'>;
type Bilan = Sortie<'npl.importerBareme'>;
type Ligne = { numero: number; lire(...noms: string[]): string };

/** Lit un barème ; les lignes qui ne se lisent pas sont refusées avec leur raison, les autres gardées. Dans la transaction de l'appelant. */
export function importBareme(base: Base, lignes: readonly string[][], { chemin, nature, source }: Demande, quand: string): Bilan {
  const { colonnes, corps } = decouper(lignes, chemin);
  switch (nature) {
    case 'plafonds': return importPlafonds(base, requireColonnes(colonnes, corps, ['annee', 'produit', 'zone', 'maximum'], chemin), source);
    case 'irl': return importIrl(base, requireColonnes(colonnes, corps, ['annee', 'indice'], chemin), source);
    case 'zones': return importZones(base, colonnes, corps, chemin, source, quand);
  }
}

export const readBareme = (chemin: string): Promise<string[][]> => readTableau(chemin);

function decouper(lignes: readonly string[][], chemin: string): { colonnes: string[]; corps: { numero: number; cellules: string[] }[] } {
  const [entete, ...reste] = lignes;
  if (entete === undefined || reste.length === 0) throw invalide('bareme-vide', `Le fichier « ${chemin} » n’a pas de ligne sous ses titres.`, 'Donner un tableau avec une ligne de titres.');
  return { colonnes: entete.map(normalizeColonne), corps: reste.map((cellules, i) => ({ numero: i + 2, cellules })).filter((l) => l.cellules.some((c) => c.trim() !== '')) };
}

function requireColonnes(colonnes: string[], corps: { numero: number; cellules: string[] }[], noms: string[], chemin: string): Ligne[] {
  const manque = noms.filter((n) => !colonnes.includes(n));
  if (manque.length > 0) throw invalide('colonnes-absentes', `Il manque à « ${chemin} » les colonnes ${manque.join(', ')}.`, `Donner les titres ${noms.join(';')}.`);
  return corps.map(({ numero, cellules }) => ({ numero, lire: (...voulus) => cellules[colonnes.findIndex((c) => voulus.includes(c))]?.trim() ?? '' }));
}

function importPlafonds(base: Base, lignes: Ligne[], source: string): Bilan {
  return chaque(lignes, (l) => {
    const annee = Number(l.lire('annee'));
    const produit = l.lire('produit').toUpperCase();
    const taux = readTaux(l.lire('maximum'));
    if (!isAnnee(annee)) return `« ${l.lire('annee')} » n’est pas une année.`;
    if (!isProduit(produit)) return `« ${l.lire('produit')} » n’est pas PLAI, PLUS, PLS ou PLI.`;
    const zone = normalizeZone(l.lire('zone'));
    if (zone === null) return `« ${l.lire('zone')} » n’est pas une zone connue.`;
    if (taux === null) return `« ${l.lire('maximum')} » n’est pas un loyer en €/m².`;
    writePlafondLoyer(base, null, { annee, produit, zone, taux, source: l.lire('source') || source });
    return null;
  });
}

function importIrl(base: Base, lignes: Ligne[], source: string): Bilan {
  return chaque(lignes, (l) => {
    const annee = Number(l.lire('annee'));
    const indice = readTaux(l.lire('indice'));
    if (!isAnnee(annee)) return `« ${l.lire('annee')} » n’est pas une année.`;
    if (indice === null || indice === 0n || indice % 100n !== 0n) return `« ${l.lire('indice')} » n’est pas un indice à deux décimales.`;
    writeIrl(base, annee, Number(indice / 100n), l.lire('source') || source);
    return null;
  });
}

function chaque(lignes: Ligne[], garder: (l: Ligne) => string | null): Bilan {
  const refusees: Bilan['refusees'] = [];
  for (const l of lignes) {
    const raison = garder(l);
    if (raison !== null) refusees.push({ ligne: l.numero, raison });
  }
  return { lignes: lignes.length, enregistrees: lignes.length - refusees.length, refusees, zonage: null };
}

const isAnnee = (n: number): boolean => Number.isInteger(n) && n >= 1990 && n <= 2100;

const ZONES: Readonly<Record<string, readonly [Zonage, string]>> = {
  '1': ['123', '1'], '1BIS': ['123', '1bis'], '2': ['123', '2'], '3': ['123', '3'],
  ABIS: ['ABC', 'Abis'], A: ['ABC', 'A'], B1: ['ABC', 'B1'], B2: ['ABC', 'B2'], C: ['ABC', 'C'],
};
const findZone = (texte: string): readonly [Zonage, string] | null => ZONES[texte.toUpperCase().replace(/ZONE|[\s_-]/gu, '')] ?? null;
/** Le zonage dont une zone est. */
export const zonageDe = (zone: string): Zonage | null => findZone(zone)?.[0] ?? null;
/** Écriture gardée d'une zone (`A bis` → `Abis`) ; `null` si elle n'est d'aucun des deux zonages. */
export const normalizeZone = (texte: string): string | null => findZone(texte)?.[1] ?? null;

/**
 * Zonage d'un fichier officiel : une colonne de codes de communes et une de zones, reconnues à ce qu'elles
 * contiennent. Les codes d'hier sont ceux de la commune d'aujourd'hui ; si ses anciennes communes n'avaient
 * pas toutes la même zone, elle n'en reçoit aucune et c'est dit.
 */
function importZones(base: Base, colonnes: string[], corps: { numero: number; cellules: string[] }[], chemin: string, source: string, quand: string): Bilan {
  const part = (i: number, bon: (v: string) => boolean): number => corps.slice(0, 500).filter((l) => bon(l.cellules[i]?.trim() ?? '')).length;
  const rang = (bon: (v: string) => boolean): number => {
    const notes = colonnes.map((_, i) => part(i, bon));
    const meilleure = Math.max(0, ...notes);
    return meilleure * 2 >= Math.min(corps.length, 500) ? notes.indexOf(meilleure) : -1;
  };
  const iCommune = rang((v) => resolveDepcom(codeCommune(v)).commune !== null);
  const iZone = rang((v) => findZone(v) !== null);
  if (iCommune < 0 || iZone < 0) {
    throw invalide('zonage-illisible', `« ${chemin} » n’a pas une colonne de codes Insee de communes et une colonne de zones (1, 1bis, 2, 3 ou Abis, A, B1, B2, C).`, 'Charger le fichier officiel du zonage.');
  }
  const refusees: Bilan['refusees'] = [];
  const zones = new Map<string, Set<string>>();
  const comptes = new Map<Zonage, number>();
  for (const { numero, cellules } of corps) {
    const code = codeCommune(cellules[iCommune]?.trim() ?? '');
    const commune = resolveDepcom(code).commune;
    const zone = findZone(cellules[iZone]?.trim() ?? '');
    if (commune === null) refusees.push({ ligne: numero, raison: `Commune « ${code} » inconnue.` });
    else if (zone === null) refusees.push({ ligne: numero, raison: `Zone « ${cellules[iZone] ?? ''} » inconnue.` });
    else {
      comptes.set(zone[0], (comptes.get(zone[0]) ?? 0) + 1);
      zones.set(commune, (zones.get(commune) ?? new Set()).add(zone[1]));
    }
  }
  const [zonage, autre] = [...comptes.keys()];
  if (zonage === undefined || autre !== undefined) throw invalide('zonage-melange', `« ${chemin} » mêle deux zonages ou n’en porte aucun.`, 'Charger un fichier par zonage.');
  for (const [commune, toutes] of zones) {
    if (toutes.size > 1) refusees.push({ ligne: 0, raison: `Commune ${commune} : ses anciennes communes sont dans plusieurs zones (${[...toutes].sort().join(', ')}) ; elle n’en reçoit aucune.` });
  }
  const uniques = new Map([...zones].flatMap(([c, z]) => (z.size === 1 ? [[c, [...z][0] ?? ''] as const] : [])));
  replaceZonage(base, zonage, uniques, source, quand);
  return { lignes: corps.length, enregistrees: uniques.size, refusees, zonage };
}

const codeCommune = (v: string): string => (/^\d{4}$/u.test(v) ? `0${v}` : v.toUpperCase());
