import { pluriel } from '../nombres/accord.ts';

export type Repris = { libelle: string; nombre: number | null; precision: string };
/** `nombre` : ce que tient la convention d'avant et qui n'en passe pas ; `null` quand il ne se compte pas. */
export type Laisse = { libelle: string; nombre: number | null; raison: string };
export type Inventaire = { repris: Repris[]; laisses: Laisse[] };

/** `tables` : celles du dossier d'avant dont cette ligne parle. Chaque table doit être dite au moins une fois. */
type Dit<T> = T & { tables: readonly string[] };
export type Detail = { repris: Dit<Repris>[]; laisses: Dit<Laisse>[] };

/** Tables qui ne portent rien d'elles-mêmes : résumés refaits d'après les logements. */
export const TABLES_REFAITES: readonly string[] = ['resume_parc', 'resume_ensemble', 'resume_financement', 'resume_npl'];

/** Champs d'identité : ce qu'une convention dit de l'organisme passe dans la suivante. */
export const isChampRepris = (champ: string): boolean => champ.startsWith('organisme/');

const COMMUNS: readonly Dit<Laisse>[] = [
  { libelle: 'Date d’effet, délibérations, concertation', nombre: null, raison: 'Ce sont celles de la nouvelle procédure.', tables: ['champ'] },
  { libelle: 'Territoires et indicateurs demandés', nombre: null, raison: 'Le préfet signataire les demande pour chaque convention.', tables: ['champ'] },
  { libelle: 'Développements, seuil d’énergie, réponses et options', nombre: null, raison: 'À écrire pour la nouvelle convention.', tables: ['champ'] },
  {
    libelle: 'Cibles de la nouvelle convention', nombre: null,
    raison: 'Celles d’avant sont gardées en souvenir, dans l’inspecteur de chaque case ; aucune n’est reprise comme cible ni comme référence.', tables: ['engagement', 'reference'],
  },
  { libelle: 'Justifications, dépôts, Retours de l’État', nombre: null, raison: 'Ils restent dans la convention précédente.', tables: ['justification', 'depot', 'depot_copie', 'retour', 'observation', 'reponse'] },
];

export type ContenuDossier = {
  champs: number;
  logements: number;
  annees: readonly (number | null)[];
  ensembles: number;
  decides: number;
  origines: number;
  corrections: number;
  profils: number;
  grille: boolean;
  cibles: number;
  personnes: number;
  acteurs: number;
  /** Logements du plan de mise en vente : à vendre, et déjà vendus. */
  ventes: number;
  vendus: number;
  communesVente: number;
  valeursDefinies: number;
  echeance: boolean;
  /** Lignes de chaque table qui reste dans la convention d'avant. */
  restent: Readonly<Record<string, number>>;
};

const annee = (a: number | null): string => (a === null ? 'sans année' : String(a));
const somme = (c: ContenuDossier, tables: readonly string[]): number => tables.reduce((n, t) => n + (c.restent[t] ?? 0), 0);
/** Une ligne de ce qui reste, comptée d'après `comptees`, sinon d'après toutes ses tables. */
const reste = (c: ContenuDossier, libelle: string, tables: readonly string[], raison: string, comptees: readonly string[] = tables): Dit<Laisse> => ({ libelle, nombre: somme(c, comptees), raison, tables });

