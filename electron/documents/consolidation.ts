import { missingCase } from '../../shared/erreurs.ts';
import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import type { Cellule, Colonne, Feuille } from './classeur.ts';
import { libelleHorizon } from './libelles.ts';

type Ligne = NonNullable<DonneesPaquet['consolidation']>[number];

export const OBJET_CONSOLIDATION = 'Ce que valent pour l’organisme les engagements pris territoire par territoire, calculé par Atelier CUS d’après eux.';

/** Comment la ligne est obtenue : des nombres additionnés, des taux pondérés, ou rien. */
export function libelleMethode(methode: Ligne['methode']): string {
  switch (methode) {
    case 'somme': return 'somme';
    case 'ponderee': return 'taux pondéré';
    case 'incomplete': return 'incomplet';
    default: return missingCase(methode);
  }
}

/** Libellé de la ventilation d'une ligne, celui des engagements qu'elle réunit. */
export function libellesVentilations({ engagements }: Pick<DonneesPaquet, 'engagements'>): (l: Ligne) => string {
  const libelles = new Map(engagements.map((e) => [`${e.indicateur}/${e.ventilation}`, e.libelleVentilation]));
  return (l) => libelles.get(`${l.indicateur}/${l.ventilation}`) ?? l.ventilation;
}

/** L'organisme entier, une ligne par indicateur, ventilation et horizon ; rien quand il n'y a rien à réunir. */
export function feuillesConsolidation(donnees: DonneesPaquet): Feuille[] {
  const { consolidation = [] } = donnees;
  if (consolidation.length === 0) return [];
  const ventilation = libellesVentilations(donnees);
  const colonnes: (Colonne & { lire: (l: Ligne) => Cellule })[] = [
    { titre: 'Indicateur', largeur: 11, format: 'texte', lire: (l) => l.indicateur },
    { titre: 'Ventilation', largeur: 26, format: 'texte', lire: ventilation },
    { titre: 'Horizon', largeur: 14, format: 'texte', lire: (l) => libelleHorizon(l.horizon) },
    { titre: 'Nombre', largeur: 12, format: 'entier', lire: (l) => l.nombre },
    { titre: 'Dénominateur', largeur: 13, format: 'entier', lire: (l) => l.denominateur },
    { titre: 'Pourcentage', largeur: 12, format: 'pourcent', lire: (l) => l.pourcentage },
    { titre: 'Méthode', largeur: 14, format: 'texte', lire: (l) => libelleMethode(l.methode) },
    { titre: 'Territoires', largeur: 12, format: 'entier', lire: (l) => l.territoires },
    { titre: 'Territoires sans valeur', largeur: 24, format: 'texte', lire: (l) => l.manquants.join(', ') },
    { titre: 'Territoires non comptés', largeur: 24, format: 'texte', lire: (l) => l.recouverts.join(', ') },
    { titre: 'Calcul', largeur: 90, format: 'texte', lire: (l) => l.explication },
  ];
  return [{
    nom: 'Organisme',
    figerEntete: true,
    colonnes: colonnes.map(({ titre, largeur, format }) => ({ titre, largeur, format })),
    lignes: consolidation.map((l) => colonnes.map((c) => c.lire(l))),
  }];
}
