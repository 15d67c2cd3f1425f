/** Nouvelle politique des loyers : barèmes, scénarios, masse (L445-2, L445-3, R445-8 à R445-10). */
import { z } from 'zod';
import { chemin, comptes, entier, rien, texte } from './base.ts';

/** Taux en € par m² et par mois, quatre décimales au plus : nombre, ou texte tel que tapé (`6,29`). */
const taux = z.union([z.number().nonnegative(), texte]);
const annee = entier.min(1990).max(2100);
/** Surface en m², deux décimales au plus. */
const surface = z.union([z.number().nonnegative(), texte]);
export const BaseSurface = z.enum(['SU', 'SC']);
export const PlafondRessources = z.enum(['PLAI', 'PLUS', 'PLS', 'PLI', 'INCONNU']);
export const Zonage = z.enum(['123', 'ABC']);

const PlafondBareme = z.strictObject({ annee: entier.min(1990).max(2100), produit: PlafondRessources.exclude(['INCONNU']), zone: texte.min(1), maximum: taux, source: texte.default('') });
/** `annee` : celle de l'arrêté ; la limite vaut telle qu'écrite, elle n'est pas révisée. */
const LimiteBareme = z.strictObject({ base: BaseSurface, maximum: taux, source: texte.default(''), annee: annee.nullable().optional() });
const IrlBareme = z.strictObject({ annee: entier.min(1990).max(2100), indice: taux, source: texte.default('') });

/** Choix d'un ensemble. Un champ absent ne change pas ; un texte vide ou `null` efface. */
export const ChoixNpl = z.strictObject({
  ensemble: texte.min(1),
  base: BaseSurface.optional(),
  surface: surface.nullable().optional(),
  /** Surface habitable (absente : celle que le fichier déclare) et annexes : la surface utile s'en déduit (D331-10, D353-16). */
  habitable: surface.nullable().optional(),
  annexes: surface.nullable().optional(),
  /** Plafond de ressources donné aux logements dont le fichier n'en dit pas (L445-3, I). */
  inconnus: PlafondRessources.exclude(['INCONNU']).nullable().optional(),
  /** Vaut pour la surface de sa base ; `annee` : celle où il est écrit, à défaut celle de la déclaration. */
  connu: z.strictObject({ maximum: taux, base: BaseSurface, source: texte.default(''), annee: annee.optional() }).nullable().optional(),
  /** Accord de l'autorité administrative à une hausse après travaux (L445-3, III). */
  travaux: z.strictObject({ accord: z.iso.date(), reference: texte.default('') }).nullable().optional(),
  plafonds: z
    .array(
      z.strictObject({
        plafond: PlafondRessources,
        maximum: taux.nullable(),
        moyenne: taux.nullable().optional(),
        logements: entier.min(0).nullable().optional(),
        surface: surface.nullable().optional(),
        /** Année où maximum et moyenne sont écrits ; absente : celle du scénario. */
        annee: annee.nullable().optional(),
        /** Maximum que la politique des loyers fixait l'année d'avant (L445-3, III). */
        avant: taux.nullable().optional(),
      }),
    )
    .default([]),
});

/** Un scénario écrit dans un fichier : ses choix, et au besoin ses propres barèmes, qui priment sur ceux du dossier. */
export const ScenarioNpl = z.strictObject({
  version: z.literal(1),
  nom: texte.min(1),
  annee: entier.min(1990).max(2100),
  choix: z.array(ChoixNpl).default([]),
  plafonds: z.array(PlafondBareme).optional(),
  limites: z.array(LimiteBareme).optional(),
  irl: z.array(IrlBareme).optional(),
  /** Commune → zones, dans un ou deux zonages. */
  zones: z.record(texte, z.array(texte)).optional(),
});

const euros = z.number();
const m2 = z.number().nullable();
export const ConstatNpl = z.object({
  code: texte, bloquant: z.boolean(), aJustifier: z.boolean(), ensemble: texte.nullable(), plafond: texte.nullable(), logements: entier, article: texte, message: texte,
});
const MasseBase = z.object({ base: BaseSurface, logements: entier, surface: z.number(), avant: euros, apres: euros, avantM2: m2, apresM2: m2, resteM2: m2 });

