/**
 * Le contrat : chaque opération du service, son entrée et sa sortie. Écrans et terminal n'en
 * connaissent pas d'autre. Montants en euros et surfaces en m² (nombres à deux décimales au plus)
 * dès qu'ils franchissent cette frontière ; dates ISO ; codes en texte.
 */
import { z } from 'zod';

const rien = z.strictObject({});
const texte = z.string();
const entier = z.number().int();
const chemin = z.string().min(1);
const comptes = z.record(z.string(), entier);

export const Nature = z.enum(['OPH', 'ESH', 'COOP', 'SEM']);
export const TypeImport = z.enum(['rpls', 'logements']);
export const NatureObservation = z.enum(['a-corriger', 'a-completer', 'question', 'proposition', 'favorable']);
export const EtatObservation = z.enum(['ouverte', 'repondue', 'levee']);
export const Avis = z.enum(['favorable', 'reserve', 'defavorable']);
export const Maille = z.enum(['ensemble', 'commune', 'epci', 'departement', 'organisme']);
export const Surface = z.enum(['SH', 'SU', 'SC']);

export const Organisme = z.object({ siren: texte, nom: texte, nature: Nature.nullable() });

export const EtatEtape = z.enum(['a-faire', 'entame', 'a-verifier', 'complet']);
export const Etape = z.object({
  etape: texte,
  libelle: texte,
  etat: EtatEtape,
  /** Ce qui manque, en une phrase ; vide si rien. */
  manque: texte,
  bloquants: entier,
});
export const Echeance = z.object({ champ: texte, libelle: texte, date: texte, jours: entier, article: texte });

export const DossierInfo = z.object({
  chemin: texte,
  organisme: Organisme,
  millesime: texte,
  dateEffet: texte.nullable(),
  /** `2026-2031` ; vide sans date d'effet. */
  periode: texte,
  etapes: z.array(Etape),
  prochaineEcheance: Echeance.nullable(),
  enregistreA: texte.nullable(),
  lectureSeule: z.boolean(),
  /** Dernier dépôt du dossier ; pour une copie figée, le dépôt dont elle est la copie. Absent sans dépôt. */
  version: entier.optional(),
  /** Ex. dossier réseau ou synchronisé : ce qui est risqué, que faire. */
  avertissements: z.array(texte),
});

export const DossierRecent = z.object({
  chemin: texte,
  nom: texte,
  siren: texte,
  periode: texte,
  modifieLe: texte.nullable(),
  present: z.boolean(),
  /** Comme `DossierInfo` : une copie figée dit « lecture seule » et sa version. */
  version: entier.optional(),
  lectureSeule: z.boolean().optional(),
  etapes: z.array(Etape),
  prochaineEcheance: Echeance.nullable(),
});

export const Champ = z.object({
  champ: texte,
  libelle: texte,
  valeur: texte.nullable(),
  obligatoire: z.boolean(),
  type: z.enum(['texte', 'date', 'siren', 'choix', 'oui-non', 'nombre', 'cible', 'liste']),
  choix: z.array(z.object({ valeur: texte, libelle: texte })).optional(),
  article: texte,
  aide: texte,
  groupe: texte,
});

export const Anomalie = z.object({ ligne: entier, champ: texte, valeur: texte, code: texte, message: texte });

export const ProfilImport = z.object({
  version: z.literal(1),
  type: TypeImport,
  entete: entier.min(0).default(1),
  separateur: texte.default(';'),
  encodage: z.enum(['windows-1252', 'utf-8', 'utf-16le', 'utf-16be', 'auto']).default('auto'),
  feuille: texte.optional(),
  /** Nom de colonne du fichier → nom RPLS. */
  colonnes: z.record(texte, texte),
  /** Nom RPLS → valeur du fichier → code RPLS. */
  valeurs: z.record(texte, z.record(texte, texte)).default({}),
});

export const ResultatImport = z.object({
  lignes: entier,
  acceptees: entier,
  rejetees: entier,
  signalees: entier,
  ajoutes: entier,
  modifies: entier,
  disparus: entier,
  inchanges: entier,
  applique: z.boolean(),
  anomalies: z.array(Anomalie),
  logements: entier,
  ensembles: entier,
  dureeMs: z.number(),
  type: TypeImport,
  fichier: texte,
  importeLe: texte,
  annee: entier.nullable(),
  /** Présent quand une comparaison attend d'être appliquée ou abandonnée. */
  comparaison: texte.nullable(),
  colonnesIgnorees: z.array(texte),
  comptesAnomalies: comptes,
  /** Fichier des lignes rejetées à corriger, quand le rapport vient d'en écrire un. */
  rejets: texte.optional(),
});

