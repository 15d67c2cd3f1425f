import { nombreA, unpackTextes } from '../../../shared/domain/carte/colonnes.ts';
import { libelleExclus } from '../../../shared/domain/loyers/libelles.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { buildLegende, classerValeurs, moveBorne, NOMBRE_USUEL, type Classes, type GrilleClasses, type LigneLegende } from '../../../shared/domain/carte/classer.ts';
import { classeDe, type Methode } from '../../../shared/domain/carte/classes.ts';
import { formatMesure, type Mesure, type Surface } from '../../../shared/domain/carte/mesures.ts';
import type { BasesTotaux } from '../../../shared/domain/carte/totaux.ts';
import { LigneCarte, type Ligne, type LigneLoyers } from './ligne.ts';

export { MESURES, mesureDe, titreMesure, type Mesure, type Surface } from '../../../shared/domain/carte/mesures.ts';
export type { Classes, LigneLegende } from '../../../shared/domain/carte/classer.ts';

export type { Ligne, LigneLoyers } from './ligne.ts';
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

/** Les loyers d'une maille, lus de leurs colonnes. */
export function lignesLoyers(lu: Sortie<'carte.loyers'> | undefined): LigneLoyers[] {
  if (lu === undefined) return [];
  const [codes, noms] = [unpackTextes(lu.codes, lu.nombre), unpackTextes(lu.noms, lu.nombre)];
  const { champs } = lu;
  return codes.map((code, i) => ({
    code, nom: noms[i] ?? code,
    logements: champs.logements[i] ?? 0, loues: champs.loues[i] ?? 0, surface: champs.surface[i] ?? 0, loyerMensuel: champs.loyerMensuel[i] ?? 0, avecMaximum: champs.avecMaximum[i] ?? 0,
    loyerM2: nombreA(champs.loyerM2, i), loyerMaxM2: nombreA(champs.loyerMaxM2, i), ecartM2: nombreA(champs.ecartM2, i),
  }));
}

/** Les lignes des loyers, avec les valeurs que le service donne pour chacune. */
export function joindre(lignes: readonly LigneLoyers[], mesures: Sortie<'carte.valeurs'> | undefined): Ligne[] {
  if (mesures === undefined) return lignes.map((l) => new LigneCarte(l, undefined, -1, null));
  const codes = unpackTextes(mesures.codes, mesures.nombre);
  const bases: BasesTotaux = { sur: mesures.sur, max: mesures.max, npl: mesures.npl };
  let rangs: ReadonlyMap<string, number> | null = null;
  return lignes.map((l, i) => {
    // Dans le même ordre que les loyers, presque toujours ; la table des rangs n'est faite que s'il le faut.
    const rang = codes[i] === l.code ? i : ((rangs ??= new Map(codes.map((c, r) => [c, r]))).get(l.code) ?? -1);
    return new LigneCarte(l, mesures.champs, rang, bases);
  });
}

/** `4,25 €/m²`, `12,5 %` ; un résultat du service rendu n'a pas d'unité. */
export const direValeur = (v: number, mesure: Mesure): string => formatMesure(v, mesure);

/** Bornes et couleurs d'une mesure, d'après ses valeurs. */
export function classer(valeurs: readonly (number | null)[], mesure: Mesure, methode: Methode, posees: readonly number[] | null, grille: GrilleClasses | null = null, nombre = NOMBRE_USUEL): Classes {
  return classerValeurs(valeurs, { mesure, methode, nombre, posees, grille });
}

/** Ce que la carte sait d'une ligne : sa taille, et sa classe (`null` : sans valeur). */
export type LigneClassee = Pick<LigneLoyers, 'code' | 'logements' | 'loues'> & { classe: number | null };

/** Les lignes avec la classe de leur valeur, de même rang. */
export function classerLignes(lignes: readonly LigneLoyers[], valeurs: readonly (number | null)[], { bornes }: Classes): LigneClassee[] {
  return lignes.map(({ code, logements, loues }, i) => ({ code, logements, loues, classe: classeDe(valeurs[i] ?? null, bornes) }));
}

export function legende(lignes: readonly LigneLoyers[], valeurs: readonly (number | null)[], mesure: Mesure, classes: Classes): LigneLegende[] {
  return buildLegende(lignes.map((l, i) => ({ logements: l.logements, valeur: valeurs[i] ?? null })), mesure, classes);
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
