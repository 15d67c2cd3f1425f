import { formatMontant } from '../../nombres/format.ts';
import { masseDe, montrerMasse, tauxDe } from './quantites.ts';
import { choixUniques, grouperParts, repartirEnsemble } from './repartition.ts';
import type { EnsembleRetenu, Fixe, PartRetenue } from './repartition.ts';
import { createRevision, plancher, revise, UN } from './revision.ts';
import type { Ratio, Revision } from './revision.ts';
import type { BaseSurface, ChoixEnsemble, ConstatNpl, EnsembleNpl, PartEnsemble, Plafond, Scenario } from './types.ts';

/** Masse d'un ensemble, par mois, en millionièmes d'euro ; surface en centièmes de m² de `base`. */
export type MasseEnsemble = {
  ensemble: string;
  base: BaseSurface;
  /** D'où vient le maximum d'aujourd'hui. */
  origine: EnsembleRetenu['origine'];
  /** Année où ce maximum est écrit, et source d'un maximum saisi ou d'une limite. */
  annee: number | null;
  source: string;
  logements: number;
  surface: number;
  avant: bigint;
  apres: bigint;
  /** Vrai si le scénario fixe au moins un de ses maximums ; sinon il garde ceux d'aujourd'hui. */
  integre: boolean;
  /** L'autorité administrative a donné son accord à une hausse après travaux. */
  travaux: boolean;
  parts: PartMasse[];
};
/** Montants dans l'année où ils sont écrits, et ce qui les amène à celle du scénario : rien n'y est arrondi. */
export type Exact = { avant: bigint; ratioAvant: Ratio; apres: bigint; ratioApres: Ratio };
/** `avant`, `apres`, `maximum`, `moyenne` : révisés à l'année du scénario (V), arrondis vers le bas. `fixe` : tel qu'écrit. */
export type PartMasse = {
  plafond: Plafond; logements: number; surface: number; autre: number | null; avant: bigint; apres: bigint; maximum: bigint | null; moyenne: bigint | null;
  fixe: Fixe | null; exact: Exact;
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
    constats.push(...m.constats);
    if (m.ligne !== null) lignes.push(m.ligne);
  }
  const exclus: Masse['exclus'] = {};
  for (const c of constats) if (EXCLUSIONS.has(c.code)) exclus[c.code] = (exclus[c.code] ?? 0) + c.logements;
  const { logements, avant, apres, reste, respectee } = sommer(partsDe(lignes));
  const parBase = (['SU', 'SC'] as const).flatMap((base) => sommeBase(base, lignes));
  return {
    ensembles: lignes, logements, avant, apres, reste, respectee, exclus, parBase, anneeMontants: revision.annee,
    constats: [...constats, ...constatsDeMasse({ logements, respectee, parBase, revision, annee: scenario.annee, inconnus: sommer(partsDe(lignes, (p) => p.plafond === 'INCONNU')).logements })],
  };
}

const EXCLUSIONS: ReadonlySet<ConstatNpl['code']> = new Set<ConstatNpl['code']>(['sans-surface', 'sans-maximum', 'modes-melanges', 'surface-autre-base', 'connu-autre-base', 'limite-absente']);

function* anneesEcrites(choix: Iterable<ChoixEnsemble>, anneeParc: number | null): Generator<number | null | undefined> {
  yield anneeParc;
  for (const c of choix) {
    yield c.connu?.annee;
    for (const p of c.plafonds) yield p.annee;
  }
}

function* partsDe(lignes: readonly MasseEnsemble[], dont: (p: PartMasse, m: MasseEnsemble) => boolean = () => true): Generator<PartMasse> {
  for (const m of lignes) for (const p of m.parts) if (dont(p, m)) yield p;
}

/** Somme de parts, exacte d'une année à l'autre : les montants de même révision s'ajoutent d'abord, l'arrondi ne vient qu'à la fin. */
export function sommer(parts: Iterable<PartMasse>): Somme {
  const lots = new Map<Ratio, { avant: bigint; apres: bigint }>();
  const lot = (r: Ratio) => {
    let l = lots.get(r);
    if (l === undefined) lots.set(r, (l = { avant: 0n, apres: 0n }));
    return l;
  };
  let [logements, surface] = [0, 0];
  for (const { logements: n, surface: s, exact } of parts) {
    logements += n;
    surface += s;
    lot(exact.ratioAvant).avant += exact.avant;
    lot(exact.ratioApres).apres += exact.apres;
  }
  let [avant, apres, den] = [0n, 0n, 1n];
  for (const [r, l] of lots) {
    avant = avant * r.den + l.avant * r.num * den;
    apres = apres * r.den + l.apres * r.num * den;
    den *= r.den;
  }
  return { logements, surface, avant: plancher(avant, den), apres: plancher(apres, den), reste: plancher(avant - apres, den), respectee: apres <= avant };
}

function masseEnsemble(r: EnsembleRetenu, revision: Revision): MasseEnsemble {
  const parts = r.parts.map((p) => masseDePart(p, r.revisionAvant, revision));
  const { logements, surface, avant, apres } = sommer(parts);
  const { ensemble, base, origine, annee, source, travaux } = r;
  return { ensemble, base, origine, annee, source, logements, surface, avant, apres, integre: parts.some((p) => p.maximum !== null), travaux, parts };
}

function masseDePart({ fixe, avant, ...p }: PartRetenue, ratioAvant: Ratio, revision: Revision): PartMasse {
  // La moyenne des loyers maximaux (IV) est la borne qui tient : c'est elle qui fait la masse.
  const exact: Exact = fixe === null
    ? { avant, ratioAvant, apres: avant, ratioApres: ratioAvant }
    : { avant, ratioAvant, apres: masseDe(fixe.moyenne ?? fixe.maximum, p.surface), ratioApres: fixe.annee === null ? UN : revision.de(fixe.annee) };
  return { ...p, avant: revise(avant, ratioAvant), apres: revise(exact.apres, exact.ratioApres), fixe, exact };
}

function sommeBase(base: BaseSurface, lignes: readonly MasseEnsemble[]): Masse['parBase'] {
  const siennes = lignes.filter((l) => l.base === base);
  if (siennes.length === 0) return [];
  const s = sommer(partsDe(siennes));
  return [{ base, ...s, avantM2: tauxDe(s.avant, s.surface), apresM2: tauxDe(s.apres, s.surface) }];
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
      constats.push(dire('base-depassee', false, b.logements, `En surface ${mot} seule, la masse passe de ${formatMontant(m.avant)} à ${formatMontant(m.apres)} par mois, soit ${formatMontant(-m.reste)} de plus, compensé ou non par l’autre surface : la masse est rapportée à la surface corrigée ou à la surface utile (II).`));
    }
  }
  if (inconnus > 0) constats.push(dire('plafond-non-renseigne', false, inconnus, 'Logements comptés sans plafond de ressources : la politique des loyers en fixe un (I). Leur en donner un, ou dire pourquoi.'));
  if (revision.posterieures.length > 0) constats.push(dire('irl-absent', false, 0, `Des montants sont de ${revision.posterieures.join(', ')}, après l’année ${annee ?? ''} du scénario : rien n’est révisé, avant comme après.`));
  if (revision.manquants.length > 0) constats.push(dire('irl-absent', false, 0, `IRL du 2e trimestre de ${revision.manquants.join(', ')} non saisi : rien n’est révisé, chaque montant reste dans l’année où il est écrit.`));
  return constats;
}

/** Masse annuelle : douze mois. */
export const annuelle = (mensuelle: bigint): bigint => mensuelle * 12n;

