import { invalide } from '../../../shared/erreurs.ts';

/**
 * Une rangée d'un tableau, d'où qu'elle vienne. `brut` : de quoi la récrire pour la corriger.
 * `sansResultat` : rangs (à partir de 0) des formules qui n'ont pas de résultat enregistré ; leur case est vide.
 */
export type Rangee = { ligne: number; cellules: string[]; brut: () => Buffer; sansResultat?: readonly number[] };

/** Les noms de colonnes d'une ligne de titres : jamais vides, jamais deux fois le même. */
export function nomsColonnes(titres: readonly string[]): string[] {
  const vus = new Map<string, number>();
  return titres.map((titre, i) => {
    const nom = titre.trim().replace(/\s+/g, ' ') || `Colonne ${i + 1}`;
    const n = (vus.get(nom) ?? 0) + 1;
    vus.set(nom, n);
    return n === 1 ? nom : `${nom} (${n})`;
  });
}

/** Refuse une correspondance qui nomme une colonne que le fichier n'a pas. */
export function exigerColonnes(noms: readonly string[], colonnes: Readonly<Record<string, string>>): void {
  const absentes = Object.keys(colonnes).filter((nom) => !noms.includes(nom));
  if (absentes.length === 0) return;
  throw invalide('colonne-absente', `Le fichier n’a pas la colonne « ${absentes.join(' », « ')} » que le profil nomme.`, 'Choisir le profil de ce fichier, ou corriger le nom de la colonne.');
}
