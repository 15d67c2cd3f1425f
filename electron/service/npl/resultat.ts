import type { Sortie } from '../../../shared/contract.ts';
import type { Cible } from '../../../shared/domain/loyers/npl/aides.ts';
import { annuelle, computeMasse, sommer } from '../../../shared/domain/loyers/npl/masse.ts';
import type { Masse, MasseEnsemble, MemoireMasse, PartMasse, Somme } from '../../../shared/domain/loyers/npl/masse.ts';
import { computeMixite } from '../../../shared/domain/loyers/npl/mixite.ts';
import { controlerMaximums, readPlafonds } from '../../../shared/domain/loyers/npl/plafonds.ts';
import type { MemoireMaximums, TablePlafonds } from '../../../shared/domain/loyers/npl/plafonds.ts';
import { controlerHausses } from '../../../shared/domain/loyers/npl/hausse.ts';
import { centimesPlafond, montrerMasse, tauxDe } from '../../../shared/domain/loyers/npl/quantites.ts';
import { indexerEnsembles } from '../../../shared/domain/loyers/npl/rangement.ts';
import { UN } from '../../../shared/domain/loyers/npl/revision.ts';
import type { Ratio } from '../../../shared/domain/loyers/npl/revision.ts';
import { A_JUSTIFIER, PLAFONDS } from '../../../shared/domain/loyers/npl/types.ts';
import type { BaseSurface, ConstatNpl, Plafond, PlafondLoyer, Scenario } from '../../../shared/domain/loyers/npl/types.ts';
import type { CodeOrigine, ReglesNpl } from '../../../shared/millesimes/types.ts';
import { findCommune } from '../../../shared/territoires/index.ts';
import type { DonneesNpl } from './donnees.ts';
import { eurosM2 } from './lecture.ts';

type Resultat = Sortie<'npl.lire'>;

/** Un montant du contrat, au centime inférieur. */
export const eurosPlafond = (micro: bigint): number => Number(centimesPlafond(micro)) / 100;
/** Avant, après, reste en euros, tels que le contrat les porte : ils se lisent ensemble. */
export function eurosMasse(s: Pick<Somme, 'avant' | 'apres' | 'respectee'>): { avant: number; apres: number; reste: number } {
  const m = montrerMasse(s);
  return { avant: Number(m.avant) / 100, apres: Number(m.apres) / 100, reste: Number(m.reste) / 100 };
}
const annuels = (s: Pick<Somme, 'avant' | 'apres' | 'respectee'>): { avantAnnuel: number; apresAnnuel: number } => {
  const { avant, apres } = eurosMasse({ avant: annuelle(s.avant), apres: annuelle(s.apres), respectee: s.respectee });
  return { avantAnnuel: avant, apresAnnuel: apres };
};
const enM2 = (centiemes: number | null): number | null => (centiemes === null ? null : centiemes / 100);
const m2 = (taux: bigint | null): number | null => (taux === null ? null : eurosM2(taux));

export type Calcul = { masse: Masse; table: TablePlafonds; constats: ConstatNpl[] };

type Ensemble = DonneesNpl['ensembles'][number];
/** Ce qu'un calcul garde pour le suivant : il ne refait que les ensembles dont une donnée a changé. */
export type MemoireCalcul = {
  masse: MemoireMasse;
  maximums: MemoireMaximums;
  lignes: Map<string, { m: MasseEnsemble; e: Ensemble; table: TablePlafonds; lignes: Resultat['lignes'] }>;
  table: { plafonds: readonly PlafondLoyer[]; annee: number; table: TablePlafonds } | null;
};
export const createMemoire = (): MemoireCalcul => ({ masse: new Map(), maximums: new Map(), lignes: new Map(), table: null });

/** Le calcul d'un scénario : un seul chemin pour l'écran, le terminal, les documents. */
export function calculer(donnees: DonneesNpl, scenario: Scenario, annee: number, memoire: MemoireCalcul = createMemoire()): Calcul {
  const masse = computeMasse(donnees.ensembles, donnees.parts, scenario, memoire.masse);
  const { plafonds } = donnees;
  if (memoire.table === null || memoire.table.plafonds !== plafonds || memoire.table.annee !== annee) memoire.table = { plafonds, annee, table: readPlafonds(plafonds, annee) };
  const { table } = memoire.table;
  return { masse, table, constats: [...masse.constats, ...controlerMaximums(masse, donnees.ensembles, table, memoire.maximums), ...controlerHausses(masse, donnees.irl, annee, donnees.regles.hausseTravaux)] };
}

