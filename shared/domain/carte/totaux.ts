/**
 * Les totaux de lignes disjointes, pour toute mesure : à l'écran, au pied du tableau et sur la feuille. Ce qui
 * s'additionne est sommé, un taux est la division des sommes, jamais une moyenne de taux.
 */
import { pluriel } from '../nombres/accord.ts';
import { formatDecimal } from '../nombres/format.ts';
import { totalLignes } from '../loyers/taux.ts';
import type { Loyers, TotalLignes } from '../loyers/taux.ts';
import { formatMesure, MESURES_CARTE, mesureDe, MOT_SURFACE } from './mesures.ts';
import type { Mesure, Surface } from './mesures.ts';
import { mesurerNpl, SOMMES_NPL } from './npl.ts';
import type { MesureNpl, SommesNpl } from './npl.ts';

export const SOMMES_MAX = ['surface', 'loyer', 'maximum'] as const;
type Colonne = Float64Array<ArrayBuffer>;
/**
 * De quoi les valeurs sont faites, en colonnes que des lignes partagent : `sur`, ce dont une part est la part ; `max`, sur
 * les logements qui ont un maximum, la surface en centièmes de m², le loyer et le maximum mensuels en centimes ; `npl`, les sommes du scénario.
 */
export type BasesTotaux = { sur: Record<Mesure, Colonne>; max: Record<(typeof SOMMES_MAX)[number], Colonne>; npl: Record<(typeof SOMMES_NPL)[number], Colonne> };

export type LigneTotalisable = Pick<Loyers, 'logements' | 'loues' | 'surface' | 'loyerMensuel' | 'avecMaximum'> &
  Record<Mesure, number | null> & { rang: number; bases: BasesTotaux | null };

/** Toutes les mesures de ces lignes ; `null` : aucune valeur, ou une valeur qui n'a pas de sens hors d'une ligne (plafond d'une zone, résultat du service rendu). */
export function totalMesures(lignes: readonly LigneTotalisable[]): TotalLignes & Record<Mesure, number | null> {
  const total = totalLignes(lignes);
  const max = Object.fromEntries(SOMMES_MAX.map((s) => [s, sommer(lignes, (b) => b.max[s])])) as Record<(typeof SOMMES_MAX)[number], number>;
  const parM2 = (centimes: number): number | null => (max.surface > 0 ? centimes / max.surface : null);
  const part = (mesure: Mesure): number | null => {
    let [n, sur] = [0, 0];
    parcourir(lignes, (b) => b.sur[mesure], (base, l) => {
      // La part d'une ligne est un compte sur un autre : on retrouve le compte, puis on additionne.
      if (base !== 0) n += Math.round(((l[mesure] ?? 0) * base) / 100);
      sur += base;
    });
    return sur > 0 ? (100 * n) / sur : null;
  };
  const valeurs = Object.fromEntries(MESURES_CARTE.map((m) => [m, mesureDe(m).unite === '%' ? part(m) : null])) as Record<Mesure, number | null>;
  return {
    ...valeurs, ...total, ...totalNpl(lignes),
    loyerMaxM2: parM2(max.maximum), ecartM2: parM2(max.maximum - max.loyer),
    marge: total.avecMaximum > 0 ? (max.maximum - max.loyer) / 100 : null,
  };
}

/** Les seules mesures de leur scénario de politique des loyers. */
export function totalNpl(lignes: readonly LigneTotalisable[]): Record<MesureNpl, number | null> {
  return mesurerNpl(Object.fromEntries(SOMMES_NPL.map((s) => [s, sommer(lignes, (b) => b.npl[s])])) as SommesNpl);
}

/** Chaque ligne et son nombre dans une colonne de ses bases ; presque toujours la même colonne d'une ligne à l'autre. */
function parcourir(lignes: readonly LigneTotalisable[], colonneDe: (b: BasesTotaux) => Colonne, dire: (nombre: number, l: LigneTotalisable) => void): void {
  let bases: BasesTotaux | null = null;
  let colonne: Colonne | undefined;
  for (const l of lignes) {
    if (l.bases !== bases) {
      bases = l.bases;
      colonne = bases === null ? undefined : colonneDe(bases);
    }
    dire(colonne?.[l.rang] ?? 0, l);
  }
}

function sommer(lignes: readonly LigneTotalisable[], colonneDe: (b: BasesTotaux) => Colonne): number {
  let somme = 0;
  parcourir(lignes, colonneDe, (n) => { somme += n; });
  return somme;
}

const MOTS: Readonly<Record<string, [string, string]>> = { ensemble: ['ensemble', 'ensembles'], commune: ['commune', 'communes'], epci: ['EPCI', 'EPCI'], departement: ['département', 'départements'], organisme: ['organisme', 'organismes'] };

/** « 33 ensembles, 1 022 logements » */
export function direComptes({ lignes, logements }: Pick<TotalLignes, 'lignes' | 'logements'>, maille: string): string {
  const [un, plusieurs] = MOTS[maille] ?? ['ligne', 'lignes'];
  return `${pluriel(lignes, un, plusieurs)}, ${pluriel(logements, 'logement')}`;
}

/** « 33 ensembles, 1 022 logements ; 128 901,00 € par mois, 6,33 €/m² de surface habitable sur 950 logements loués » */
export function direTotaux(t: TotalLignes, maille: string, surface: Surface): string {
  const moyenne = t.loyerM2 === null ? `aucun logement loué dont le loyer et la surface ${MOT_SURFACE[surface]} sont déclarés` : `${formatMesure(t.loyerM2, 'loyerM2')} de surface ${MOT_SURFACE[surface]} sur ${pluriel(t.loues, 'logement loué', 'logements loués')}`;
  return `${direComptes(t, maille)} ; ${formatDecimal(String(t.loyerMensuel), 2)}\u00a0€ par mois, ${moyenne}`;
}
