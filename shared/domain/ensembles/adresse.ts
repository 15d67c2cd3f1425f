import type { Situation } from './cle.ts';
import { normaliser } from './cle.ts';

type Voie = { libelle: string; n: number; numeros: Map<string, number> };

const plusFrequent = <T>(entrees: Iterable<[string, T]>, poids: (v: T) => number): [string, T] | null => {
  let meilleur: [string, T] | null = null;
  for (const e of entrees) {
    const ecart = meilleur === null ? 1 : poids(e[1]) - poids(meilleur[1]);
    // À égalité, l'ordre alphabétique : la même liste donne toujours le même nom.
    if (ecart > 0 || (ecart === 0 && meilleur !== null && e[0] < meilleur[0])) meilleur = e;
  }
  return meilleur;
};

const joindre = (...parties: (string | null)[]): string => parties.filter((p) => p !== null && p !== '').join(' ');

/** Nom et adresse d'un ensemble, d'après les logements qui y sont : à remplir par `add`, puis à lire. */
export class Portrait {
  readonly #voies = new Map<string, Voie>();
  readonly #programmes = new Map<string, number>();
  #lieux: Map<string, number> | null = null;

  /** Ajoute `n` logements de même situation. */
  add(s: Situation, n: number): void {
    if (s.complgeo !== null && normaliser(s.complgeo) !== '') add(this.#programmes, s.complgeo, n);
    if (s.nomvoie === null) {
      const lieu = joindre(s.immeu, s.bat, s.lieudit);
      if (lieu !== '') add((this.#lieux ??= new Map<string, number>()), lieu, n);
      return;
    }
    const libelle = joindre(s.typvoie, s.nomvoie);
    const cle = normaliser(libelle);
    let voie = this.#voies.get(cle);
    if (voie === undefined) this.#voies.set(cle, (voie = { libelle, n: 0, numeros: new Map() }));
    voie.n += n;
    // L'orthographe retenue ne dépend pas de l'ordre des lignes.
    if (libelle < voie.libelle) voie.libelle = libelle;
    const numero = joindre(s.numvoie, s.indrep);
    if (numero !== '') add(voie.numeros, numero, n);
  }

  /** L'adresse la plus fréquente, ses numéros, et combien d'autres voies ; vide si aucune n'est connue. */
  adresse(): string {
    const principale = plusFrequent(this.#voies, (v) => v.n);
    // Sans aucune voie, tous les logements ont dit leur bâtiment ou leur lieudit.
    if (principale === null) return plusFrequent(this.#lieux ?? [], (n) => n)?.[0] ?? '';
    const voie = principale[1];
    const autres = this.#voies.size - 1;
    const suite = autres === 0 ? '' : autres === 1 ? ' et 1 autre adresse' : ` et ${autres} autres adresses`;
    return joindre(plageNumeros([...voie.numeros.keys()]), voie.libelle) + suite;
  }

  /** Le programme le plus souvent écrit, sinon l'adresse ; vide si rien ne le nomme. */
  nom(): string {
    return plusFrequent(this.#programmes, (n) => n)?.[0] ?? this.adresse();
  }
}

function add(compte: Map<string, number>, cle: string, n: number): void {
  compte.set(cle, (compte.get(cle) ?? 0) + n);
}

/** « 12 », « 12 et 14 », « 12 à 18 » ; les numéros sont rangés par nombre, puis par indice. */
export function plageNumeros(numeros: readonly string[]): string {
  const nombre = (s: string): number => Number(/^\d+/.exec(s)?.[0] ?? Number.POSITIVE_INFINITY);
  const ranges = numeros.toSorted((a, b) => nombre(a) - nombre(b) || (a < b ? -1 : a > b ? 1 : 0));
  const [premier = '', deuxieme = ''] = ranges;
  if (ranges.length <= 1) return premier;
  return ranges.length === 2 ? `${premier} et ${deuxieme}` : `${premier} à ${ranges.at(-1) ?? ''}`;
}