type Qui = { id: number | null; annee: number };

/** Tout ce que dit un scénario qui n'est pas gardé. */
export function describeScenario(donnees: DonneesNpl, scenario: Scenario, qui: Qui): Resultat {
  const memoire = createMemoire();
  return describeCalcul(donnees, scenario, calculer(donnees, scenario, qui.annee, memoire), qui, memoire);
}

/** La masse d'un scénario, sans ses ensembles : ce que la jauge montre. */
export function describeJauge({ nom }: Scenario, { masse }: Calcul, { id, annee }: Qui): Sortie<'npl.jauge'> {
  const [seule, autre] = masse.parBase;
  const reste = seule === undefined || autre !== undefined ? null : tauxDe(masse.reste, seule.surface);
  return {
    scenario: { id, nom, annee },
    logements: masse.logements,
    ...eurosMasse(masse), ...annuels(masse),
    resteM2: reste === null ? null : Number(reste) / 10_000,
    respectee: masse.respectee, anneeMontants: masse.anneeMontants,
    exclus: masse.exclus,
    parBase: decrireBases(masse.parBase),
  };
}

/** Tout ce que dit un calcul. */
export function describeCalcul(donnees: DonneesNpl, scenario: Scenario, calcul: Calcul, qui: Qui, memoire: MemoireCalcul): Resultat {
  const { masse, table, constats } = calcul;
  return {
    ...describeJauge(scenario, calcul, qui),
    moyennes: moyennes(masse),
    mixite: computeMixite(masse, donnees.ensembles, table),
    origines: origines(masse, donnees.regles.origines),
    lignes: lignes(donnees, masse, table, memoire.lignes),
    horsMasse: horsMasse(donnees, masse),
    constats: constats.map((c) => ({ ...c, aJustifier: A_JUSTIFIER.has(c.code) })),
    conforme: constats.every((c) => !c.bloquant),
  };
}

const decrireBases = (bases: Masse['parBase']): Resultat['parBase'] =>
  bases.map((b) => ({
    base: b.base, logements: b.logements, surface: b.surface / 100, avant: eurosMasse(b).avant, apres: eurosMasse(b).apres,
    avantM2: m2(b.avantM2), apresM2: m2(b.apresM2), resteM2: m2(tauxDe(b.reste, b.surface)),
  }));

/** Sommes des parts choisies : mêmes termes et mêmes arrondis que la masse. */
export function totaliser({ masse }: Calcul, cibles: readonly Cible[]): Sortie<'npl.totaliser'> {
  const choisies = new Set(cibles.map((c) => `${c.ensemble}/${c.plafond}`));
  const parts = masse.ensembles.flatMap((m) => m.parts.filter((p) => choisies.has(`${m.ensemble}/${p.plafond}`)).map((p) => ({ base: m.base, ...p })));
  const tout = sommer(parts);
  const parBase = (['SU', 'SC'] as const).flatMap((base) => {
    const siennes = parts.filter((p) => p.base === base);
    const s = sommer(siennes);
    return siennes.length === 0 ? [] : [{ base, ...s, avantM2: tauxDe(s.avant, s.surface), apresM2: tauxDe(s.apres, s.surface) }];
  });
  return { lignes: parts.length, logements: tout.logements, ...eurosMasse(tout), parBase: decrireBases(parBase) };
}

function horsMasse(donnees: DonneesNpl, masse: Masse): Resultat['horsMasse'] {
  const comptes = new Set(masse.ensembles.map((m) => m.ensemble));
  return donnees.ensembles
    .filter((e) => !comptes.has(e.ensemble))
    .map((e) => ({ ensemble: e.ensemble, nom: e.nom, commune: e.commune, nomCommune: findCommune(e.commune)?.nom ?? e.commune, zones: [...e.zones], qpv: e.qpv, logements: e.logements }));
}

/** Les origines présentes : déclarées, saisies, puis loyers pratiqués. */
function origines(masse: Masse, regles: ReglesNpl['origines']): NonNullable<Resultat['origines']> {
  const comptes = new Map<CodeOrigine, { ensembles: number; logements: number; cus: number }>();
  for (const m of masse.ensembles) {
    let c = comptes.get(m.origine);
    if (c === undefined) comptes.set(m.origine, (c = { ensembles: 0, logements: 0, cus: 0 }));
    c.ensembles++;
    c.logements += m.logements;
    c.cus += m.cus;
  }
  return ORIGINES.flatMap((origine) => {
    const c = comptes.get(origine);
    const { articles, ...mots } = regles[origine];
    return c === undefined ? [] : [{ origine, ...mots, articles: [...articles], ...c }];
  });
}
const ORIGINES: readonly CodeOrigine[] = ['apl', 'cus', 'apl-cus', 'convention', 'R445-10'];
const DECLAREES: ReadonlySet<CodeOrigine> = new Set<CodeOrigine>(['apl', 'cus', 'apl-cus']);

