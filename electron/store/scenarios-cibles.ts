import type { Base } from './base.ts';
import { appendJournal } from './journal.ts';
import type { EcritureCible } from './engagements.ts';

export type ScenarioCibles = { id: number; nom: string; creeLe: string };

const COLONNES = 'id, nom, cree_le AS creeLe';

export const listScenariosCibles = (base: Base): (ScenarioCibles & { saisies: number })[] =>
  base
    .prepare<[], ScenarioCibles & { saisies: number }>(`SELECT ${COLONNES}, (SELECT count(*) FROM cible_scenario c WHERE c.scenario = s.id) AS saisies FROM scenario_cibles s ORDER BY nom, id`)
    .all();

export const findScenarioCibles = (base: Base, id: number): ScenarioCibles | null =>
  base.prepare<[number], ScenarioCibles>(`SELECT ${COLONNES} FROM scenario_cibles WHERE id = ?`).get(id) ?? null;

export const findScenarioNomme = (base: Base, nom: string): ScenarioCibles | null =>
  base.prepare<[string], ScenarioCibles>(`SELECT ${COLONNES} FROM scenario_cibles WHERE nom = ?`).get(nom) ?? null;

/** Crée un scénario avec ces saisies, par champ. Rend son numéro. Dans l'opération de l'appelant. */
export function insertScenarioCibles(base: Base, nom: string, creeLe: string, saisies: ReadonlyMap<string, string>): number {
  const id = Number(base.prepare('INSERT INTO scenario_cibles (nom, cree_le) VALUES (?, ?)').run(nom, creeLe).lastInsertRowid);
  const inserer = base.prepare('INSERT INTO cible_scenario (scenario, champ, saisie) VALUES (?, ?, ?)');
  for (const [champ, saisie] of saisies) if (saisie !== '') inserer.run(id, champ, saisie);
  return id;
}

export const renameScenarioCibles = (base: Base, id: number, nom: string): void => void base.prepare('UPDATE scenario_cibles SET nom = ? WHERE id = ?').run(nom, id);

export function deleteScenarioCibles(base: Base, id: number): void {
  base.prepare('DELETE FROM cible_scenario WHERE scenario = ?').run(id);
  base.prepare('DELETE FROM scenario_cibles WHERE id = ?').run(id);
}

/** Saisies d'un scénario, par champ : cibles et références. */
export function readSaisiesScenario(base: Base, id: number): Map<string, string> {
  const lignes = base.prepare<[number], { champ: string; saisie: string }>('SELECT champ, saisie FROM cible_scenario WHERE scenario = ?').all(id);
  return new Map(lignes.map((l) => [l.champ, l.saisie]));
}

/** Écrit une saisie d'un scénario (vide : l'efface) et sa ligne de journal. Rend celle d'avant. */
export function writeSaisieScenario(base: Base, id: number, champ: string, saisie: string, par: EcritureCible): string | null {
  const avant = base.prepare<[number, string], string>('SELECT saisie FROM cible_scenario WHERE scenario = ? AND champ = ?').pluck().get(id, champ) ?? null;
  const apres = saisie === '' ? null : saisie;
  if (avant === apres) return avant;
  const operation = par.operation?.();
  if (apres === null) base.prepare('DELETE FROM cible_scenario WHERE scenario = ? AND champ = ?').run(id, champ);
  else base.prepare('INSERT INTO cible_scenario (scenario, champ, saisie) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET saisie = excluded.saisie').run(id, champ, apres);
  appendJournal(base, { qui: par.qui, quand: par.quand, champ: `scenario-cibles/${id}/${champ}`, avant, apres, ...(operation === undefined ? {} : { operation }) });
  return avant;
}
