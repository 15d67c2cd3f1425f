/** Ce que l'état de l'occupation sociale additionne : par ensemble, commune et situation QPV, puis par territoire. */
import type { Intervalle } from './bandes.ts';
import { rangBande } from './bandes.ts';
import type { Menage, Reunis } from './lecture.ts';
import { NON, OUI, TAILLE_MAX, rangAge } from './modalites.ts';
import type { CodeVariable, Variable } from './modalites.ts';

export type Cumul = {
  logements: number;
  /** Loués au RPLS, ou présents dans l'enquête. */
  concernes: number;
  repondants: number;
  /** Personnes, des ménages dont la composition est connue. */
  occupants: number;
  majeurs: number;
  mineurs: number;
  /** Par variable, dans l'ordre de `variablesDe` ; chaque somme vaut `repondants`. */
  variables: number[][];
  offerts: number;
  vacants: number;
  vacantsTroisMois: number;
  baseRotation: number;
  rotation: number;
};

export function cumulVide(variables: readonly Variable[]): Cumul {
  return {
    logements: 0, concernes: 0, repondants: 0, occupants: 0, majeurs: 0, mineurs: 0, variables: variables.map((v) => v.modalites.map(() => 0)),
    offerts: 0, vacants: 0, vacantsTroisMois: 0, baseRotation: 0, rotation: 0,
  };
}

const NOMBRES = ['logements', 'concernes', 'repondants', 'occupants', 'majeurs', 'mineurs', 'offerts', 'vacants', 'vacantsTroisMois', 'baseRotation', 'rotation'] as const;

export function addCumul(vers: Cumul, c: Cumul): void {
  for (const n of NOMBRES) vers[n] += c[n];
  for (const [v, modalites] of c.variables.entries()) for (const [k, n] of modalites.entries()) plus(vers, v, k, n);
}

function plus(c: Cumul, variable: number, rang: number, n: number): void {
  const modalites = c.variables[variable];
  if (modalites !== undefined) modalites[rang] = (modalites[rang] ?? 0) + n;
}

/** De quoi ranger les réponses : les variables, les bandes, et la date de référence de l'enquête. */
export type Regles = { variables: readonly Variable[]; bandes: readonly Intervalle[]; /** `AAAA-MM-JJ` ; `null` : pas donnée. */ reference: string | null };

export function addMenage(c: Cumul, m: Menage, regles: Regles): void {
  if (!m.repondant) return;
  c.repondants++;
  c.occupants += m.occupants ?? 0;
  c.majeurs += m.majeurs ?? 0;
  c.mineurs += m.mineurs ?? 0;
  for (const [i, v] of regles.variables.entries()) plus(c, i, rangDe(v, m, regles) ?? v.modalites.length - 1, 1);
}

function rangDe(v: Variable, m: Menage, regles: Regles): number | null {
  switch (v.code) {
    case 'ressources': return m.ressources === null ? null : rangBande(regles.bandes, m.ressources);
    case 'tailles': return m.occupants === null ? null : Math.min(m.occupants, TAILLE_MAX) - 1;
    case 'menages': return m.type === null ? null : m.type - 1;
    case 'ages': return m.age === null ? null : rangAge(m.age);
    case 'apl': return m.apl === null ? null : m.apl ? OUI : NON;
    case 'activites': return m.activite === null ? null : m.activite - 1;
    case 'emmenagements': return rangEmmenagement(m.bail, regles.reference);
  }
}

/**
 * Emménagé « au cours des deux dernières années » (R442-14) à la date de référence. Un mois sans jour compte
 * au premier du mois. Sans date, ou postérieure à l'enquête : inconnu.
 */
export function rangEmmenagement(bail: string | null, reference: string | null): number | null {
  if (bail === null || reference === null) return null;
  const jour = bail.length === 7 ? `${bail}-01` : bail;
  if (jour > reference) return null;
  const depuis = `${String(Number(reference.slice(0, 4)) - 2)}${reference.slice(4)}`;
  return jour > depuis ? OUI : NON;
}

/** Ajoute une ligne déjà réunie ; ce qu'elle ne dit pas reste inconnu. */
export function addReunis(c: Cumul, r: Reunis, regles: Regles, bandesLues: readonly Intervalle[]): void {
  c.repondants += r.repondants;
  c.occupants += r.occupants ?? 0;
  c.majeurs += r.majeurs ?? 0;
  c.mineurs += r.mineurs ?? 0;
  for (const [i, v] of regles.variables.entries()) {
    const inconnu = v.modalites.length - 1;
    let range = 0;
    for (const [rang, lu] of Array.from(r.effectifs[v.code] ?? [], (x) => x ?? 0).entries()) {
      const bande = bandesLues[rang];
      const vers = v.code !== 'ressources' ? rang : bande === undefined ? null : rangBande(regles.bandes, bande);
      // Une bande du fichier à cheval sur celles du dossier ne se répartit pas : elle reste inconnue.
      if (vers === null) continue;
      plus(c, i, vers, lu);
      range += lu;
    }
    // Les emménagements récents sont comptés parmi les répondants : les autres sont plus anciens.
    if (v.code === 'emmenagements' && r.effectifs[v.code] !== undefined) plus(c, i, NON, r.repondants - range);
    else plus(c, i, inconnu, r.repondants - range);
  }
}

/** Répondants dont le nombre d'occupants est connu. */
export function connus(c: Cumul, variables: readonly Variable[], code: CodeVariable): number {
  const i = variables.findIndex((v) => v.code === code);
  const n = c.variables[i] ?? [];
  return c.repondants - (n.at(-1) ?? 0);
}
