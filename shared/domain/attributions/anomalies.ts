import { findChampAttribution } from './champs.ts';

/** Anomalies d'un tableau d'attributions : ce qui est rejeté, ce qui est seulement remarqué. */
const REJETS: Readonly<Record<string, string>> = {
  'attr-ligne': 'plus de cases que de titres',
  'attr-date-absente': 'date absente',
  'attr-date-illisible': 'date illisible',
  'attr-date-future': 'date à venir',
  'attr-date-ancienne': 'date d’avant 2000',
  'attr-doublon': 'logement déjà attribué le même jour',
};
const REMARQUES: Readonly<Record<string, string>> = {
  'attr-sans-colonne': 'champ qu’aucune colonne ne donne',
  'attr-valeur-illisible': 'valeur illisible, tenue pour inconnue',
  'attr-date-retablie': 'date en numéro de jour, rétablie',
  'attr-date-partielle': 'date sans jour',
  'attr-date-courte': 'année de deux chiffres',
  'attr-bail-futur': 'bail daté d’un jour à venir',
  'attr-bail-ancien': 'bail daté d’avant 2000',
  'attr-bail-contredit': 'bail dit non signé, et daté',
  'attr-date-bail': 'deux dates : laquelle situe l’attribution',
  'attr-annee-bail': 'bail signé une autre année que la décision',
  'attr-identifiant-repare': 'identifiant abîmé par un tableur, rétabli',
  'attr-logement-inconnu': 'logement inconnu du dossier',
  'attr-logement-ambigu': 'logement de plusieurs bailleurs réunis',
  'attr-sans-lieu': 'ni logement ni commune',
  'attr-commune-inconnue': 'commune inconnue',
  'attr-commune-fusionnee': 'commune fusionnée ou au code changé',
  'attr-commune-autre': 'commune autre que celle du logement',
  'attr-qpv-inconnu': 'situation en QPV inconnue',
  'attr-qpv-contredit': 'QPV : le logement et la ligne se contredisent',
  'attr-quartile-contredit': 'quartile et 1er quartile se contredisent',
  'attr-passage-contredit': 'passage de QPV vers hors QPV contredit',
  'attr-priorite-contredite': 'catégorie prioritaire sur un ménage dit non prioritaire',
  'attr-categorie-seule': 'catégorie sans que la priorité soit dite',
  'attr-echec-sans-reservataire': 'échec du réservataire sur un logement non réservé',
  'attr-semblable': 'ligne identique à une autre, gardée',
};

export const isRejetAttribution = (code: string): boolean => Object.hasOwn(REJETS, code);
export const libelleAttribution = (code: string): string | null => REJETS[code] ?? REMARQUES[code] ?? null;

