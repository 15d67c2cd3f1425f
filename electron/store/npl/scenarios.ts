import type { BaseSurface, ChoixEnsemble, ChoixPlafond, Plafond } from '../../../shared/domain/loyers/npl/types.ts';
import type { Base } from '../base.ts';

export type ScenarioGarde = { id: number; nom: string; annee: number };
type ScenarioListe = ScenarioGarde & { choix: number; retenu: number };

/** Colonnes d'un choix et d'un plafond, hors leur numéro et leur scénario. */
const CHOIX = ['ensemble', 'base', 'surface', 'connu_taux', 'connu_base', 'connu_source', 'connu_annee', 'habitable', 'annexes', 'inconnus', 'travaux_accord', 'travaux_reference'] as const;
const PLAFOND = ['ensemble', 'plafond', 'maximum', 'moyenne', 'logements', 'surface', 'annee', 'precedent'] as const;
const mettre = (colonnes: readonly string[]): string => colonnes.map((c) => `${c} = excluded.${c}`).join(', ');

export const listScenarios = (base: Base): (ScenarioGarde & { choix: number; retenu: boolean })[] =>
  base
    .prepare<[], ScenarioListe>('SELECT id, nom, annee, retenu, (SELECT count(*) FROM choix_plafond c WHERE c.scenario = s.id) AS choix FROM scenario_npl s ORDER BY id')
    .all()
    .map((s) => ({ ...s, retenu: s.retenu === 1 }));

/** Le scénario que la convention porte, s'il y en a un. */
export const findRetenu = (base: Base): ScenarioGarde | null => base.prepare<[], ScenarioGarde>('SELECT id, nom, annee FROM scenario_npl WHERE retenu = 1').get() ?? null;

export function retainScenario(base: Base, id: number | null): void {
  base.prepare('UPDATE scenario_npl SET retenu = 0 WHERE retenu = 1').run();
  if (id !== null) base.prepare('UPDATE scenario_npl SET retenu = 1 WHERE id = ?').run(id);
}

export const findScenario = (base: Base, id: number): ScenarioGarde | null => base.prepare<[number], ScenarioGarde>('SELECT id, nom, annee FROM scenario_npl WHERE id = ?').get(id) ?? null;
export const findScenarioNomme = (base: Base, nom: string): ScenarioGarde | null => base.prepare<[string], ScenarioGarde>('SELECT id, nom, annee FROM scenario_npl WHERE nom = ?').get(nom) ?? null;

export function insertScenario(base: Base, nom: string, annee: number, depuis: number | null): number {
  const id = Number(base.prepare('INSERT INTO scenario_npl (nom, annee) VALUES (?, ?)').run(nom, annee).lastInsertRowid);
  if (depuis !== null) {
    base.prepare(`INSERT INTO choix_npl (scenario, ${CHOIX.join(', ')}) SELECT ?, ${CHOIX.join(', ')} FROM choix_npl WHERE scenario = ? ORDER BY id`).run(id, depuis);
    base.prepare(`INSERT INTO choix_plafond (scenario, ${PLAFOND.join(', ')}) SELECT ?, ${PLAFOND.join(', ')} FROM choix_plafond WHERE scenario = ? ORDER BY id`).run(id, depuis);
  }
  return id;
}

export const updateScenario = (base: Base, { id, nom, annee }: ScenarioGarde): void => void base.prepare('UPDATE scenario_npl SET nom = ?, annee = ? WHERE id = ?').run(nom, annee, id);

export function clearScenario(base: Base, id: number): void {
  for (const table of ['choix_npl', 'choix_plafond']) base.prepare(`DELETE FROM ${table} WHERE scenario = ?`).run(id);
}

export function deleteScenario(base: Base, id: number): void {
  clearScenario(base, id);
  base.prepare('DELETE FROM scenario_npl WHERE id = ?').run(id);
}

// Par rang de colonne : un grand parc a des dizaines de milliers de choix, et un objet par ligne lue coûte plus que sa lecture.
type LigneChoix = [ensemble: string, base: BaseSurface, surface: number | null, connuTaux: number | null, connuBase: BaseSurface | null, connuSource: string | null, connuAnnee: number | null, habitable: number | null, annexes: number | null, inconnus: Exclude<Plafond, 'INCONNU'> | null, accord: string | null, reference: string | null];
type LignePlafond = [ensemble: string, plafond: Plafond, maximum: number, moyenne: number | null, logements: number | null, surface: number | null, annee: number | null, precedent: number | null];

