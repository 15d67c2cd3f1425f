/** Familles de financement : regroupement proposé par l'application, aucun texte n'en fixe (table modifiable). */
export const FAMILLES = ['PLAI', 'PLUS', 'PLS', 'PLI', 'AUTRE', 'AVANT_1977', 'INCONNU'] as const;
export type Famille = (typeof FAMILLES)[number];

export const FAMILLE_DE_FINAN: Readonly<Record<string, Famille>> = {
  '10': 'PLAI', '11': 'PLAI',
  '12': 'PLUS', '13': 'PLUS',
  '14': 'PLS',
  '16': 'PLI',
  '15': 'AUTRE', '17': 'AUTRE', '49': 'AUTRE',
  '50': 'AVANT_1977', '51': 'AVANT_1977', '52': 'AVANT_1977', '53': 'AVANT_1977', '54': 'AVANT_1977', '55': 'AVANT_1977', '99': 'AVANT_1977',
};

export const LIBELLE_FAMILLE: Readonly<Record<Famille, string>> = {
  PLAI: 'PLAI', PLUS: 'PLUS', PLS: 'PLS', PLI: 'PLI', AUTRE: 'Autre', AVANT_1977: 'Avant 1977', INCONNU: 'Inconnu',
};

/** Famille d'un code FINAN en texte ; « INCONNU » quand il est absent. */
export function familleDe(finan: string): Famille {
  return FAMILLE_DE_FINAN[finan] ?? 'INCONNU';
}
