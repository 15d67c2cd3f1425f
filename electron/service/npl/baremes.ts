import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { formatTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import { formatDecimal } from '../../../shared/domain/nombres/format.ts';
import { resolveDepcom } from '../../../shared/territoires/index.ts';
import { normalizeColonne, readTableau } from '../../import/tableau.ts';
import { isProduit, readIrl, readPlafondsLoyer, replaceZonage, writeIrl, writePlafondLoyer } from '../../store/npl/baremes.ts';
import type { Zonage } from '../../store/npl/baremes.ts';
import type { Base } from '../../store/base.ts';
import { readTaux } from './lecture.ts';
import { codeCommune, findZone, normalizeZone } from './zones.ts';

type Demande = EntreeLue<'npl.importerBareme'>;
type Bilan = Sortie<'npl.importerBareme'>;
type Ligne = { numero: number; lire(...noms: string[]): string };

/** Lit un barème ; les lignes qui ne se lisent pas sont refusées avec leur raison, les autres gardées. Dans la transaction de l'appelant. */
export function importBareme(base: Base, lignes: readonly string[][], { chemin, nature, source, remplacer }: Demande, quand: string): Bilan {
  const { colonnes, corps } = decouper(lignes, chemin);
  switch (nature) {
    case 'plafonds': return importPlafonds(base, requireColonnes(colonnes, corps, ['annee', 'produit', 'zone', 'maximum'], chemin), source, remplacer);
    case 'irl': return importIrl(base, requireColonnes(colonnes, corps, ['annee', 'indice'], chemin), source, remplacer);
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

/** Une ligne déjà là ne se garde pas deux fois ; une autre valeur s'ajoute et se dit, ou remplace celles de sa case si c'est demandé. */
function importPlafonds(base: Base, lignes: Ligne[], source: string, remplacer: boolean): Bilan {
  const gardes = readPlafondsLoyer(base);
  return chaque(lignes, (l) => {
    const annee = Number(l.lire('annee'));
    const produit = l.lire('produit').toUpperCase();
    const taux = readTaux(l.lire('maximum'));
    if (!isAnnee(annee)) return `« ${l.lire('annee')} » n’est pas une année.`;
    if (!isProduit(produit)) return `« ${l.lire('produit')} » n’est pas PLAI, PLUS, PLS ou PLI.`;
    const zone = normalizeZone(l.lire('zone'));
    if (zone === null) return `« ${l.lire('zone')} » n’est pas une zone connue.`;
    if (taux === null) return `« ${l.lire('maximum')} » n’est pas un loyer en €/m².`;
    const siennes = gardes.filter((g) => g.annee === annee && g.produit === produit && g.zone === zone);
    // Deux valeurs du fichier lui-même se gardent et se disent : seules celles d'avant lui se remplacent.
    const autres = siennes.filter((g) => g.taux !== taux && g.id > 0);
    const remplacees = remplacer ? autres : [];
    for (const g of remplacees) {
      writePlafondLoyer(base, g.id, null);
      gardes.splice(gardes.indexOf(g), 1);
    }
    const ou = `${produit} ${annee}, zone ${zone}`;
    const restent = siennes.filter((g) => g.taux !== taux && !remplacees.includes(g));
    const contraire = restent.length === 0 ? null : `${ou} : ${[...restent.map((g) => formatTaux(g.taux)), formatTaux(taux)].join(' et ')}`;
    if (siennes.some((g) => g.taux === taux)) return { identique: true, remplacee: remplacees.length > 0, contraire };
    const ligne = { annee, produit, zone, taux, source: l.lire('source') || source };
    writePlafondLoyer(base, null, ligne);
    gardes.push({ ...ligne, id: 0 });
    return { identique: false, remplacee: remplacees.length > 0, contraire };
  });
}

/** Un indice par année : une autre valeur ne prend la place de la première que si c'est demandé. */
function importIrl(base: Base, lignes: Ligne[], source: string, remplacer: boolean): Bilan {
  const avant = new Map(readIrl(base).map((i) => [i.annee, i.indice]));
  const lus = new Map<number, number>();
  return chaque(lignes, (l) => {
    const annee = Number(l.lire('annee'));
    const indice = readTaux(l.lire('indice'));
    if (!isAnnee(annee)) return `« ${l.lire('annee')} » n’est pas une année.`;
    if (indice === null || indice === 0n || indice % 100n !== 0n) return `« ${l.lire('indice')} » n’est pas un indice à deux décimales.`;
    const valeur = Number(indice / 100n);
    const deja = lus.get(annee) ?? avant.get(annee);
    if (deja === valeur) return { identique: true, remplacee: false, contraire: null };
    if (deja !== undefined && (lus.has(annee) || !remplacer)) return `IRL de ${annee} déjà ${lus.has(annee) ? 'donné par ce fichier' : 'saisi'}, ${formatDecimal(String(deja / 100))} : ${lus.has(annee) ? 'deux valeurs pour une case.' : 'demander à le remplacer.'}`;
    lus.set(annee, valeur);
    writeIrl(base, annee, valeur, l.lire('source') || source);
    return { identique: false, remplacee: deja !== undefined, contraire: null };
  });
}

type Gardee = { identique: boolean; remplacee: boolean; contraire: string | null };

function chaque(lignes: Ligne[], garder: (l: Ligne) => Gardee | string): Bilan {
  const gardees: Gardee[] = [];
  const refusees: Bilan['refusees'] = [];
  for (const l of lignes) {
    const g = garder(l);
    if (typeof g === 'string') refusees.push({ ligne: l.numero, raison: g });
    else gardees.push(g);
  }
  return {
    lignes: lignes.length, enregistrees: gardees.filter((g) => !g.identique).length, identiques: gardees.filter((g) => g.identique).length, remplacees: gardees.filter((g) => g.remplacee).length,
    contraires: [...new Set(gardees.flatMap((g) => g.contraire ?? []))], refusees, zonage: null,
  };
}

const isAnnee = (n: number): boolean => Number.isInteger(n) && n >= 1990 && n <= 2100;

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
  return { lignes: corps.length, enregistrees: uniques.size, identiques: 0, remplacees: 0, contraires: [], refusees, zonage };
}
