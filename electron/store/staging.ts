import Database from 'better-sqlite3';
import { COLONNES, rang } from '../../shared/domain/rpls/champs.ts';
import type { Comptes } from '../../shared/domain/rpls/comptes.ts';
import type { Base } from './base.ts';
import type { LogementPrepare, Source } from '../import/logement-prepare.ts';
import { writeComptes } from './resumes.ts';
import { TAILLE_PAGE, TableDirecte } from './table-directe.ts';

/** Ce que la préparation doit savoir du dossier pour lui ressembler et numéroter à sa suite. */
export type Amorce = {
  /** Texte des tables du dossier : la recopie d'un bloc exige le même. */
  tables: { logement: string; autres: string[] };
  declaration: number;
  import: number;
  premierLogement: number;
  premiereAnomalie: number;
};

export const AUTRES_TABLES = ['anomalie', 'resume_parc', 'resume_ensemble', 'resume_financement', 'resume_npl'] as const;

const IDENT_INT = rang('IDENT_INT');

/** Fichier des logements, à côté de celui de tout le reste. */
export const cheminLogements = (preparation: string): string => `${preparation}-logements`;

type Anomalie = { ligne: number; champ: string; valeur: string; code: string; rejet: boolean; brut: Uint8Array | null };
type GroupeNeuf = { id: number; cle: string; commune: string; ensemble: number; nom: string; adresse: string };

// Colonnes qui ne sont pas des champs de la déclaration, codées par un rang négatif.
const PROPRES = ['id', 'declaration', 'import', 'commune', 'ensemble', 'groupe', 'ligne', 'ident_int', 'champs_supplementaires'] as const;
type Propre = (typeof PROPRES)[number];

/**
 * Préparation d'un import : deux fichiers que rien ne protège d'une panne (ils seraient refaits),
 * recopiés dans le dossier en une transaction. Les logements y sont écrits par pages, le reste par SQLite.
 */
export class Preparation {
  readonly #base: Base;
  readonly #amorce: Amorce;
  readonly #table: TableDirecte;
  readonly #plan: readonly (number | Propre)[];
  readonly #windows1252: readonly Uint8Array[];
  readonly #insererAnomalie: Database.Statement;
  #premiereAnomalie = true;
  #prochain: number;

  /** `windows1252` : l'UTF-8 des octets 128 à 255, pour les sources à traduire. */
  constructor(chemin: string, amorce: Amorce, windows1252: readonly Uint8Array[]) {
    this.#amorce = amorce;
    this.#windows1252 = windows1252;
    this.#prochain = amorce.premierLogement;
    this.#plan = creerTable(cheminLogements(chemin), amorce.tables.logement);
    this.#table = new TableDirecte(cheminLogements(chemin));
    this.#base = new Database(chemin);
    this.#base.pragma('journal_mode = OFF');
    this.#base.pragma('synchronous = OFF');
    this.#base.pragma('locking_mode = EXCLUSIVE');
    this.#base.pragma('cache_size = -2048');
    this.#base.exec(amorce.tables.autres.join(';'));
    this.#base.exec(
      'CREATE TABLE groupe_lu (id INTEGER PRIMARY KEY, cle TEXT NOT NULL, commune TEXT NOT NULL, ensemble INTEGER NOT NULL, nom TEXT NOT NULL, adresse TEXT NOT NULL) STRICT',
    );
    this.#base.exec('BEGIN');
    this.#insererAnomalie = this.#base.prepare(
      `INSERT INTO anomalie (import, ligne, champ, valeur, code, rejet, brut) VALUES (${amorce.import}, ?, ?, ?, ?, ?, ?)`,
    );
  }

  logement(l: LogementPrepare): void {
    const table = this.#table;
    const { valeurs } = l;
    table.commencer();
    for (const colonne of this.#plan) {
      if (typeof colonne === 'string') {
        this.#propre(colonne, l);
        continue;
      }
      const v = valeurs[colonne];
      if (v === null || v === undefined) table.nul();
      else if (typeof v === 'number') table.entier(v);
      else if (typeof v === 'string') table.texte(v);
      else this.#depuisSource(l.source, colonne);
    }
    table.finir(this.#prochain++);
  }

  #depuisSource(source: Source | null, champ: number): void {
    if (source === null) throw new Error('texte attendu dans une source absente');
    const debut = source.debuts[champ] ?? 0;
    const fin = (source.debuts[champ + 1] ?? 0) - 1;
    if (source.traduire) this.#table.octetsTraduits(source.octets, debut, fin, this.#windows1252);
    else this.#table.octets(source.octets, debut, fin);
  }

  #propre(colonne: Propre, l: LogementPrepare): void {
    const table = this.#table;
    switch (colonne) {
      // Le numéro de la ligne est celui de l'enregistrement : la colonne elle-même est vide.
      case 'id': return table.nul();
      case 'declaration': return table.entier(this.#amorce.declaration);
      case 'import': return table.entier(this.#amorce.import);
      case 'commune': return table.texte(l.commune);
      case 'ensemble': return table.entier(l.ensemble);
      case 'groupe': return table.entier(l.groupe);
      case 'ligne': return table.entier(l.ligne);
      case 'ident_int': return l.identInt === null ? this.#depuisSource(l.source, IDENT_INT) : table.texte(l.identInt);
      case 'champs_supplementaires': return l.supplement === null ? table.nul() : table.texte(l.supplement);
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
    this.#table.terminer();
    this.#base.exec('COMMIT');
    this.#base.close();
  }

  /** Ferme sans rien garder ; les fichiers sont à effacer. */
  abandonner(): void {
    this.#table.abandonner();
    this.#base.close();
  }
}

/** Crée la table vide par SQLite, et rend d'où vient chacune de ses colonnes. */
function creerTable(chemin: string, sql: string): (number | Propre)[] {
  const base = new Database(chemin);
  try {
    base.pragma(`page_size = ${TAILLE_PAGE}`);
    base.pragma('journal_mode = OFF');
    base.exec(sql);
    const colonnes = base.prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('logement')`).all();
    return colonnes.map(({ name }) => {
      const propre = PROPRES.find((p) => p === name);
      const champ = COLONNES.indexOf(name);
      if (propre === undefined && champ < 0) throw new Error(`colonne sans origine : ${name}`);
      return propre ?? champ;
    });
  } finally {
    base.close();
  }
}
