import { findChampOps } from './champs.ts';

/** Anomalies d'un fichier d'enquête : ce qui est rejeté, ce qui est seulement remarqué. */
const REJETS: Readonly<Record<string, string>> = {
  'ops-ligne': 'plus ou moins de cases que de titres',
  'ops-identifiant-absent': 'identifiant absent',
  'ops-logement-inconnu': 'logement inconnu du dossier',
  'ops-logement-ambigu': 'logement de plusieurs bailleurs réunis',
  'ops-ensemble-inconnu': 'ensemble immobilier inconnu',
  'ops-ensemble-ambigu': 'plusieurs ensembles de ce nom',
  'ops-doublon': 'logement ou ensemble déjà donné plus haut',
  'ops-comptes-incoherents': 'effectifs impossibles',
};
const REMARQUES: Readonly<Record<string, string>> = {
  'ops-valeur-illisible': 'valeur illisible, ignorée',
  'ops-valeur-hors-mesure': 'valeur hors de toute mesure, ignorée',
  'ops-identifiant-repare': 'identifiant abîmé par un tableur, rétabli',
  'ops-date-retablie': 'date en numéro de jour, rétablie',
  'ops-composition-incoherente': 'majeurs et mineurs ne font pas le nombre d’occupants',
  'ops-sans-reponse': 'non-répondant avec des valeurs, ignorées',
  'ops-logement-sorti': 'logement hors du parc, gardé et non compté',
  'ops-ensemble-partage': 'ensemble en partie en QPV, compté en QPV inconnu',
};

export const isRejetOccupation = (code: string): boolean => Object.hasOwn(REJETS, code);
export const libelleOccupation = (code: string): string | null => REJETS[code] ?? REMARQUES[code] ?? null;

/** La phrase d'une anomalie : ce qui ne va pas, puis quoi faire ; `null` pour un code d'ailleurs. */
export function messageOccupation(code: string, champ: string, valeur: string): string | null {
  const nom = findChampOps(champ)?.libelle ?? champ;
  switch (code) {
    case 'ops-ligne': return `La ligne a ${valeur} cases. Compléter la ligne, ou mettre entre guillemets la case qui contient un séparateur.`;
    case 'ops-identifiant-absent': return 'La ligne ne dit pas de quel logement ou de quel ensemble elle parle. Donner son identifiant.';
    case 'ops-logement-inconnu': return `« ${valeur} » (${nom}) n’est celui d’aucun logement du dossier. Corriger l’identifiant, ou importer d’abord la déclaration qui le contient.`;
    case 'ops-logement-ambigu': return `« ${valeur} » (${nom}) est celui d’un logement de plusieurs bailleurs réunis. Donner l’identifiant du répertoire (IDENT_REP).`;
    case 'ops-ensemble-inconnu': return `Aucun ensemble du parc ne répond à « ${valeur} ». Donner son code, ou son nom et sa commune.`;
    case 'ops-ensemble-ambigu': return `Plusieurs ensembles du parc répondent à « ${valeur} ». Donner le code de l’ensemble.`;
    case 'ops-doublon': return `« ${valeur} » est déjà donné par une ligne acceptée plus haut. Supprimer cette ligne ou corriger l’identifiant.`;
    case 'ops-comptes-incoherents': return `${valeur} Corriger les effectifs.`;
    case 'ops-valeur-illisible': return `${nom} : « ${valeur} » ne se lit pas. La valeur est ignorée.`;
    case 'ops-valeur-hors-mesure': return `${nom} : ${valeur} est hors de toute mesure. La valeur est ignorée.`;
    case 'ops-identifiant-repare': return `${nom} : « ${valeur} » est l’écriture d’un tableur ; l’identifiant a été rétabli. Vérifier la valeur.`;
    case 'ops-date-retablie': return `${nom} : « ${valeur} » est un numéro de jour de tableur ; la date a été rétablie. Vérifier la valeur.`;
    case 'ops-composition-incoherente': return `Majeurs et mineurs (${valeur}) ne font pas le nombre d’occupants. Les valeurs sont gardées telles quelles ; les vérifier.`;
    case 'ops-sans-reponse': return 'Le ménage est dit non répondant et la ligne porte des valeurs : elles sont ignorées. Corriger la réponse ou les valeurs.';
    case 'ops-logement-sorti': return `« ${valeur} » est un logement sorti du parc : la ligne est gardée, elle n’est pas comptée.`;
    case 'ops-ensemble-partage': return `L’ensemble « ${valeur} » est en partie en QPV, et la ligne ne dit pas laquelle : elle est comptée en « QPV inconnu ». Donner une ligne par situation, avec une colonne QPV.`;
    default: return null;
  }
}
