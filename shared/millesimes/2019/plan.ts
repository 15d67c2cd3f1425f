import type { Chapitre } from '../types.ts';

/** Plan proposé, dans l'ordre de L445-1 et R445-2 ; aucun texte n'impose cette numérotation. */
export const plan: readonly Chapitre[] = [
  { numero: '0', titre: 'Parties, visas, durée, délibérations, signataires', articles: ['L445-1', 'R*445-1', 'R445-2-2', 'R445-2-3', 'R445-2-6'], condition: null },
  { numero: '1', titre: 'L’organisme, ses territoires, le cadre stratégique de groupe', articles: ['L423-1-1', 'R445-2'], condition: null },
  { numero: '2', titre: 'État des lieux', articles: ['L445-1', 'R445-2', 'R445-3'], condition: null },
  { numero: '2.1', titre: 'Patrimoine par ensemble immobilier', articles: ['R445-3'], condition: null },
  { numero: '2.2', titre: 'Occupation sociale, en QPV et hors QPV', articles: ['L445-1', 'R445-3'], condition: null },
  { numero: '2.3', titre: 'Service rendu aux locataires', articles: ['L445-1', 'R445-3', 'R445-2-7'], condition: null },
  { numero: '2.4', titre: 'Loyers', articles: ['L445-2', 'L445-3', 'R445-8'], condition: 'Si l’organisme fixe une nouvelle politique des loyers' },
  { numero: '3', titre: 'Politique patrimoniale et d’investissement', articles: ['L445-1', 'R445-5', 'R445-5-3'], condition: null },
  { numero: '4', titre: 'Politique sociale et gestion sociale', articles: ['R445-5', 'R445-5-1', 'R445-6'], condition: null },
  { numero: '5', titre: 'Qualité du service rendu et performance de la gestion', articles: ['R445-5', 'R445-5-5'], condition: null },
  { numero: '6', titre: "Partenariats, accompagnement et hébergement", articles: ['L445-1', 'R445-5-4'], condition: null },
  { numero: '7', titre: 'Accession', articles: ['L445-1', 'R445-15'], condition: 'Si l’organisme mène une politique d’accession' },
  { numero: '8', titre: 'Logements-foyers', articles: ['R445-24', 'R445-36'], condition: 'Si l’organisme détient des logements-foyers' },
  { numero: '9', titre: 'Concertation locative, politique sociale et environnementale', articles: ['L445-1', 'R445-2', 'R445-2-7'], condition: null },
  { numero: '10', titre: 'Nouvelle politique des loyers', articles: ['L445-2', 'L445-3'], condition: 'Si l’organisme en fixe une' },
  { numero: '11', titre: 'Suivi et évaluation', articles: ['R445-2-8', 'R445-2-9'], condition: null },
  { numero: 'A', titre: 'Annexes : tableaux d’engagements, données territorialisées, ensembles, logements à vendre, concertation, association', articles: ['R445-5-2', 'R445-3', 'L445-1'], condition: null },
];
