import { isPassage } from '../store/operations.ts';
import type { LignesOperation, OperationLue } from '../store/operations.ts';

const valeurs = ({ champ, reste }: OperationLue): boolean => reste || champ !== null;

/** Les opérations déjà vues dont une autre dépend : deux saisies de champs différents, deux réponses à deux observations, ou une saisie et le reste, n'ont rien de commun. */
class Vues {
  #champs = new Set<string>();
  #observations = new Set<string>();
  #passage = false;
  #reste = false;

  voir({ champ, observation, reste, nature }: OperationLue): void {
    if (champ !== null) this.#champs.add(champ);
    if (observation !== null) this.#observations.add(observation);
    if (isPassage(nature)) this.#passage = true;
    else if (reste) this.#reste = true;
  }

  touchent({ champ, observation, reste, nature }: OperationLue): boolean {
    if (this.#passage && (reste || champ !== null)) return true;
    if (champ !== null && this.#champs.has(champ)) return true;
    if (observation !== null && this.#observations.has(observation)) return true;
    return (reste && this.#reste) || (isPassage(nature) && this.#champs.size > 0);
  }
}

/**
 * Les opérations qui restent pour toujours : une réponse dont l'observation est levée, et ce qu'elle retient. Faute de
 * pouvoir les reprendre, elles ne retiennent que ce qui a écrit une ligne qu'elles ont écrite, jamais tout le reste.
 */
class Figees {
  #lire: (o: OperationLue) => LignesOperation;
  #lignes = new Set<string>();
  #vide = true;
  #valeurs = false;
  #passage = false;
  #ailleurs = false;

  constructor(lire: (o: OperationLue) => LignesOperation) {
    this.#lire = lire;
  }

  voir(o: OperationLue): void {
    const { lignes, ailleurs } = this.#lire(o);
    for (const l of lignes) this.#lignes.add(l);
    this.#vide = false;
    this.#valeurs ||= valeurs(o);
    this.#passage ||= isPassage(o.nature);
    this.#ailleurs ||= ailleurs;
  }

  touchent(o: OperationLue): boolean {
    if (this.#vide) return false;
    // Un passage change le nom des valeurs : il se compare à toutes, et non ligne à ligne.
    if ((this.#passage && valeurs(o)) || (isPassage(o.nature) && this.#valeurs)) return true;
    // Des lignes qui tiennent à d'autres (un logement à son ensemble) ne se comparent pas une à une.
    return (this.#ailleurs && o.reste) || this.#lire(o).lignes.some((l) => this.#lignes.has(l));
  }
}

/** `libre` : rien de vu ne la retient ; `suit` : une opération vue passe d'abord ; `figee` : elle ne bougera plus. */
export type Place = 'libre' | 'suit' | 'figee';

/**
 * Place de chaque opération, données dans l'ordre où elles bougent : de la plus récente à la plus ancienne pour
 * annuler, l'inverse pour refaire. `lire` : les lignes qu'une opération a écrites.
 */
export function placer(operations: readonly OperationLue[], lire: (o: OperationLue) => LignesOperation): Map<number, Place> {
  const [vues, figees] = [new Vues(), new Figees(lire)];
  const places = new Map<number, Place>();
  for (const o of operations) {
    const place = o.levee || figees.touchent(o) ? 'figee' : vues.touchent(o) ? 'suit' : 'libre';
    places.set(o.id, place);
    (place === 'figee' ? figees : vues).voir(o);
  }
  return places;
}
