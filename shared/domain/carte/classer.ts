/** Classes d'une mesure : bornes, couleurs du thème, noms. Les mêmes à l'écran, au terminal et sur la feuille imprimée. */
import { bornesEchelle } from '../service-rendu/echelle.ts';
import { nombreDe } from '../service-rendu/resultats.ts';
import type { Grille } from '../service-rendu/types.ts';
import { classeDe, computeBornes, computeBornesDivergentes, cotesDe, couleursDivergentes, couleursSequentielles } from './classes.ts';
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

/** Nombres de classes proposés : le thème a sept couleurs en suite, et six teintes de chaque côté de zéro. */
export const nombresDeClasses = (mesure: Mesure): readonly number[] => (mesureDe(mesure).cotes === null ? [2, 3, 4, 5, 6, 7] : [2, 3, 4, 5, 6]);
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
  const { cotes } = mesureDe(mesure);
  const admis = nombreAdmis(mesure, nombre);
  const bornes = posees ? [...posees] : cotes ? computeBornesDivergentes(valeurs, methode, admis) : computeBornes(valeurs, methode, admis);
  return { bornes, couleurs: cotes ? couleursDivergentes(bornes, cotes.vert) : couleursSequentielles(Math.max(0, bornes.length - 1)) };
}

/**
 * Les classes communes à deux cartes d'une même mesure : une couleur y veut dire la même chose. Elles couvrent les
 * valeurs des deux ; des bornes posées à la main s'étendent jusque-là.
 */
export function classerEnsemble(valeurs: readonly (number | null)[], autres: readonly (number | null)[], reglage: Reglage): Classes {
  const toutes = [...valeurs, ...autres];
  return classerValeurs(toutes, reglage.posees === null ? reglage : { ...reglage, posees: couvrir(reglage.posees, toutes) });
}

function couvrir(bornes: readonly number[], valeurs: readonly (number | null)[]): number[] {
  const [min, max] = [bornes[0], bornes.at(-1)];
  if (min === undefined || max === undefined) return [...bornes];
  const [bas, haut] = valeurs.reduce(([b, h], v) => (v === null ? [b, h] : [Math.min(b, v), Math.max(h, v)]), [min, max]);
  return [bas, ...bornes.slice(1, -1), haut];
}

export const MEMES_CLASSES = 'Mêmes classes sur les deux cartes, pour les valeurs des deux scénarios.';

/** Ce qu'il faut dire des classes : moins que demandé, ou zéro qui n'en est pas le centre ; vide s'il n'y a rien à dire. */
export function direClasses({ bornes }: Classes, { mesure, nombre, posees, grille }: Pick<Reglage, 'mesure' | 'nombre' | 'posees' | 'grille'>): string[] {
  const [min, max] = [bornes[0], bornes[bornes.length - 1]];
  if (min === undefined || max === undefined || posees !== null || (mesure === 'serviceRendu' && grille !== null)) return [];
  const [faites, admis] = [bornes.length - 1, nombreAdmis(mesure, nombre)];
  const { cotes } = mesureDe(mesure);
  return [
    ...(faites < admis ? [`${faites} ${faites > 1 ? 'classes' : 'classe'} sur ${admis} demandées : pas assez de valeurs différentes.`] : []),
    ...(cotes !== null && (min >= 0 || max <= 0) ? [`Toutes les valeurs sont ${min >= 0 ? cotes.dessus : cotes.sous} : l’échelle n’est pas centrée sur zéro.`] : []),
  ];
}

/** `cote` : de quel côté de zéro est la classe, en mots. */
export type LigneLegende = { classe: number | null; libelle: string; cote: string | null; couleur: string | null; logements: number; lignes: number };

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
  const mots = mesureDe(mesure).cotes;
  const cotes = mots === null ? [] : cotesDe(classes.bornes).map((c) => (c === 'deux' ? 'de part et d’autre de zéro' : mots[c]));
  const connues = classes.couleurs.map((couleur, i): LigneLegende => {
    const [de = 0, a = 0] = [classes.bornes[i], classes.bornes[i + 1]];
    const bornes = de === a ? ecrire(de) : `${ecrire(de)} à ${ecrire(a)}`;
    const nom = classes.libelles?.[i];
    return { classe: i, couleur, libelle: nom === undefined ? bornes : `${nom} (${bornes})`, cote: cotes[i] ?? null, ...(comptes.get(i) ?? vide) };
  });
  const sans = comptes.get(null);
  return sans ? [...connues, { classe: null, couleur: null, libelle: 'Sans valeur', cote: null, ...sans }] : connues;
}

/** Déplace une borne intérieure sans qu'elle croise ses voisines. */
export function moveBorne(bornes: readonly number[], rang: number, valeur: number): number[] {
  const avant = bornes[rang - 1];
  const apres = bornes[rang + 1];
  if (avant === undefined || apres === undefined) return [...bornes];
  const jeu = (apres - avant) / 1000;
  return bornes.with(rang, Math.min(apres - jeu, Math.max(avant + jeu, valeur)));
}
