import { LIBELLE_ASPECT } from './types.ts';
import type { Aspect, Critere, Famille, Grille } from './types.ts';

/** Dit partout où la grille proposée se montre : ce qui est à nous n'est pas à la loi. */
export const MENTION_PROPOSEE = 'proposée par Atelier CUS, non réglementaire';

const critere = (code: string, libelle: string, aide: string): Critere => ({ code, libelle, aide, poids: '1' });
const famille = (aspect: Aspect, criteres: Critere[]): Famille => ({ code: aspect, libelle: LIBELLE_ASPECT[aspect], aspect, poids: '1', criteres });

/**
 * Une grille pour commencer : les quatre aspects de R445-3, à poids égaux. Les critères, l'échelle, le seuil
 * et les classes sont de nous.
 */
export const GRILLE_PROPOSEE: Grille = {
  proposee: true,
  echelle: {
    genre: 'niveaux',
    niveaux: [
      { code: '1', libelle: 'Mauvais', valeur: '1' },
      { code: '2', libelle: 'Moyen', valeur: '2' },
      { code: '3', libelle: 'Bon', valeur: '3' },
      { code: '4', libelle: 'Très bon', valeur: '4' },
    ],
  },
  sens: 'croissant',
  seuil: 50,
  familles: [
    famille('construction', [
      critere('gros-oeuvre', 'Gros œuvre et toiture', 'Structure, façades, couverture, étanchéité.'),
      critere('isolation', 'Isolation et menuiseries', 'Confort d’hiver et d’été, isolation acoustique, fenêtres et portes.'),
      critere('parties-communes', 'Parties communes', 'Halls, escaliers, caves : conception et état.'),
    ]),
    famille('prestations', [
      critere('chauffage', 'Chauffage, eau chaude, ventilation', 'Fiabilité et confort des équipements collectifs ou individuels.'),
      critere('ascenseurs', 'Ascenseurs', 'Laisser vide sans ascenseur : le critère ne compte alors pas.'),
      critere('equipement-logements', 'Équipement des logements', 'Électricité, plomberie, sanitaires, revêtements.'),
    ]),
    famille('localisation', [
      critere('transports', 'Desserte par les transports', 'Distance à un arrêt, fréquence.'),
      critere('commerces', 'Commerces et services', 'Commerces du quotidien, santé, services publics.'),
      critere('ecoles', 'Écoles et équipements', 'Écoles, crèches, équipements sportifs et culturels.'),
    ]),
    famille('environnement', [
      critere('exterieurs', 'Espaces extérieurs', 'Espaces verts, jeux, stationnement, propreté.'),
      critere('tranquillite', 'Tranquillité', 'Sécurité, incivilités, vie du quartier.'),
      critere('nuisances', 'Nuisances', 'Bruit, pollution, risques. Une bonne note dit peu de nuisances.'),
    ]),
  ],
  classes: [
    { libelle: 'Insuffisant', de: '1' },
    { libelle: 'À améliorer', de: '1.75' },
    { libelle: 'Satisfaisant', de: '2.5' },
    { libelle: 'Très satisfaisant', de: '3.25' },
  ],
};
