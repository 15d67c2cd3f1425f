import { formatMontant } from '../../nombres/format.ts';
import { masseDe, montrerMasse, tauxDe } from './quantites.ts';
import { grouperParts } from './rangement.ts';
import { choixUniques, repartirEnsemble } from './repartition.ts';
import type { EnsembleRetenu, Fixe, PartRetenue, SurfacesDonnees } from './repartition.ts';
import { createRevision, plancher, revise, UN } from './revision.ts';
import type { Ratio, Revision } from './revision.ts';
import type { BaseSurface, ChoixEnsemble, ConstatNpl, EnsembleNpl, PartEnsemble, Plafond, Scenario } from './types.ts';

/** Masse d'un ensemble, par mois, en millionièmes d'euro ; surface en centièmes de m² de `base`. */
export type MasseEnsemble = {
  ensemble: string;
  base: BaseSurface;
  /** D'où vient le maximum d'aujourd'hui. */
  origine: EnsembleRetenu['origine'];
  /** Logements comptés dont le maximum est LOYERMAXCUS. */
  cus: number;
  /** Année où ce maximum est écrit, et source d'un maximum saisi ou d'une limite. */
  annee: number | null;
  source: string;
  /** La limite de R445-10 remplace les loyers pratiqués, telle qu'écrite. */
  plafonne: boolean;
  logements: number;
  surface: number;
  avant: bigint;
  apres: bigint;
  /** Vrai si le scénario fixe au moins un de ses maximums ; sinon il garde ceux d'aujourd'hui. */
  integre: boolean;
  /** L'autorité administrative a donné son accord à une hausse après travaux. */
  travaux: boolean;
  donnees: SurfacesDonnees;
  parts: PartMasse[];
};
/** Montants dans l'année où ils sont écrits, et ce qui les amène à celle du scénario : rien n'y est arrondi. */
export type Exact = { avant: bigint; ratioAvant: Ratio; apres: bigint; ratioApres: Ratio };
/** `avant`, `apres`, `maximum`, `moyenne` : révisés à l'année du scénario (V), arrondis vers le bas. `fixe` : tel qu'écrit. */
export type PartMasse = {
  plafond: Plafond; logements: number; surface: number; autre: number | null; avant: bigint; apres: bigint; maximum: bigint | null; moyenne: bigint | null;
  fixe: Fixe | null; exact: Exact;
  /** Répartition décidée : l'avant est celui de l'ensemble, partagé par surface. */
  repartie: boolean;
};
/** Sommes exactes de parts ; `respectee` et le signe de `reste` ne dépendent d'aucun arrondi. */
export type Somme = { logements: number; surface: number; avant: bigint; apres: bigint; reste: bigint; respectee: boolean };

export type Masse = {
  ensembles: MasseEnsemble[];
  logements: number;
  avant: bigint;
  apres: bigint;
  /** avant − apres ; négatif : dépassé. */
  reste: bigint;
  /** Par base : les surfaces utile et corrigée ne s'additionnent jamais. */
  parBase: (Somme & { base: BaseSurface; avantM2: bigint | null; apresM2: bigint | null })[];
  respectee: boolean;
  /** Année des montants ; `null` : chacun est resté dans la sienne. */
  anneeMontants: number | null;
  /** Logements hors du calcul, des deux côtés, par raison. */
  exclus: Partial<Record<ConstatNpl['code'], number>>;
  constats: ConstatNpl[];
};

/** Ce qu'un calcul garde de chaque ensemble, et de quoi il l'a tiré. */
export type MemoireMasse = Map<string, { parts: readonly PartEnsemble[]; choix: ChoixEnsemble | null; limites: Scenario['limites']; revision: string; anneeParc: number | null; ligne: MasseEnsemble | null; constats: readonly ConstatNpl[] }>;
const SANS_PART: readonly PartEnsemble[] = [];

/**
 * Masse maximale des loyers avant et après le scénario, sur les mêmes logements et les mêmes surfaces
 * (L445-3, II) : « avant » vient des conventions, de l'ancienne CUS (L445-3-1), sinon des loyers
 * pratiqués dans la limite de l'arrêté (R445-10). Un ensemble que le scénario ne fixe pas garde son maximum.
 * `memoire`, d'un calcul à l'autre : un ensemble dont les parts, le choix et les limites sont les mêmes objets n'est
 * pas recalculé ; les sommes, elles, sont toujours refaites.
 */
