/** Comment la table des logements et ses exports nomment leurs colonnes et leurs codes. */
export type TypeColonne = 'texte' | 'nombre' | 'euros' | 'surface' | 'code' | 'mois' | 'jour';

/** Intitulé avec l'unité. */
export function intituleColonne({ libelle, type }: { libelle: string; type: TypeColonne }): string {
  if (type === 'euros') return `${libelle} (€)`;
  if (type === 'surface') return `${libelle} (m²)`;
  return libelle;
}

/** « 13 PLUS » : le code et son sens ; le sens seul quand le code n'en est qu'une clé de l'application. */
export function texteCode(code: string, codes: Readonly<Record<string, string>> | undefined, derivee = false): string {
  const libelle = codes?.[code];
  if (libelle === undefined || libelle === code) return code;
  return derivee ? libelle : `${code} ${libelle}`;
}

/** `2021-07` → `07/2021` ; `2021-07-14` → `14/07/2021` ; un texte d'une autre forme est rendu tel quel. */
export function texteMois(texte: string): string {
  return /^\d{4}-\d{2}(-\d{2})?$/.test(texte) ? texte.split('-').reverse().join('/') : texte;
}
