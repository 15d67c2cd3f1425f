/** Plan de mise en vente (L445-1, L443-7) : logements, communes, consultations. */
import { z } from 'zod';
import { chemin, comptes, entier, rien, texte } from './base.ts';
import { FiltreLogements } from './commun.ts';

const TerritoireVente = z.enum(['commune', 'epci', 'departement']);

export const EtatVente = z.enum(['a-vendre', 'commercialise', 'vendu']);
const NiveauConstat = z.enum(['bloquant', 'a-justifier', 'information']);

export const DrapeauLu = z.object({ code: texte, court: texte, article: texte, niveau: NiveauConstat, texte });

/** Un logement du plan : ce que la personne en dit, ce que la déclaration en dit, ce qu'il faut en savoir. */
export const LigneVente = z.object({
  identifiant: texte,
  adresse: texte,
  commune: texte,
  nomCommune: texte,
  epci: texte.nullable(),
  nomEpci: texte,
  departement: texte,
  ensemble: texte.nullable(),
  nomEnsemble: texte,
  type: texte.nullable(),
  pieces: entier.nullable(),
  /** Surface habitable, m². */
  surface: z.number().nullable(),
  construct: entier.nullable(),
  patrimoine: entier.nullable(),
  finan: texte.nullable(),
  dpe: texte.nullable(),
  /** `AAAA-MM`. */
  dpeDate: texte.nullable(),
  qpv: z.boolean().nullable(),
  /** Occupé d'après la déclaration ; `null` : inconnu. */
  occupe: z.boolean().nullable(),
  auParc: z.boolean(),
  annee: entier.nullable(),
  acquereur: texte.nullable(),
  etat: EtatVente,
  date: texte.nullable(),
  conso: texte.nullable(),
  documents: z.boolean(),
  note: texte,
  drapeaux: z.array(DrapeauLu),
});

/** Un filtre du plan ; ce qui est donné s'ajoute. Vide dans une liste = inconnu. */
export const FiltreVentes = z.strictObject({
  annees: z.array(texte).optional(),
  acquereurs: z.array(texte).optional(),
  etats: z.array(texte).optional(),
  communes: z.array(texte).optional(),
  epci: z.array(texte).optional(),
  departements: z.array(texte).optional(),
  drapeaux: z.array(texte).optional(),
  /** Case d'engagement (`engagement/PP-4/dep-13/3ans/total`) : les logements du plan qu'elle compte ; une seule. */
  cibles: z.array(texte).max(1).optional(),
  cherche: texte.optional(),
});

const CompteVentes = {
  logements: entier,
  /** Par année de mise en vente ; `inconnu` : pas dite. */
  annees: comptes,
  /** Par catégorie d'acquéreurs ; `inconnu` : pas dite. */
  acquereurs: comptes,
  etats: comptes,
};

export const LigneTerritoireVentes = z.object({ code: texte, nom: texte, ...CompteVentes });

export const ResumeVentes = z.object({
  ...CompteVentes,
  communes: entier,
  epci: entier,
  departements: entier,
  qpv: entier,
  documents: entier,
  drapeaux: z.array(z.object({ code: texte, court: texte, article: texte, niveau: NiveauConstat, nombre: entier })),
  /** Années civiles de la convention ; vide sans date d'effet. */
  periode: z.array(entier),
  listeAcquereurs: z.array(z.object({ code: texte, libelle: texte, court: texte })),
  listeEtats: z.array(z.object({ code: texte, libelle: texte })),
  energie: z.object({ seuil: texte, source: texte, article: texte, bornes: texte }),
  texte,
  article: texte,
  incertitudes: z.array(texte),
  /** L'organisme a dit qu'aucun logement n'est mis en vente. */
  aucune: z.boolean(),
});

const tri = z.strictObject({ colonne: texte, sens: z.enum(['asc', 'desc']) }).optional();
const filtre = FiltreVentes.default({});

export const BilanVentes = z.object({
  /** `null` : rien n'a été changé. */
  operation: entier.nullable(),
  libelle: texte,
  changees: entier,
  inchangees: entier,
  nombreRefusees: entier,
  /** Les premières refusées. */
  refusees: z.array(z.object({ cible: texte, colonne: texte, texte, message: texte, /** Code d'erreur, s'il n'est pas `valeur-illisible`. */ code: texte.optional() })),
  enregistreA: texte,
});

export const LigneCommuneVente = z.object({
  commune: texte,
  nom: texte,
  /** Logements du plan dans la commune, et ceux que le calcul retire (non encore vendus, soumis à autorisation). */
  logements: entier,
  retires: entier,
  taux: texte.nullable(),
  objectif: texte.nullable(),
  residences: entier.nullable(),
  sociaux: entier.nullable(),
  carence: z.boolean().nullable(),
  mixite: z.boolean().nullable(),
  source: texte,
  actuel: z.object({ atteint: z.boolean().nullable(), dit: texte, manque: z.array(texte) }),
  apres: z.object({ atteint: z.boolean().nullable(), dit: texte, manque: z.array(texte) }),
  incoherent: texte.nullable(),
});

