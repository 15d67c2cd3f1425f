/** Les lignes de l'état de l'occupation sociale, à toute maille, et ce qui en est masqué hors de l'État. */
import type { Cumul } from './comptes.ts';
import { addCumul, connus, cumulVide } from './comptes.ts';
import type { AtomeMasquage, Masque } from './masquage.ts';
import { computeMasque, isCaseMasquee, isLigneMasquee } from './masquage.ts';
import type { Situation, Variable } from './modalites.ts';

/** La plus petite part comptée. `unites` : clés des lignes qui la comptent (`ensemble/…`, `commune/…`, `organisme/`). */
export type Atome = { unites: readonly string[]; situation: Exclude<Situation, 'total'>; cumul: Cumul };

/** Une valeur masquée est `null`. */
export type CumulMontre = { [K in Exclude<keyof Cumul, 'variables'>]: number | null } & { logements: number; variables: (number | null)[][]; masques: number };

export class TableauOccupation {
  readonly variables: readonly Variable[];
  /** Dans un ordre qui ne dépend que d'eux. */
  readonly atomes: readonly Atome[];
  readonly #lignes = new Map<string, Cumul>();
  /** `null` tant qu'ils n'ont pas été demandés. */
  masques: MasquesOccupation | null = null;
  #rangs: Map<string, number> | null = null;

  constructor(variables: readonly Variable[], atomes: readonly Atome[]) {
    this.variables = variables;
    // Le même dossier donne le même masque, dans quelque ordre qu'il soit lu : deux masques se compléteraient.
    const ranges = atomes.map((a) => ({ a, ordre: `${a.unites.join('|')} ${a.situation}` }));
    this.atomes = ranges.sort((x, y) => (x.ordre < y.ordre ? -1 : 1)).map(({ a }) => a);
    // Presque toutes les lignes d'un ensemble n'ont qu'un atome : elles le montrent tel quel, sans copie.
    const sommes = new Set<Cumul>();
    for (const a of this.atomes) {
      for (const cle of clesDe(a)) {
        const deja = this.#lignes.get(cle);
        if (deja === undefined) this.#lignes.set(cle, a.cumul);
        else if (sommes.has(deja)) addCumul(deja, a.cumul);
        else {
          const somme = cumulVide(variables);
          addCumul(somme, deja);
          addCumul(somme, a.cumul);
          sommes.add(somme);
          this.#lignes.set(cle, somme);
        }
      }
    }
  }

