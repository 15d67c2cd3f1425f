import type { Avis, EtatObservation, NatureObservation } from '../../shared/contract.ts';
import type { z } from 'zod';
import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { appendJournal } from './journal.ts';

type AvisRetour = z.output<typeof Avis> | null;
export type Etat = z.output<typeof EtatObservation>;

export type RetourGarde = {
  id: number;
  version: number;
  avis: AvisRetour;
  auteur: string;
  /** Instant ou jour ISO écrit dans le Retour ; vide s'il n'en porte pas. */
  date: string;
  fichier: string;
  luLe: string;
};

export type ObservationGardee = {
  id: string;
  retour: number;
  /** Dépôt sur lequel elle porte. */
  version: number;
  champ: string;
  nature: z.output<typeof NatureObservation>;
  etat: Etat;
  texte: string;
  valeurProposee: string | null;
  auteur: string;
  date: string;
};

export type ReponseGardee = { texte: string; auteur: string; date: string };

/** Retours lus, du premier au dernier. */
export function readRetours(base: Base): (RetourGarde & { observations: number })[] {
  return base
    .prepare<[], RetourGarde & { observations: number }>(
      `SELECT r.id, r.version, r.avis, r.auteur, r.date, r.fichier, r.lu_le AS luLe, count(o.id) AS observations
       FROM retour r LEFT JOIN observation o ON o.retour = r.id GROUP BY r.id ORDER BY r.id`,
    )
    .all();
}

const OBSERVATIONS = `SELECT o.id, o.retour, r.version, o.champ, o.nature, o.etat, o.texte, o.valeur_proposee AS valeurProposee, o.auteur, o.date
  FROM observation o JOIN retour r ON r.id = o.retour`;

/** Observations, celles du dernier Retour lu d'abord, puis par champ. */
export function readObservations(base: Base): ObservationGardee[] {
  return base.prepare<[], ObservationGardee>(`${OBSERVATIONS} ORDER BY o.retour DESC, o.champ, o.id`).all();
}

export function readObservation(base: Base, id: string): ObservationGardee | null {
  return base.prepare<[string], ObservationGardee>(`${OBSERVATIONS} WHERE o.id = ?`).get(id) ?? null;
}

/** Combien d'observations, et combien attendent encore une réponse. */
export function countObservations(base: Base): { total: number; ouvertes: number } {
  const c = base
    .prepare<[], { total: number; ouvertes: number | null }>("SELECT count(*) AS total, sum(etat = 'ouverte') AS ouvertes FROM observation")
    .get();
  return { total: c?.total ?? 0, ouvertes: c?.ouvertes ?? 0 };
}

/** Réponses par observation, de la première à la dernière. */
export function readReponses(base: Base): Map<string, ReponseGardee[]> {
  const parObservation = new Map<string, ReponseGardee[]>();
  const lignes = base.prepare<[], ReponseGardee & { observation: string }>('SELECT observation, texte, auteur, date FROM reponse ORDER BY id');
  for (const { observation, ...reponse } of lignes.iterate()) {
    const fil = parObservation.get(observation);
    if (fil) fil.push(reponse);
    else parObservation.set(observation, [reponse]);
  }
  return parObservation;
}

/** Le Retour déjà lu qui est le même (dépôt, avis, auteur, date), ou un nouveau. */
export function keepRetour(base: Base, retour: Omit<RetourGarde, 'id'>): { id: number; nouveau: boolean } {
  const connu = base
    .prepare<[number, AvisRetour, string, string], { id: number }>('SELECT id FROM retour WHERE version = ? AND avis IS ? AND auteur = ? AND date = ?')
    .get(retour.version, retour.avis, retour.auteur, retour.date);
  if (connu !== undefined) return { id: connu.id, nouveau: false };
  const { lastInsertRowid } = base
    .prepare('INSERT INTO retour (version, avis, auteur, date, fichier, lu_le) VALUES (@version, @avis, @auteur, @date, @fichier, @luLe)')
    .run(retour);
  return { id: Number(lastInsertRowid), nouveau: true };
}

/** Ajoute une observation. Rend `false` si elle est déjà connue : rien ne change alors. */
export function insertObservation(base: Base, o: Omit<ObservationGardee, 'version'>): boolean {
  const { changes } = base
    .prepare(
      `INSERT INTO observation (id, retour, champ, nature, etat, texte, valeur_proposee, auteur, date)
       VALUES (@id, @retour, @champ, @nature, @etat, @texte, @valeurProposee, @auteur, @date) ON CONFLICT DO NOTHING`,
    )
    .run(o);
  return changes === 1;
}

/** Observations d'un champ qu'un avis favorable lève : celles des Retours d'avant, encore en cours. */
export function readEnCours(base: Base, champ: string, saufRetour: number): ObservationGardee[] {
  return base.prepare<[string, number], ObservationGardee>(`${OBSERVATIONS} WHERE o.champ = ? AND o.retour <> ? AND o.etat <> 'levee'`).all(champ, saufRetour);
}

/** Change l'état, et le journal s'il change. L'opération ouverte retient l'observation dans les deux cas : c'est elle que le geste touche. */
export function setEtat(base: Base, observation: Pick<ObservationGardee, 'id' | 'etat'>, etat: Etat, par: QuiQuand & { operation?: number }): void {
  base.prepare('UPDATE observation SET etat = ? WHERE id = ?').run(etat, observation.id);
  if (observation.etat === etat) return;
  appendJournal(base, { ...par, champ: `observation/${observation.id}/etat`, avant: observation.etat, apres: etat });
}

export function insertReponse(base: Base, observation: string, reponse: ReponseGardee, par: QuiQuand & { operation?: number }): void {
  base.prepare('INSERT INTO reponse (observation, texte, auteur, date) VALUES (?, ?, ?, ?)').run(observation, reponse.texte, reponse.auteur, reponse.date);
  appendJournal(base, { ...par, champ: `observation/${observation}/reponse`, avant: null, apres: reponse.texte });
}
