import type { Champ } from './champs.ts';
import { findChamp } from './champs.ts';
import { isRejetAttribution, messageAttribution } from '../attributions/anomalies.ts';
import { isRejetOccupation, messageOccupation } from '../occupation/anomalies.ts';
import { pluriel } from '../nombres/accord.ts';

/** Lignes rejetées : elles n'entrent pas dans le dossier, leur texte exact est gardé. */
export const REJETS = ['nombre-de-champs', 'identifiant-absent', 'doublon', 'commune-inconnue', 'sortie-invalide', 'logement-inconnu'] as const;

/** Remarques : la ligne est acceptée. Depuis « champs-supplementaires », elles portent sur le fichier. */
export const REMARQUES = [
  'commune-fusionnee',
  'code-inconnu',
  'code-repare',
  'notation-scientifique',
  'suffixe-decimal',
  'date-en-nombre',
  'valeur-absente',
  'formule-sans-resultat',
  'surface-nulle',
  'loyer-superieur-au-maximum',
  'loyer-sans-locataire',
  'annees-incoherentes',
  'complement-remplace',
  'correction-conservee',
  'correction-remplacee',
  'correction-confirmee',
  'champs-supplementaires',
  'ligne-de-total',
  'lignes-de-notes',
  'colonne-en-double',
  'colonne-invraisemblable',
  'nombre-annonce',
  'siret-invalide',
  'annee-anterieure',
  'corrections-sans-logement',
] as const;

export type CodeRejet = (typeof REJETS)[number];
export type CodeRemarque = (typeof REMARQUES)[number];
export type CodeAnomalie = CodeRejet | CodeRemarque;

/** Une anomalie telle que gardée : `champ` est un nom RPLS, ou vide quand toute la ligne est en cause. */
export type AnomalieLue = { ligne: number; champ: string; valeur: string; code: CodeAnomalie };

const rejets: ReadonlySet<string> = new Set(REJETS);
export const isRejet = (code: string): boolean => rejets.has(code) || isRejetOccupation(code) || isRejetAttribution(code);

