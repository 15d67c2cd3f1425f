import { masseDe, tauxDe } from './quantites.ts';
import { choixUniques, grouperParts, repartirEnsemble } from './repartition.ts';
import type { EnsembleRetenu, PartRetenue } from './repartition.ts';
import type { BaseSurface, ChoixEnsemble, ConstatNpl, EnsembleNpl, PartEnsemble, Plafond, Scenario } from './types.ts';

/** Masse d'un ensemble, par mois, en millionièmes d'euro ; surface en centièmes de m² de `base`. */
export type MasseEnsemble = {
  ensemble: string;
  base: BaseSurface;
  /** D'où vient le maximum d'aujourd'hui. */
  origine: 'convention' | 'rpls' | 'R445-10';
  logements: number;
  surface: number;
  avant: bigint;
  apres: bigint;
  /** Vrai si le scénario fixe au moins un de ses maximums ; sinon il garde ceux d'aujourd'hui. */
  integre: boolean;
  parts: PartMasse[];
};
export type PartMasse = { plafond: Plafond; logements: number; surface: number; avant: bigint; apres: bigint; maximum: bigint | null; moyenne: bigint | null };

export type Masse = {
  ensembles: MasseEnsemble[];
  logements: number;
  avant: bigint;
  apres: bigint;
  /** avant − apres ; négatif : dépassé. */
  reste: bigint;
  /** Par base : les surfaces utile et corrigée ne s'additionnent jamais. */
  parBase: { base: BaseSurface; logements: number; surface: number; avant: bigint; apres: bigint; avantM2: bigint | null; apresM2: bigint | null }[];
  respectee: boolean;
  /** Logements hors du calcul, des deux côtés, par raison. */
  exclus: Partial<Record<ConstatNpl['code'], number>>;
  constats: ConstatNpl[];
};

/** Ce qu'un calcul garde de chaque ensemble, et de quoi il l'a tiré. */
export type MemoireMasse = Map<string, { parts: readonly PartEnsemble[]; choix: ChoixEnsemble | null; limites: Scenario['limites']; ligne: MasseEnsemble | null; constats: readonly ConstatNpl[] }>;
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
  const { limites } = scenario;
  for (const { ensemble } of ensembles) {
    const siennes = groupes.get(ensemble) ?? SANS_PART;
    const sien = choix.get(ensemble) ?? null;
    let m = memoire.get(ensemble);
    if (m === undefined || m.parts !== siennes || m.choix !== sien || m.limites !== limites) {
      const { retenu, constats: dits } = repartirEnsemble(ensemble, siennes, sien, limites);
      memoire.set(ensemble, (m = { parts: siennes, choix: sien, limites, ligne: retenu === null ? null : masseEnsemble(retenu), constats: dits }));
    }
    constats.push(...m.constats);
    if (m.ligne !== null) lignes.push(m.ligne);
  }
  const avant = total(lignes, (l) => l.avant);
  const apres = total(lignes, (l) => l.apres);
  const exclus: Masse['exclus'] = {};
  for (const c of constats) if (EXCLUSIONS.has(c.code)) exclus[c.code] = (exclus[c.code] ?? 0) + c.logements;
  const depassee: ConstatNpl[] =
    apres > avant
      ? [{ code: 'masse-depassee', bloquant: true, ensemble: null, plafond: null, logements: somme(lignes, (l) => l.logements), article: 'L445-3', message: 'La masse maximale des loyers dépasse celle des conventions et de la réglementation.' }]
      : [];
  return {
    ensembles: lignes, logements: somme(lignes, (l) => l.logements), avant, apres, reste: avant - apres, respectee: apres <= avant, exclus,
    parBase: (['SU', 'SC'] as const).flatMap((base) => sommeBase(base, lignes.filter((l) => l.base === base))),
    constats: [...constats, ...depassee],
  };
}

const EXCLUSIONS: ReadonlySet<ConstatNpl['code']> = new Set<ConstatNpl['code']>(['sans-surface', 'sans-maximum', 'modes-melanges', 'surface-autre-base', 'limite-absente']);

function masseEnsemble(r: EnsembleRetenu): MasseEnsemble {
  const detail = r.parts.map(masseDePart);
  return {
    ensemble: r.ensemble, base: r.base, origine: r.origine, logements: somme(detail, (p) => p.logements), surface: somme(detail, (p) => p.surface),
    avant: total(detail, (p) => p.avant), apres: total(detail, (p) => p.apres), integre: detail.some((p) => p.maximum !== null), parts: detail,
  };
}

function masseDePart(p: PartRetenue): PartMasse {
  // La moyenne des loyers maximaux (IV) est la borne qui tient : c'est elle qui fait la masse.
  const taux = p.moyenne ?? p.maximum;
  return { plafond: p.plafond, logements: p.logements, surface: p.surface, avant: p.avant, apres: taux === null ? p.avant : masseDe(taux, p.surface), maximum: p.maximum, moyenne: p.moyenne };
}

function sommeBase(base: BaseSurface, lignes: readonly MasseEnsemble[]): Masse['parBase'] {
  if (lignes.length === 0) return [];
  const surface = somme(lignes, (l) => l.surface);
  const avant = total(lignes, (l) => l.avant);
  const apres = total(lignes, (l) => l.apres);
  return [{ base, logements: somme(lignes, (l) => l.logements), surface, avant, apres, avantM2: tauxDe(avant, surface), apresM2: tauxDe(apres, surface) }];
}

const somme = <T>(lignes: readonly T[], de: (l: T) => number): number => lignes.reduce((s, l) => s + de(l), 0);
const total = <T>(lignes: readonly T[], de: (l: T) => bigint): bigint => lignes.reduce((s, l) => s + de(l), 0n);

/** Masse annuelle : douze mois. */
export const annuelle = (mensuelle: bigint): bigint => mensuelle * 12n;

