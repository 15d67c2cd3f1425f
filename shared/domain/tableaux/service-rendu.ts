import { normaliser } from '../ensembles/cle.ts';
import type { Cible, NatureTableau } from './nature.ts';

const cible = (nom: string, libelle: string): Cible => ({ nom, libelle, genre: 'texte', obligatoire: false, codes: null });

const TITRES: Readonly<Record<string, readonly string[]>> = {
  ENSEMBLE: ['ENSEMBLE', 'IDENTIFIANT', 'ID ENSEMBLE', 'CODE ENSEMBLE', 'ID'],
  NOM: ['NOM', 'NOM ENSEMBLE', 'NOM DE L ENSEMBLE', 'RESIDENCE', 'ENSEMBLE IMMOBILIER'],
  COMMUNE: ['COMMUNE', 'CODE COMMUNE', 'INSEE', 'CODE INSEE', 'VILLE'],
  CRITERE: ['CRITERE', 'NOM DU CRITERE', 'CODE CRITERE'],
  NOTE: ['NOTE', 'NOTATION', 'NOTE DONNEE'],
};

/**
 * Un tableau de notes du service rendu. Les critères sont ceux de la grille du dossier : leurs colonnes se
 * reconnaissent à la lecture, par leur nom ; ici, ce qui désigne l'ensemble, et les colonnes du format long.
 */
export const SERVICE_RENDU: NatureTableau = {
  type: 'service-rendu',
  nom: 'tableau de notes du service rendu',
  cibles: [
    cible('ENSEMBLE', 'Code de l’ensemble immobilier'), cible('NOM', 'Nom de l’ensemble immobilier'), cible('COMMUNE', 'Commune (code INSEE ou nom)'),
    cible('CRITERE', 'Critère, une ligne par note'), cible('NOTE', 'Note, une ligne par note'),
  ],
  specifiques: new Set(['CRITERE']),
  champDuTitre: (titre) => Object.entries(TITRES).find(([, noms]) => noms.includes(normaliser(titre)))?.[0] ?? null,
  comprend: () => true,
  valeursUsuelles: {},
  manque: (champs) => (champs.has('ENSEMBLE') || (champs.has('NOM') && champs.has('COMMUNE')) ? [] : ['Code de l’ensemble immobilier, ou son nom et sa commune']),
  exigences: () => [['ENSEMBLE', 'NOM']],
};
