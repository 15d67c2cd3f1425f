import Database from 'better-sqlite3';
import { COLONNES, rang } from '../../shared/domain/rpls/champs.ts';
import type { Comptes } from '../../shared/domain/rpls/comptes.ts';
import type { Valeur } from '../../shared/domain/rpls/decoder.ts';
import type { Base } from './base.ts';
import { writeComptes } from './resumes.ts';

/** Ce que la préparation doit savoir du dossier pour lui ressembler et numéroter à sa suite. */
export type Amorce = {
  /** Texte des tables du dossier : la recopie d'un bloc exige le même. */
  tables: string[];
  declaration: number;
  import: number;
  premierLogement: number;
  premiereAnomalie: number;
};

export const TABLES_PREPARATION = ['logement', 'anomalie', 'resume_parc', 'resume_ensemble', 'resume_financement'] as const;

type Logement = { identInt: string; commune: string; ensemble: number; groupe: number; ligne: number; valeurs: readonly Valeur[]; supplement: string | null };
type Anomalie = { ligne: number; champ: string; valeur: string; code: string; rejet: boolean; brut: Uint8Array | null };
type GroupeNeuf = { id: number; cle: string; commune: string; ensemble: number; nom: string; adresse: string };

const IDENT_INT = rang('IDENT_INT');
const DEMI = 31;
const FENETRE = 2048;

/** Colonnes qui changent rarement d'un logement au suivant : liées une fois par immeuble, pas à chaque ligne. */
const LENTES = [
  'DROIT', 'DEPCOM', 'CODEPOSTAL', 'LIBCOM', 'NUMVOIE', 'INDREP', 'TYPVOIE', 'NOMVOIE', 'BAT', 'IMMEU', 'COMPLGEO', 'LIEUDIT', 'QPV', 'TYPECONST',
  'CONSTRUCT', 'LOCAT', 'PATRIMOINE', 'ORIGINE', 'RSEXPRO', 'SIRETEXPRO', 'CONV', 'NUMCONV', 'DATCONV', 'MODESURF', 'DPEDATE', 'IDENTGES', 'CODSEGPATRIM',
  'LIBSEGPATRIM',
].map(rang);
const COLONNES_LENTES = LENTES.map((i) => COLONNES[i] ?? '');
const CONTEXTE = ['commune', 'ensemble', 'groupe', ...COLONNES_LENTES];
const lente = new Set(LENTES);
const RAPIDES = COLONNES.map((_, i) => i).filter((i) => i !== IDENT_INT && !lente.has(i));
const TOUTES = COLONNES.map((_, i) => i).filter((i) => i !== IDENT_INT);

/**
 * Base de préparation d'un import : un fichier à part, que rien ne protège d'une panne (elle est
 * alors refaite), recopié dans le dossier en une transaction.
 */
export class Preparation {
  readonly #base: Base;
  readonly #amorce: Amorce;
  readonly #inserer = new Map<number, Map<number, Database.Statement>>();
  readonly #insererDirect = new Map<number, Map<number, Database.Statement>>();
  readonly #insererAnomalie: Database.Statement;
  readonly #ecrireContexte: Database.Statement;
  readonly #contexte: Valeur[] = LENTES.map(() => null);
  #ensemble = -1;
  #groupe = -1;
  #lignes = 0;
  #changements = 0;
  /** Faux quand les voisins se ressemblent trop peu pour que le contexte y gagne. */
  #avecContexte = true;
  #premier = true;
  #premiereAnomalie = true;