export const Etat = z.object({
  territoire: texte,
  logements: entier,
  ensembles: entier,
  qpv: entier,
  horsQpv: entier,
  qpvInconnu: entier,
  financements: comptes,
  familles: comptes,
  dpe: comptes,
  /** Par année de construction, `inconnu` compris. */
  annees: comptes,
  /** Par type de construction : C, I, E, inconnu. */
  types: comptes,
  /** Par nombre de pièces : 1…9, inconnu. */
  pieces: comptes,
  communes: comptes,
  epci: comptes,
  departements: comptes,
  /** Libellés des codes de communes, EPCI, départements ci-dessus. */
  noms: z.record(texte, texte),
  /** Lignes conservées mais hors du parc (vendues, démolies…). */
  sortis: entier,
  vacants: entier,
});

export const EnsembleImmobilier = z.object({
  id: texte,
  nom: texte,
  adresse: texte,
  commune: texte,
  nomCommune: texte,
  logements: entier,
  financements: comptes,
  /** « n sur N » (R445-3) : n logements en QPV sur `logements`. */
  qpv: entier,
  qpvInconnu: entier,
});

/** Ce qu'une décision sur les ensembles a fait : l'opération à annuler, les ensembles qui en sortent. */
export const DecisionEnsembles = z.object({
  operation: entier,
  libelle: texte,
  ensembles: z.array(EnsembleImmobilier),
  /** Ce qui mérite d'être su (communes différentes, ensemble vidé), sans rien empêcher. */
  remarques: z.array(texte),
  enregistreA: texte,
});

export const OperationBloc = z.object({
  id: entier,
  nature: texte,
  libelle: texte,
  quand: texte,
  qui: texte,
  annuleeLe: texte.nullable(),
  annulable: z.boolean(),
  /** Pourquoi elle ne s'annule pas ; vide si elle s'annule. */
  raison: texte,
});

export const LigneLoyers = z.object({
  code: texte,
  nom: texte,
  logements: entier,
  loues: entier,
  surface: z.number(),
  loyerMensuel: z.number(),
  loyerM2: z.number().nullable(),
  avecMaximum: entier,
  loyerMaxM2: z.number().nullable(),
  ecartM2: z.number().nullable(),
});

/** Valeur brute d'une case de logement : texte, nombre (euros, m², années) ou rien. */
const valeurCase = z.union([texte, z.number(), z.null()]);
export const FiltreLogements = z.strictObject({
  colonne: texte,
  /** Vide = inconnu (null). Plusieurs valeurs = l'une d'elles. */
  valeurs: z.array(texte).optional(),
  contient: texte.optional(),
});

export const Cible = z.object({
  champ: texte,
  saisie: texte.nullable(),
  reference: texte.nullable(),
  valeur: z.number().nullable(),
  pourcentage: z.number().nullable(),
  numerateur: z.number().nullable(),
  denominateur: z.number().nullable(),
  commentaire: texte.nullable(),
});

export const CelluleMatrice = Cible.extend({
  horizon: texte,
  obligatoire: z.boolean(),
  /** Dénominateur connu par les données, avec son origine ; `null` quand elles ne le disent pas. */
  denominateurPropose: z.object({ valeur: entier, formule: texte, source: texte }).nullable(),
  observations: entier,
  constats: z.array(texte),
});

export const LigneMatrice = z.object({
  indicateur: texte,
  politique: texte,
  libelle: texte,
  article: texte,
  unite: texte,
  territoire: texte,
  nomTerritoire: texte,
  ventilation: texte,
  libelleVentilation: texte,
  champReference: texte,
  reference: texte.nullable(),
  cellules: z.array(CelluleMatrice),
});

export const Matrice = z.object({
  colonnes: z.array(z.object({ horizon: texte, libelle: texte })),
  lignes: z.array(LigneMatrice),
  attendus: entier,
  renseignes: entier,
});

export const Constat = z.object({
  code: texte,
  message: texte,
  article: texte,
  champ: texte.nullable(),
  /** Étape du rail où le constat se corrige. */
  etape: texte,
  justification: texte.nullable(),
});
export const Constats = z.object({
  bloquants: z.array(Constat),
  aJustifier: z.array(Constat),
  informations: z.array(Constat),
});

