import type { Moteur, Vue } from './moteur.ts';

/** Des cartes côte à côte qui montrent le même lieu à la même échelle. */
export class LienCartes {
  #cartes = new Set<Moteur>();
  #vue: Vue | null = null;

  /** La carte prend la vue des autres, puis la suit. Rend de quoi la délier. */
  ajouter(carte: Moteur): () => void {
    this.#cartes.add(carte);
    if (this.#vue !== null && this.#cartes.size > 1) carte.suivre(this.#vue);
    return () => void this.#cartes.delete(carte);
  }

  diffuser(de: Moteur, vue: Vue): void {
    this.#vue = vue;
    for (const carte of this.#cartes) if (carte !== de) carte.suivre(vue);
  }
}
