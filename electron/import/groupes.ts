import { Portrait } from '../../shared/domain/ensembles/adresse.ts';
import { computeCle } from '../../shared/domain/ensembles/cle.ts';
import type { Situation } from '../../shared/domain/ensembles/cle.ts';
import { REGLE_DEPART } from '../../shared/domain/ensembles/regle.ts';
import type { Regle } from '../../shared/domain/ensembles/regle.ts';
import { cleDeOrigine } from '../../shared/domain/origines/operations.ts';

export type GroupeConnu = { id: number; cle: string; ensemble: number };
export type GroupeLu = GroupeConnu & { commune: string; neuf: boolean; portrait: Portrait };

/**
 * Place chaque logement dans son groupe (même clé). Les groupes déjà connus du dossier gardent leur
 * ensemble ; un groupe neuf reçoit un ensemble neuf, de numéro provisoire à partir des suivants libres.
 */
export class Groupes {
  readonly #parCle = new Map<string, GroupeLu>();
  #prochainGroupe: number;
  #prochainEnsemble: number;
  #dernier: GroupeLu | null = null;
  readonly #situation: Situation = { commune: '', numvoie: null, indrep: null, typvoie: null, nomvoie: null, bat: null, immeu: null, complgeo: null, lieudit: null, codsegpatrim: null };
  readonly #origine: string | null;
  readonly #regle: Regle;
  #serie = 0;

  /** `origine` : SIREN du bailleur repris d'où vient le fichier, dont les groupes ne sont que les siens ; `regle` : celle du dossier. */
  constructor(connus: readonly GroupeConnu[], prochainGroupe: number, prochainEnsemble: number, origine: string | null = null, regle: Regle = REGLE_DEPART) {
    this.#origine = origine;
    this.#regle = regle;
    for (const g of connus) this.#parCle.set(g.cle, { ...g, commune: g.cle.slice(0, 5), neuf: false, portrait: new Portrait() });
    this.#prochainGroupe = prochainGroupe;
    this.#prochainEnsemble = prochainEnsemble;
  }

  /** Les lignes d'un même immeuble se suivent : la clé n'est recalculée que quand la situation change. */
  placer(
    commune: string, numvoie: string | null, indrep: string | null, typvoie: string | null, nomvoie: string | null,
    bat: string | null, immeu: string | null, complgeo: string | null, lieudit: string | null, codsegpatrim: string | null,
  ): GroupeLu {
    const s = this.#situation;
    if (
      this.#dernier !== null && s.commune === commune && s.numvoie === numvoie && s.nomvoie === nomvoie && s.complgeo === complgeo &&
      s.bat === bat && s.immeu === immeu && s.indrep === indrep && s.typvoie === typvoie && s.lieudit === lieudit && s.codsegpatrim === codsegpatrim
    ) {
      this.#serie++;
      return this.#dernier;
    }
    this.#noter();
    s.commune = commune; s.numvoie = numvoie; s.indrep = indrep; s.typvoie = typvoie; s.nomvoie = nomvoie;
    s.bat = bat; s.immeu = immeu; s.complgeo = complgeo; s.lieudit = lieudit; s.codsegpatrim = codsegpatrim;
    this.#serie = 1;
    return (this.#dernier = this.#trouver(cleDeOrigine(computeCle(s, this.#regle), this.#origine), commune));
  }

  /** Tous les groupes connus ou rencontrés, dans l'ordre de rencontre. */
  tous(): Iterable<GroupeLu> {
    this.#noter();
    this.#serie = 0;
    return this.#parCle.values();
  }

  #noter(): void {
    if (this.#dernier !== null && this.#serie > 0) this.#dernier.portrait.add(this.#situation, this.#serie);
  }

  #trouver(cle: string, commune: string): GroupeLu {
    let g = this.#parCle.get(cle);
    if (g === undefined) {
      g = { id: this.#prochainGroupe++, cle, ensemble: this.#prochainEnsemble++, commune, neuf: true, portrait: new Portrait() };
      this.#parCle.set(cle, g);
    }
    return g;
  }
}