export const ConsultationVente = z.object({
  cle: texte,
  nature: z.enum(['commune', 'collectivite', 'groupement']),
  nom: texte,
  adresse: texte,
  /** Ce qui est garanti ou financé ; pour une commune, elle seule. */
  communes: z.array(texte),
  identifiants: z.array(texte),
  logements: entier,
  envoyee: texte.nullable(),
  recue: texte.nullable(),
  reponse: z.enum(['favorable', 'defavorable', 'reserves']).nullable(),
  repondue: texte.nullable(),
  note: texte,
  etat: z.enum(['a-envoyer', 'a-recevoir', 'en-cours', 'favorable', 'reserves', 'defavorable', 'repute-favorable', 'sans-reponse']),
  libelleEtat: texte,
  /** Dernier jour du délai : calculé, ou retenu par l'organisme avec son motif. */
  calculee: texte.nullable(),
  limite: texte.nullable(),
  echeance: texte.nullable(),
  motif: texte,
  tardif: z.boolean(),
  /** Dates qui ne peuvent pas être, et ce qui manque à un avis noté. */
  aVerifier: z.array(texte),
  /** Faux : le texte ne fixe pas ce délai, il est proposé. */
  delaiLegal: z.boolean(),
});

/** Logements du plan sur lesquels on ne consulte pas : vendus, absents de la déclaration, destinés à un autre organisme HLM. */
const SansConsultation = z.object({ vendus: entier, horsParc: entier, sansAutorisation: entier });

const identifiants = z.array(texte).max(200_000);

export const operationsVentes = {
  'ventes.resume': { input: rien, output: ResumeVentes },
  'ventes.page': {
    input: z.strictObject({ decalage: entier.min(0), nombre: entier.min(1).max(1000), tri, filtre }),
    output: z.object({ total: entier, lignes: z.array(LigneVente), surface: z.number() }),
  },
  'ventes.territoires': { input: z.strictObject({ par: TerritoireVente, filtre }), output: z.object({ lignes: z.array(LigneTerritoireVentes) }) },
  /** Ajoute des logements du parc, par les filtres de la table ou par leurs identifiants ; ceux qui y sont déjà n'y changent pas. */
  'ventes.ajouter': {
    input: z.strictObject({ filtres: z.array(FiltreLogements).max(200).optional(), identifiants: identifiants.optional(), annee: texte.default(''), acquereur: texte.default('') }),
    output: z.object({ operation: entier.nullable(), ajoutes: entier, deja: entier, nombreRefuses: entier, refuses: z.array(z.object({ identifiant: texte, raison: texte })), enregistreA: texte }),
  },
  /** Tableau d'identifiants (CSV, XLSX, ODS), avec année, acquéreur et autres colonnes s'il en a ; chaque ligne refusée l'est avec son numéro. */
  'ventes.importer': {
    input: z.strictObject({ chemin }),
    output: z.object({
      operation: entier.nullable(), lignes: entier, ajoutees: entier, modifiees: entier, inchangees: entier,
      refusees: z.array(z.object({ ligne: entier, identifiant: texte, raison: texte })), colonnesIgnorees: z.array(texte), enregistreA: texte,
    }),
  },
  /** Cases tapées ou collées ; si l'une est illisible, rien n'est changé, sauf `partiel`. */
  'ventes.definir': {
    input: z.strictObject({ cases: z.array(z.strictObject({ identifiant: texte, colonne: texte, texte })).max(200_000), partiel: z.boolean().default(false) }),
    output: BilanVentes,
  },
  /** La même valeur dans tout ce que montre un filtre. `attendus` : le nombre que la personne a vu. */
  'ventes.appliquer': { input: z.strictObject({ filtre, colonne: texte, texte, attendus: entier.min(0) }), output: BilanVentes },
  'ventes.retirer': { input: z.strictObject({ identifiants }), output: BilanVentes },
  'ventes.exporter': { input: z.strictObject({ destination: chemin }), output: z.object({ chemin: texte, lignes: entier }) },

  'ventes.communes': { input: rien, output: z.object({ lignes: z.array(LigneCommuneVente), chargees: entier }) },
  'ventes.definirCommunes': { input: z.strictObject({ cases: z.array(z.strictObject({ commune: texte, colonne: texte, texte })).max(50_000) }), output: BilanVentes },
  /** Table des communes : commune;taux;objectif;residences;sociaux;carence;mixite;source. Seules les colonnes présentes changent. */
  'ventes.importerCommunes': {
    input: z.strictObject({ chemin, source: texte.default('') }),
    output: z.object({ operation: entier.nullable(), lignes: entier, enregistrees: entier, refusees: z.array(z.object({ ligne: entier, raison: texte })), colonnesIgnorees: z.array(texte), remarques: z.array(texte), enregistreA: texte }),
  },

  'ventes.consultations': { input: rien, output: z.object({ lignes: z.array(ConsultationVente), ecartes: SansConsultation, /** Les mêmes, en mots ; vide s'il n'y en a pas. */ ecartesDits: texte, obligation: texte, silence: texte, opposition: texte, sansDelai: texte, article: texte }) },
  'ventes.ajouterGarant': { input: z.strictObject({ nature: z.enum(['collectivite', 'groupement']), nom: texte.min(1).max(300), /** Ce qu'on en sait déjà : colonne et texte. */ cases: z.array(z.strictObject({ colonne: texte, texte })).max(20).default([]) }), output: z.object({ cle: texte, operation: entier, enregistreA: texte }) },
  'ventes.retirerGarant': { input: z.strictObject({ cle: texte }), output: z.object({ operation: entier, enregistreA: texte }) },
  'ventes.definirConsultation': { input: z.strictObject({ cases: z.array(z.strictObject({ cle: texte, colonne: texte, texte })).min(1).max(20_000) }), output: BilanVentes },
  /** Lettres de consultation en DOCX, une par commune et par garant (ou celles de `cles`), dans ce répertoire. */
  'ventes.courriers': {
    input: z.strictObject({ repertoire: chemin, cles: z.array(texte).max(20_000).optional() }),
    output: z.object({ repertoire: texte, fichiers: z.array(z.object({ cle: texte, chemin: texte })), sansLogement: z.array(texte), ecartes: SansConsultation, ecartesDits: texte }),
  },
} as const;