function moyennes(masse: Masse): Resultat['moyennes'] {
  const groupes = new Map<string, { plafond: Plafond; base: BaseSurface; parts: PartMasse[] }>();
  for (const m of masse.ensembles) {
    for (const p of m.parts) {
      const cle = `${m.base}/${p.plafond}`;
      const g = groupes.get(cle);
      if (g === undefined) groupes.set(cle, { plafond: p.plafond, base: m.base, parts: [p] });
      else g.parts.push(p);
    }
  }
  const rang = (g: { base: BaseSurface; plafond: Plafond }): number => (g.base === 'SU' ? 0 : 10) + PLAFONDS.indexOf(g.plafond);
  return [...groupes.values()].sort((a, b) => rang(a) - rang(b)).map(({ parts, ...g }) => {
    const { logements, surface, avant, apres } = sommer(parts);
    return { ...g, logements, surface: surface / 100, avantM2: m2(tauxDe(avant, surface)), apresM2: m2(tauxDe(apres, surface)) };
  });
}

function lignes(donnees: DonneesNpl, masse: Masse, table: TablePlafonds, memoire: MemoireCalcul['lignes']): Resultat['lignes'] {
  const parCode = indexerEnsembles(donnees.ensembles);
  const toutes: Resultat['lignes'] = [];
  for (const m of masse.ensembles) {
    const e = parCode.get(m.ensemble);
    if (e === undefined) continue;
    let deja = memoire.get(m.ensemble);
    if (deja === undefined || deja.m !== m || deja.e !== e || deja.table !== table) memoire.set(m.ensemble, (deja = { m, e, table, lignes: lignesEnsemble(m, e, table) }));
    for (const l of deja.lignes) toutes.push(l);
  }
  return toutes;
}

/** Les deux indices d'une révision ; `null` : rien n'est révisé. */
const indices = (r: Ratio): [number, number] | null => (r === UN ? null : [Number(r.num) / 100, Number(r.den) / 100]);

function lignesEnsemble(m: MasseEnsemble, e: Ensemble, table: TablePlafonds): Resultat['lignes'] {
  const utile = (produit: Plafond): number | null => (m.base === 'SC' ? null : m2(table.plafond(produit, e.zones)?.taux ?? null));
  const identite = {
    ensemble: m.ensemble, nom: e.nom, commune: e.commune, nomCommune: findCommune(e.commune)?.nom ?? e.commune, zones: [...e.zones], qpv: e.qpv, logements: e.logements, base: m.base, origine: m.origine, maximumsApl: DECLAREES.has(m.origine) ? m.logements - m.cus : 0, maximumsCus: m.cus, anneeAvant: m.annee, source: m.source, plafonne: m.plafonne, travaux: m.travaux,
    apresEnsembleM2: m2(tauxDe(m.apres, m.surface)), surfaceDonnee: enM2(m.donnees.surface), habitable: enM2(m.donnees.habitable), annexes: enM2(m.donnees.annexes),
  };
  return m.parts.map((p) => {
    const { avant, apres } = eurosMasse(sommer([p]));
    return {
      ...identite, plafond: p.plafond, comptes: p.logements, surface: p.surface / 100, avant, avantM2: m2(tauxDe(p.avant, p.surface)),
      maximum: m2(p.fixe?.maximum ?? null), moyenne: m2(p.fixe?.moyenne ?? null), annee: p.fixe?.annee ?? null,
      avantEcrit: Number(p.exact.avant) / 1_000_000, irlAvant: indices(p.exact.ratioAvant), irlApres: p.fixe === null ? indices(p.exact.ratioAvant) : indices(p.exact.ratioApres),
      maximumRevise: m2(p.maximum), moyenneRevisee: m2(p.moyenne), precedent: m2(p.fixe?.precedent ?? null), apres, apresM2: m2(tauxDe(p.apres, p.surface)), repartie: p.repartie,
      plafondLoyer: p.plafond === 'INCONNU' ? null : utile(p.plafond), plafondPls: utile('PLS'),
    };
  });
}