/** Une phrase : ce qui ne va pas, puis ce qu'il y a à faire quand il y a quelque chose à faire. */
export function messageAnomalie(code: string, champ: string, valeur: string): string {
  const f = findChamp(champ);
  const nom = f === null ? champ : `${f.libelle} (${f.nom})`;
  switch (code) {
    case 'nombre-de-champs':
      return valeur.includes(' ')
        ? `La ligne a ${valeur} cases. Compléter la ligne, ou mettre entre guillemets le champ qui contient un séparateur.`
        : `La ligne a ${pluriel(Number(valeur), 'champ')} ; il en faut 63. Compléter les champs qui manquent, séparés par « ; ».`;
    case 'identifiant-absent':
      return 'Le logement n’a pas d’identifiant (IDENT_INT). Donner l’identifiant du logement dans le système d’information.';
    case 'doublon':
      return `L’identifiant « ${valeur} » est déjà celui d’une ligne acceptée plus haut. Supprimer cette ligne ou corriger l’identifiant.`;
    case 'commune-inconnue':
      return valeur === ''
        ? 'Le code de la commune est absent. Donner le code Insee de la commune (cinq caractères).'
        : `« ${valeur} » n’est le code Insee d’aucune commune, d’aujourd’hui ni d’hier. Corriger le code.`;
    case 'sortie-invalide':
      return `« ${valeur} » n’est pas un motif de sortie : 1 à 5, ou 9 pour un logement du parc. Corriger le motif.`;
    case 'commune-fusionnee':
      return `La commune « ${valeur} » a changé de code ou a fusionné : le logement est compté dans la commune d’aujourd’hui.`;
    case 'code-inconnu':
      return `${nom} : « ${valeur} » ${attendu(f)}. La valeur est ignorée.`;
    case 'code-repare':
      return `${nom} : « ${valeur} » a été complété par les zéros qu’un tableur avait retirés. Vérifier la valeur.`;
    case 'notation-scientifique':
      return `${nom} : « ${valeur} » est l’écriture d’un tableur ; le nombre a été rétabli. Un tableur a pu en perdre des chiffres : vérifier la valeur.`;
    case 'suffixe-decimal':
      return `${nom} : « ${valeur} » a été lu sans les décimales nulles ajoutées par un tableur.`;
    case 'date-en-nombre':
      return `${nom} : « ${valeur} » est un numéro de jour de tableur ; la date a été rétablie. Vérifier la valeur.`;
    case 'valeur-absente':
      return `${nom} : « ${valeur} » est tenu pour une absence de valeur.`;
    case 'formule-sans-resultat':
      return `${nom} : la formule n’a pas de résultat enregistré, et les formules ne sont pas calculées : la valeur est inconnue. Ouvrir le classeur dans un tableur et l’enregistrer.`;
    case 'logement-inconnu':
      return valeur === ''
        ? `${nom} est absent : le tableau ne donne pas les communes, il ne peut compléter que des logements du dossier.`
        : `« ${valeur} » (${nom}) n’est celui d’aucun logement du dossier, et le tableau ne donne pas sa commune. Corriger l’identifiant, ou importer un tableau qui donne aussi la commune.`;
    case 'ligne-de-total':
      return `Ligne de total (« ${valeur} ») : elle n’est pas un logement, elle est passée.`;
    case 'colonne-en-double':
      return `Plusieurs colonnes s’appellent « ${valeur} » : seule la première est lue. Renommer celle qui doit l’être, ou la choisir dans la correspondance.`;
    case 'lignes-de-notes':
      return `Les lignes ${valeur}, sous les titres, sont des notes : elles sont passées.`;
    case 'colonne-invraisemblable':
      return `${valeur} Vérifier la correspondance des colonnes.`;
    case 'surface-nulle':
      return 'La surface habitable est de 0 m² : elle est tenue pour inconnue. Donner la surface.';
    case 'loyer-superieur-au-maximum':
      return `Le loyer principal (${valeur} €) dépasse le loyer maximum déclaré. Vérifier le loyer et le maximum.`;
    case 'loyer-sans-locataire':
      return `Le logement est déclaré vacant ou vide et porte un loyer de ${valeur} €. Vérifier le mode d’occupation et le loyer.`;
    case 'annees-incoherentes':
      return `${nom} : ${valeur} est antérieure à l’année de construction. Vérifier les années.`;
    case 'complement-remplace':
      return `L’identifiant « ${valeur} » est celui d’un logement du dossier, que cette ligne corrigée modifie. Vérifier dans la comparaison que c’est bien voulu.`;
    case 'correction-conservee':
      return `${nom} : corrigé à la main. Le fichier dit ${dite(valeur)} ; la correction est conservée. Corriger aussi le logiciel d’où vient le fichier, ou prendre sa valeur.`;
    case 'correction-remplacee':
      return `${nom} : corrigé à la main. Le fichier dit ${dite(valeur)}, et sa valeur remplace la correction.`;
    case 'correction-confirmee':
      return `${nom} : corrigé à la main, et le fichier dit maintenant la même chose (${valeur === '' ? 'vide' : dite(valeur)}). La correction n’a plus d’objet.`;
    case 'corrections-sans-logement':
      return Number(valeur) > 1
        ? `${valeur} corrections faites à la main portent sur des logements absents de ce fichier. Elles sont gardées, pour le cas où ils reviendraient.`
        : 'Une correction faite à la main porte sur un logement absent de ce fichier. Elle est gardée, pour le cas où il reviendrait.';
    case 'champs-supplementaires':
      return `Le fichier a jusqu’à ${valeur} champs par ligne. Ceux au-delà du 63e sont gardés tels quels, sans être interprétés.`;
    case 'nombre-annonce':
      return `La première ligne annonce ${pluriel(Number(valeur), 'logement')} : le fichier en contient un autre nombre. Vérifier que le fichier est complet.`;
    case 'siret-invalide':
      return `Le SIRET de la première ligne (« ${valeur} ») n’est pas valide : le fichier est accepté sans pouvoir vérifier à quel organisme il appartient.`;
    case 'annee-anterieure': {
      const [annee = '', enVigueur = ''] = valeur.split(' après ');
      return `La déclaration est celle de ${annee}, plus ancienne que celle en vigueur (${enVigueur}) : l’appliquer la remplace. Vérifier que c’est le bon fichier.`;
    }
    default:
      return messageOccupation(code, champ, valeur) ?? messageAttribution(code, champ, valeur) ?? code;
  }
}

const dite = (valeur: string): string => (valeur === '' ? 'que la case est vide' : `« ${valeur} »`);

export function attendu(f: Champ | null): string {
  switch (f?.type) {
    case 'annee': return 'n’est pas une année';
    case 'surface': return 'n’est pas une surface en m²';
    case 'euros': return 'n’est pas un montant en euros';
    case 'mois': return 'n’est pas un mois (mm/aaaa)';
    case 'jour': return 'n’est pas une date (jj/mm/aaaa)';
    default: return 'n’est pas un code connu';
  }
}