export const Depot = z.object({
  version: entier,
  date: texte,
  empreinte: texte,
  paquet: texte,
  signe: z.boolean(),
  signataire: texte.nullable(),
  malgre: texte.nullable(),
  fichiers: z.array(texte),
});

export const Verdict = z.object({
  verdict: z.enum(['signe', 'non-signe', 'modifie', 'illisible']),
  signataires: z.array(z.object({ nom: texte, date: texte.nullable(), autorite: z.enum(['verifiee', 'inconnue']) })),
  fichiers: z.array(texte),
  ecarts: z.array(z.object({ fichier: texte, quoi: z.enum(['change', 'absent', 'en-trop']) })),
  raison: texte.nullable(),
});

export const Certificat = z.object({
  nom: texte,
  emetteur: texte,
  serie: texte,
  du: texte,
  au: texte,
  autosigne: z.boolean(),
  algorithme: texte,
});

export const Reponse = z.object({ texte, auteur: texte, date: texte });
export const Observation = z.object({
  id: texte,
  champ: texte,
  libelleChamp: texte,
  etape: texte,
  nature: NatureObservation,
  etat: EtatObservation,
  texte,
  valeurProposee: texte.nullable(),
  valeurActuelle: texte.nullable(),
  auteur: texte,
  date: texte,
  version: entier,
  reponses: z.array(Reponse),
});
export const RetourRecu = z.object({
  version: entier,
  avis: Avis.nullable(),
  auteur: texte,
  date: texte,
  fichier: texte,
  observations: entier,
});

export const Modification = z.object({
  champ: texte,
  libelle: texte,
  avant: texte.nullable(),
  apres: texte.nullable(),
  quand: texte.nullable(),
});

/** Ce que l'inspecteur dit d'un chiffre ou d'un champ. */
export const Explication = z.object({
  sujet: texte,
  titre: texte,
  valeur: texte,
  formule: texte,
  articles: z.array(texte),
  sources: z.array(z.object({ libelle: texte, nombre: entier.nullable(), filtres: z.array(FiltreLogements) })),
  historique: z.array(z.object({ quand: texte, qui: texte, avant: texte.nullable(), apres: texte.nullable() })),
  observations: z.array(Observation),
  incertitude: texte,
});

const signature = {
  p12: chemin.optional(),
  motDePasse: texte.optional(),
};

