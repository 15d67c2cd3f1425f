import { formatDate, formatMontant, formatSurface } from '../nombres/format.ts';
import type { Champ } from './champs.ts';
import type { Valeur } from './decoder.ts';

/** Une valeur comme l'écran la montre (« 13 (PLUS) », « 412,50 € », « 03/2022 ») ; `null` si inconnue. */
export function formatValeur(champ: Champ, valeur: Valeur): string | null {
  if (valeur === null) return null;
  switch (champ.type) {
    case 'texte': return String(valeur);
    case 'code':
    case 'lettre': {
      const libelle = champ.codes?.[String(valeur)];
      return libelle === undefined || libelle === String(valeur) ? String(valeur) : `${valeur} (${libelle})`;
    }
    case 'annee': return String(valeur);
    case 'surface': return formatSurface(Number(valeur));
    case 'euros': return formatMontant(Number(valeur));
    case 'mois': return String(valeur).split('-').reverse().join('/');
    case 'jour': return formatDate(String(valeur));
  }
}
