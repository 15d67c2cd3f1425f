export type Difference = { champ: string; libelle: string; avant: string | null; apres: string | null };

/** Une valeur nommée d'un dépôt : ce qui se compare. */
export type ValeurNommee = { champ: string; libelle: string; valeur: string | null };

/** Compare deux listes de valeurs nommées ; une valeur absente vaut `null`. */
export function compareValeurs(avant: readonly ValeurNommee[], apres: readonly ValeurNommee[]): Difference[] {
  const avants = new Map(avant.map((v) => [v.champ, v]));
  const presents = new Set(apres.map((v) => v.champ));
  const changees = apres.map(({ champ, libelle, valeur }) => ({ champ, libelle, avant: avants.get(champ)?.valeur ?? null, apres: valeur }));
  const disparues = avant.filter((v) => !presents.has(v.champ)).map(({ champ, libelle, valeur }) => ({ champ, libelle, avant: valeur, apres: null }));
  return [...changees, ...disparues].filter((d) => d.avant !== d.apres);
}
