/** Classes d'une mesure : bornes, couleurs du thème, noms. Les mêmes à l'écran, au terminal et sur la feuille imprimée. */
import { bornesEchelle } from '../service-rendu/echelle.ts';
import { nombreDe } from '../service-rendu/resultats.ts';
import type { Grille } from '../service-rendu/types.ts';
import { classeDe, computeBornes, computeBornesDivergentes, couleursDivergentes, couleursSequentielles } from './classes.ts';
import type { Methode } from './classes.ts';
import { formatMesure, mesureDe } from './mesures.ts';
import type { Mesure } from './mesures.ts';

export type GrilleClasses = Pick<Grille, 'echelle' | 'classes' | 'sens'>;

export type Classes = {
  bornes: number[];
  /** Nom de la couleur de chaque classe, dans le thème. */
  couleurs: string[];
  /** Noms des classes, quand l'organisme les a nommées. */
  libelles?: string[];
};

/** Nombres de classes proposés : pairs autour de zéro ; le thème a sept couleurs, trois de chaque côté. */
export const nombresDeClasses = (mesure: Mesure): readonly number[] => (mesureDe(mesure).divergente ? [2, 4, 6] : [2, 3, 4, 5, 6, 7]);
export const NOMBRE_USUEL = 5;

/** Le nombre de classes qu'une mesure admet, au plus près de celui voulu. */
export function nombreAdmis(mesure: Mesure, voulu: number): number {
  return nombresDeClasses(mesure).reduce((a, b) => (Math.abs(b - voulu) <= Math.abs(a - voulu) ? b : a));
}

/** Noms des couleurs des classes de la grille : la plus soutenue est la meilleure, quel que soit le sens. */
export function couleursGrille(grille: Pick<Grille, 'classes' | 'sens'>): string[] {
  const couleurs = couleursSequentielles(grille.classes.length);
  return grille.sens === 'croissant' ? couleurs : couleurs.toReversed();
}

/** Les classes du service rendu sont celles de la grille : bornes, noms et sens de l'organisme. */
function classesGrille(grille: GrilleClasses): Classes {
  const { max } = bornesEchelle(grille.echelle);
  return { bornes: [...grille.classes.map((c) => nombreDe(c.de)), nombreDe(max)], couleurs: couleursGrille(grille), libelles: grille.classes.map((c) => c.libelle) };
}

export type Reglage = { mesure: Mesure; methode: Methode; nombre: number; posees: readonly number[] | null; grille: GrilleClasses | null };

/** Bornes et couleurs : de la grille, posées à la main, ou calculées des valeurs. */
export function classerValeurs(valeurs: Iterable<number | null>, { mesure, methode, nombre, posees, grille }: Reglage): Classes {
  if (mesure === 'serviceRendu' && grille !== null && posees === null) return classesGrille(grille);
  const { divergente } = mesureDe(mesure);
  const admis = nombreAdmis(mesure, nombre);
  const bornes = posees ? [...posees] : divergente ? computeBornesDivergentes(valeurs, methode, admis / 2) : computeBornes(valeurs, methode, admis);
  return { bornes, couleurs: divergente ? couleursDivergentes(bornes) : couleursSequentielles(Math.max(0, bornes.length - 1)) };
}

export type LigneLegende = { classe: number | null; libelle: string; couleur: string | null; logements: number; lignes: number };

/** La légende : chaque classe, ses bornes et les logements qu'elle contient ; puis ceux sans valeur, jamais comptés pour zéro. */
export function buildLegende(lignes: Iterable<{ logements: number; valeur: number | null }>, mesure: Mesure, classes: Classes): LigneLegende[] {
  const comptes = new Map<number | null, { logements: number; lignes: number }>();
  for (const { logements, valeur } of lignes) {
    const classe = classeDe(valeur, classes.bornes);
    const c = comptes.get(classe) ?? { logements: 0, lignes: 0 };
    comptes.set(classe, { logements: c.logements + logements, lignes: c.lignes + 1 });
  }
  const vide = { logements: 0, lignes: 0 };
  const ecrire = (v: number): string => formatMesure(v, mesure, false);
  const connues = classes.couleurs.map((couleur, i): LigneLegende => {
    const [de = 0, a = 0] = [classes.bornes[i], classes.bornes[i + 1]];
    const bornes = de === a ? ecrire(de) : `${ecrire(de)} à ${ecrire(a)}`;
    const nom = classes.libelles?.[i];
    return { classe: i, couleur, libelle: nom === undefined ? bornes : `${nom} (${bornes})`, ...(comptes.get(i) ?? vide) };
  });
  const sans = comptes.get(null);
  return sans ? [...connues, { classe: null, couleur: null, libelle: 'Sans valeur', ...sans }] : connues;
}

/** Déplace une borne intérieure sans qu'elle croise ses voisines. */
export function moveBorne(bornes: readonly number[], rang: number, valeur: number): number[] {
  const avant = bornes[rang - 1];
  const apres = bornes[rang + 1];
  if (avant === undefined || apres === undefined) return [...bornes];
  const jeu = (apres - avant) / 1000;
  return bornes.with(rang, Math.min(apres - jeu, Math.max(avant + jeu, valeur)));
}