  /** Unités d'une maille, par leur clé. */
  unites(maille: string): string[] {
    const prefixe = `${maille}/`;
    return [...this.#lignes.keys()].filter((k) => k.startsWith(prefixe) && k.endsWith(' total')).map((k) => k.slice(prefixe.length, -' total'.length));
  }

  /** Une unité dans une situation ; tout à zéro quand elle n'y a aucun logement. */
  lire(unite: string, situation: Situation, masquer: boolean): CumulMontre {
    const cle = `${unite} ${situation}`;
    const c = this.#lignes.get(cle);
    if (c === undefined || !masquer) return { ...(c ?? cumulVide(this.variables)), masques: 0 };
    this.masques ??= computeMasques(this.variables, this.atomes);
    this.#rangs ??= rangsDe(this.atomes);
    return montrer(this.masques, this.#rangs.get(cle) ?? 0, c);
  }
}

const clesDe = (a: Atome): string[] => a.unites.flatMap((u) => [`${u} total`, `${u} ${a.situation}`]);

/** Les masques de chaque sorte d'effectif. Des octets : se calculent dans un fil à part quand le parc est grand. */
export type MasquesOccupation = { menages: Masque; concernes: Masque; occupants: Masque; personnes: Masque; parc: Masque; troisMois: Masque; base: Masque; rotation: Masque };

/**
 * Ce qui doit être masqué. Le nombre de logements ne l'est jamais (R445-3) ; les logements concernés le sont avec
 * les répondants, et avec les vacants, qu'ils donneraient par différence ; les personnes, quand elles sont moins de onze (donc de moins de onze logements), ou les ménages
 * dont la composition est connue. Majeurs et mineurs font les occupants : leurs lignes se masquent ensemble. Loués ou
 * proposés et base de la rotation aussi : l'un borne l'autre, et les logements, jamais masqués, les bornent tous deux.
 */
export function computeMasques(variables: readonly Variable[], atomes: readonly Atome[]): MasquesOccupation {
  const rangs = rangsDe(atomes);
  const noeuds = atomes.map((a) => clesDe(a).map((k) => rangs.get(k) ?? 0));
  const masquer = (effectif: (c: Cumul) => number, parts: (c: Cumul) => number[][] = () => [], aussi?: (n: number) => boolean): Masque =>
    computeMasque(rangs.size, atomes.map((a, i): AtomeMasquage => ({ noeuds: noeuds[i] ?? [], effectif: effectif(a.cumul), variables: parts(a.cumul) })), aussi);
  /** Des logements : au plus ceux que `capacite` dit, et nuls comme les autres. */
  const borner = (effectif: (c: Cumul) => number, capacite: (c: Cumul, rang: number) => number, aussi?: (n: number) => boolean, parts: (c: Cumul) => number[][] = () => []): Masque =>
    computeMasque(rangs.size, atomes.map((a, i): AtomeMasquage => ({ noeuds: noeuds[i] ?? [], effectif: effectif(a.cumul), capacite: capacite(a.cumul, i), variables: parts(a.cumul) })), aussi, true);
  const sansEnquete = atomes.every((a) => a.cumul.repondants === 0);
  // Une enquête par ensemble peut compter des logements qu'aucune situation du parc ne porte : ils bornent alors eux-mêmes.
  const menages = sansEnquete ? masquer((c) => c.repondants, (c) => c.variables) : computeMasque(rangs.size, atomes.map(({ cumul: c }, i): AtomeMasquage => ({ noeuds: noeuds[i] ?? [], effectif: c.repondants, capacite: Math.max(c.logements, c.concernes), variables: c.variables })));
  const composes = masquer((c) => connus(c, variables, 'tailles'));
  const masquees = [menages, composes];
  const deja = (n: number): boolean => masquees.some((m) => isLigneMasquee(m, n));
  let [occupants, personnes] = [menages, menages];
  for (let avant = -1, apres = 0; avant !== apres; ) {
    avant = apres;
    occupants = masquer((c) => c.occupants, () => [], deja);
    masquees.push(occupants);
    personnes = masquer((c) => c.majeurs + c.mineurs, (c) => [[c.majeurs, c.mineurs]], deja);
    masquees.push(personnes);
    apres = personnes.lignes.reduce((s, x) => s + x, 0) + occupants.lignes.reduce((s, x) => s + x, 0);
  }
  const compter = (m: Masque): number => m.lignes.reduce((s, x) => s + x, 0);
  const offrir = (aussi?: (n: number) => boolean): Masque => borner((c) => c.offerts, (c) => c.logements, aussi, (c) => [[c.vacants, c.offerts - c.vacants]]);
  let parc = offrir();
  let base = borner((c) => c.baseRotation, (c) => c.logements, (n) => isLigneMasquee(parc, n));
  while (compter(base) !== compter(parc)) {
    const sans = base;
    parc = offrir((n) => isLigneMasquee(sans, n));
    base = borner((c) => c.baseRotation, (c) => c.logements, (n) => isLigneMasquee(parc, n));
  }
  // Les vacants d'une part bornent ceux de plus de trois mois, quand une ligne les dit.
  const isVacanceDite = (rang: number): boolean => (noeuds[rang] ?? []).slice(0, 2).some((n) => !isCaseMasquee(parc, n, 0, 0));
  return {
    menages, occupants, personnes, parc, base,
    // Loués ou proposés, moins les logements concernés, font les vacants : ce qui cache les uns cache les autres.
    concernes: borner((c) => c.concernes, (c) => Math.max(c.logements, c.concernes), (n) => isLigneMasquee(menages, n) || isCaseMasquee(parc, n, 0, 0)),
    troisMois: borner((c) => c.vacantsTroisMois, (c, i) => (isVacanceDite(i) ? c.vacants : c.offerts), (n) => isCaseMasquee(parc, n, 0, 0)),
    rotation: borner((c) => c.rotation, (c) => Math.max(c.baseRotation, c.rotation), (n) => isLigneMasquee(base, n)),
  };
}

/** Le rang de chaque ligne : le même ici et dans un autre fil, pour les mêmes parts dans le même ordre. */
function rangsDe(atomes: readonly Atome[]): Map<string, number> {
  const rangs = new Map<string, number>();
  for (const a of atomes) for (const k of clesDe(a)) if (!rangs.has(k)) rangs.set(k, rangs.size);
  return rangs;
}

function montrer(m: MasquesOccupation, n: number, c: Cumul): CumulMontre {
  let masques = 0;
  const voir = (cache: boolean, valeur: number): number | null => {
    if (!cache) return valeur;
    masques++;
    return null;
  };
  const ligne = isLigneMasquee(m.menages, n);
  const montre = {
    logements: c.logements,
    concernes: voir(isLigneMasquee(m.concernes, n), c.concernes), repondants: voir(ligne, c.repondants),
    occupants: voir(isLigneMasquee(m.occupants, n), c.occupants), majeurs: voir(isCaseMasquee(m.personnes, n, 0, 0), c.majeurs), mineurs: voir(isCaseMasquee(m.personnes, n, 0, 1), c.mineurs),
    variables: c.variables.map((modalites, v) => modalites.map((x, k) => voir(isCaseMasquee(m.menages, n, v, k), x))),
    offerts: voir(isLigneMasquee(m.parc, n), c.offerts), vacants: voir(isCaseMasquee(m.parc, n, 0, 0), c.vacants), vacantsTroisMois: voir(isLigneMasquee(m.troisMois, n), c.vacantsTroisMois),
    baseRotation: voir(isLigneMasquee(m.base, n), c.baseRotation), rotation: voir(isLigneMasquee(m.rotation, n), c.rotation),
  };
  return { ...montre, masques };
}
