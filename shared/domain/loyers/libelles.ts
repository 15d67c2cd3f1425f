/** Pourquoi un logement n'entre pas dans une moyenne de loyer ; se lit après un nombre ou seul. */
const EXCLUS: Readonly<Record<string, string>> = {
  'non-loue': 'logements non loués',
  'occupation-inconnue': 'logements dont l’occupation n’est pas connue',
  'sans-loyer': 'logements loués sans loyer déclaré',
  'autre-surface': 'logements loués dont le loyer porte sur une autre surface',
  'sans-surface': 'logements loués sans surface',
};

export const libelleExclus = (raison: string): string => EXCLUS[raison] ?? raison;
