import { champsDemonstration } from './demonstration.ts';

/** Dates de la procédure fictive, celles de son calendrier. */
const date = (champ: string): string => champsDemonstration[champ] ?? '';

/** Ce que le bailleur fictif a fait de l'association et de la concertation ; tout y est inventé. */
export const associationDemonstration = {
  rattachement: { nom: date('organisme/rattachement'), motif: 'Rattachement de l’office (fictif)' },
  /** Établissement dit autorité organisatrice de l'habitat, et parc social de son ressort : fictifs. */
  aoh: { code: 'epci-200054807', parcSocial: '12 000', parcSource: 'Chiffre fictif de démonstration' },
  deliberation: date('calendrier/transmission-deliberation'),
  elements: date('calendrier/transmission-elements'),
  reunion: date('calendrier/reunion-association'),
  psp: date('organisme/psp/transmission'),
  mode: 'courriel avec accusé de réception',
  reponses: [
    { personne: 'dep-13', objet: 'demande-signature', date: '2025-05-05', texte: 'Le département demande à signer la convention.' },
    { personne: 'epci-200054807', objet: 'accord', date: '2025-06-20', texte: 'Accord pour signer.' },
    { personne: 'dep-83', objet: 'avis', date: '2025-07-24', texte: 'Avis favorable ; souhaite une part plus forte de production hors quartier prioritaire.' },
  ],
  orientations: { code: 'dep-13', texte: 'Réhabiliter en priorité les ensembles classés F et G.\nProduire hors quartier prioritaire, près des transports.' },
  acteurs: [
    { nom: 'Association fictive des locataires du Littoral', qualite: 'association-affiliee', affiliation: 'Confédération fictive' },
    { nom: 'Collectif fictif des résidents', qualite: 'association-10', affiliation: '' },
    { nom: 'Dominique Exemple', qualite: 'administrateur', affiliation: '' },
  ],
  reunions: [
    { date: '2025-06-12', objets: ['service-rendu'], participants: 'Les deux associations, trois administrateurs élus', texte: 'Présentation de la grille et des notes par résidence.' },
    { date: date('calendrier/concertation-locative'), objets: ['gestion-sociale'], participants: 'Les deux associations', texte: 'Engagements d’attribution et prévention des impayés.' },
  ],
  bilan: 'Deux séances tenues dans le cadre du plan de concertation locative. Les associations ont demandé un suivi des délais de réponse aux réclamations, repris dans les engagements.',
} as const;
