import { invalide } from '../../../shared/erreurs.ts';

/**
 * Une rangée d'un tableau, d'où qu'elle vienne. `brut` : de quoi la récrire pour la corriger.
 * `sansResultat` : rangs (à partir de 0) des formules qui n'ont pas de résultat enregistré ; leur case est vide.
 */
export type Rangee = { ligne: number; cellules: string[]; brut: () => Buffer; sansResultat?: readonly number[] };

/** Les noms de colonnes d'une ligne de titres : jamais vides, jamais deux fois le même. */
export function nomsColonnes(titres: readonly string[]): string[] {
  const vus = new Map<string, number>();
  const pris = new Set<string>();
  return titres.map((titre, i) => {
    const nom = titre.trim().replace(/\s+/g, ' ') || `Colonne ${i + 1}`;
    let n = (vus.get(nom) ?? 0) + 1;
    while (n > 1 && pris.has(`${nom} (${n})`)) n++;
    const unique = n === 1 && !pris.has(nom) ? nom : `${nom} (${Math.max(n, 2)})`;
    vus.set(nom, n);
    pris.add(unique);
    return unique;
  });
}

const TITRE_MAX = 1000;

/** Refuse des titres qui ne peuvent pas en être : une autre ligne, ou un guillemet jamais refermé. */
export function exigerTitres(titres: readonly string[]): void {
  const rang = titres.findIndex((t) => t.length > TITRE_MAX);
  if (rang < 0) return;
  throw invalide(
    'titre-demesure',
    `Le titre de la colonne ${rang + 1} a ${titres[rang]?.length ?? 0} caractères : cette ligne n’est pas celle des titres, ou un guillemet n’y est pas refermé.`,
    'Choisir la ligne des titres, ou corriger le fichier, puis l’importer de nouveau.',
  );
}

/** Refuse une correspondance qui nomme une colonne que le fichier n'a pas. */
export function exigerColonnes(noms: readonly string[], colonnes: Readonly<Record<string, string>>): void {
  const absentes = Object.keys(colonnes).filter((nom) => !noms.includes(nom));
  if (absentes.length === 0) return;
  throw invalide('colonne-absente', `Le fichier n’a pas la colonne « ${absentes.join(' », « ')} » que le profil nomme.`, 'Choisir le profil de ce fichier, ou corriger le nom de la colonne.');
}