/** La phrase d'une anomalie : ce qui ne va pas, puis quoi faire ; `null` pour un code d'ailleurs. */
export function messageAttribution(code: string, champ: string, valeur: string): string | null {
  const nom = findChampAttribution(champ)?.libelle ?? champ;
  switch (code) {
    case 'attr-ligne': return `La ligne a ${valeur} cases. Mettre entre guillemets la case qui contient un séparateur.`;
    case 'attr-date-absente': return 'La ligne n’a pas de date : elle ne peut être comptée dans aucune année. Donner la date du bail ou de l’attribution.';
    case 'attr-date-illisible': return `« ${valeur} » n’est pas une date. L’écrire JJ/MM/AAAA.`;
    case 'attr-date-future': return `« ${valeur} » est une date à venir : l’attribution n’a pas encore eu lieu. Corriger la date.`;
    case 'attr-date-ancienne': return `« ${valeur} » est antérieure à 2000. Corriger la date.`;
    case 'attr-doublon': return `Le logement « ${valeur} » est déjà attribué à cette date par une ligne acceptée plus haut. Supprimer cette ligne, ou corriger la date ou l’identifiant.`;
    case 'attr-sans-colonne': return `Aucune colonne ne donne « ${nom} » : il est inconnu pour toutes les lignes.`;
    case 'attr-valeur-illisible': return `${nom} : « ${valeur} » ne se lit pas. La valeur est tenue pour inconnue ; la traduire, ou la corriger.`;
    case 'attr-date-retablie': return `« ${valeur} » est un numéro de jour de tableur ; la date a été rétablie. Vérifier la valeur.`;
    case 'attr-date-partielle': return `« ${valeur} » ne dit pas le jour : l’attribution compte dans son année.`;
    case 'attr-date-courte': return `« ${valeur} » a une année de deux chiffres, comprise 20${valeur.slice(-2)}. Vérifier la valeur.`;
    case 'attr-bail-futur': return `Bail signé : « ${valeur} » est une date à venir. La valeur est tenue pour inconnue ; la corriger.`;
    case 'attr-bail-ancien': return `Bail signé : « ${valeur} » est antérieure à 2000. L’attribution est située par l’autre date ; corriger celle du bail.`;
    case 'attr-bail-contredit': return `La ligne dit le bail non signé et le date du « ${valeur} » : rien n’en est retenu, et l’attribution est située par l’autre date. Corriger la ligne.`;
    case 'attr-date-bail': return valeur;
    case 'attr-annee-bail': return `Décision et bail sont d’années différentes (${valeur}) : l’attribution compte dans l’année du bail.`;
    case 'attr-identifiant-repare': return `${nom} : « ${valeur} » est l’écriture d’un tableur ; l’identifiant a été rétabli. Vérifier la valeur.`;
    case 'attr-logement-inconnu': return `« ${valeur} » (${nom}) n’est celui d’aucun logement du dossier : commune et QPV sont ceux que la ligne dit.`;
    case 'attr-logement-ambigu': return `« ${valeur} » (${nom}) est celui d’un logement de plusieurs bailleurs réunis : commune et QPV sont ceux que la ligne dit. Donner l’identifiant du répertoire (IDENT_REP).`;
    case 'attr-sans-lieu': return 'Ni le logement ni la commune ne sont connus : l’attribution ne compte que pour l’organisme.';
    case 'attr-commune-inconnue': return `« ${valeur} » n’est ni un code INSEE, ni le nom d’une seule commune du parc. Donner le code INSEE.`;
    case 'attr-commune-fusionnee': return `La commune « ${valeur} » a fusionné ou changé de code : l’attribution compte dans celle d’aujourd’hui.`;
    case 'attr-commune-autre': return `La ligne dit la commune « ${valeur} » ; le logement est ailleurs. Celle du logement est retenue ; vérifier l’identifiant.`;
    case 'attr-qpv-inconnu': return 'Ni le logement ni la ligne ne disent la situation en QPV : elle reste inconnue.';
    case 'attr-qpv-contredit': return `La ligne dit « ${valeur} », le logement l’inverse : la situation reste inconnue. Corriger la ligne, ou le logement, puis importer de nouveau.`;
    case 'attr-quartile-contredit': return `Le quartile et « 1er quartile » se contredisent (${valeur}) : tous deux restent inconnus. Corriger la ligne.`;
    case 'attr-passage-contredit': return `De QPV vers hors QPV : « ${valeur} », ce que le reste de la ligne contredit. L’origine du ménage reste inconnue.`;
    case 'attr-priorite-contredite': return `La ligne dit « non prioritaire » et nomme la catégorie « ${valeur} » : la priorité reste inconnue. Corriger la ligne.`;
    case 'attr-categorie-seule': return `La catégorie « ${valeur} » est nommée sans que la priorité soit dite : elle reste inconnue. Donner une colonne oui ou non.`;
    case 'attr-echec-sans-reservataire': return 'La ligne dit l’échec du candidat d’un réservataire, sur un logement non réservé. Les deux valeurs sont gardées ; les vérifier.';
    case 'attr-semblable': return `La ligne est identique, case pour case, à la ligne ${valeur}. Elle est gardée : sans identifiant de logement, rien ne dit si c’est la même attribution. Vérifier.`;
    default: return null;
  }
}
