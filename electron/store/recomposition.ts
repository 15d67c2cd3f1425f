import { createHash } from 'node:crypto';
import { computeCle, computeCode } from '../../shared/domain/ensembles/cle.ts';
import type { Situation } from '../../shared/domain/ensembles/cle.ts';
import type { EnsembleActuel, Recomposition } from '../../shared/domain/ensembles/recomposition.ts';
import type { Regle } from '../../shared/domain/ensembles/regle.ts';
import { cleDeOrigine } from '../../shared/domain/origines/operations.ts';
import type { Base } from './base.ts';
import { enVigueur } from './en-vigueur.ts';
import { SANS_ADRESSE, readGroupes, refreshPortraits } from './ensembles.ts';
import { writeRegleDossier } from './regle.ts';
import { recomputeResumes } from './resumes.ts';

/** Une situation d'un ensemble, et combien de logements l'ont ; `origine` : SIREN du bailleur repris, `null` pour l'organisme. */
export type LigneSituation = Situation & { id: number; ensemble: number; groupe: number | null; declaration: number; parc: number };

const COLONNES = `id, ensemble, groupe, declaration, (sortiepatrim IS NULL OR sortiepatrim = 9) AS parc,
  commune, numvoie, indrep, typvoie, nomvoie, bat, immeu, complgeo, lieudit, codsegpatrim`;

/** Les logements en vigueur qui suivent ce numéro, au plus `nombre`, dans l'ordre. */
export function readSituations(base: Base, apres: number, nombre: number): LigneSituation[] {
  return base.prepare<[number, number], LigneSituation>(`SELECT ${COLONNES} FROM logement WHERE id > ? AND ${enVigueur('+declaration')} ORDER BY id LIMIT ?`).all(apres, nombre);
}

/** Clé d'un logement suivant une règle, bailleur d'origine compris. */
export function computeCleDossier(base: Base, regle: Regle): (l: Situation & { declaration: number }) => string {
  const sirens = new Map(base.prepare<[], { id: number; siren: string }>('SELECT d.id, o.siren FROM declaration d JOIN origine o ON o.id = d.origine').all().map((d) => [d.id, d.siren]));
  return (l) => cleDeOrigine(computeCle(l, regle), sirens.get(l.declaration) ?? null);
}

/** Tous les ensembles du dossier, ceux sans logement compris. */
export function readEnsemblesActuels(base: Base): EnsembleActuel[] {
  return base
    .prepare<[], { id: number; cle: string; nom: string; composition: string }>('SELECT id, cle, nom_decide_par AS nom, composition_decidee_par AS composition FROM ensemble ORDER BY id')
    .all()
    .map((e) => ({ id: e.id, cle: e.cle, nomDecide: e.nom === 'utilisateur', compositionDecidee: e.composition === 'utilisateur' }));
}

export const nextEnsemble = (base: Base): number => (base.prepare<[], number>('SELECT max(id) FROM ensemble').pluck().get() ?? 0) + 1;

/**
 * Écrit une règle et ce qu'elle donne : ensembles, groupes, place de chaque logement, résumés. Dans la
 * transaction de l'appelant, opération ouverte.
 */
export function applyRecomposition(base: Base, operation: number, regle: Regle, plan: Recomposition): void {
  writeRegleDossier(base, regle);
  writeProposes(base, plan.proposes);
  const groupes = writeGroupes(base, plan.defauts);
  placeTous(base, operation, plan, groupes, computeCleDossier(base, regle));
  recomputeResumes(base);
  refreshPortraits(base);
}

