import { createHash } from 'node:crypto';
import { computeCode } from '../../shared/domain/ensembles/cle.ts';
import { chooseDefaut } from '../../shared/domain/ensembles/decisions.ts';
import type { SituationPart } from '../../shared/domain/ensembles/decisions.ts';
import type { Base } from './base.ts';
import { enVigueur } from './en-vigueur.ts';
import { SANS_ADRESSE, proposeNom, readPortraits } from './ensembles.ts';
import { identifiantPublic, resolveIdentifiant } from './origines.ts';
import { recomputeEnsembles } from './resumes.ts';

export type DecidePar = 'proposition' | 'utilisateur';
/** `logements` : ceux du parc. */
export type EnsembleConnu = { id: number; code: string; nom: string; adresse: string; commune: string; nomDecidePar: DecidePar; compositionDecideePar: DecidePar; logements: number };

const CONNU = `SELECT e.id, e.code, e.nom, e.adresse, e.commune, e.nom_decide_par AS nomDecidePar, e.composition_decidee_par AS compositionDecideePar,
  coalesce(sum(r.logements), 0) AS logements
  FROM ensemble e LEFT JOIN resume_ensemble r ON r.ensemble = e.id AND r.surface = 'SH'`;

/** Un ensemble qui a des logements du parc, par son code ; `null` sinon. */
export function findEnsemble(base: Base, code: string): EnsembleConnu | null {
  return base.prepare<[string], EnsembleConnu>(`${CONNU} WHERE e.code = ? GROUP BY e.id HAVING logements > 0`).get(code) ?? null;
}

/** Ces ensembles, dans l'ordre de leur ancienneté, ceux qui n'ont plus de logement compris. */
export function readEnsemblesConnus(base: Base, ids: Iterable<number>): EnsembleConnu[] {
  return base.prepare<[string], EnsembleConnu>(`${CONNU} WHERE e.id IN (SELECT value FROM json_each(?)) GROUP BY e.id ORDER BY e.id`).all(JSON.stringify([...new Set(ids)]));
}

/** `identifiant` : le public, seul sans double d'une origine à l'autre ; `ident` : celui de sa déclaration. */
export type LogementPlace = SituationPart & { identifiant: string; declaration: number; ident: string; ensemble: number; groupe: number | null; parc: number; esc: string | null; etage: string | null; numappt: string | null };

type LigneLue = Omit<LogementPlace, 'identifiant'>;

const PLACE = `l.declaration, l.ident_int AS ident, l.ensemble, l.groupe, (l.sortiepatrim IS NULL OR l.sortiepatrim = 9) AS parc, l.commune, l.numvoie, l.indrep, l.typvoie,
  l.nomvoie, l.bat, l.immeu, l.complgeo, l.lieudit, l.codsegpatrim, l.entree, l.esc, l.etage, l.numappt`;

/** Logements en vigueur d'un ensemble, sortis du parc compris, par adresse puis identifiant. */
export function readComposition(base: Base, ensemble: number): LogementPlace[] {
  const nommer = identifiantPublic(base);
  return base
    .prepare<[number], LigneLue>(
      `SELECT ${PLACE} FROM logement l WHERE l.ensemble = ? AND ${enVigueur('+l.declaration')}
       ORDER BY l.commune, l.typvoie, l.nomvoie, CAST(l.numvoie AS INTEGER), l.numvoie, l.indrep, l.immeu, l.bat, l.entree, l.ident_int, l.id`,
    )
    .all(ensemble)
    .map((l) => ({ ...l, identifiant: nommer(l.declaration, l.ident) }));
}

/** Ces logements en vigueur, par leurs identifiants publics ; ceux qui n'existent pas manquent. */
export function readPlaces(base: Base, identifiants: readonly string[]): LogementPlace[] {
  const trouver = resolveIdentifiant(base);
  const nommer = identifiantPublic(base);
  const cles = [...new Set(identifiants)].flatMap((i) => trouver(i) ?? []).map(({ declaration, ident }) => [declaration, ident]);
  return base
    .prepare<[string], LigneLue>(
      `SELECT ${PLACE} FROM json_each(?) j CROSS JOIN logement l ON l.declaration = j.value ->> 0 AND l.ident_int = j.value ->> 1 ORDER BY l.ident_int, l.id`,
    )
    .all(JSON.stringify(cles))
    .map((l) => ({ ...l, identifiant: nommer(l.declaration, l.ident) }));
}

/** Crée un ensemble décidé par l'organisme, issu d'un autre. Son code ne dépend que de cet autre et de `repere`. */
export function insertEnsemble(base: Base, issu: EnsembleConnu, commune: string, repere: string): { id: number; code: string } {
  const pris = base.prepare<[string], number>('SELECT 1 FROM ensemble WHERE code = ?').pluck();
  const clePrise = base.prepare<[string], number>('SELECT 1 FROM ensemble WHERE cle = ?').pluck();
  const origine = `${commune}|scission|${issu.code}|${repere}`;
  let cle = origine;
  for (let rang = 2; clePrise.get(cle) !== undefined; rang++) cle = `${origine}|${rang}`;
  const code = computeCode(commune, createHash('sha256').update(cle).digest('hex'), (c) => pris.get(c) !== undefined);
  const id = (base.prepare<[], number>('SELECT max(id) FROM ensemble').pluck().get() ?? 0) + 1;
  base
    .prepare(`INSERT INTO ensemble (id, code, cle, nom, adresse, commune) VALUES (?, ?, ?, ?, '', ?)`)
    .run(id, code, cle, SANS_ADRESSE, commune);
  return { id, code };
}

