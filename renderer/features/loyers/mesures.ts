import { libelleExclus } from '../../../shared/domain/loyers/libelles.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { bornesEchelle } from '../../../shared/domain/service-rendu/echelle.ts';
import { nombreDe } from '../../../shared/domain/service-rendu/resultats.ts';
import { couleursClasses } from '../service/couleurs.ts';
import {
  classeDe, computeBornes, computeBornesDivergentes, couleursDivergentes, couleursSequentielles, formatTaux, type Methode,
} from '../../../shared/domain/carte/classes.ts';

/** `serviceRendu` : le résultat du service rendu, sur l'échelle de la grille de l'organisme. */
export type Ligne = Sortie<'loyers.lire'>['lignes'][number] & { serviceRendu: number | null };
export type Mesure = 'loyerM2' | 'loyerMaxM2' | 'ecartM2' | 'serviceRendu';
export type GrilleService = NonNullable<Sortie<'serviceRendu.lire'>['grille']>;
export type Taille = 'logements' | 'loues' | 'egale';
export type Surface = 'SH' | 'SU' | 'SC';
export type Maille = 'ensemble' | 'commune' | 'epci' | 'departement' | 'organisme';

export const MESURES: { valeur: Mesure; libelle: string; titre: string }[] = [
  { valeur: 'loyerM2', libelle: 'Loyer €/m²', titre: 'Loyer, € par m²' },
  { valeur: 'loyerMaxM2', libelle: 'Maximum €/m²', titre: 'Loyer maximum, € par m²' },
  { valeur: 'ecartM2', libelle: 'Écart au maximum', titre: 'Maximum moins loyer, € par m²' },
  { valeur: 'serviceRendu', libelle: 'Service rendu', titre: 'Service rendu, résultat sur l’échelle de l’organisme' },
];
export const TAILLES: { valeur: Taille; libelle: string }[] = [
  { valeur: 'logements', libelle: 'Logements' },
  { valeur: 'loues', libelle: 'Loués' },
  { valeur: 'egale', libelle: 'Égale' },
];
export const CLASSES: { valeur: Methode; libelle: string }[] = [
  { valeur: 'quantiles', libelle: 'Quantiles' },
  { valeur: 'egales', libelle: 'Égales' },
  { valeur: 'naturelles', libelle: 'Seuils naturels' },
];
export const SURFACES: { valeur: Surface; libelle: string; mot: string }[] = [
  { valeur: 'SH', libelle: 'Habitable (SH)', mot: 'habitable' },
  { valeur: 'SU', libelle: 'Utile (SU)', mot: 'utile' },
  { valeur: 'SC', libelle: 'Corrigée (SC)', mot: 'corrigée' },
];
export const MAILLES: { valeur: Maille; libelle: string }[] = [
  { valeur: 'ensemble', libelle: 'Ensemble' },
  { valeur: 'commune', libelle: 'Commune' },
  { valeur: 'epci', libelle: 'EPCI' },
  { valeur: 'departement', libelle: 'Département' },
  { valeur: 'organisme', libelle: 'Organisme' },
];

export type Classes = {
  bornes: number[];
  /** Nom de la couleur de chaque classe, dans le thème. */
  couleurs: string[];
  /** Noms des classes, quand l'organisme les a nommées. */
  libelles?: string[];
};

/** `4,25 €/m²` ; un résultat du service rendu n'a pas d'unité. */
export const direValeur = (v: number, mesure: Mesure): string => (mesure === 'serviceRendu' ? formatTaux(v) : `${formatTaux(v)}\u00a0€/m²`);

/** Les classes du service rendu sont celles de la grille : bornes, noms et sens de l'organisme. */
function classesService(grille: GrilleService): Classes {
  const { max } = bornesEchelle(grille.echelle);
  return { bornes: [...grille.classes.map((c) => nombreDe(c.de)), nombreDe(max)], couleurs: couleursClasses(grille), libelles: grille.classes.map((c) => c.libelle) };
}

