import type { Masse, MasseEnsemble, PartMasse } from './masse.ts';
import { formatTaux, masseDe, tauxDe } from './quantites.ts';
import { indexerEnsembles } from './rangement.ts';
import type { ConstatNpl, EnsembleNpl, Plafond, PlafondLoyer } from './types.ts';

export type TablePlafonds = {
  /**
   * Le plafond d'un produit l'année demandée, dans celle de ces zones qui en porte un ; deux zonages qui en portent
   * deux : celui du zonage que ce produit suit. `null` s'il n'est pas saisi, ou si rien ne dit lequel retenir.
   */
  plafond(produit: Plafond, zones: readonly string[]): PlafondLoyer | null;
  /** Les plafonds différents que ces zones portent pour ce produit, s'il y en a plusieurs. */
  concurrents(produit: Plafond, zones: readonly string[]): readonly PlafondLoyer[];
  constats: ConstatNpl[];
};

const constat = (code: ConstatNpl['code'], bloquant: boolean, reste: Partial<ConstatNpl> & { message: string }): ConstatNpl => ({
  code, bloquant, ensemble: null, plafond: null, logements: 0, article: 'L445-3', ...reste,
});

const ABC: ReadonlySet<string> = new Set(['Abis', 'A', 'B1', 'B2', 'C']);
/** Zonage d'une zone, par son nom : aucun nom n'est dans les deux. */
export const zonageDe = (zone: string): '123' | 'ABC' => (ABC.has(zone) ? 'ABC' : '123');
/** PLUS et PLAI suivent les zones 1 bis, 1, 2, 3 (R441-21, arrêté du 17 mars 1978) ; le PLS, depuis 2009, A bis, A, B1, B2, C. */
const ZONAGE_DE: Partial<Record<Plafond, '123' | 'ABC'>> = { PLAI: '123', PLUS: '123', PLS: 'ABC' };

type Trouve = { plafond: PlafondLoyer | null; concurrents: readonly PlafondLoyer[] };

/** La table de l'année ; deux valeurs pour une même case s'annulent et se disent, aucune n'est choisie. */
export function readPlafonds(lignes: readonly PlafondLoyer[], annee: number): TablePlafonds {
  const table = new Map<string, PlafondLoyer | null>();
  const constats: ConstatNpl[] = [];
  const cle = (produit: Plafond, zone: string): string => `${produit}/${zone}`;
  for (const l of lignes.filter((x) => x.annee === annee)) {
    // Un barème de 0 € n'en est pas un ; un dossier d'avant ce contrôle peut en porter.
    if (l.taux === 0n) {
      constats.push(constat('plafond-nul', false, { plafond: l.produit, message: `Plafond ${l.produit} de ${annee} saisi à 0 €/m² pour la zone ${l.zone} : ce n’est pas un plafond, il n’est pas retenu.` }));
      continue;
    }
    const deja = table.get(cle(l.produit, l.zone));
    if (deja === undefined) table.set(cle(l.produit, l.zone), l);
    else if (deja !== null && deja.taux !== l.taux) {
      table.set(cle(l.produit, l.zone), null);
      constats.push(constat('plafonds-contradictoires', true, { plafond: l.produit, message: `Deux plafonds ${l.produit} différents pour la zone ${l.zone} en ${annee} : aucun n’est retenu.` }));
    }
  }
  const autres = new Set(lignes.filter((l) => l.annee !== annee && l.taux > 0n).map((l) => l.annee));
  if (table.size === 0 && autres.size > 0) {
    constats.push(constat('plafonds-autre-annee', false, { message: `Aucun plafond de loyer pour ${annee} : ceux de ${[...autres].sort((a, b) => a - b).join(', ')} ne sont pas repris.` }));
  }
  const chercher = (produit: Plafond, zones: readonly string[]): Trouve => {
    const trouves = zones.flatMap((zone) => table.get(cle(produit, zone)) ?? []);
    const suivis = trouves.filter((t) => zonageDe(t.zone) === ZONAGE_DE[produit]);
    const [premier, ...suite] = suivis.length > 0 ? suivis : trouves;
    return {
      plafond: premier === undefined || suite.some((t) => t.taux !== premier.taux) ? null : premier,
      concurrents: new Set(trouves.map((t) => t.taux)).size > 1 ? trouves : [],
    };
  };
  // Les ensembles d'une commune ont la même liste de zones : la recherche ne se fait qu'une fois.
  const trouvesDe = new WeakMap<readonly string[], Map<Plafond, Trouve>>();
  const trouver = (produit: Plafond, zones: readonly string[]): Trouve => {
    let siens = trouvesDe.get(zones);
    if (siens === undefined) trouvesDe.set(zones, (siens = new Map<Plafond, Trouve>()));
    let trouve = siens.get(produit);
    if (trouve === undefined) siens.set(produit, (trouve = chercher(produit, zones)));
    return trouve;
  };
  return { plafond: (produit, zones) => trouver(produit, zones).plafond, concurrents: (produit, zones) => trouver(produit, zones).concurrents, constats };
}

/** Ce que le contrôle a dit d'un ensemble, tant que ni lui, ni ses zones, ni la table ne changent. */
export type MemoireMaximums = Map<string, { m: MasseEnsemble; table: TablePlafonds; zones: readonly string[]; constats: readonly ConstatNpl[] }>;
const SANS_ZONE: readonly string[] = [];

