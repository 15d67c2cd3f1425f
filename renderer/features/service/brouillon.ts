import { newCode } from '../../../shared/domain/service-rendu/grille.ts';
import { listCriteres } from '../../../shared/domain/service-rendu/types.ts';
import type { Critere, Echelle, Famille, Grille } from '../../../shared/domain/service-rendu/types.ts';

/** Changements d'une grille en cours de modification : chacun rend une grille neuve, l'ancienne ne bouge pas. */
export const changeFamille = (g: Grille, code: string, changement: Partial<Famille>): Grille => ({ ...g, familles: g.familles.map((f) => (f.code === code ? { ...f, ...changement } : f)) });

export const changeCritere = (g: Grille, code: string, changement: Partial<Critere>): Grille => ({
  ...g, familles: g.familles.map((f) => ({ ...f, criteres: f.criteres.map((c) => (c.code === code ? { ...c, ...changement } : c)) })),
});

export const removeCritere = (g: Grille, code: string): Grille => ({ ...g, familles: g.familles.map((f) => ({ ...f, criteres: f.criteres.filter((c) => c.code !== code) })) });

export function moveCritere(g: Grille, code: string, famille: string): Grille {
  const critere = listCriteres(g).find((c) => c.code === code);
  if (critere === undefined || critere.famille.code === famille) return g;
  const { famille: _, ...seul } = critere;
  const sans = removeCritere(g, code);
  return { ...sans, familles: sans.familles.map((f) => (f.code === famille ? { ...f, criteres: [...f.criteres, seul] } : f)) };
}

/** Un rang plus haut ou plus bas, dans sa famille. */
export function shiftCritere(g: Grille, code: string, sens: 1 | -1): Grille {
  return {
    ...g,
    familles: g.familles.map((f) => {
      const i = f.criteres.findIndex((c) => c.code === code);
      const [a, b] = [f.criteres[i], f.criteres[i + sens]];
      return i < 0 || !a || !b ? f : { ...f, criteres: f.criteres.with(i, b).with(i + sens, a) };
    }),
  };
}

/** Premier nom libre : un fichier de notes désigne un critère par son nom. */
function freeNom(nom: string, pris: readonly string[]): string {
  let libre = nom;
  for (let rang = 2; pris.includes(libre); rang += 1) libre = `${nom} ${rang}`;
  return libre;
}

export function addCritere(g: Grille, famille: string): Grille {
  const criteres = listCriteres(g);
  const libelle = freeNom('Nouveau critère', criteres.map((c) => c.libelle));
  const critere: Critere = { code: newCode(libelle, criteres.map((c) => c.code)), libelle, aide: '', poids: '1' };
  return { ...g, familles: g.familles.map((f) => (f.code === famille ? { ...f, criteres: [...f.criteres, critere] } : f)) };
}

export function addFamille(g: Grille): Grille {
  const libelle = freeNom('Nouvelle famille', g.familles.map((f) => f.libelle));
  return { ...g, familles: [...g.familles, { code: newCode(libelle, g.familles.map((f) => f.code)), libelle, aspect: null, poids: '1', criteres: [] }] };
}

export const ECHELLES: { valeur: string; libelle: string; echelle: Echelle }[] = [
  {
    valeur: '1-4', libelle: '1 à 4',
    echelle: { genre: 'niveaux', niveaux: [['1', 'Mauvais'], ['2', 'Moyen'], ['3', 'Bon'], ['4', 'Très bon']].map(([code = '', libelle = '']) => ({ code, libelle, valeur: code })) },
  },
  { valeur: '0-5', libelle: '0 à 5', echelle: { genre: 'nombres', min: '0', max: '5', decimales: 0 } },
  { valeur: '0-10', libelle: '0 à 10, une décimale', echelle: { genre: 'nombres', min: '0', max: '10', decimales: 1 } },
  { valeur: 'A-D', libelle: 'A à D', echelle: { genre: 'niveaux', niveaux: ['A', 'B', 'C', 'D'].map((code, i) => ({ code, libelle: '', valeur: String(4 - i) })) } },
];
