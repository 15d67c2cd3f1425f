import type { EntreeControles } from '../../../shared/domain/controles/types.ts';
import { isExigee, readSaisies } from '../../../shared/domain/engagements/lecture.ts';
import type { Matrice } from '../../../shared/domain/engagements/matrice.ts';
import { matriceDe, millesime, stockDe } from '../engagements/exemple.ts';

export const CHAMPS = {
  'organisme/siren': '732829320',
  'organisme/nom': 'Habitat du Littoral',
  'organisme/nature': 'OPH',
  'organisme/siege/commune': '13055',
  'organisme/psp/date': '2024-03-01',
  'calendrier/date-effet': '2026-07-01',
  'calendrier/deliberation-lancement': '2025-06-01',
  'calendrier/transmission-deliberation': '2025-06-15',
  'calendrier/deliberation-adoption': '2025-12-01',
};

const MARSEILLE = { code: '13055', nom: 'Marseille' };

/** Une valeur cohérente dans chaque cellule exigée. */
export function saisiesCompletes(matrice: Matrice): Map<string, string> {
  const saisies = new Map<string, string>();
  for (const [champ, { ligne }] of matrice.index) {
    if (!isExigee(matrice, champ, readSaisies(new Map()))) continue;
    saisies.set(champ, ligne.ventilation.formes.includes('pourcentage') ? '25 %' : '100');
  }
  return saisies;
}

/** Un dossier auquel rien ne manque. */
export function dossierComplet(): EntreeControles & { saisies: Map<string, string>; justifications: Map<string, string> } {
  const matrice = matriceDe();
  return {
    millesime,
    aujourdhui: '2026-03-12',
    champs: { ...CHAMPS },
    constates: {},
    matrice,
    saisies: saisiesCompletes(matrice),
    parc: {
      logements: 1500,
      stockDe,
      departements: [
        { code: 'dep-13', nom: 'Bouches-du-Rhône', logements: 1000 },
        { code: 'dep-83', nom: 'Var', logements: 500 },
      ],
      ensemblesSansAdresse: [],
    },
    communes: {
      trouver: (code) => ({ '13055': MARSEILLE, '13201': MARSEILLE })[code] ?? null,
      duParc: [MARSEILLE, { code: '83137', nom: 'Toulon' }, { code: '30258', nom: 'Saint-Gilles' }, { code: '35275', nom: 'Saint-Gilles' }],
    },
    import: { rejetees: 0, remarques: [] },
    npl: null,
    observations: { ouvertes: 0 },
    justifications: new Map(),
  };
}