export function computeMasse(ensembles: readonly EnsembleNpl[], parts: readonly PartEnsemble[], scenario: Scenario, memoire: MemoireMasse = new Map()): Masse {
  const constats: ConstatNpl[] = [];
  const lignes: MasseEnsemble[] = [];
  const groupes = grouperParts(parts);
  const choix = choixUniques(ensembles, scenario, constats);
  const { limites, anneeParc = null } = scenario;
  const revision = createRevision(scenario.irl ?? [], scenario.annee, anneesEcrites(choix.values(), anneeParc));
  for (const { ensemble } of ensembles) {
    const siennes = groupes.get(ensemble) ?? SANS_PART;
    const sien = choix.get(ensemble) ?? null;
    let m = memoire.get(ensemble);
    if (m === undefined || m.parts !== siennes || m.choix !== sien || m.limites !== limites || m.revision !== revision.cle || m.anneeParc !== anneeParc) {
      const { retenu, constats: dits } = repartirEnsemble(ensemble, siennes, sien, limites, { revision, anneeParc });
      memoire.set(ensemble, (m = { parts: siennes, choix: sien, limites, revision: revision.cle, anneeParc, ligne: retenu === null ? null : masseEnsemble(retenu, revision), constats: dits }));
    }
    for (const c of m.constats) constats.push(c);
    if (m.ligne !== null) lignes.push(m.ligne);
  }
  const exclus: Masse['exclus'] = {};
  for (const c of constats) if (EXCLUSIONS.has(c.code)) exclus[c.code] = (exclus[c.code] ?? 0) + c.logements;
  const { tout: { logements, avant, apres, reste, respectee }, parBase, inconnus } = sommerTout(lignes);
  return {
    ensembles: lignes, logements, avant, apres, reste, respectee, exclus, parBase, anneeMontants: revision.annee,
    constats: [...constats, ...constatsDeMasse({ logements, respectee, parBase, revision, annee: scenario.annee, inconnus })],
  };
}

const EXCLUSIONS: ReadonlySet<ConstatNpl['code']> = new Set<ConstatNpl['code']>(['sans-surface', 'sans-maximum', 'modes-melanges', 'surface-autre-base', 'connu-autre-base', 'limite-absente']);

function anneesEcrites(choix: Iterable<ChoixEnsemble>, anneeParc: number | null): Set<number | null | undefined> {
  const annees = new Set<number | null | undefined>([anneeParc]);
  for (const c of choix) {
    if (c.connu !== undefined) annees.add(c.connu.annee);
    for (const p of c.plafonds) annees.add(p.annee);
  }
  return annees;
}

function lotDe(lots: Map<Ratio, { avant: bigint; apres: bigint }>, r: Ratio): { avant: bigint; apres: bigint } {
  let l = lots.get(r);
  if (l === undefined) lots.set(r, (l = { avant: 0n, apres: 0n }));
  return l;
}

/**
 * Cumul de parts, exact d'une année à l'autre : les montants de même révision s'ajoutent d'abord, l'arrondi ne vient
 * qu'à la fin. Presque toujours une seule révision : rien ne se range en table jusqu'au premier montant d'une autre.
 */
class Cumul {
  logements = 0;
  surface = 0;
  #avant = 0n;
  #apres = 0n;
  #seule: Ratio | null = null;
  #lots: Map<Ratio, { avant: bigint; apres: bigint }> | null = null;

