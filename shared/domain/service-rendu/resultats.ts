import { parseDecimal } from '../nombres/decimal.ts';
import { fraction, parseRationnel, roundRationnel, SommePonderee } from '../nombres/rationnel.ts';
import type { Rationnel } from '../nombres/rationnel.ts';
import { compareTextes } from './echelle.ts';
import type { Grille } from './types.ts';

/**
 * Politique d'arrondi, la seule : les moyennes sont des fractions exactes ; un résultat n'est arrondi qu'une
 * fois, à deux décimales (la demie s'éloignant de zéro), pour être dit, et sa classe se lit sur ce résultat
 * dit : l'écran ne peut pas montrer 2,50 dans la classe d'avant 2,50. Un territoire se calcule sur les
 * fractions, jamais sur les arrondis.
 */
export type Resultat = {
  /** `null` sous le seuil de complétude, ou sans note qui compte. */
  exact: Rationnel | null;
  /** Critères notés et critères à noter, parmi ceux dont le poids n'est pas nul. */
  notes: number;
  criteres: number;
};

export type ResultatEnsemble = { total: Resultat; familles: Resultat[] };

type FamillePrete = { poids: bigint; rangs: number[]; poidsCriteres: number[] };

/** La grille prête à calculer : poids en entiers de centièmes. */
export type Calcul = { grille: Grille; familles: FamillePrete[]; criteres: number };

const centiemes = (texte: string): number => {
  const d = parseDecimal(texte);
  return d === null ? 0 : Number(d.mantisse * 10n ** BigInt(2 - Math.min(2, d.echelle)));
};

export function prepareCalcul(grille: Grille): Calcul {
  let rang = 0;
  const familles = grille.familles.map((f): FamillePrete => {
    const rangs: number[] = [];
    const poidsCriteres: number[] = [];
    for (const c of f.criteres) {
      const poids = centiemes(c.poids);
      if (poids > 0) {
        rangs.push(rang);
        poidsCriteres.push(poids);
      }
      rang += 1;
    }
    return { poids: BigInt(centiemes(f.poids)), rangs, poidsCriteres };
  });
  return { grille, familles, criteres: rang };
}

/** Note conservée (décimal exact) en centièmes entiers : ce que `computeEnsemble` attend. */
export const centiemesNote = (valeur: string | null): number | null => (valeur === null ? null : centiemes(valeur));

const atteint = (notes: number, criteres: number, seuil: number): boolean => notes > 0 && notes * 100 >= seuil * criteres;

/**
 * Résultat d'un ensemble, en tout et par famille : moyenne des notes pondérée par les critères, puis des
 * familles par leur poids. Ce qui n'est pas noté n'entre pas dans la moyenne ; il est compté.
 * `notes` : centièmes, dans l'ordre des critères de la grille.
 */
export function computeEnsemble({ grille, familles }: Calcul, notes: readonly (number | null)[]): ResultatEnsemble {
  let haut = 0n;
  let bas = 1n;
  let poidsTotal = 0n;
  let notesTotal = 0;
  let criteresTotal = 0;
  const parFamille = familles.map((f): Resultat => {
    let somme = 0;
    let poids = 0;
    let n = 0;
    for (const [i, rang] of f.rangs.entries()) {
      const note = notes[rang];
      if (note === null || note === undefined) continue;
      const p = f.poidsCriteres[i] ?? 0;
      somme += note * p;
      poids += p;
      n += 1;
    }
    const criteres = f.rangs.length;
    if (f.poids > 0n) {
      criteresTotal += criteres;
      notesTotal += n;
    }
    if (n === 0) return { exact: null, notes: 0, criteres };
    const [hautF, basF] = [BigInt(somme), BigInt(poids)];
    if (f.poids > 0n) {
      // haut/bas + poids × hautF/basF : même dénominateur, presque toujours, d'une famille à l'autre.
      [haut, bas] = bas === basF ? [haut + f.poids * hautF, bas] : [haut * basF + f.poids * hautF * bas, bas * basF];
      poidsTotal += f.poids;
    }
    return { exact: atteint(n, criteres, grille.seuil) ? fraction(hautF, basF * 100n) : null, notes: n, criteres };
  });
  const montre = poidsTotal > 0n && atteint(notesTotal, criteresTotal, grille.seuil);
  return { total: { exact: montre ? fraction(haut, bas * poidsTotal * 100n) : null, notes: notesTotal, criteres: criteresTotal }, familles: parFamille };
}

/** Rang de la classe d'un résultat exact, lue sur le résultat dit ; `null` sans résultat. */
export function classeResultat(grille: Grille, exact: Rationnel | null): number | null {
  if (exact === null) return null;
  const dit = String(roundRationnel(exact));
  const rang = grille.classes.findLastIndex((c) => compareTextes(c.de, dit) <= 0);
  return rang < 0 ? null : rang;
}

/** Résultats d'ensembles à réunir pour un territoire, chacun avec ses logements dans ce territoire. */
export class Reunion {
  ensembles = 0;
  logements = 0;
  ensemblesNotes = 0;
  logementsNotes = 0;
  notes = 0;
  criteres = 0;
  readonly familles: { somme: SommePonderee; ensembles: number; logements: number }[];
  readonly classes: { ensembles: number; logements: number }[];
  private readonly somme = new SommePonderee();
  private readonly grille: Grille;

  constructor(grille: Grille) {
    this.grille = grille;
    this.familles = grille.familles.map(() => ({ somme: new SommePonderee(), ensembles: 0, logements: 0 }));
    this.classes = grille.classes.map(() => ({ ensembles: 0, logements: 0 }));
  }

  add(resultat: ResultatEnsemble, logements: number, classe: number | null): void {
    this.ensembles += 1;
    this.logements += logements;
    this.notes += resultat.total.notes;
    this.criteres += resultat.total.criteres;
    for (const [i, f] of resultat.familles.entries()) {
      const cumul = this.familles[i];
      if (f.exact === null || cumul === undefined) continue;
      cumul.somme.add(f.exact, logements);
      cumul.ensembles += 1;
      cumul.logements += logements;
    }
    if (resultat.total.exact === null) return;
    this.somme.add(resultat.total.exact, logements);
    this.ensemblesNotes += 1;
    this.logementsNotes += logements;
    const c = classe === null ? undefined : this.classes[classe];
    if (c === undefined) return;
    c.ensembles += 1;
    c.logements += logements;
  }

  /** Moyenne des ensembles notés, pondérée par leurs logements. */
  moyenne(): Rationnel | null {
    return this.somme.moyenne();
  }

  classe(): number | null {
    return classeResultat(this.grille, this.moyenne());
  }
}

/** Moyenne exacte de territoires disjoints d'après leurs propres moyennes : pour vérifier, et pour expliquer. */
export function meanOf(parts: readonly { exact: Rationnel | null; logements: number }[]): Rationnel | null {
  const somme = new SommePonderee();
  for (const p of parts) if (p.exact !== null) somme.add(p.exact, p.logements);
  return somme.moyenne();
}

/** Borne haute d'une classe, pour la dire ; `null` pour la dernière. */
export const finClasse = (grille: Grille, rang: number): string | null => grille.classes[rang + 1]?.de ?? null;

/** La valeur d'un texte décimal, pour une figure (jamais pour un calcul). */
export const nombreDe = (texte: string): number => {
  const r = parseRationnel(texte);
  return r === null ? 0 : roundRationnel(r);
};