/** Ce qu'un dossier d'avant apporte, et ce qu'il n'apporte pas, avec les tables dont chaque ligne parle. */
export function detailDossier(c: ContenuDossier): Detail {
  const repris: (Dit<Repris> | null)[] = [
    { libelle: 'Identité de l’organisme', nombre: c.champs, precision: 'À vérifier : siège, contact, plan stratégique de patrimoine.', tables: ['champ'] },
    c.echeance ? { libelle: 'Échéance de la convention en cours', nombre: null, precision: 'Le dernier jour de la convention précédente, d’après sa date d’effet.', tables: [] } : null,
    {
      libelle: 'Logements', nombre: c.logements, precision: c.logements === 0 ? '' : `Déclaration ${[...new Set(c.annees.map(annee))].join(', ')} : elle devient le premier point des évolutions.`,
      tables: ['logement', 'declaration', 'import', 'anomalie'],
    },
    { libelle: 'Ensembles immobiliers', nombre: c.ensembles, precision: c.decides === 0 ? '' : `${pluriel(c.decides, 'décidé')} par l’organisme, avec son nom.`, tables: ['ensemble', 'groupe', 'regle_ensembles'] },
    { libelle: 'Organismes repris ou fusionnés', nombre: c.origines, precision: '', tables: ['origine'] },
    { libelle: 'Corrections faites à la main', nombre: c.corrections, precision: '', tables: ['correction'] },
    { libelle: 'Champs définis par l’organisme', nombre: c.valeursDefinies, precision: 'Avec leurs valeurs.', tables: ['champ_defini', 'valeur_definie'] },
    { libelle: 'Profils d’import', nombre: c.profils, precision: '', tables: ['profil_import'] },
    c.grille ? { libelle: 'Grille de service rendu', nombre: null, precision: 'Les notes, elles, sont à refaire.', tables: ['service_grille'] } : null,
    { libelle: 'Plan de mise en vente : logements non vendus', nombre: c.ventes, precision: 'Avec leur année, leur acquéreur et leur note : à revoir pour la nouvelle convention.', tables: ['vente'] },
    { libelle: 'Taux et situation des communes', nombre: c.communesVente, precision: 'Ceux de la convention précédente, avec leur source : à mettre à jour.', tables: ['vente_commune'] },
    { libelle: 'Décisions sur les personnes publiques', nombre: c.personnes, precision: 'Motifs, parc social des ressorts et orientations à vérifier ; les échanges, eux, sont à refaire.', tables: ['association_personne'] },
    { libelle: 'Associations et administrateurs de locataires', nombre: c.acteurs, precision: '', tables: ['concertation_acteur'] },
    { libelle: 'Cibles, en souvenir', nombre: c.cibles, precision: 'Visibles dans l’inspecteur, à côté des nouvelles.', tables: ['engagement', 'reference'] },
  ];
  const laisses: Dit<Laisse>[] = [
    { libelle: 'Logements vendus du plan de mise en vente', nombre: c.vendus, raison: 'La vente est faite : ils ne sont plus à vendre. Ils restent au plan de la convention précédente.', tables: ['vente'] },
    reste(c, 'Consultations sur le plan de mise en vente', ['vente_consultation'], 'Communes et garants se consultent sur le nouveau plan.'),
    reste(c, 'Scénarios de loyers', ['scenario_npl', 'choix_npl', 'choix_plafond'], 'La nouvelle politique des loyers part des loyers d’alors.', ['scenario_npl']),
    reste(c, 'Barèmes de plafonds, limites, indices et zonages', ['plafond_loyer', 'limite_loyer', 'irl', 'zone_commune', 'zonage'], 'À charger de nouveau, à l’année de la nouvelle convention.', ['plafond_loyer', 'limite_loyer', 'irl', 'zonage']),
    reste(c, 'Scénarios de cibles', ['scenario_cibles', 'cible_scenario'], 'Ils restent dans la convention précédente.', ['scenario_cibles']),
    reste(c, 'Échanges avec les personnes publiques', ['echange_association'], 'Ce sont ceux de la procédure précédente.'),
    reste(c, 'Réunions de la concertation', ['concertation_reunion'], 'Ce sont celles de la procédure précédente.'),
    reste(c, 'Attributions', ['attribution_lot', 'attribution'], 'Importer celles des trois années qui précèdent la nouvelle convention.', ['attribution']),
    reste(c, 'Objectifs d’attributions', ['objectif_attribution'], 'Ce sont ceux des conventions intercommunales d’alors.'),
    reste(c, 'Enquêtes d’occupation sociale', ['enquete', 'occupation_logement', 'occupation_ensemble'], 'Elles se mesurent de nouveau à la date de la nouvelle convention.', ['enquete']),
    reste(c, 'Notes de service rendu', ['service_note'], 'Elles se mesurent de nouveau à la date de la nouvelle convention.'),
    reste(c, 'Adresses situées', ['adresse_situee'], 'À situer de nouveau, d’après le fichier d’adresses du moment.'),
    reste(c, 'Repères posés à la main', ['repere'], 'Ils restent dans la convention précédente.'),
    reste(c, 'Choix des contours de quartiers', ['choix_qpv'], 'Les contours proposés sont les plus récents.'),
    { libelle: 'Déclarations plus anciennes', nombre: null, raison: 'Seule la dernière sert de point de départ.', tables: ['declaration', 'logement', 'import', 'anomalie'] },
    reste(c, 'Souvenir de la convention d’avant', ['precedent', 'engagement_precedent', 'ensemble_precedent'], 'Une convention ne se souvient que de celle d’où elle part.', ['precedent']),
    reste(c, 'Événements écrits dans un agenda', ['agenda_exporte'], 'La nouvelle convention écrit les siens.'),
    { libelle: 'Journal des modifications', nombre: null, raison: 'Il reste dans la convention précédente ; le nouveau dossier commence le sien.', tables: ['journal', 'operation', 'operation_avant', 'operation_apres'] },
    ...COMMUNS,
  ];
  return { repris: repris.flatMap((r) => (r === null || r.nombre === 0 ? [] : r)), laisses: laisses.filter((l) => l.nombre !== 0) };
}