/** Bornes et couleurs d'une mesure : cinq classes, ou trois de part et d'autre de zéro pour l'écart. */
export function classer(lignes: readonly Ligne[], mesure: Mesure, methode: Methode, posees: readonly number[] | null, grille: GrilleService | null = null): Classes {
  if (mesure === 'serviceRendu' && grille !== null && posees === null) return classesService(grille);
  const valeurs = lignes.map((l) => l[mesure]);
  const divergente = mesure === 'ecartM2';
  const bornes = posees ? [...posees] : divergente ? computeBornesDivergentes(valeurs, methode, 3) : computeBornes(valeurs, methode, 5);
  return { bornes, couleurs: divergente ? couleursDivergentes(bornes) : couleursSequentielles(Math.max(0, bornes.length - 1)) };
}

/** Classe d'une ligne ; `null` : sans valeur, jamais zéro. */
export const classeLigne = (l: Ligne, mesure: Mesure, { bornes }: Classes): number | null => classeDe(l[mesure], bornes);

export type LigneLegende = { classe: number | null; libelle: string; couleur: string | null; logements: number; lignes: number };

/** La légende : chaque classe, ses bornes et les logements qu'elle contient ; puis ceux sans valeur. */
export function legende(lignes: readonly Ligne[], mesure: Mesure, classes: Classes): LigneLegende[] {
  const comptes = new Map<number | null, { logements: number; lignes: number }>();
  for (const l of lignes) {
    const classe = classeLigne(l, mesure, classes);
    const c = comptes.get(classe) ?? { logements: 0, lignes: 0 };
    comptes.set(classe, { logements: c.logements + l.logements, lignes: c.lignes + 1 });
  }
  const vide = { logements: 0, lignes: 0 };
  const connues = classes.couleurs.map((couleur, i): LigneLegende => {
    const [de = 0, a = 0] = [classes.bornes[i], classes.bornes[i + 1]];
    const bornes = de === a ? formatTaux(de) : `${formatTaux(de)} à ${formatTaux(a)}`;
    const nom = classes.libelles?.[i];
    return { classe: i, couleur, libelle: nom === undefined ? bornes : `${nom} (${bornes})`, ...(comptes.get(i) ?? vide) };
  });
  const sans = comptes.get(null);
  return sans ? [...connues, { classe: null, couleur: null, libelle: 'Sans valeur', ...sans }] : connues;
}

/** Une tranche de l'histogramme ; une tranche à cheval sur une borne a une part par classe. */
export type Tranche = { de: number; a: number; parts: Map<number, number> };

/** Logements par tranche égale de la valeur, et par classe. */
export function histogramme(lignes: readonly Ligne[], mesure: Mesure, bornes: readonly number[], tranches: number): Tranche[] {
  const min = bornes[0];
  const max = bornes[bornes.length - 1];
  if (min === undefined || max === undefined || min === max) return [];
  const pas = (max - min) / tranches;
  const barres = Array.from({ length: tranches }, (_, i): Tranche => ({ de: min + i * pas, a: min + (i + 1) * pas, parts: new Map() }));
  for (const l of lignes) {
    const v = l[mesure];
    const classe = classeDe(v, bornes);
    if (v === null || classe === null) continue;
    const barre = barres[Math.min(tranches - 1, Math.floor((v - min) / pas))];
    barre?.parts.set(classe, (barre.parts.get(classe) ?? 0) + l.logements);
  }
  return barres;
}

/** Déplace une borne intérieure sans qu'elle croise ses voisines ; zéro reste la borne d'un écart. */
export function deplacerBorne(bornes: readonly number[], rang: number, valeur: number): number[] {
  const avant = bornes[rang - 1];
  const apres = bornes[rang + 1];
  if (avant === undefined || apres === undefined) return [...bornes];
  const jeu = (apres - avant) / 1000;
  return bornes.with(rang, Math.min(apres - jeu, Math.max(avant + jeu, valeur)));
}

/** Les logements que la moyenne ne compte pas, par raison, en mots. */
export function direExclus(exclus: Record<string, number>, ecrire: (n: number) => string): string {
  const parties = Object.entries(exclus).filter(([, n]) => n > 0).map(([raison, n]) => `${libelleExclus(raison)} : ${ecrire(n)}`);
  return parties.length === 0 ? '' : `Hors de la moyenne, ${parties.join(' ; ')}.`;
}