/**
 * Ce que L445-3 demande de chaque maximum : moyenne par plafond de ressources au plus égale au maximum (IV),
 * maximum d'un logement au plus égal à celui du PLS de sa zone, sauf PLI (IV, dernière phrase). Un ensemble que le
 * scénario fixe y entre tout entier, même pour un plafond de ressources dont il garde le maximum ; un autre n'est pas contrôlé.
 */
export function controlerMaximums(masse: Masse, ensembles: readonly EnsembleNpl[], table: TablePlafonds, memoire: MemoireMaximums = new Map()): ConstatNpl[] {
  const parCode = indexerEnsembles(ensembles);
  const constats: ConstatNpl[] = [...table.constats];
  for (const m of masse.ensembles) {
    if (!m.integre) continue;
    const zones = parCode.get(m.ensemble)?.zones ?? SANS_ZONE;
    let deja = memoire.get(m.ensemble);
    if (deja === undefined || deja.m !== m || deja.table !== table || deja.zones !== zones) memoire.set(m.ensemble, (deja = { m, table, zones, constats: controlerEnsemble(m, zones, table) }));
    for (const c of deja.constats) constats.push(c);
  }
  return constats;
}

function controlerEnsemble(m: MasseEnsemble, zones: readonly string[], table: TablePlafonds): ConstatNpl[] {
  const constats: ConstatNpl[] = [];
  for (const p of m.parts) {
    const ou = { ensemble: m.ensemble, plafond: p.plafond, logements: p.logements };
    if (p.maximum === null) {
      constats.push(...controlerGarde(ou, p, m.base, zones, table));
      continue;
    }
    if (p.maximum === 0n) constats.push(constat('taux-nul', false, { ...ou, message: 'Maximum de 0 €/m² : à confirmer.' }));
    if (p.moyenne !== null && p.moyenne > p.maximum) constats.push(constat('moyenne-superieure-au-maximum', true, { ...ou, message: 'La moyenne des loyers maximaux dépasse le maximum de l’ensemble.' }));
    if (p.plafond === 'PLI') continue;
    constats.push(...controlerPls(ou, p, p.maximum, m.base, zones, table));
  }
  return constats;
}

type Ou = { ensemble: string; plafond: Plafond; logements: number };

/**
 * Un plafond de ressources laissé sans maximum dans un ensemble fixé pour d'autres. « Ce montant est fixé pour chaque
 * plafond de ressources déterminé pour l'attribution de ces logements » (IV) : le texte ne dit rien de celui qu'on ne
 * fixe pas, il est donc à justifier. La borne du PLS, elle, vaut pour « le loyer maximal de chaque logement » hors PLI :
 * le maximum gardé la suit comme un autre.
 */
function controlerGarde(ou: Ou, p: PartMasse, base: 'SU' | 'SC', zones: readonly string[], table: TablePlafonds): ConstatNpl[] {
  const dit = constat('plafond-sans-maximum', false, { ...ou, message: 'L’ensemble est fixé pour d’autres plafonds de ressources et non pour celui-ci, dont le maximum d’aujourd’hui est gardé : un montant est fixé pour chaque plafond de ressources (IV). Le fixer, ou dire pourquoi.' });
  const garde = tauxDe(p.avant, p.surface);
  return p.plafond === 'PLI' || garde === null ? [dit] : [dit, ...controlerPls(ou, p, garde, base, zones, table)];
}

function controlerPls(ou: Ou, p: PartMasse, maximum: bigint, base: 'SU' | 'SC', zones: readonly string[], table: TablePlafonds): ConstatNpl[] {
  if (base === 'SC' && p.autre === null) return [constat('pls-non-verifie', false, { ...ou, message: 'Plafond PLS non vérifié : surface corrigée. Donner la surface utile (habitable et annexes) pour comparer les montants.' })];
  if (zones.length === 0) return [constat('zone-inconnue', false, { ...ou, message: 'Zone de la commune inconnue : le plafond PLS n’est pas vérifié.' })];
  const pls = table.plafond('PLS', zones);
  const concurrents = table.concurrents('PLS', zones);
  const dits = concurrents.map((c) => `${formatTaux(c.taux)} en zone ${c.zone} (zonage ${zonageDe(c.zone)})`).join(', ');
  if (pls === null && concurrents.length > 0) return [constat('plafonds-deux-zonages', false, { ...ou, message: `Plafonds PLS différents pour cette commune, ${dits} : aucun n’est retenu, il n’est pas vérifié.` })];
  if (pls === null) return [constat('plafond-pls-absent', false, { ...ou, message: `Plafond PLS non saisi pour la zone ${zones.join(' ou ')} : il n’est pas vérifié.` })];
  const constats = concurrents.length === 0 ? [] : [constat('plafonds-deux-zonages', false, { ...ou, message: `Plafonds PLS différents pour cette commune, ${dits} : celui de la zone ${pls.zone} est retenu, le PLS suivant les zones A bis, A, B1, B2, C.` })];
  // Les plafonds PLS sont en surface utile : en surface corrigée, ce sont les montants qui se comparent.
  const depasse = base === 'SU' ? maximum > pls.taux : masseDe(maximum, p.surface) > masseDe(pls.taux, p.autre ?? 0);
  return depasse ? [...constats, constat('superieur-au-pls', true, { ...ou, message: p.maximum === null ? `Maximum d’aujourd’hui gardé, ${formatTaux(maximum)}, supérieur à celui des logements PLS de la zone ${pls.zone}.` : `Maximum supérieur à celui des logements PLS de la zone ${pls.zone}.` })] : constats;
}