export const inventoryDossier = (c: ContenuDossier): Inventaire => taire(detailDossier(c));

export type ContenuPaquet = {
  origines: number; champs: number; ensembles: number; logements: number; cibles: number; echeance: boolean;
  /** Logements du plan, dont ceux qui sont vendus. */
  ventes: number; vendus: number;
  communesVente: number; consultations: number; personnes: number; attributions: number; enquetes: number; notes: number; npl: boolean;
};

/** Ce qu'un paquet apporte : des chiffres et des textes, jamais les logements. */
export function inventoryPaquet(c: ContenuPaquet): Inventaire {
  const repris: (Repris | null)[] = [
    { libelle: 'Identité de l’organisme', nombre: c.champs, precision: 'À vérifier : siège, contact, plan stratégique de patrimoine.' },
    c.echeance ? { libelle: 'Échéance de la convention en cours', nombre: null, precision: 'Le dernier jour de la convention précédente, d’après sa date d’effet.' } : null,
    { libelle: 'Noms des ensembles immobiliers', nombre: c.ensembles, precision: 'Rendus, à l’import, aux ensembles de même identifiant.' },
    { libelle: 'Chiffres de l’état des lieux', nombre: null, precision: `${pluriel(c.logements, 'logement')} : un point des évolutions.` },
    { libelle: 'Cibles, en souvenir', nombre: c.cibles, precision: 'Visibles dans l’inspecteur, à côté des nouvelles.' },
  ];
  const laisses: Laisse[] = [
    { libelle: 'Logements', nombre: null, raison: 'Un paquet n’en contient pas : importer la déclaration RPLS.' },
    { libelle: 'Organismes repris ou fusionnés', nombre: c.origines, raison: `${pluriel(c.origines, 'organisme')} à déclarer de nouveau dans Organisme, avant d’importer ses logements.` },
    { libelle: 'Plan de mise en vente', nombre: c.ventes, raison: `${c.vendus === 0 ? '' : `Dont ${pluriel(c.vendus, 'vendu')}. `}Sans les logements, il ne se reprend pas. La liste est dans plan-de-mise-en-vente.xlsx, feuille « Logements » : après l’import de la déclaration RPLS, elle s’importe, seule dans un fichier, dans Ventes.` },
    { libelle: 'Taux et situation des communes', nombre: c.communesVente, raison: 'À charger de nouveau, à jour, dans Ventes.' },
    { libelle: 'Consultations sur le plan de mise en vente', nombre: c.consultations, raison: 'Communes et garants se consultent sur le nouveau plan.' },
    { libelle: 'Personnes publiques et échanges', nombre: c.personnes, raison: 'Le parc importé les propose de nouveau ; motifs, parc social des ressorts et orientations sont à saisir dans Associés.' },
    { libelle: 'Attributions', nombre: c.attributions, raison: 'Importer celles des trois années qui précèdent la nouvelle convention.' },
    { libelle: 'Enquêtes d’occupation sociale', nombre: c.enquetes, raison: 'Elles se mesurent de nouveau à la date de la nouvelle convention.' },
    { libelle: 'Notes de service rendu', nombre: c.notes, raison: 'Elles se mesurent de nouveau à la date de la nouvelle convention.' },
    ...(c.npl ? [{ libelle: 'Politique des loyers et barèmes', nombre: null, raison: 'La nouvelle politique des loyers part des loyers d’alors.' }] : []),
    { libelle: 'Ensembles fusionnés ou scindés à la main', nombre: null, raison: 'Leur composition n’est pas dans le paquet : la refaire dans Patrimoine.' },
    { libelle: 'Corrections, champs définis, positions, profils d’import, scénarios, grille de service rendu, acteurs de la concertation', nombre: null, raison: 'Ils ne sont que dans le dossier .cus.' },
    ...taire({ repris: [], laisses: [...COMMUNS] }).laisses,
  ];
  return { repris: repris.flatMap((r) => (r === null || r.nombre === 0 ? [] : r)), laisses: laisses.filter((l) => l.nombre !== 0) };
}

/** L'inventaire à lire : les tables ne regardent que le dossier. */
const taire = ({ repris, laisses }: Detail): Inventaire => ({
  repris: repris.map(({ tables: _, ...r }) => r),
  laisses: laisses.map(({ tables: _, ...l }) => l),
});
