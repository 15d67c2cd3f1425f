import type { Moteur, Vue } from './moteur.ts';

type Menee = Pick<Moteur, 'suivre'>;

/** Des cartes côte à côte qui montrent le même lieu à la même échelle. */
export class LienCartes {
  #cartes = new Set<Menee>();
  #vue: Vue | null = null;

  /** La carte prend la vue des autres, puis la suit. Rend de quoi la délier. */
  ajouter(carte: Menee): () => void {
    this.#cartes.add(carte);
    if (this.#vue !== null && this.#cartes.size > 1) carte.suivre(this.#vue);
    return () => void this.#cartes.delete(carte);
  }

  /** Vrai si une autre carte montre déjà un lieu : celle-ci le garde plutôt que d'en choisir un. */
  mene(carte: Menee): boolean {
    return this.#vue !== null && [...this.#cartes].some((c) => c !== carte);
  }

  diffuser(de: Menee, vue: Vue): void {
    this.#vue = vue;
    for (const carte of this.#cartes) if (carte !== de) carte.suivre(vue);
  }
}