export const contract = {
  'dossier.creer': {
    input: z.strictObject({
      chemin,
      siren: texte,
      nom: texte,
      nature: Nature.optional(),
      effet: texte.optional(),
      millesime: texte.optional(),
    }),
    output: DossierInfo,
  },
  'dossier.ouvrir': { input: z.strictObject({ chemin }), output: DossierInfo },
  'dossier.fermer': { input: rien, output: rien },
  'dossier.info': { input: rien, output: DossierInfo },
  'dossier.recents': { input: rien, output: z.object({ dossiers: z.array(DossierRecent) }) },
  'dossier.oublier': { input: z.strictObject({ chemin }), output: rien },
  'dossier.copier': { input: z.strictObject({ destination: chemin }), output: z.object({ chemin: texte }) },
  /** Met de côté le fichier endommagé et remet la sauvegarde à sa place. */
  'dossier.restaurer': {
    input: z.strictObject({ chemin, sauvegarde: chemin }),
    output: z.object({ chemin: texte, misDeCote: texte }),
  },
  'dossier.demonstration': { input: z.strictObject({ repertoire: chemin }), output: DossierInfo },

  'champs.lister': { input: rien, output: z.object({ champs: z.array(Champ) }) },
  'champs.definir': {
    input: z.strictObject({ champ: texte.min(1), valeur: texte }),
    output: z.object({ champ: texte, avant: texte.nullable(), apres: texte.nullable(), enregistreA: texte }),
  },

  'import.analyser': {
    /** Ce qui est donné n'est pas deviné : pour relire un tableau autrement (autre feuille, autre en-tête…). */
    input: z.strictObject({
      chemin,
      entete: entier.min(0).optional(),
      separateur: texte.min(1).optional(),
      encodage: ProfilImport.shape.encodage.removeDefault().optional(),
      feuille: texte.optional(),
    }),
    output: z.object({
      type: TypeImport,
      encodage: texte,
      separateur: texte,
      entete: entier,
      feuilles: z.array(texte),
      colonnes: z.array(z.object({ nom: texte, exemple: z.array(texte), cible: texte.nullable() })),
      cibles: z.array(z.object({ nom: texte, libelle: texte, obligatoire: z.boolean() })),
      profil: ProfilImport.nullable(),
      /** Vrai quand le profil a été retrouvé par les colonnes du fichier. */
      profilRetrouve: z.boolean(),
    }),
  },
  'import.lire': {
    input: z.strictObject({
      chemin,
      type: TypeImport.optional(),
      profil: ProfilImport.optional(),
      anomalies: chemin.optional(),
      appliquer: z.boolean().default(false),
    }),
    output: ResultatImport,
  },
  'import.appliquer': { input: z.strictObject({ comparaison: texte }), output: ResultatImport },
  'import.abandonner': { input: z.strictObject({ comparaison: texte }), output: rien },
  'import.comparaison': {
    input: z.strictObject({
      comparaison: texte,
      volet: z.enum(['ajoutes', 'modifies', 'disparus']),
      decalage: entier.min(0),
      nombre: entier.min(1).max(1000),
    }),
    output: z.object({
      total: entier,
      lignes: z.array(
        z.object({
          identifiant: texte,
          adresse: texte,
          commune: texte,
          changements: z.array(z.object({ champ: texte, avant: texte.nullable(), apres: texte.nullable() })),
        }),
      ),
    }),
  },
  'import.dernier': { input: rien, output: z.object({ import: ResultatImport.nullable() }) },
  'import.anomalies': {
    input: z.strictObject({ destination: chemin, comparaison: texte.optional() }),
    output: z.object({ chemin: texte, lignes: entier, rejets: texte.optional() }),
  },

  'etat.lire': { input: z.strictObject({ territoire: texte.optional() }), output: Etat },
  'logements.page': {
    input: z.strictObject({
      decalage: entier.min(0),
      nombre: entier.min(1).max(1000),
      tri: z.strictObject({ colonne: texte, sens: z.enum(['asc', 'desc']) }).optional(),
      filtres: z.array(FiltreLogements).default([]),
    }),
    output: z.object({
      total: entier,
      lignes: z.array(z.record(texte, valeurCase)),
      /**
       * Totaux de toute la sélection filtrée ; `loyerMensuel` : somme des loyers que ses lignes montrent,
       * loués ou non ; `loues` : celles d'entre elles qui sont louées.
       */
      totaux: z.object({ logements: entier, surfaceHabitable: z.number(), loyerMensuel: z.number(), loues: entier }),
    }),
  },
  'logements.colonnes': {
    input: rien,
    output: z.object({
      colonnes: z.array(
        z.object({
          nom: texte,
          libelle: texte,
          groupe: texte,
          type: z.enum(['texte', 'nombre', 'euros', 'surface', 'code']),
          codes: z.record(texte, texte).optional(),
        }),
      ),
    }),
  },
  /** `decides` : codes des ensembles que l'organisme a nommés, fusionnés, scindés ou complétés lui-même (R445-3). */
  'ensembles.lister': { input: rien, output: z.object({ ensembles: z.array(EnsembleImmobilier), decides: z.array(texte) }) },
  /** Logements d'un ensemble, rangés par adresse, bâtiment et entrée : de quoi choisir ceux qui en sortent. */
  'ensembles.composition': {
    input: z.strictObject({ id: texte }),
    output: z.object({
      groupes: z.array(
        z.object({
          adresse: texte,
          batiment: texte,
          entree: texte,
          logements: z.array(z.object({ identifiant: texte, situation: texte, parc: z.boolean() })),
        }),
      ),
      /** Ensembles que donnerait une scission entière, selon ce qui les sépare. */
      parts: z.object({ adresse: entier, batiment: entier, entree: entier }),
    }),
  },
  'ensembles.renommer': { input: z.strictObject({ id: texte, nom: texte }), output: DecisionEnsembles },
  'ensembles.fusionner': { input: z.strictObject({ ids: z.array(texte).max(20_000), nom: texte.optional() }), output: DecisionEnsembles },
  /** `identifiants` : les logements qui sortent, dans un ensemble nommé `nom` ; `par` : une part par adresse, bâtiment ou entrée. */
  'ensembles.scinder': {
    input: z.strictObject({
      id: texte,
      identifiants: z.array(texte).optional(),
      par: z.enum(['adresse', 'batiment', 'entree']).optional(),
      nom: texte.optional(),
    }),
    output: DecisionEnsembles,
  },
  'ensembles.deplacer': { input: z.strictObject({ identifiants: z.array(texte), vers: texte }), output: DecisionEnsembles },
  'ensembles.exporter': { input: z.strictObject({ destination: chemin }), output: z.object({ chemin: texte, lignes: entier }) },
  /** Opérations en bloc, la plus récente d'abord ; seule la dernière non annulée s'annule. */
  'operations.lister': { input: rien, output: z.object({ operations: z.array(OperationBloc) }) },
  'operations.annuler': { input: z.strictObject({ operation: entier }), output: z.object({ operation: OperationBloc, enregistreA: texte }) },
  'loyers.lire': {
    input: z.strictObject({ par: Maille.default('ensemble'), surface: Surface.default('SH') }),
    output: z.object({
      surface: Surface,
      lignes: z.array(LigneLoyers),
      /** Logements exclus de la moyenne, par raison. */
      exclus: comptes,
    }),
  },
  'carte.lire': {
    input: z.strictObject({ surface: Surface.default('SH') }),
    output: z.object({
      ensembles: z.array(
        z.object({
          id: texte,
          commune: texte,
          /** EPCI de la commune ; vide si elle n'en a pas. */
          epci: texte,
          lon: z.number(),
          lat: z.number(),
          precision: z.enum(['commune', 'departement']),
          logements: entier,
          loyerM2: z.number().nullable(),
          loyerMaxM2: z.number().nullable(),
          ecartM2: z.number().nullable(),
        }),
      ),
      sansPosition: entier,
      attribution: texte,
    }),
  },
  'carte.fond': {
    input: rien,
    output: z.object({
      /** GeoJSON FeatureCollection ; propriétés `code`, `nom`, `niveau` (commune|epci|departement|region). */
      geojson: z.unknown(),
      origine: z.enum(['fourni', 'charge']),
      nom: texte,
      attribution: texte,
    }),
  },
  'carte.chargerFond': { input: z.strictObject({ chemin }), output: z.object({ nom: texte, niveaux: comptes, ignores: entier }) },
  'carte.retirerFond': { input: rien, output: rien },

  'engagements.matrice': { input: rien, output: Matrice },
  'engagements.definir': {
    input: z.strictObject({ cellules: z.array(z.strictObject({ champ: texte, valeur: texte })).min(1).max(20_000) }),
    output: z.object({
      enregistreA: texte,
      cellules: z.array(z.object({ champ: texte, ok: z.boolean(), message: texte, cible: Cible.nullable() })),
    }),
  },
  'engagements.exporter': { input: z.strictObject({ destination: chemin }), output: z.object({ chemin: texte, lignes: entier }) },
  'engagements.importer': {
    input: z.strictObject({ chemin }),
    output: z.object({
      lignes: entier,
      enregistrees: entier,
      vides: entier,
      refusees: z.array(z.object({ ligne: entier, champ: texte, raison: texte })),
    }),
  },

  /** Toutes les échéances légales du calendrier, dans l'ordre du millésime. */
  'calendrier.lire': {
    input: rien,
    output: z.object({
      echeances: z.array(
        z.object({
          code: texte,
          libelle: texte,
          article: texte,
          aide: texte,
          genre: z.enum(['limite', 'au-plus-tot', 'repere']),
          calculee: texte.nullable(),
          date: texte.nullable(),
          remplacement: z.object({ date: texte, motif: texte }).nullable(),
          realisee: texte.nullable(),
          etat: z.enum(['inconnue', 'a-venir', 'passee', 'en-retard', 'trop-tot']),
          jours: entier.nullable(),
          /** Champ à ouvrir pour agir ; champs qui remplacent la date légale et disent pourquoi. */
          champ: texte,
          champDate: texte,
          champMotif: texte,
          depuis: texte,
        }),
      ),
    }),
  },

  'controles.lister': { input: rien, output: Constats },
  'controles.justifier': {
    input: z.strictObject({ code: texte, champ: texte.nullable(), motif: texte }),
    output: z.object({ enregistreA: texte }),
  },

  'depot.apercu': {
    input: rien,
    output: z.object({ version: entier, nomPaquet: texte, fichiers: z.array(z.object({ nom: texte, role: texte })), bloquants: entier }),
  },
  /** Écrit un document du paquet tel qu'il serait déposé, pour le regarder avant de signer. */
  'depot.previsualiser': {
    input: z.strictObject({ fichier: texte, destination: chemin }),
    output: z.object({ chemin: texte }),
  },
  'depot.deposer': {
    input: z.strictObject({ repertoire: chemin, sansSignature: z.boolean().default(false), malgre: texte.optional(), ...signature }),
    output: z.object({
      paquet: texte,
      version: entier,
      empreinte: texte,
      fichiers: z.array(texte),
      certificat: Certificat.nullable(),
    }),
  },
  'depot.lister': { input: rien, output: z.object({ depots: z.array(Depot) }) },
  /** Extrait la copie figée d'un dépôt dans un nouveau fichier .cus, en lecture seule. */
  'depot.extraire': { input: z.strictObject({ version: entier.min(1), destination: chemin }), output: z.object({ chemin: texte }) },

  'certificat.creer': {
    input: z.strictObject({ destination: chemin, nom: texte.min(1), motDePasse: texte.min(1) }),
    output: z.object({ p12: texte, certificat: texte, description: Certificat }),
  },
  'certificat.lire': { input: z.strictObject({ p12: chemin, motDePasse: texte }), output: Certificat },

  'paquet.verifier': { input: z.strictObject({ chemin, autorites: chemin.optional() }), output: Verdict },
  'paquet.lire': {
    input: z.strictObject({ chemin }),
    output: z.object({
      verdict: Verdict,
      organisme: Organisme.nullable(),
      version: entier.nullable(),
      empreinte: texte.nullable(),
      /** Champs sur lesquels une remarque peut porter, dans l'ordre du dépôt. */
      champs: z.array(z.object({ champ: texte, libelle: texte, valeur: texte.nullable(), etape: texte })),
    }),
  },
  'paquet.annoter': {
    input: z.strictObject({
      paquet: chemin,
      sortie: chemin,
      avis: Avis.optional(),
      auteur: texte.optional(),
      fichierObservations: chemin.optional(),
      observations: z
        .array(z.strictObject({ champ: texte, nature: NatureObservation, texte, valeurProposee: texte.optional() }))
        .optional(),
      ...signature,
    }),
    output: z.object({ retour: texte, observations: entier }),
  },

  'retour.lire': {
    input: z.strictObject({ chemin }),
    output: z.object({
      version: entier,
      nouvelles: entier,
      dejaConnues: entier,
      refusees: z.array(z.object({ ligne: entier, raison: texte })),
    }),
  },
  'observations.lister': {
    input: rien,
    output: z.object({ avis: Avis.nullable(), retours: z.array(RetourRecu), observations: z.array(Observation) }),
  },
  'observations.repondre': { input: z.strictObject({ id: texte, texte: texte.min(1) }), output: Observation },
  'observations.accepter': { input: z.strictObject({ id: texte }), output: Observation },
  'modifications.lister': {
    input: z.strictObject({ de: entier.min(1).optional(), a: entier.min(1).optional() }),
    output: z.object({ modifications: z.array(Modification) }),
  },

  /**
   * D'où vient un chiffre. `sujet` : un nom de champ (`organisme/psp/date`, `engagement/…`, `reference/…`) ;
   * `etat/<logements|ensembles|qpv|horsQpv|qpvInconnu|sortis|vacants>` ou `etat/<famille|financement|dpe|annee|type|pieces|commune|epci|departement>/<clé>` ;
   * `loyers/<maille>/<code>/<SH|SU|SC>/<loyerM2|loyerMaxM2|ecartM2|loues|surface|loyerMensuel>` ; `ensemble/<id>`.
   */
  'explication.lire': { input: z.strictObject({ sujet: texte }), output: Explication },
  'journal.lire': {
    input: z.strictObject({ decalage: entier.min(0), nombre: entier.min(1).max(500) }),
    output: z.object({
      total: entier,
      lignes: z.array(
        z.object({ quand: texte, qui: texte, champ: texte, libelle: texte, avant: texte.nullable(), apres: texte.nullable() }),
      ),
    }),
  },
} as const;

export type Contract = typeof contract;
export type Operation = keyof Contract;
/** Ce que l'appelant donne (avant les valeurs par défaut). */
export type Entree<O extends Operation> = z.input<Contract[O]['input']>;
/** Ce que le service reçoit, une fois l'entrée analysée. */
export type EntreeLue<O extends Operation> = z.output<Contract[O]['input']>;
export type Sortie<O extends Operation> = z.output<Contract[O]['output']>;

export type Progres = { etape: string; fait: number; total: number | null };