/**
 * D'où vient le maximum d'aujourd'hui : `convention`, saisi dans le scénario ; `apl`, `cus` ou `apl-cus`, déclaré au RPLS
 * d'après la convention APL (champ 56), l'ancienne CUS (champ 57, qui l'emporte : L445-3-1), ou l'une et l'autre selon les
 * logements ; `R445-10`, loyers pratiqués. `rpls` : déclaré, sans dire d'après quoi ; dans un paquet d'avant seulement.
 */
export const OrigineNpl = z.enum(['convention', 'apl', 'cus', 'apl-cus', 'R445-10', 'rpls']);

export const LigneNpl = z.object({
  ensemble: texte, nom: texte, commune: texte, nomCommune: texte,
  zones: z.array(texte),
  qpv: entier, logements: entier,
  base: BaseSurface,
  origine: OrigineNpl,
  /** Logements comptés de l'ensemble dont le maximum est celui de la convention APL, et de l'ancienne CUS ; absents d'un paquet d'avant. */
  maximumsApl: entier.optional(), maximumsCus: entier.optional(),
  plafond: PlafondRessources,
  /** Surfaces (m²) données à l'ensemble : dans sa base, habitable, annexes ; absentes d'un paquet d'avant. */
  surfaceDonnee: m2.optional(), habitable: m2.optional(), annexes: m2.optional(),
  /** Logements et surface que la masse compte. */
  comptes: entier, surface: z.number(),
  /** Année où ce maximum est écrit, et source de celui qui est saisi ou de la limite de R445-10. */
  anneeAvant: entier.nullable(), source: texte,
  /** Vrai quand les loyers pratiqués dépassent la limite de R445-10 : c'est elle qui compte, telle qu'écrite ; absent d'un paquet d'avant. */
  plafonne: z.boolean().optional(),
  /** Masse après de tout l'ensemble sur sa surface, en €/m² : ce que la carte montre ; absent d'un paquet d'avant. */
  apresEnsembleM2: m2.optional(),
  /** Vrai quand la répartition entre plafonds de ressources est décidée : `avant` est celui de l'ensemble, partagé par surface ; absent d'un paquet d'avant. */
  repartie: z.boolean().optional(),
  /** Maximum d'aujourd'hui (€ par mois, €/m²), révisé à l'année du scénario, et celui du scénario, tel qu'écrit, avec son année. */
  avant: euros, avantM2: m2,
  maximum: m2, moyenne: m2, annee: entier.nullable(),
  /** Les mêmes, révisés ; et le maximum de l'année d'avant, s'il est donné. */
  /** De quoi refaire le compte : avant dans son année (euros, sans arrondi), indices de l'année du scénario et de celle du montant. */
  avantEcrit: euros, irlAvant: z.tuple([z.number(), z.number()]).nullable(), irlApres: z.tuple([z.number(), z.number()]).nullable(),
  maximumRevise: m2, moyenneRevisee: m2, precedent: m2, travaux: z.boolean(),
  apres: euros, apresM2: m2,
  /** Plafonds de loyer de l'année dans la zone, s'ils sont saisis. */
  plafondLoyer: m2, plafondPls: m2,
});

/** La masse d'un scénario, sans ses ensembles. Montants mensuels en euros : un plafond est arrondi au centime inférieur, ce qui lui est comparé au supérieur. */
export const JaugeNpl = z.object({
  scenario: z.object({ id: entier.nullable(), nom: texte, annee: entier }),
  logements: entier,
  avant: euros, apres: euros, reste: euros,
  avantAnnuel: euros, apresAnnuel: euros,
  /** Reste en €/m², quand tout est dans une seule base ; `null` sinon (SU et SC ne s'additionnent pas). */
  resteM2: m2,
  respectee: z.boolean(),
  /** Année des montants ; `null` : un indice manque, chacun est resté dans la sienne. */
  anneeMontants: entier.nullable(),
  /** Logements hors du calcul, des deux côtés, par raison. */
  exclus: comptes,
  parBase: z.array(MasseBase),
});

