import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import type { Cellule, Classeur, Colonne, Feuille } from './classeur.ts';
import { feuillesConsolidation, OBJET_CONSOLIDATION } from './consolidation.ts';
import { formatInstant, formatJour } from './format.ts';
import { engagementsParFamille, libelleHorizon } from './libelles.ts';
import { writeOds } from './ods.ts';
import { writeXlsx } from './xlsx.ts';

type Engagement = DonneesPaquet['engagements'][number];

const COLONNES: (Colonne & { lire: (e: Engagement) => Cellule })[] = [
  { titre: 'Indicateur', largeur: 11, format: 'texte', lire: (e) => e.indicateur },
  { titre: 'Territoire', largeur: 32, format: 'texte', lire: (e) => e.nomTerritoire },
  { titre: 'Code du territoire', largeur: 17, format: 'texte', lire: (e) => e.territoire },
  { titre: 'Ventilation', largeur: 26, format: 'texte', lire: (e) => e.libelleVentilation },
  { titre: 'Horizon', largeur: 14, format: 'texte', lire: (e) => libelleHorizon(e.horizon) },
  { titre: 'Référence', largeur: 12, format: 'texte', lire: (e) => reference(e.reference) },
  { titre: 'Valeur', largeur: 12, format: 'nombre', lire: (e) => (e.unite.includes('euro') && e.valeur !== null ? { v: e.valeur, format: 'euros' } : e.valeur) },
  { titre: 'Numérateur', largeur: 12, format: 'nombre', lire: (e) => e.numerateur },
  { titre: 'Dénominateur', largeur: 13, format: 'nombre', lire: (e) => e.denominateur },
  { titre: 'Pourcentage', largeur: 12, format: 'pourcent', lire: (e) => e.pourcentage },
  { titre: 'Saisi', largeur: 14, format: 'texte', lire: (e) => e.saisie },
  { titre: 'Commentaire', largeur: 42, format: 'texte', lire: (e) => e.commentaire },
  { titre: 'Obligatoire', largeur: 11, format: 'texte', lire: (e) => (e.obligatoire ? 'oui' : 'non') },
  { titre: 'Unité', largeur: 24, format: 'texte', lire: (e) => e.unite },
  { titre: 'Article', largeur: 11, format: 'texte', lire: (e) => e.article },
  { titre: 'Libellé', largeur: 70, format: 'texte', lire: (e) => e.libelle },
  { titre: 'champ', largeur: 46, format: 'texte', lire: (e) => e.champ },
];

/** Une référence qui est un nombre s'écrit en nombre ; toute autre reste le texte saisi. */
function reference(texte: string | null): Cellule {
  if (texte === null || !/^(0|[1-9]\d{0,14})([.,]\d{1,6})?$/.test(texte)) return texte;
  return { v: Number(texte.replace(',', '.')), format: 'nombre' };
}

/** Entête commune aux documents du dépôt : qui, quoi, quand. */
export function presentation(donnees: DonneesPaquet, titre: string, notes: string[]): Feuille {
  const { organisme: o, dateEffet } = donnees;
  const ligne = (libelle: string, valeur: Cellule): Cellule[] => [{ v: libelle, aspect: 'libelle' }, valeur];
  return {
    nom: 'Présentation',
    sansEntete: true,
    figerEntete: false,
    colonnes: [{ titre: '', largeur: 30, format: 'texte' }, { titre: '', largeur: 80, format: 'texte' }],
    lignes: [
      [{ v: titre, aspect: 'titre' }],
      [],
      ligne('Organisme', o.nom),
      ligne('SIREN', o.siren),
      ligne('Période', donnees.periode),
      ligne('Date d’effet', dateEffet === null ? 'non renseignée' : formatJour(dateEffet)),
      ligne('Règles appliquées', `millésime ${donnees.millesime}`),
      ligne('Version du dépôt', String(donnees.version)),
      ligne('Date du dépôt', `${formatInstant(donnees.date)} (heure de Paris)`),
      [],
      ...notes.map((note): Cellule[] => [{ v: note, aspect: 'note' }]),
    ],
  };
}

/** Une feuille par famille d'indicateurs, une ligne par cible. */
export const feuillesEngagements = (engagements: Engagement[]): Feuille[] =>
  [...engagementsParFamille(engagements)].map(([nom, liste]) => ({
    nom,
    figerEntete: true,
    colonnes: COLONNES.map(({ titre, largeur, format }) => ({ titre, largeur, format })),
    lignes: liste.map((e) => COLONNES.map((c) => c.lire(e))),
  }));

/** Les tableaux d'engagements de l'arrêté du 19 octobre 2017 : une feuille par famille d'indicateurs. */
export function classeurEngagements(donnees: DonneesPaquet): Classeur {
  return {
    titre: `Engagements, ${donnees.organisme.nom}, ${donnees.periode}`,
    auteur: donnees.organisme.nom,
    date: donnees.date,
    feuilles: [
      presentation(donnees, 'Engagements de la convention d’utilité sociale', [
        'Une ligne par indicateur, territoire, ventilation et horizon (R445-5, R445-5-1 ; format : arrêté du 19 octobre 2017).',
        'Les pourcentages sont écrits en pour cent : 12,5 vaut 12,5 %. « Saisi » est la valeur telle que l’organisme l’a écrite.',
        'La colonne « champ » nomme chaque case : c’est ce nom que portent les remarques de l’État et donnees.json.',
        ...(donnees.consolidation === undefined ? [] : [`Feuille « Organisme » : ${OBJET_CONSOLIDATION.charAt(0).toLowerCase()}${OBJET_CONSOLIDATION.slice(1)}`]),
      ]),
      ...feuillesEngagements(donnees.engagements),
      ...feuillesConsolidation(donnees),
    ],
  };
}

export const writeEngagementsXlsx = (donnees: DonneesPaquet): Promise<Uint8Array> => writeXlsx(classeurEngagements(donnees));
export const writeEngagementsOds = (donnees: DonneesPaquet): Promise<Uint8Array> => writeOds(classeurEngagements(donnees));
