/** Les champs d'une nature de tableau, en clair : ce qu'une colonne peut donner. */
import type { Cible, NatureTableau } from './nature.ts';

const GENRES: Readonly<Record<Cible['genre'], string>> = {
  texte: 'texte', code: 'code', annee: 'année', mois: 'mois', jour: 'date', surface: 'surface', euros: 'euros', nombre: 'nombre', pourcentage: 'pourcentage', 'oui-non': 'oui ou non',
};

/** Ce qu'un champ attend : « date, obligatoire », « code : 1 1er quartile, 2 2e quartile… ». */
export function direAttendu(c: Cible, exigences: readonly (readonly string[])[]): string {
  const groupe = exigences.find((g) => g.includes(c.nom));
  const exige = groupe === undefined ? '' : groupe.length === 1 ? ', obligatoire' : `, obligatoire, ou ${groupe.filter((n) => n !== c.nom).join(', ou ')}`;
  const codes = c.genre === 'oui-non' || c.codes === null ? '' : ` : ${Object.entries(c.codes).map(([code, l]) => (l === code ? code : `${code} (${l})`)).join(', ')}`;
  return `${GENRES[c.genre]}${exige}${codes}`;
}

/** Les groupes de champs dont l'un au moins doit avoir une colonne. */
export const exigencesDe = (n: NatureTableau, parcConnu: boolean): readonly (readonly string[])[] => n.exigences?.(parcConnu) ?? n.cibles.filter((c) => c.obligatoire).map((c) => [c.nom]);
