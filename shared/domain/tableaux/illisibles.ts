/** Une valeur qu'un champ n'a pas comprise, et en combien de lignes. */
export type Illisible = { champ: string; valeur: string; nombre: number };

/** Les anomalies qui disent une valeur non comprise. */
const CODES: ReadonlySet<string> = new Set(['code-inconnu', 'attr-valeur-illisible']);
const GARDEES = 200;
const LONGUEUR = 200;

/** Compte les valeurs non comprises, champ par champ : montrées, jamais devinées. */
export class Illisibles {
  readonly #vues = new Map<string, Illisible>();

  add({ champ, valeur, code }: { champ: string; valeur: string; code: string }): void {
    if (!CODES.has(code)) return;
    const courte = valeur.slice(0, LONGUEUR);
    const cle = `${champ} ${courte}`;
    const vue = this.#vues.get(cle);
    if (vue === undefined) this.#vues.set(cle, { champ, valeur: courte, nombre: 1 });
    else vue.nombre++;
  }

  /** Les plus fréquentes d'abord. */
  liste(): Illisible[] {
    return [...this.#vues.values()].toSorted((a, b) => b.nombre - a.nombre || (a.champ < b.champ ? -1 : a.champ > b.champ ? 1 : a.valeur < b.valeur ? -1 : 1)).slice(0, GARDEES);
  }
}
