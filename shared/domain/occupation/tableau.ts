/** Les lignes de l'état de l'occupation sociale, à toute maille, et ce qui en est masqué hors de l'État. */
import type { Cumul } from './comptes.ts';
import { addCumul, connus, cumulVide } from './comptes.ts';
import type { AtomeMasquage, Masque } from './masquage.ts';
import { computeMasque } from './masquage.ts';
import type { Situation, Variable } from './modalites.ts';

/** La plus petite part comptée. `unites` : clés des lignes qui la comptent (`ensemble/…`, `commune/…`, `organisme/`). */
export type Atome = { unites: readonly string[]; situation: Exclude<Situation, 'total'>; cumul: Cumul };

/** Une valeur masquée est `null`. */
export type CumulMontre = { [K in Exclude<keyof Cumul, 'variables'>]: number | null } & { logements: number; variables: (number | null)[][]; masques: number };

export class TableauOccupation {
  readonly variables: readonly Variable[];
  readonly #lignes = new Map<string, Cumul>();
  readonly #atomes: readonly Atome[];
  #masque: ((cle: string, c: Cumul) => CumulMontre) | null = null;

  constructor(variables: readonly Variable[], atomes: readonly Atome[]) {
    this.variables = variables;
    // Le même dossier donne le même masque, dans quelque ordre qu'il soit lu : deux masques se compléteraient.
    const ordre = (a: Atome): string => `${a.unites.join('|')} ${a.situation}`;
    this.#atomes = atomes.toSorted((a, b) => (ordre(a) < ordre(b) ? -1 : 1));
    for (const a of this.#atomes) {
      for (const cle of clesDe(a)) {
        let c = this.#lignes.get(cle);
        if (c === undefined) this.#lignes.set(cle, (c = cumulVide(variables)));
        addCumul(c, a.cumul);
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
    this.#masque ??= computeMontre(this.variables, this.#atomes, [...this.#lignes.keys()]);
    return this.#masque(cle, c);
  }
}

const clesDe = (a: Atome): string[] => a.unites.flatMap((u) => [`${u} total`, `${u} ${a.situation}`]);

/**
 * Ce qui se montre de chaque ligne. Le nombre de logements n'est jamais masqué (R445-3) ; les personnes le
 * sont d'après les ménages dont la composition est connue ; les logements concernés, avec les répondants.
 */
function computeMontre(variables: readonly Variable[], atomes: readonly Atome[], cles: readonly string[]): (cle: string, c: Cumul) => CumulMontre {
  const rangs = new Map(cles.map((k, i) => [k, i]));
  const noeuds = atomes.map((a) => clesDe(a).map((k) => rangs.get(k) ?? 0));
  const masquer = (effectif: (c: Cumul) => number, parts: (c: Cumul) => number[][] = () => [], aussi?: (n: number) => boolean): Masque =>
    computeMasque(cles.length, atomes.map((a, i): AtomeMasquage => ({ noeuds: noeuds[i] ?? [], effectif: effectif(a.cumul), variables: parts(a.cumul) })), aussi);
  const menages = masquer((c) => c.repondants, (c) => c.variables);
  // Des personnes : masquées aussi quand elles sont moins de onze, car elles sont alors de moins de onze logements.
  const composes = masquer((c) => connus(c, variables, 'tailles'));
  const peu = (n: number): boolean => menages.ligne(n) || composes.ligne(n);
  const personnes = (['occupants', 'majeurs', 'mineurs'] as const).map((p) => masquer((c) => c[p], () => [], peu));
  const parc = masquer((c) => c.offerts, (c) => [[c.vacants, c.offerts - c.vacants], [c.vacantsTroisMois, c.offerts - c.vacantsTroisMois]]);
  const base = masquer((c) => c.baseRotation);
  const rotation = masquer((c) => c.rotation);
  return (cle, c) => {
    const n = rangs.get(cle) ?? 0;
    let masques = 0;
    const voir = (cache: boolean, valeur: number): number | null => {
      if (!cache) return valeur;
      masques++;
      return null;
    };
    const ligne = menages.ligne(n);
    const montre = {
      logements: c.logements,
      concernes: voir(ligne, c.concernes), repondants: voir(ligne, c.repondants),
      occupants: voir(personnes[0]?.ligne(n) === true, c.occupants), majeurs: voir(personnes[1]?.ligne(n) === true, c.majeurs), mineurs: voir(personnes[2]?.ligne(n) === true, c.mineurs),
      variables: c.variables.map((modalites, v) => modalites.map((x, k) => voir(menages.case(n, v, k), x))),
      offerts: voir(parc.ligne(n), c.offerts), vacants: voir(parc.case(n, 0, 0), c.vacants), vacantsTroisMois: voir(parc.case(n, 1, 0), c.vacantsTroisMois),
      baseRotation: voir(base.ligne(n), c.baseRotation), rotation: voir(rotation.ligne(n), c.rotation),
    };
    return { ...montre, masques };
  };
}