/** Ce que les maximums offrent (L445-2, L441-1) : des logements, non des attributions. */
const MixiteNpl = z.object({
  horsQpv: z.object({ auNiveauPlai: entier, compares: entier, fixes: entier }),
  qpv: z.object({ auDessusPlai: entier, compares: entier, fixes: entier }),
  nonCompares: entier,
});

/** Tout ce que dit un scénario. */
export const ResultatNpl = JaugeNpl.extend({
  /** Moyenne des maximums par plafond de ressources et par base (L445-3, IV). */
  moyennes: z.array(z.object({ plafond: PlafondRessources, base: BaseSurface, logements: entier, surface: z.number(), avantM2: m2, apresM2: m2 })),
  mixite: MixiteNpl,
  /** Origines des maximums d'aujourd'hui, leurs mots et leurs articles : ensembles et logements comptés, dont ceux d'une ancienne CUS ; absent d'un paquet d'avant. */
  origines: z.array(z.object({ origine: OrigineNpl, court: texte, libelle: texte, formule: texte.optional(), articles: z.array(texte), incertitude: texte, ensembles: entier, logements: entier, cus: entier })).optional(),
  lignes: z.array(LigneNpl),
  /** Ensembles du parc que la masse ne compte pas du tout ; leurs constats disent pourquoi. */
  horsMasse: z.array(LigneNpl.pick({ ensemble: true, nom: true, commune: true, nomCommune: true, zones: true, qpv: true, logements: true })),
  constats: z.array(ConstatNpl),
  conforme: z.boolean(),
});

export const PropositionNpl = z.object({ ensemble: texte, nom: texte, plafond: PlafondRessources, avant: z.number(), apres: z.number(), /** Logements et surface (m²) qu'une mixité visée donne à ce plafond. */ logements: entier.optional(), surface: z.number().optional() });
const Resume = z.object({ id: entier, nom: texte, annee: entier, retenu: z.boolean(), choix: entier, avant: euros, apres: euros, reste: euros, respectee: z.boolean(), constats: entier });
const cible = z.strictObject({ ensemble: texte, plafond: PlafondRessources.optional() });

/** Ce selon quoi le reste se répartit : zone de la commune, classe du service rendu, ressources des occupants. */
export const CritereRepartition = z.enum(['zone', 'service-rendu', 'occupation']);
const poids = z.union([z.number().nonnegative(), texte]);
const partsMixite = z.partialRecord(PlafondRessources.exclude(['INCONNU']), poids);

export const AideNpl = z.discriminatedUnion('nature', [
  /** Écart en €/m², négatif pour baisser. */
  z.strictObject({ nature: z.literal('ajouter'), ecart: z.union([z.number(), texte]) }),
  z.strictObject({ nature: z.literal('pourcentage'), pourcentage: z.number().min(-100).max(1000) }),
  /** Au plafond de loyer de l'année et de la zone, pour ce produit ; absent, celui du plafond de ressources de chaque ligne. */
  z.strictObject({ nature: z.literal('plafond'), produit: PlafondRessources.exclude(['INCONNU']).optional() }),
  /** Partage ce qui reste de la masse. */
  z.strictObject({ nature: z.literal('reste'), selon: z.enum(['surface', 'logements', 'egal']) }),
  /** Répartit ce qui reste : la hausse par m² d'une classe est proportionnelle à son poids (1 si rien n'est dit). */
  z.strictObject({
    nature: z.literal('repartir'), selon: CritereRepartition, zonage: Zonage.default('123'),
    /** Classe (son code ou son libellé) → poids, deux décimales au plus. */
    poids: z.record(texte, poids).default({}),
    /** Poids de ceux dont la classe n'est pas connue : 0, ils ne changent pas. */
    sansClasse: poids.default(0),
    /** Maximums rendus au centime d'€/m² inférieur, ou aux quatre décimales. */
    arrondi: z.enum(['centime', 'exact']).default('centime'),
  }),
  /**
   * Ce qui respecterait la masse pour une mixité visée : parts des logements par plafond de ressources, qui font 100 ;
   * `parts` : la même partout ; sinon celle hors QPV, celle en QPV, ou les deux. Sans visée, un côté ne change pas.
   */
  z.strictObject({ nature: z.literal('mixite'), parts: partsMixite.optional(), horsQpv: partsMixite.optional(), qpv: partsMixite.optional(), arrondi: z.enum(['centime', 'exact']).default('centime') }),
  /** Ramène la sélection sous la masse. */
  z.strictObject({ nature: z.literal('respecter') }),
  /** Module un taux de base selon la taille moyenne des logements, en surface utile (L445-3, III) : coefficient a × (1 + logements × b m² / surface utile). */
  z.strictObject({ nature: z.literal('moduler'), taux, a: taux, b: surface, source: texte.default('') }),
  /** Écrit à l'année du scénario, selon l'IRL, les maximums fixés dans une autre (L445-3, V). */
  z.strictObject({ nature: z.literal('irl') }),
]);

