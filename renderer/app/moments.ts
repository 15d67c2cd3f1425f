import { dateHeure, heure } from '../ui/format.ts';

/** Le plus récent de deux instants ISO ; `null` quand aucun n'est connu. */
export function dernierInstant(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return Date.parse(b) > Date.parse(a) ? b : a;
}

/** `Enregistré à 14:32` ; un autre jour que celui de `maintenant`, la date aussi. */
export function momentEnregistre(quand: string | null, maintenant: Date): string {
  if (quand === null) return 'Enregistré';
  const d = new Date(quand);
  return d.toDateString() === maintenant.toDateString() ? `Enregistré à ${heure(quand)}` : `Enregistré le ${dateHeure(quand)}`;
}
