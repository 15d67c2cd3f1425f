import { pluriel } from '../nombres/accord.ts';

export type Repris = { libelle: string; nombre: number | null; precision: string };
export type Laisse = { libelle: string; raison: string };
export type Inventaire = { repris: Repris[]; laisses: Laisse[] };

/** Champs d'identité : ce qu'une convention dit de l'organisme passe dans la suivante. */
export const isChampRepris = (champ: string): boolean => champ.startsWith('organisme/');

const CIBLES: Laisse = {
  libelle: 'Cibles de la nouvelle convention',
  raison: 'Celles d’avant sont gardées en souvenir, dans l’inspecteur de chaque case ; aucune n’est reprise comme cible ni comme référence.',
};
const COMMUNS: readonly Laisse[] = [
  { libelle: 'Date d’effet, délibérations, concertation', raison: 'Ce sont celles de la nouvelle procédure.' },
  { libelle: 'Territoires et indicateurs demandés', raison: 'Le préfet signataire les demande pour chaque convention.' },
  CIBLES,
  { libelle: 'Justifications, dépôts, Retours de l’État', raison: 'Ils restent dans la convention précédente.' },
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
  echeance: boolean;
};

const annee = (a: number | null): string => (a === null ? 'sans année' : String(a));

/** Ce qu'un dossier d'avant apporte, et ce qu'il n'apporte pas ; ce qui est à zéro ne se dit pas. */
export function inventoryDossier(c: ContenuDossier): Inventaire {
  const repris: (Repris | null)[] = [
    { libelle: 'Identité de l’organisme', nombre: c.champs, precision: 'À vérifier : siège, contact, plan stratégique de patrimoine.' },
    c.echeance ? { libelle: 'Échéance de la convention en cours', nombre: null, precision: 'Le terme de la convention précédente, d’après sa date d’effet.' } : null,
    { libelle: 'Logements', nombre: c.logements, precision: c.logements === 0 ? '' : `Déclaration ${[...new Set(c.annees.map(annee))].join(', ')} : elle devient le premier point des évolutions.` },
    { libelle: 'Ensembles immobiliers', nombre: c.ensembles, precision: c.decides === 0 ? '' : `${pluriel(c.decides, 'décidé')} par l’organisme, avec son nom.` },
    { libelle: 'Organismes repris ou fusionnés', nombre: c.origines, precision: '' },
    { libelle: 'Corrections faites à la main', nombre: c.corrections, precision: '' },
    { libelle: 'Profils d’import', nombre: c.profils, precision: '' },
    c.grille ? { libelle: 'Grille de service rendu', nombre: null, precision: 'Les notes, elles, sont à refaire.' } : null,
    { libelle: 'Décisions sur les personnes publiques', nombre: c.personnes, precision: 'Motifs, parc social des ressorts et orientations à vérifier ; les échanges, eux, sont à refaire.' },
    { libelle: 'Associations et administrateurs de locataires', nombre: c.acteurs, precision: '' },
    { libelle: 'Cibles, en souvenir', nombre: c.cibles, precision: 'Visibles dans l’inspecteur, à côté des nouvelles.' },
  ];
  return {
    repris: repris.flatMap((r) => (r === null || r.nombre === 0 ? [] : r)),
    laisses: [
      ...COMMUNS,
      { libelle: 'Déclarations plus anciennes', raison: 'Seule la dernière sert de point de départ.' },
      { libelle: 'Occupation sociale, notes de service rendu, positions', raison: 'Elles se mesurent de nouveau à la date de la nouvelle convention.' },
      { libelle: 'Attributions, objectifs d’attributions', raison: 'Importer celles des trois années qui précèdent la nouvelle convention ; les objectifs sont ceux des conventions intercommunales d’alors.' },
    ],
  };
}

export type ContenuPaquet = { origines: number; champs: number; ensembles: number; logements: number; cibles: number; echeance: boolean };

/** Ce qu'un paquet apporte : des chiffres et des textes, jamais les logements. */
export function inventoryPaquet(c: ContenuPaquet): Inventaire {
  const repris: (Repris | null)[] = [
    { libelle: 'Identité de l’organisme', nombre: c.champs, precision: 'À vérifier : siège, contact, plan stratégique de patrimoine.' },
    c.echeance ? { libelle: 'Échéance de la convention en cours', nombre: null, precision: 'Le terme de la convention précédente, d’après sa date d’effet.' } : null,
    { libelle: 'Noms des ensembles immobiliers', nombre: c.ensembles, precision: 'Rendus, à l’import, aux ensembles de même identifiant.' },
    { libelle: 'Chiffres de l’état des lieux', nombre: null, precision: `${pluriel(c.logements, 'logement')} : un point des évolutions.` },
    { libelle: 'Cibles, en souvenir', nombre: c.cibles, precision: 'Visibles dans l’inspecteur, à côté des nouvelles.' },
  ];
  return {
    repris: repris.flatMap((r) => (r === null || r.nombre === 0 ? [] : r)),
    laisses: [
      { libelle: 'Logements', raison: 'Un paquet n’en contient pas : importer la déclaration RPLS.' },
      ...(c.origines === 0 ? [] : [{ libelle: 'Organismes repris ou fusionnés', raison: `${pluriel(c.origines, 'organisme')} à déclarer de nouveau dans Organisme, avant d’importer ses logements.` }]),
      { libelle: 'Ensembles fusionnés ou scindés à la main', raison: 'Leur composition n’est pas dans le paquet : la refaire dans Patrimoine.' },
      { libelle: 'Corrections, profils d’import, grille de service rendu', raison: 'Ils ne sont que dans le dossier .cus.' },
      ...COMMUNS,
    ],
  };
}
