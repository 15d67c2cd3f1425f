import { nombreA } from '../../../shared/domain/carte/colonnes.ts';
import type { Sortie } from '../../../shared/contract.ts';
import type { Mesure } from '../../../shared/domain/carte/mesures.ts';
import type { BasesTotaux, LigneTotalisable } from '../../../shared/domain/carte/totaux.ts';

export type LigneLoyers = Sortie<'loyers.lire'>['lignes'][number];
/** Une ligne du tableau et de la carte : ses loyers, et toutes les mesures ; `null`, sans valeur. */
export type Ligne = Readonly<LigneLoyers & LigneTotalisable>;
type Champs = Sortie<'carte.valeurs'>['champs'];

/**
 * Une ligne qui lit ses mesures dans les colonnes du service : recopiées dans des milliers d'objets, elles
 * retiendraient la fenêtre. Elle ne se recopie donc pas champ par champ.
 */
export class LigneCarte implements Ligne {
  readonly #loyers: LigneLoyers;
  readonly #champs: Champs | undefined;
  readonly rang: number;
  readonly bases: BasesTotaux | null;

  constructor(loyers: LigneLoyers, champs: Champs | undefined, rang: number, bases: BasesTotaux | null) {
    this.#loyers = loyers;
    this.#champs = champs;
    this.rang = rang;
    this.bases = bases;
  }

  #lire(mesure: Mesure): number | null {
    return nombreA(this.#champs?.[mesure], this.rang);
  }

  get code() { return this.#loyers.code; }
  get nom() { return this.#loyers.nom; }
  get logements() { return this.#loyers.logements; }
  get loues() { return this.#loyers.loues; }
  get surface() { return this.#loyers.surface; }
  get loyerMensuel() { return this.#loyers.loyerMensuel; }
  get avecMaximum() { return this.#loyers.avecMaximum; }
  get loyerM2() { return this.#loyers.loyerM2; }
  get loyerMaxM2() { return this.#loyers.loyerMaxM2; }
  get ecartM2() { return this.#loyers.ecartM2; }
  get marge() { return this.#lire('marge'); }
  get plafondPLAI() { return this.#lire('plafondPLAI'); }
  get plafondPLUS() { return this.#lire('plafondPLUS'); }
  get plafondPLS() { return this.#lire('plafondPLS'); }
  get maximumNpl() { return this.#lire('maximumNpl'); }
  get ecartNpl() { return this.#lire('ecartNpl'); }
  get hausseNpl() { return this.#lire('hausseNpl'); }
  get vacance() { return this.#lire('vacance'); }
  get rotation() { return this.#lire('rotation'); }
  get ressources() { return this.#lire('ressources'); }
  get serviceRendu() { return this.#lire('serviceRendu'); }
  get dpe() { return this.#lire('dpe'); }
  get qpv() { return this.#lire('qpv'); }
}