/**
 * Met ces logements dans un ensemble, dans toutes les déclarations de leur origine : d'une année à
 * l'autre un ensemble se compare à lui-même. Rend les groupes touchés.
 */
export function placeLogements(base: Base, operation: number, logements: readonly LogementPlace[], ensemble: number): Set<number> {
  for (const declaration of new Set(logements.map((l) => l.declaration))) {
    const siennes = `(SELECT id FROM declaration WHERE origine IS (SELECT origine FROM declaration WHERE id = ${declaration}))`;
    const siens = logements.filter((l) => l.declaration === declaration).map((l) => l.ident);
    changeEnsemble(base, operation, `declaration IN ${siennes} AND ident_int IN (SELECT value FROM json_each(?1)) AND ensemble <> ?2`, JSON.stringify(siens), ensemble);
  }
  return new Set(logements.flatMap((l) => l.groupe ?? []));
}

/** Verse dans un ensemble tous les logements d'autres, et ceux que leurs groupes recevront. */
export function absorbEnsembles(base: Base, operation: number, absorbes: readonly number[], garde: number): void {
  const ids = JSON.stringify(absorbes);
  changeEnsemble(base, operation, 'ensemble IN (SELECT value FROM json_each(?1)) AND ensemble <> ?2', ids, garde);
  base.prepare('UPDATE groupe SET ensemble = ? WHERE ensemble IN (SELECT value FROM json_each(?))').run(garde, ids);
}

function changeEnsemble(base: Base, operation: number, ou: string, choix: string, ensemble: number): void {
  base
    .prepare(`INSERT INTO operation_avant (operation, nom_table, cle, avant) SELECT ?3, 'logement', id, json_object('ensemble', ensemble) FROM logement WHERE ${ou}`)
    .run({ 1: choix, 2: ensemble, 3: operation });
  base.prepare(`UPDATE logement SET ensemble = ?2 WHERE ${ou}`).run({ 1: choix, 2: ensemble });
}

/** Refait, pour ces groupes, l'ensemble que rejoindra un logement nouveau. */
export function refreshDefauts(base: Base, groupes: Iterable<number>): void {
  const defaut = base.prepare<[number], number>('SELECT ensemble FROM groupe WHERE id = ?').pluck();
  const comptes = base.prepare<[number], { id: number; logements: number }>(
    `SELECT ensemble AS id, count(*) AS logements FROM logement WHERE ${enVigueur()} AND groupe = ? GROUP BY ensemble`,
  );
  const changer = base.prepare('UPDATE groupe SET ensemble = ? WHERE id = ?');
  for (const groupe of groupes) {
    const actuel = defaut.get(groupe);
    if (actuel === undefined) continue;
    const choisi = chooseDefaut(actuel, comptes.all(groupe));
    if (choisi !== actuel) changer.run(choisi, groupe);
  }
}

/**
 * Fixe la composition de ces ensembles comme décidée par l'organisme : adresse, commune et nom proposé
 * d'après leurs logements. Un nom donné ici est décidé ; un nom déjà décidé reste. Refait leurs résumés.
 */
export function settleEnsembles(base: Base, ids: readonly number[], noms: ReadonlyMap<number, string> = new Map()): void {
  recomputeEnsembles(base, ids);
  base.prepare(`UPDATE ensemble SET composition_decidee_par = 'utilisateur' WHERE id IN (SELECT value FROM json_each(?))`).run(JSON.stringify(ids));
  const portraits = readPortraits(base, ids);
  const ecrire = base.prepare('UPDATE ensemble SET nom = ?, nom_decide_par = ?, adresse = ?, commune = ? WHERE id = ?');
  for (const e of readEnsemblesConnus(base, ids)) {
    const p = portraits.get(e.id);
    if (p === undefined) continue;
    const donne = noms.get(e.id);
    const nom = donne ?? (e.nomDecidePar === 'utilisateur' ? e.nom : proposeNom(e.nom, 'utilisateur', p));
    ecrire.run(nom, donne === undefined ? e.nomDecidePar : 'utilisateur', p.portrait.adresse(), communePrincipale(e.commune, p.communes), e.id);
  }
}

/** La commune de la plupart des logements ; à égalité celle d'avant, puis le plus petit code. */
function communePrincipale(actuelle: string, communes: ReadonlyMap<string, number>): string {
  const plus = Math.max(...communes.values());
  const premieres = [...communes].filter(([, n]) => n === plus).map(([c]) => c).sort();
  return premieres.includes(actuelle) ? actuelle : (premieres[0] ?? actuelle);
}

export function renameEnsemble(base: Base, id: number, nom: string): void {
  base.prepare(`UPDATE ensemble SET nom = ?, nom_decide_par = 'utilisateur' WHERE id = ?`).run(nom, id);
}

/** Communes du parc de chaque ensemble, de la plus nombreuse à la moins nombreuse. */
export function readCommunes(base: Base, ensemble: number): string[] {
  return base.prepare<[number], string>(`SELECT commune FROM resume_ensemble WHERE ensemble = ? AND surface = 'SH' ORDER BY logements DESC, commune`).pluck().all(ensemble);
}