/** Une classe d'une sélection ; `classe` nulle : ceux dont elle n'est pas connue. */
const ClasseNpl = z.object({ classe: texte.nullable(), libelle: texte, lignes: entier, logements: entier });
export const RepartitionNpl = z.object({
  /** De quoi les classes sont faites. */
  source: texte,
  /** `hausse` : en €/m², hors arrondi et plafond ; `bornees` : lignes arrêtées au plafond PLS de leur zone. */
  classes: z.array(ClasseNpl.extend({ poids: z.number(), changees: entier, bornees: entier, hausse: z.number() })),
  reparti: euros, reste: euros, bornees: entier,
  /** Lignes montées dont le plafond PLS n'est pas connu : rien ne les arrête. */
  plsInconnu: entier,
  cause: z.enum(['rien', 'limites', 'pas']),
});

export const BaremesNpl = z.object({
  plafonds: z.array(z.object({ id: entier, annee: entier, produit: PlafondRessources, zone: texte, maximum: z.number(), source: texte })),
  limites: z.array(z.object({ base: BaseSurface, maximum: z.number(), source: texte, annee: entier.optional() })),
  irl: z.array(z.object({ annee: entier, indice: z.number(), source: texte })),
  zones: z.array(z.object({ zonage: Zonage, communes: entier, source: texte, parc: entier, parcSansZone: entier })),
});