  ajouter({ logements, surface, exact }: PartMasse): void {
    this.logements += logements;
    this.surface += surface;
    if (this.#lots === null) {
      this.#seule ??= exact.ratioAvant;
      if (exact.ratioAvant === this.#seule && exact.ratioApres === this.#seule) {
        this.#avant += exact.avant;
        this.#apres += exact.apres;
        return;
      }
      this.#lots = new Map([[this.#seule, { avant: this.#avant, apres: this.#apres }]]);
    }
    lotDe(this.#lots, exact.ratioAvant).avant += exact.avant;
    lotDe(this.#lots, exact.ratioApres).apres += exact.apres;
  }

  somme(): Somme {
    let [avant, apres, den] = [this.#avant, this.#apres, 1n];
    if (this.#lots !== null) {
      [avant, apres] = [0n, 0n];
      for (const [r, l] of this.#lots) {
        avant = avant * r.den + l.avant * r.num * den;
        apres = apres * r.den + l.apres * r.num * den;
        den *= r.den;
      }
    } else if (this.#seule !== null && this.#seule !== UN) [avant, apres, den] = [avant * this.#seule.num, apres * this.#seule.num, this.#seule.den];
    return { logements: this.logements, surface: this.surface, avant: plancher(avant, den), apres: plancher(apres, den), reste: plancher(avant - apres, den), respectee: apres <= avant };
  }
}

/** Somme exacte de parts. Une seule, d'une seule révision, est déjà la sienne : c'est le cas de presque tous les ensembles. */
export function sommer(parts: readonly PartMasse[]): Somme {
  const [seule] = parts;
  if (seule !== undefined && parts.length === 1 && seule.exact.ratioAvant === seule.exact.ratioApres) {
    const { logements, surface, avant, apres, exact } = seule;
    return { logements, surface, avant, apres, reste: revise(exact.avant - exact.apres, exact.ratioAvant), respectee: exact.apres <= exact.avant };
  }
  const c = new Cumul();
  for (const p of parts) c.ajouter(p);
  return c.somme();
}

/** La masse entière, celle de chaque base, et ses logements sans plafond de ressources : en un seul passage. */
function sommerTout(lignes: readonly MasseEnsemble[]): { tout: Somme; parBase: Masse['parBase']; inconnus: number } {
  const tout = new Cumul();
  const bases = new Map<BaseSurface, Cumul>();
  let inconnus = 0;
  for (const m of lignes) {
    let deBase = bases.get(m.base);
    if (deBase === undefined) bases.set(m.base, (deBase = new Cumul()));
    for (const p of m.parts) {
      tout.ajouter(p);
      deBase.ajouter(p);
      if (p.plafond === 'INCONNU') inconnus += p.logements;
    }
  }
  const parBase = (['SU', 'SC'] as const).flatMap((base) => {
    const s = bases.get(base)?.somme();
    return s === undefined ? [] : [{ base, ...s, avantM2: tauxDe(s.avant, s.surface), apresM2: tauxDe(s.apres, s.surface) }];
  });
  return { tout: tout.somme(), parBase, inconnus };
}

function masseEnsemble(r: EnsembleRetenu, revision: Revision): MasseEnsemble {
  const parts = r.parts.map((p) => masseDePart(p, r.revisionAvant, revision));
  const { logements, surface, avant, apres } = sommer(parts);
  const { ensemble, base, origine, cus, annee, source, plafonne, travaux, donnees } = r;
  return { ensemble, base, origine, cus, annee, source, plafonne, logements, surface, avant, apres, integre: parts.some((p) => p.maximum !== null), travaux, donnees, parts };
}

function masseDePart({ plafond, logements, surface, autre, avant, fixe, maximum, moyenne, repartie }: PartRetenue, ratioAvant: Ratio, revision: Revision): PartMasse {
  // La moyenne des loyers maximaux (IV) est la borne qui tient : c'est elle qui fait la masse.
  const exact: Exact = fixe === null
    ? { avant, ratioAvant, apres: avant, ratioApres: ratioAvant }
    : { avant, ratioAvant, apres: masseDe(fixe.moyenne ?? fixe.maximum, surface), ratioApres: fixe.annee === null ? UN : revision.de(fixe.annee) };
  return { plafond, logements, surface, autre, avant: revise(avant, ratioAvant), apres: revise(exact.apres, exact.ratioApres), maximum, moyenne, fixe, exact, repartie };
}

type Dire = Pick<Masse, 'logements' | 'respectee' | 'parBase'> & { revision: Revision; annee: number | undefined; inconnus: number };

/** Ce qui se dit de toute la masse. */
function constatsDeMasse({ logements, respectee, parBase, revision, annee, inconnus }: Dire): ConstatNpl[] {
  const dire = (code: ConstatNpl['code'], bloquant: boolean, n: number, message: string): ConstatNpl => ({ code, bloquant, ensemble: null, plafond: null, logements: n, article: 'L445-3', message });
  const constats: ConstatNpl[] = [];
  if (!respectee) constats.push(dire('masse-depassee', true, logements, 'La masse maximale des loyers dépasse celle des conventions et de la réglementation.'));
  if (parBase.length > 1) {
    for (const b of parBase.filter((x) => !x.respectee)) {
      const mot = b.base === 'SU' ? 'utile' : 'corrigée';
      const m = montrerMasse(b);
      constats.push(dire('base-depassee', false, b.logements, `En surface ${mot} seule, la masse passe de ${formatMontant(m.avant)} à ${formatMontant(m.apres)} par mois, soit ${formatMontant(-m.reste)} de plus, compensé ou non par l’autre surface : la masse est rapportée à la surface corrigée ou à la surface utile (II). Montants arrondis de leur somme exacte : celui des deux surfaces ensemble peut en différer d’un centime.`));
    }
  }
  if (inconnus > 0) constats.push(dire('plafond-non-renseigne', false, inconnus, 'Logements comptés sans plafond de ressources : la politique des loyers en fixe un (I). Leur en donner un, ou dire pourquoi.'));
  if (revision.posterieures.length > 0) constats.push(dire('irl-absent', false, 0, `Des montants sont de ${revision.posterieures.join(', ')}, après l’année ${annee ?? ''} du scénario : rien n’est révisé, avant comme après.`));
  if (revision.manquants.length > 0) constats.push(dire('irl-absent', false, 0, `IRL du 2e trimestre de ${revision.manquants.join(', ')} non saisi : rien n’est révisé, chaque montant reste dans l’année où il est écrit.`));
  return constats;
}

/** Masse annuelle : douze mois. */
export const annuelle = (mensuelle: bigint): bigint => mensuelle * 12n;

