import { Building2, ClipboardCheck, House, Landmark, Map, MessagesSquare, Star, Tags, Target, Users, type LucideIcon } from 'lucide-react';

/** Les étapes que la fenêtre sait montrer, dans l'ordre du rail. */
export const ETAPES = ['organisme', 'patrimoine', 'occupation', 'service-rendu', 'loyers', 'engagements', 'ventes', 'associes', 'controle', 'echanges'] as const;
export type EtapeId = (typeof ETAPES)[number];

export const LIBELLES: Record<EtapeId, string> = {
  organisme: 'Organisme et calendrier',
  patrimoine: 'Patrimoine',
  occupation: 'Occupation sociale',
  'service-rendu': 'Service rendu',
  loyers: 'Loyers',
  engagements: 'Engagements',
  ventes: 'Ventes',
  associes: 'Associés',
  controle: 'Contrôle et dépôt',
  echanges: 'Échanges',
};

export const ICONES: Record<EtapeId, LucideIcon> = {
  organisme: Building2,
  patrimoine: House,
  occupation: Users,
  'service-rendu': Star,
  loyers: Map,
  engagements: Target,
  ventes: Tags,
  associes: Landmark,
  controle: ClipboardCheck,
  echanges: MessagesSquare,
};

export function estEtape(texte: string): texte is EtapeId {
  return ETAPES.some((e) => e === texte);
}

/** L'étape où se corrige un champ, d'après le premier segment de son nom stable. */
export function etapeDuChamp(champ: string): EtapeId {
  const racine = champ.split('/')[0] ?? '';
  switch (racine) {
    case 'engagement':
    case 'engagements':
    case 'reference':
    case 'options':
    case 'attributions':
    case 'attributions-lignes':
    case 'developpement':
    case 'scenario-cibles':
      return 'engagements';
    case 'patrimoine':
    case 'logement':
    case 'logements':
    case 'ensemble':
    case 'ensembles':
    case 'etat':
    case 'import':
    case 'qpv':
    case 'positions':
      return 'patrimoine';
    case 'occupation':
      return 'occupation';
    case 'service-rendu':
      return 'service-rendu';
    case 'loyer':
    case 'loyers':
    case 'npl':
      return 'loyers';
    case 'ventes':
      return 'ventes';
    case 'association':
    case 'concertation':
      return 'associes';
    case 'depot':
    case 'controle':
      return 'controle';
    case 'observation':
    case 'retour':
      return 'echanges';
    default:
      return 'organisme';
  }
}