function toPlafond([, plafond, maximum, moyenne, logements, surface, annee, precedent]: LignePlafond): ChoixPlafond {
  const p: ChoixPlafond = { plafond, maximum: BigInt(maximum) };
  if (moyenne !== null) p.moyenne = BigInt(moyenne);
  if (logements !== null) p.logements = logements;
  if (surface !== null) p.surface = surface;
  if (annee !== null) p.annee = annee;
  if (precedent !== null) p.precedent = BigInt(precedent);
  return p;
}

function toChoix([ensemble, base, surface, connuTaux, connuBase, connuSource, connuAnnee, habitable, annexes, inconnus, accord, reference]: LigneChoix, plafonds: ChoixPlafond[]): ChoixEnsemble {
  const c: ChoixEnsemble = { ensemble, base, plafonds };
  if (surface !== null) c.surface = surface;
  if (connuTaux !== null && connuBase !== null) c.connu = { taux: BigInt(connuTaux), base: connuBase, source: connuSource ?? '', ...(connuAnnee === null ? {} : { annee: connuAnnee }) };
  if (habitable !== null) c.habitable = habitable;
  if (annexes !== null) c.annexes = annexes;
  if (inconnus !== null) c.inconnus = inconnus;
  if (accord !== null) c.travaux = { accord, reference: reference ?? '' };
  return c;
}

/** Les choix d'un scénario, un par ensemble ; ceux de ces seuls ensembles s'ils sont donnés. */
export function readChoix(base: Base, scenario: number, ensembles?: readonly string[]): ChoixEnsemble[] {
  const plafonds = new Map<string, ChoixPlafond[]>();
  const dont = ensembles === undefined ? '' : ' AND ensemble IN (SELECT value FROM json_each(@ensembles))';
  const liees = ensembles === undefined ? { scenario } : { scenario, ensembles: JSON.stringify(ensembles) };
  const lus = base.prepare<[typeof liees], LignePlafond>(`SELECT ${PLAFOND.join(', ')} FROM choix_plafond WHERE scenario = @scenario${dont} ORDER BY id`).raw();
  for (const p of lus.all(liees)) {
    const liste = plafonds.get(p[0]);
    if (liste === undefined) plafonds.set(p[0], [toPlafond(p)]);
    else liste.push(toPlafond(p));
  }
  return base
    .prepare<[typeof liees], LigneChoix>(`SELECT ${CHOIX.join(', ')} FROM choix_npl WHERE scenario = @scenario${dont} ORDER BY ensemble`)
    .raw()
    .all(liees)
    .map((c) => toChoix(c, plafonds.get(c[0]) ?? []));
}

/** Écrit l'état complet d'un choix : ce qui n'y est pas s'efface. */
export function writeChoix(base: Base, scenario: number, c: ChoixEnsemble): void {
  base
    .prepare(`INSERT INTO choix_npl (scenario, ${CHOIX.join(', ')}) VALUES (?${', ?'.repeat(CHOIX.length)}) ON CONFLICT (scenario, ensemble) DO UPDATE SET ${mettre(CHOIX.slice(1))}`)
    .run(
      scenario, c.ensemble, c.base, c.surface ?? null, c.connu?.taux ?? null, c.connu?.base ?? null, c.connu?.source ?? null, c.connu?.annee ?? null,
      c.habitable ?? null, c.annexes ?? null, c.inconnus ?? null, c.travaux?.accord ?? null, c.travaux?.reference ?? null,
    );
  base
    .prepare('DELETE FROM choix_plafond WHERE scenario = ? AND ensemble = ? AND plafond NOT IN (SELECT value FROM json_each(?))')
    .run(scenario, c.ensemble, JSON.stringify(c.plafonds.map((p) => p.plafond)));
  const ecrire = base.prepare(`INSERT INTO choix_plafond (scenario, ${PLAFOND.join(', ')}) VALUES (?${', ?'.repeat(PLAFOND.length)}) ON CONFLICT (scenario, ensemble, plafond) DO UPDATE SET ${mettre(PLAFOND.slice(2))}`);
  for (const p of c.plafonds) ecrire.run(scenario, c.ensemble, p.plafond, p.maximum, p.moyenne ?? null, p.logements ?? null, p.surface ?? null, p.annee ?? null, p.precedent ?? null);
}
