import type { Forme, RegleTerritoires, Unite, Ventilation } from '../types.ts';

export const DEPARTEMENTS: RegleTerritoires = {
  base: 'departements',
  champ: null,
  surDemande: 'options/territoires-demandes',
  sansImmeuble: {
    article: 'R445-5',
    texte: 'à l’échelle des collectivités et groupements du troisième alinéa de L445-1 que le préfet identifie, R445-5 ne décline {indicateurs} que « lorsque la convention est relative à des immeubles situés sur leur territoire »',
    lecture: 'lecture d’Atelier CUS : un territoire sans logement au parc est tenu pour un territoire sans immeuble, sauf pour l’indicateur que le préfet y demande nommément',
  },
  texte:
    'Décliné à l’échelle des départements ainsi que, à la demande du préfet signataire, des collectivités et groupements qu’il identifie parmi ceux du troisième alinéa de L445-1.',
  article: 'R445-5',
};
export const IDENTIFIES: RegleTerritoires = {
  base: 'identifies',
  champ: null,
  surDemande: null,
  sansImmeuble: null,
  texte:
    'Décliné, à la demande du préfet signataire, à l’échelle de chaque département qu’il identifie et des collectivités et groupements qu’il identifie parmi ceux du troisième alinéa de L445-1.',
  article: 'R445-5-1',
};

const TOUTES: readonly Forme[] = ['nombre', 'pourcentage', 'fraction'];

export const total: Ventilation = {
  code: 'total',
  libelle: 'Total',
  obligatoire: true,
  formes: TOUTES,
  partDe: null,
  sommeDe: [],
  accompagnement: null,
};
export const horsQpv: Ventilation = {
  code: 'hors-qpv',
  libelle: 'dont part hors QPV',
  obligatoire: true,
  formes: TOUTES,
  partDe: 'total',
  sommeDe: [],
  accompagnement: null,
};

export function mode(code: string, libelle: string): Ventilation[] {
  return [
    { code, libelle, obligatoire: true, formes: ['nombre'], partDe: null, sommeDe: [], accompagnement: null },
    {
      code: `${code}.hors-qpv`,
      libelle: `${libelle}, dont part hors QPV`,
      obligatoire: true,
      formes: TOUTES,
      partDe: code,
      sommeDe: [],
      accompagnement: null,
    },
    {
      code: `${code}.hors-ru`,
      libelle: `${libelle}, dont part hors rénovation urbaine`,
      obligatoire: true,
      formes: TOUTES,
      partDe: code,
      sommeDe: [],
      accompagnement: null,
    },
  ];
}

export const UNITE_INCERTAINE =
  'Nombre ou pourcentage : l’annexe 1 de l’arrêté du 19 octobre 2017 qui le précise n’a pas été obtenue.';
export const REFERENCE_INCERTAINE =
  'Définition de la référence historique (année ou moyenne) : dans l’annexe 1 de l’arrêté du 19 octobre 2017, non obtenue.';
export const PARC_INCERTAIN =
  '« Parc total » : les textes lus ne disent pas s’il est fixé à la signature ou relevé chaque année au 31 décembre.';
export const PART_INCERTAINE =
  "Dénominateur de la part hors QPV (total des attributions, ou attributions aux ménages visés) : non précisé par le texte lu.";

export const commun = {
  table: 'locatif',
  alias: [] as readonly string[],
  obligatoire: true,
  entier: true,
  partDuDenominateur: true,
  cumul: null,
  transmissionAnnuelle: null,
  references: [],
  accompagnement: null,
} as const;

/** Donnée chiffrée qui accompagne un indicateur : un nombre, jamais exigé pour déposer. */
export const accompagne = (code: string, libelle: string, unite: Unite, article: string, partDe: string | null = null): Ventilation => ({
  code, libelle, obligatoire: false, formes: ['nombre'], partDe, sommeDe: [], accompagnement: { unite, article },
});
