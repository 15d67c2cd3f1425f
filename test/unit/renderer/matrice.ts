import type { Cellule, Ligne, Matrice } from '../../../renderer/features/engagements/rangees.ts';

/** Une matrice d'écran : deux politiques, un indicateur à deux ventilations, un autre sur deux territoires. */
export function cellule(champ: string, horizon: string, suite: Partial<Cellule> = {}): Cellule {
  return {
    champ,
    horizon,
    saisie: null,
    reference: null,
    valeur: null,
    pourcentage: null,
    numerateur: null,
    denominateur: null,
    commentaire: null,
    obligatoire: true,
    denominateurPropose: null,
    observations: 0,
    constats: [],
    ...suite,
  };
}

export function ligne(indicateur: string, politique: string, territoire: string, ventilation: string, horizons: readonly string[]): Ligne {
  return {
    indicateur,
    politique,
    libelle: `Libellé de ${indicateur}`,
    article: 'R445-5', surDemande: false,
    unite: 'logements',
    territoire,
    nomTerritoire: territoire === 'dep-13' ? 'Bouches-du-Rhône (13)' : territoire,
    ventilation,
    libelleVentilation: ventilation === 'total' ? 'Total' : ventilation,
    champReference: `reference/${indicateur}/${territoire}/${ventilation}`,
    reference: null, constatsReference: [], aNommer: null,
    cellules: horizons.map((h) => cellule(`engagement/${indicateur}/${territoire}/${h}/${ventilation}`, h)),
  };
}

export function matrice(): Matrice {
  return {
    colonnes: [
      { horizon: '2026', libelle: '2026' },
      { horizon: '2027', libelle: '2027' },
      { horizon: '3ans', libelle: '3 ans (fin 2028)' },
    ],
    lignes: [
      ligne('PP-1', 'Patrimoine', 'dep-13', 'total', ['3ans']),
      ligne('PP-1', 'Patrimoine', 'dep-13', 'plai', ['3ans']),
      ligne('PS-2', 'Sociale', 'dep-06', 'total', ['2026', '2027']),
      ligne('PS-2', 'Sociale', 'dep-13', 'total', ['2026', '2027']),
    ],
    developpements: {},
    attendus: 6,
    renseignes: 0,
  };
}