export const operationsNpl = {
  'npl.baremes': { input: rien, output: BaremesNpl },
  /** Remplace des lignes de barème ; `maximum` ou `indice` vide retire la ligne. */
  'npl.definirBaremes': {
    input: z.strictObject({
      plafonds: z.array(PlafondBareme.extend({ id: entier.optional(), maximum: taux.nullable() })).default([]),
      limites: z.array(LimiteBareme.extend({ maximum: taux.nullable() })).default([]),
      irl: z.array(IrlBareme.extend({ indice: taux.nullable() })).default([]),
    }),
    output: z.object({ enregistreA: texte }),
  },
  /**
   * Plafonds (annee;produit;zone;maximum;source, l'une des trois premières pouvant être en colonnes : produit;zone;2026;2027), zones
   * (commune et une colonne de zones par zonage) ou IRL (annee;indice), en CSV ou classeur. Ce que le fichier ne nomme pas reste.
   */
  'npl.importerBareme': {
    input: z.strictObject({ chemin, nature: z.enum(['plafonds', 'zones', 'irl']), source: texte.default(''), remplacer: z.boolean().default(false) }),
    /** `lignes` : valeurs lues, une par ligne ou par case ; `ignorees` : colonnes qui n'ont pas servi ; `identiques` : déjà là ; `contraires` : cases qui gardent deux valeurs ; `remplacees` : cases remplacées. */
    output: z.object({ lignes: entier, enregistrees: entier, identiques: entier, remplacees: entier, contraires: z.array(texte), refusees: z.array(z.object({ ligne: entier, raison: texte })), ignorees: z.array(texte), zonages: z.array(Zonage) }),
  },
  'npl.scenarios': { input: rien, output: z.object({ scenarios: z.array(Resume) }) },
  'npl.creer': { input: z.strictObject({ nom: texte.min(1), annee: entier.min(1990).max(2100), depuis: entier.optional() }), output: Resume },
  'npl.modifier': { input: z.strictObject({ scenario: entier, nom: texte.min(1).optional(), annee: entier.min(1990).max(2100).optional() }), output: Resume },
  /** Le scénario que la convention porte ; `null` : elle ne fixe pas de nouvelle politique des loyers. */
  'npl.retenir': { input: z.strictObject({ scenario: entier.nullable() }), output: z.object({ operation: entier, enregistreA: texte }) },
  /** Annexe de la politique des loyers : masse, moyennes, ensembles, constats, barèmes (.xlsx, .ods, .csv des ensembles). */
  'npl.exporter': { input: z.strictObject({ scenario: entier, destination: chemin }), output: z.object({ chemin: texte, lignes: entier }) },
  'npl.supprimer': { input: z.strictObject({ scenario: entier }), output: z.object({ operation: entier, enregistreA: texte }) },
  'npl.lire': { input: z.strictObject({ scenario: entier }), output: ResultatNpl },
  /** La masse seule : ce qui suit une saisie sans attendre le tableau. */
  'npl.jauge': { input: z.strictObject({ scenario: entier }), output: JaugeNpl },
  /** Sommes exactes d'une sélection de lignes, arrondies comme la masse ; `reste` : avant moins après. */
  'npl.totaliser': {
    input: z.strictObject({ scenario: entier, cibles: z.array(cible).max(100_000) }),
    output: z.object({ lignes: entier, logements: entier, avant: euros, apres: euros, reste: euros, parBase: z.array(MasseBase) }),
  },
  'npl.definir': {
    input: z.strictObject({ scenario: entier, choix: z.array(ChoixNpl).min(1).max(20_000) }),
    /** `operation`, `enregistreA` : `null` quand tout est refusé, rien n'ayant été écrit. Un refus garde tout l'ensemble comme il était. */
    output: z.object({ operation: entier.nullable(), enregistreA: texte.nullable(), refus: z.array(z.object({ ensemble: texte, plafond: texte.nullable(), raison: texte })) }),
  },
  /** Propositions d'une aide, sans rien changer ; `appliquer` les écrit d'un geste, annulable. */
  'npl.aider': {
    input: z.strictObject({ scenario: entier, aide: AideNpl, cibles: z.array(cible).max(50_000), appliquer: z.boolean().default(false) }),
    output: z.object({
      explication: texte,
      /** Par classe, quand le reste a été réparti. */
      repartition: RepartitionNpl.nullable(),
      propositions: z.array(PropositionNpl),
      /** La masse si les propositions sont appliquées. */
      apres: euros, reste: euros, respectee: z.boolean(),
      /** Ce que les maximums offrent aujourd'hui dans le scénario, et ce qu'ils offriraient. */
      mixite: z.object({ avant: MixiteNpl, apres: MixiteNpl }),
      operation: entier.nullable(),
    }),
  },
  /** Les classes d'une sélection, de quoi leur donner un poids ; `absence` : pourquoi il n'y en a aucune. */
  'npl.classes': {
    input: z.strictObject({ scenario: entier, selon: CritereRepartition, zonage: Zonage.default('123'), cibles: z.array(cible).max(100_000) }),
    output: z.object({ source: texte, absence: texte.nullable(), classes: z.array(ClasseNpl) }),
  },
  /** Calcule un scénario écrit dans un fichier, sans le garder. */
  'npl.calculer': { input: z.strictObject({ scenario: ScenarioNpl }), output: ResultatNpl },
  /** Garde un scénario écrit dans un fichier (remplace celui de même nom). */
  'npl.enregistrer': { input: z.strictObject({ scenario: ScenarioNpl }), output: Resume },
  /** Le scénario gardé, tel qu'un fichier l'écrit. */
  'npl.ecrire': { input: z.strictObject({ scenario: entier }), output: z.object({ scenario: ScenarioNpl }) },
} as const;
