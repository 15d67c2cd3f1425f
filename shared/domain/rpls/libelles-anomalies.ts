import { libelleAttribution } from '../attributions/anomalies.ts';
import { libelleOccupation } from '../occupation/anomalies.ts';
import type { CodeAnomalie } from './anomalies.ts';

/** Nom court d'une anomalie, pour un compte ; la phrase d'une ligne est `messageAnomalie`. */
const LIBELLES: Readonly<Record<CodeAnomalie, string>> = {
  'nombre-de-champs': 'moins de 63 champs',
  'identifiant-absent': 'identifiant absent',
  doublon: 'identifiant en double',
  'commune-inconnue': 'commune inconnue',
  'sortie-invalide': 'motif de sortie invalide',
  'commune-fusionnee': 'commune fusionnée ou au code changé',
  'code-inconnu': 'valeur hors des codes connus, ignorée',
  'code-repare': 'code complété de ses zéros',
  'notation-scientifique': 'nombre en notation scientifique, rétabli',
  'suffixe-decimal': 'décimales nulles d’un tableur, retirées',
  'date-en-nombre': 'date en numéro de jour, rétablie',
  'valeur-absente': 'absence de valeur écrite (NA, NC…)',
  'formule-sans-resultat': 'formule sans résultat enregistré',
  'logement-inconnu': 'logement inconnu du dossier',
  'ligne-de-total': 'ligne de total, passée',
  'colonne-en-double': 'titre porté par plusieurs colonnes, la première lue',
  'lignes-de-notes': 'notes sous les titres, passées',
  'colonne-invraisemblable': 'colonne aux valeurs invraisemblables',
  'surface-nulle': 'surface habitable nulle, tenue pour inconnue',
  'loyer-superieur-au-maximum': 'loyer supérieur au maximum déclaré',
  'loyer-sans-locataire': 'loyer sur un logement vacant ou vide',
  'annees-incoherentes': 'années incohérentes',
  'complement-remplace': 'ligne corrigée d’un logement déjà au dossier',
  'correction-conservee': 'correction faite à la main, conservée',
  'correction-remplacee': 'correction faite à la main, remplacée',
  'correction-confirmee': 'correction faite à la main, confirmée par le fichier',
  'corrections-sans-logement': 'corrections de logements absents du fichier',
  'champs-supplementaires': 'champs au-delà du 63e, gardés bruts',
  'nombre-annonce': 'nombre annoncé en première ligne différent',
  'siret-invalide': 'SIRET de la première ligne invalide',
  'annee-anterieure': 'déclaration plus ancienne que celle en vigueur',
};

export function libelleAnomalie(code: string): string {
  return Object.hasOwn(LIBELLES, code) ? LIBELLES[code as CodeAnomalie] : (libelleOccupation(code) ?? libelleAttribution(code) ?? code);
}