  constructor(chemin: string, amorce: Amorce) {
    this.#base = new Database(chemin);
    this.#amorce = amorce;
    this.#base.pragma('page_size = 8192');
    this.#base.pragma('journal_mode = OFF');
    this.#base.pragma('synchronous = OFF');
    this.#base.pragma('locking_mode = EXCLUSIVE');
    this.#base.exec(amorce.tables.join(';'));
    this.#base.exec(`CREATE TABLE groupe_lu (id INTEGER PRIMARY KEY, cle TEXT NOT NULL, commune TEXT NOT NULL, ensemble INTEGER NOT NULL, nom TEXT NOT NULL, adresse TEXT NOT NULL) STRICT`);
    this.#base.exec(`CREATE TABLE contexte (id INTEGER PRIMARY KEY, ${CONTEXTE.join(', ')}); INSERT INTO contexte (id) VALUES (1)`);
    this.#base.exec('BEGIN');
    this.#ecrireContexte = this.#base.prepare(`UPDATE contexte SET ${CONTEXTE.map((c) => `${c} = ?`).join(', ')} WHERE id = 1`);
    this.#insererAnomalie = this.#base.prepare(
      `INSERT INTO anomalie (import, ligne, champ, valeur, code, rejet, brut) VALUES (${amorce.import}, ?, ?, ?, ?, ?, ?)`,
    );
  }

  logement(l: Logement): void {
    if (++this.#lignes % FENETRE === 0) {
      this.#avecContexte = this.#changements < FENETRE / 2;
      this.#changements = 0;
    }
    const change = this.#majContexte(l);
    if (change) this.#changements++;
    if (this.#avecContexte) {
      if (change) this.#ecrireContexte.run(l.commune, l.ensemble, l.groupe, ...this.#contexte);
      this.#inserer1(this.#inserer, RAPIDES, [l.identInt, l.ligne], l);
    } else {
      this.#inserer1(this.#insererDirect, TOUTES, [l.identInt, l.ligne, l.commune, l.ensemble, l.groupe], l);
      // Le contexte écrit n'est plus celui-ci : la prochaine ligne qui s'en servira le récrira.
      this.#groupe = -1;
    }
    if (this.#premier) {
      this.#premier = false;
      this.#base.prepare('UPDATE logement SET id = ?').run(this.#amorce.premierLogement);
    }
  }

  /** Lier une valeur est le plus cher : les colonnes vides sont laissées hors de l'instruction. */
  #inserer1(instructions: Map<number, Map<number, Database.Statement>>, rangs: readonly number[], args: (string | number)[], l: Logement): void {
    const { valeurs } = l;
    let bas = 0;
    let haut = 0;
    for (let k = 0; k < rangs.length; k++) {
      const v = valeurs[rangs[k] ?? 0];
      if (v === null || v === undefined) continue;
      args.push(v);
      if (k < DEMI) bas |= 1 << k;
      else haut |= 1 << (k - DEMI);
    }
    // Le 63e bit, libre puisque IDENT_INT n'est pas compté : un supplément.
    if (l.supplement !== null) {
      args.push(l.supplement);
      haut |= 1 << DEMI;
    }
    let parBas = instructions.get(haut);
    if (parBas === undefined) instructions.set(haut, (parBas = new Map()));
    let instruction = parBas.get(bas);
    if (instruction === undefined) {
      const presentes = rangs.filter((_, k) => (k < DEMI ? bas & (1 << k) : haut & (1 << (k - DEMI))) !== 0).map((i) => COLONNES[i] ?? '');
      if (l.supplement !== null) presentes.push('champs_supplementaires');
      parBas.set(bas, (instruction = this.#preparer(presentes)));
    }
    instruction.run(...args);
  }

  #preparer(presentes: readonly string[]): Database.Statement {
    const { declaration, import: numero } = this.#amorce;
    const contexte = this.#avecContexte;
    const liees = ['ident_int', 'ligne', ...(contexte ? [] : ['commune', 'ensemble', 'groupe']), ...presentes];
    const reprises = contexte ? CONTEXTE : [];
    const valeurs = [declaration, numero, ...reprises, ...liees.map(() => '?')].join(', ');
    return this.#base.prepare(
      `INSERT INTO logement (${['declaration', 'import', ...reprises, ...liees].join(', ')}) SELECT ${valeurs}${contexte ? ' FROM contexte WHERE id = 1' : ''}`,
    );
  }

  /** Vrai quand une valeur lente n'est plus celle du logement d'avant. */
  #majContexte(l: Logement): boolean {
    const contexte = this.#contexte;
    const { valeurs } = l;
    let change = l.groupe !== this.#groupe || l.ensemble !== this.#ensemble;
    for (let k = 0; k < LENTES.length; k++) {
      const v = valeurs[LENTES[k] ?? 0] ?? null;
      if (v === contexte[k]) continue;
      contexte[k] = v;
      change = true;
    }
    this.#groupe = l.groupe;
    this.#ensemble = l.ensemble;
    return change;
  }

  anomalie(a: Anomalie): void {
    this.#insererAnomalie.run(a.ligne, a.champ, a.valeur, a.code, a.rejet ? 1 : 0, a.brut);
    if (this.#premiereAnomalie) {
      this.#premiereAnomalie = false;
      this.#base.prepare('UPDATE anomalie SET id = ?').run(this.#amorce.premiereAnomalie);
    }
  }

  groupes(groupes: Iterable<GroupeNeuf>): void {
    const inserer = this.#base.prepare('INSERT INTO groupe_lu (id, cle, commune, ensemble, nom, adresse) VALUES (?, ?, ?, ?, ?, ?)');
    for (const g of groupes) inserer.run(g.id, g.cle, g.commune, g.ensemble, g.nom, g.adresse);
  }

  comptes(comptes: Comptes): void {
    writeComptes(this.#base, 'main', comptes);
  }

  terminer(): void {
    this.#base.exec('COMMIT');
    this.#base.close();
  }

  /** Ferme sans rien garder ; le fichier est à effacer. */
  abandonner(): void {
    this.#base.close();
  }
}
