import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import type { AdresseBan, FicheBan, LigneBan } from '../../shared/domain/positions/ban.ts';
import type { Base } from './base.ts';

const SCHEMA = `
CREATE TABLE fiche (json TEXT NOT NULL) STRICT;
CREATE TABLE adresse (
  id INTEGER PRIMARY KEY, commune TEXT NOT NULL, ancienne TEXT NOT NULL, voie TEXT NOT NULL, numero INTEGER NOT NULL, rep TEXT NOT NULL,
  lon REAL NOT NULL, lat REAL NOT NULL, libelle TEXT NOT NULL
) STRICT;
-- Dès le début : le fichier vient voie par voie, et le trier à la fin retiendrait le service plus d'une seconde.
CREATE INDEX adresse_voie ON adresse (commune, voie);`;

/** Écrit un extrait de la BAN dans un fichier neuf, que rien ne protège d'une panne : il serait refait. */
export class EcritureBan {
  readonly #base: Base;
  readonly #inserer: Database.Statement;

  constructor(chemin: string) {
    this.#base = new Database(chemin);
    this.#base.pragma('journal_mode = OFF');
    this.#base.pragma('synchronous = OFF');
    this.#base.exec(SCHEMA);
    this.#base.exec('BEGIN');
    this.#inserer = this.#base.prepare('INSERT INTO adresse (commune, ancienne, voie, numero, rep, lon, lat, libelle) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  }

  ajouter(l: LigneBan): void {
    this.#inserer.run(l.commune, l.ancienne, l.voie, l.numero, l.rep, l.lon, l.lat, l.libelle);
  }

  terminer(fiche: FicheBan): void {
    this.#base.prepare('INSERT INTO fiche (json) VALUES (?)').run(JSON.stringify(fiche));
    this.#base.exec('COMMIT');
    this.#base.close();
  }

  abandonner(): void {
    this.#base.close();
  }
}

/** Un extrait gardé, en lecture ; `null` si le fichier n'en est pas un (abîmé : il se recharge). */
export function openBan(chemin: string): LectureBan | null {
  if (!existsSync(chemin)) return null;
  let base: Base | null = null;
  try {
    base = new Database(chemin, { readonly: true, fileMustExist: true });
    const json = base.prepare<[], string>('SELECT json FROM fiche').pluck().get();
    if (json === undefined) throw new Error('fiche absente');
    return new LectureBan(base, JSON.parse(json) as FicheBan);
  } catch {
    base?.close();
    return null;
  }
}

export class LectureBan {
  readonly fiche: FicheBan;
  readonly #base: Base;
  readonly #voie: Database.Statement<[string, string], Omit<AdresseBan, 'fichier'>>;

  constructor(base: Base, fiche: FicheBan) {
    this.fiche = fiche;
    this.#base = base;
    this.#voie = base.prepare('SELECT numero, rep, ancienne, lon, lat, libelle FROM adresse WHERE commune = ? AND voie = ? ORDER BY id');
  }

  /** Toutes les adresses d'une voie (nom normalisé) d'une commune d'aujourd'hui, dans l'ordre du fichier. */
  voie(commune: string, voie: string): AdresseBan[] {
    return this.#voie.all(commune, voie).map((a) => ({ ...a, fichier: this.fiche.nom }));
  }

  /** Adresses d'une commune dont la voie contient ce texte normalisé, à ce numéro s'il est donné. */
  chercher(commune: string, voie: string, numero: number | null, nombre: number): { libelle: string; lon: number; lat: number }[] {
    return this.#base
      .prepare<[string, string, number | null, number | null, number], { libelle: string; lon: number; lat: number }>(
        `SELECT libelle, lon, lat FROM adresse WHERE commune = ? AND voie LIKE ? ESCAPE '\\' AND (? IS NULL OR numero = ?) ORDER BY voie, numero, rep, id LIMIT ?`,
      )
      .all(commune, `%${voie.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`, numero, numero, nombre);
  }

  fermer(): void {
    this.#base.close();
  }
}
