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

/**
 * Base de préparation d'un import : un fichier à part, que rien ne protège d'une panne (elle est
 * alors refaite), recopié dans le dossier en une transaction.
 */
export class Preparation {
  readonly #base: Base;
  readonly #amorce: Amorce;
  readonly #inserer = new Map<number, Map<number, Database.Statement>>();
  readonly #insererAnomalie: Database.Statement;
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
    this.#base.exec('BEGIN');
    this.#insererAnomalie = this.#base.prepare(
      `INSERT INTO anomalie (import, ligne, champ, valeur, code, rejet, brut) VALUES (${amorce.import}, ?, ?, ?, ?, ?, ?)`,
    );
  }

  logement(l: Logement): void {
    // Lier une valeur est le plus cher : les colonnes vides sont laissées hors de l'instruction.
    const args: (string | number)[] = [l.identInt, l.commune, l.ensemble, l.groupe, l.ligne];
    const { valeurs } = l;
    let bas = 0;
    let haut = 0;
    for (let i = 0; i < valeurs.length; i++) {
      const v = valeurs[i];
      if (v === null || v === undefined || i === IDENT_INT) continue;
      args.push(v);
      if (i < DEMI) bas |= 1 << i;
      else haut |= 1 << (i - DEMI);
    }
    if (l.supplement !== null) {
      args.push(l.supplement);
      bas |= 1 << IDENT_INT;
    }
    this.#instruction(bas, haut).run(...args);
    if (this.#premier) {
      this.#premier = false;
      this.#base.prepare('UPDATE logement SET id = ?').run(this.#amorce.premierLogement);
    }
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

  /** Instruction propre aux colonnes présentes. Le bit d'IDENT_INT, toujours présent, sert au supplément. */
  #instruction(bas: number, haut: number): Database.Statement {
    let parBas = this.#inserer.get(haut);
    if (parBas === undefined) this.#inserer.set(haut, (parBas = new Map()));
    let instruction = parBas.get(bas);
    if (instruction === undefined) {
      const presentes = COLONNES.filter((_, i) => i !== IDENT_INT && (i < DEMI ? bas & (1 << i) : haut & (1 << (i - DEMI))) !== 0);
      if ((bas & (1 << IDENT_INT)) !== 0) presentes.push('champs_supplementaires');
      const colonnes = ['declaration', 'import', 'ident_int', 'commune', 'ensemble', 'groupe', 'ligne', ...presentes];
      const parametres = Array.from({ length: colonnes.length - 2 }, () => '?').join(', ');
      instruction = this.#base.prepare(`INSERT INTO logement (${colonnes.join(', ')}) VALUES (${this.#amorce.declaration}, ${this.#amorce.import}, ${parametres})`);
      parBas.set(bas, instruction);
    }
    return instruction;
  }
}
