import { libelleExclus } from '../../../shared/domain/loyers/libelles.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { buildLegende, classerValeurs, moveBorne, NOMBRE_USUEL, type Classes, type GrilleClasses, type LigneLegende } from '../../../shared/domain/carte/classer.ts';
import { classeDe, type Methode } from '../../../shared/domain/carte/classes.ts';
import { formatMesure, MESURES_CARTE, type Mesure, type Surface } from '../../../shared/domain/carte/mesures.ts';
import type { LigneTotalisable } from '../../../shared/domain/carte/totaux.ts';

export { MESURES, mesureDe, titreMesure, type Mesure, type Surface } from '../../../shared/domain/carte/mesures.ts';
export type { Classes, LigneLegende } from '../../../shared/domain/carte/classer.ts';

type LigneLoyers = Sortie<'loyers.lire'>['lignes'][number];
/** Une ligne du tableau et de la carte : ses loyers, et toutes les mesures ; `null`, sans valeur. */
export type Ligne = LigneLoyers & LigneTotalisable & {
  /** Nom de la commune d'un ensemble ; vide à une autre maille. */
  commune: string;
};
export type GrilleService = NonNullable<Sortie<'serviceRendu.lire'>['grille']>;
export type Taille = 'logements' | 'loues' | 'egale';
export type Maille = 'ensemble' | 'commune' | 'epci' | 'departement' | 'organisme';

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

/** Toutes les mesures sans valeur : ce qu'une ligne a tant que rien n'est lu. */
export const SANS_VALEUR: Record<Mesure, null> = {
  loyerM2: null, loyerMaxM2: null, ecartM2: null, marge: null, plafondPLAI: null, plafondPLUS: null, plafondPLS: null,
  vacance: null, rotation: null, ressources: null, serviceRendu: null, dpe: null, qpv: null,
};

const SANS_MAXIMUM = { surface: 0, loyer: 0, maximum: 0 };

/** Les lignes des loyers, avec les valeurs que le service donne pour chacune. */
export function joindre(lignes: readonly LigneLoyers[], mesures: Sortie<'carte.mesures'> | undefined): Ligne[] {
  const parCode = new Map((mesures?.lignes ?? []).map((l) => [l.code, l]));
  return lignes.map((l) => {
    const lues = parCode.get(l.code);
    const jointe: Ligne = { ...SANS_VALEUR, ...l, sur: lues?.sur ?? {}, sommesMax: lues?.sommesMax ?? SANS_MAXIMUM, commune: lues?.commune ?? '' };
    for (const m of MESURES_CARTE) if (!(m in l)) jointe[m] = lues?.valeurs[m] ?? null;
    return jointe;
  });
}

/** `4,25 €/m²`, `12,5 %` ; un résultat du service rendu n'a pas d'unité. */
export const direValeur = (v: number, mesure: Mesure): string => formatMesure(v, mesure);

/** Bornes et couleurs d'une mesure, d'après les lignes. */
export function classer(lignes: readonly Ligne[], mesure: Mesure, methode: Methode, posees: readonly number[] | null, grille: GrilleClasses | null = null, nombre = NOMBRE_USUEL): Classes {
  return classerValeurs(lignes.map((l) => l[mesure]), { mesure, methode, nombre, posees, grille });
}

/** Classe d'une ligne ; `null` : sans valeur, jamais zéro. */
export const classeLigne = (l: Ligne, mesure: Mesure, { bornes }: Classes): number | null => classeDe(l[mesure], bornes);

export function legende(lignes: readonly Ligne[], mesure: Mesure, classes: Classes): LigneLegende[] {
  return buildLegende(lignes.map((l) => ({ logements: l.logements, valeur: l[mesure] })), mesure, classes);
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

export const deplacerBorne = moveBorne;

/** Les logements que la moyenne ne compte pas, par raison, en mots. */
export function direExclus(exclus: Record<string, number>, ecrire: (n: number) => string): string {
  const parties = Object.entries(exclus).filter(([, n]) => n > 0).map(([raison, n]) => `${libelleExclus(raison)} : ${ecrire(n)}`);
  return parties.length === 0 ? '' : `Hors de la moyenne, ${parties.join(' ; ')}.`;
}
