import type { RegleAssociation } from '../types.ts';

/** L445-1 (alinéas 3 et 4), R445-2-4, R445-2-5, R445-2-7, D445-1-1 : qui est associé, qui signe, quand. */
export const association: RegleAssociation = {
  natures: [
    { nature: 'epci', libelle: 'Établissement public de coopération intercommunale', court: 'EPCI', article: 'L445-1' },
    { nature: 'ept', libelle: 'Établissement public territorial du Grand Paris', court: 'EPT', article: 'L445-1' },
    { nature: 'paris', libelle: 'Commune de Paris', court: 'Commune', article: 'L445-1' },
    { nature: 'metropole-lyon', libelle: 'Métropole de Lyon', court: 'Collectivité', article: 'L445-1' },
    { nature: 'departement', libelle: 'Département', court: 'Département', article: 'L445-1' },
    { nature: 'commune', libelle: 'Commune compétente pour le programme local de l’habitat', court: 'Commune', article: 'L445-1' },
    { nature: 'autre', libelle: 'Autre personne publique', court: 'Autre', article: 'L445-1' },
    { nature: 'etat', libelle: 'État', court: 'État', article: 'R*445-1' },
  ],
  rattachement: {
    libelle: 'Rattachement de l’office',
    article: 'L445-1',
    texte: 'Signataire des conventions conclues par les organismes qui lui sont rattachés.',
    natures: ['OPH'],
    champ: 'organisme/rattachement',
  },
  aoh: {
    libelle: 'Autorité organisatrice de l’habitat, 5 % du parc social',
    article: 'L445-1',
    texte: 'Signataire des conventions des organismes possédant au moins 5 % des logements du parc social situé dans son ressort territorial ; peut y renoncer.',
    natures: ['epci'],
    reconnaissance: 'L301-5-1-3',
    part: { numerateur: 5, denominateur: 100 },
    renonciation: { article: 'D445-1-1', delai: 'renonciation-aoh' },
  },
  demande: {
    libelle: 'À sa demande',
    article: 'L445-1',
    texte: 'Peut être signataire, à sa demande ; l’absence de sa signature ne fait pas obstacle à la conclusion.',
    delai: 'signataires',
  },
  associee: {
    libelle: 'Associée',
    article: 'R445-2-5',
    texte: 'Associée à l’élaboration des stipulations relatives aux immeubles situés sur son territoire ; peut demander à signer.',
  },
  reunion: 'reunion',
  elements: {
    article: 'R445-2-5',
    ventes: 'Ce que l’organisme prévoit d’aliéner (L445-1). Ni identifiant, ni occupation, ni vente déjà faite n’y figure (R411-5).',
  },
  plusLarge: {
    article: 'R445-5',
    texte: 'Le préfet signataire peut demander que certains indicateurs soient déclinés à l’échelle des collectivités territoriales et des groupements qu’il identifie.',
  },
  exclusions: [
    { territoire: 'dep-69', sans: 'epci-200046977', texte: 'Hors la métropole de Lyon, que L445-1 nomme à part.', article: 'L445-1' },
    { territoire: 'dep-75', sans: 'com-75056', texte: 'La commune de Paris, que L445-1 nomme à part.', article: 'L445-1' },
  ],
  aConfirmer: [
    { territoires: ['dep-67', 'dep-68'], texte: 'Collectivité européenne d’Alsace : un seul interlocuteur pour les deux départements, à confirmer.' },
    { territoires: ['dep-2A', 'dep-2B'], texte: 'Collectivité de Corse : un seul interlocuteur pour les deux départements, à confirmer.' },
    {
      territoires: ['dep-975', 'dep-977', 'dep-978', 'dep-984', 'dep-986', 'dep-987', 'dep-988', 'dep-989'],
      texte: 'Collectivité d’outre-mer, et non un département : l’application de L445-1 et l’interlocuteur sont à confirmer.',
    },
    { territoires: ['dep-972', 'dep-973'], texte: 'Collectivité unique au lieu d’un département : interlocuteur à confirmer.' },
  ],
  champs: {
    concertation: 'calendrier/concertation-locative',
    bilan: 'concertation/bilan',
    suites: ['calendrier/deliberation-adoption', 'calendrier/depot', 'calendrier/signature'],
    faits: [
      'organisme/psp/transmission', 'calendrier/deliberation-lancement', 'calendrier/transmission-deliberation', 'calendrier/transmission-elements',
      'calendrier/reunion-association', 'calendrier/concertation-locative', 'calendrier/deliberation-adoption',
    ],
  },
  objets: [
    { code: 'deliberation', sens: 'envoi', libelle: 'Délibération de lancement, avec l’information sur la qualité de signataire', article: 'R445-2-4', avec: ['etat', 'personnes'], champ: 'calendrier/transmission-deliberation' },
    { code: 'psp', sens: 'envoi', libelle: 'Plan stratégique de patrimoine et sa délibération', article: 'R445-2-2', avec: ['etat'], champ: 'organisme/psp/transmission' },
    { code: 'elements', sens: 'envoi', libelle: 'États des lieux, orientations stratégiques, programmes d’actions', article: 'R445-2-5', avec: ['personnes'], champ: 'calendrier/transmission-elements' },
    { code: 'convocation', sens: 'envoi', libelle: 'Invitation à la réunion', article: 'R445-2-5', avec: ['personnes'], champ: null },
    { code: 'autre-envoi', sens: 'envoi', libelle: 'Autre envoi', article: '', avec: ['etat', 'personnes'], champ: null },
    { code: 'reunion', sens: 'reunion', libelle: 'Réunion de présentation et d’échanges', article: 'R445-2-5', avec: ['personnes'], champ: 'calendrier/reunion-association' },
    { code: 'demande-signature', sens: 'recu', libelle: 'Demande d’être signataire', article: 'R445-2-4', avec: ['personnes'], champ: null },
    { code: 'renonciation', sens: 'recu', libelle: 'Renonciation à être signataire', article: 'D445-1-1', avec: ['personnes'], champ: null },
    { code: 'accord', sens: 'recu', libelle: 'Accord pour signer', article: 'L445-1', avec: ['personnes'], champ: null },
    { code: 'avis', sens: 'recu', libelle: 'Avis ou observations', article: 'R445-2-5', avec: ['personnes'], champ: null },
    { code: 'precisions', sens: 'recu', libelle: 'Précisions sur les enjeux et objectifs de l’État', article: 'R445-2-5', avec: ['etat'], champ: null },
    { code: 'autre-recu', sens: 'recu', libelle: 'Autre réponse', article: '', avec: ['etat', 'personnes'], champ: null },
  ],
  concertation: {
    article: 'R445-2-7',
    acteurs: [
      { code: 'association-affiliee', libelle: 'Association représentée dans le patrimoine, affiliée à une organisation nationale' },
      { code: 'association-10', libelle: 'Association ayant obtenu plus de 10 % des suffrages exprimés' },
      { code: 'administrateur', libelle: 'Administrateur élu représentant des locataires' },
    ],
    objets: [
      { code: 'service-rendu', libelle: 'État du service rendu' },
      { code: 'gestion-sociale', libelle: 'Engagements de gestion sociale' },
    ],
    texte:
      'L’état du service rendu et les engagements de gestion sociale font l’objet d’une concertation avec les associations de locataires représentées dans le patrimoine et affiliées à une organisation siégeant à la Commission nationale de concertation, au Conseil national de l’habitat ou au Conseil national de la consommation, celles ayant obtenu plus de 10 % des suffrages exprimés aux dernières élections, et les administrateurs élus représentants des locataires.',
  },
};