/** Crée les ensembles neufs ; donne aux autres la clé qu'ils suivent. Une clé portée par un autre aujourd'hui n'est pas reprise : l'annulation n'aurait pas d'ordre où les rendre. */
function writeProposes(base: Base, proposes: Recomposition['proposes']): void {
  const connus = base.prepare<[], { id: number; code: string; cle: string }>('SELECT id, code, cle FROM ensemble').all();
  const parId = new Map(connus.map((e) => [e.id, e]));
  const codes = new Set(connus.map((e) => e.code));
  const cles = new Map(connus.map((e) => [e.cle, e.id]));
  const inserer = base.prepare(`INSERT INTO ensemble (id, code, cle, nom, adresse, commune) VALUES (?, ?, ?, ?, '', ?)`);
  const changer = base.prepare('UPDATE ensemble SET cle = ?, commune = ? WHERE id = ?');
  for (const [id, voulue] of proposes) {
    const connu = parId.get(id);
    if (connu?.cle === voulue) continue;
    let cle = voulue;
    for (let rang = 2; cles.has(cle); rang++) cle = `${voulue}|${rang}`;
    cles.set(cle, id);
    const commune = voulue.slice(0, 5);
    if (connu !== undefined) changer.run(cle, commune, id);
    else {
      const code = computeCode(commune, createHash('sha256').update(cle).digest('hex'), (c) => codes.has(c));
      codes.add(code);
      inserer.run(id, code, cle, SANS_ADRESSE, commune);
    }
  }
}

/** Chaque clé a son groupe, qui reçoit les logements nouveaux ; ceux d'une autre règle restent, pour le jour où elle revient. */
function writeGroupes(base: Base, defauts: Recomposition['defauts']): Map<string, number> {
  const connus = new Map(readGroupes(base).map((g) => [g.cle, g]));
  let prochain = (base.prepare<[], number>('SELECT max(id) FROM groupe').pluck().get() ?? 0) + 1;
  const inserer = base.prepare('INSERT INTO groupe (id, cle, ensemble) VALUES (?, ?, ?)');
  const changer = base.prepare('UPDATE groupe SET ensemble = ? WHERE id = ?');
  const ids = new Map<string, number>();
  for (const [cle, ensemble] of defauts) {
    const g = connus.get(cle);
    if (g === undefined) inserer.run(prochain, cle, ensemble);
    else if (g.ensemble !== ensemble) changer.run(ensemble, g.id);
    ids.set(cle, g?.id ?? prochain++);
  }
  return ids;
}

const LOT = 20_000;

function placeTous(base: Base, operation: number, plan: Recomposition, groupes: ReadonlyMap<string, number>, cleDe: (l: LigneSituation) => string): void {
  base.exec('CREATE TEMP TABLE IF NOT EXISTS recompose (id INTEGER PRIMARY KEY, ensemble INTEGER NOT NULL, groupe INTEGER NOT NULL); DELETE FROM temp.recompose');
  const noter = base.prepare('INSERT INTO temp.recompose (id, ensemble, groupe) VALUES (?, ?, ?)');
  for (let apres = 0; ; ) {
    const lot = readSituations(base, apres, LOT);
    for (const l of lot) {
      const cle = cleDe(l);
      const groupe = groupes.get(cle);
      if (groupe === undefined) throw new Error(`clé sans groupe : ${cle}`);
      const ensemble = plan.cible(cle, l.ensemble);
      if (ensemble !== l.ensemble || groupe !== l.groupe) noter.run(l.id, ensemble, groupe);
    }
    if (lot.length < LOT) break;
    apres = lot.at(-1)?.id ?? apres;
  }
  // D'une année à l'autre un ensemble se compare à lui-même : le même logement le suit dans les autres déclarations de son origine.
  base.exec(
    `INSERT INTO temp.recompose (id, ensemble, groupe)
     SELECT a.id, r.ensemble, coalesce(a.groupe, r.groupe) FROM temp.recompose r JOIN main.logement l ON l.id = r.id JOIN main.declaration d ON d.id = l.declaration
     JOIN main.declaration v ON v.id <> d.id AND v.en_vigueur = 0 AND v.origine IS d.origine
     JOIN main.logement a ON a.declaration = v.id AND a.ident_int = l.ident_int WHERE a.ensemble <> r.ensemble`,
  );
  base
    .prepare(
      `INSERT INTO operation_avant (operation, nom_table, cle, avant)
       SELECT ?, 'logement', l.id, json_object('ensemble', l.ensemble, 'groupe', l.groupe) FROM temp.recompose r JOIN main.logement l ON l.id = r.id`,
    )
    .run(operation);
  base.exec('UPDATE main.logement SET ensemble = r.ensemble, groupe = r.groupe FROM temp.recompose r WHERE r.id = logement.id; DROP TABLE temp.recompose');
}
