import { createHash } from 'node:crypto';
import { Portrait } from '../../shared/domain/ensembles/adresse.ts';
import { computeCode } from '../../shared/domain/ensembles/cle.ts';
import type { Situation } from '../../shared/domain/ensembles/cle.ts';
import type { Base } from './base.ts';
import { enVigueur } from './en-vigueur.ts';

export type GroupeConnu = { id: number; cle: string; ensemble: number };
type GroupeLu = { id: number; cle: string; commune: string; ensemble: number; nom: string; adresse: string };
export const SANS_ADRESSE = 'Sans adresse';

export function readGroupes(base: Base): GroupeConnu[] {
  return base.prepare<[], GroupeConnu>('SELECT id, cle, ensemble FROM groupe ORDER BY id').all();
}

/**
 * Crée les groupes neufs de la préparation et, pour ceux qui n'en reprennent pas un, leur ensemble.
 * Dans la transaction de l'appelant, préparation attachée sous `prep`.
 */
export function insertEnsembles(base: Base): void {
  const connus = base.prepare<[], { id: number; code: string }>('SELECT id, code FROM ensemble').all();
  const pris = new Set(connus.map((e) => e.code));
  const ids = new Set(connus.map((e) => e.id));
  const inserer = base.prepare('INSERT INTO ensemble (id, code, cle, nom, adresse, commune) VALUES (?, ?, ?, ?, ?, ?)');
  const renommer = base.prepare('UPDATE ensemble SET cle = ? WHERE id = ?');
  const groupe = base.prepare('INSERT INTO groupe (id, cle, ensemble) VALUES (?, ?, ?)');
  const lus = base.prepare<[], GroupeLu>('SELECT id, cle, commune, ensemble, nom, adresse FROM prep.groupe_lu ORDER BY id').all();
  for (const g of lus) {
    if (ids.has(g.ensemble)) renommer.run(g.cle, g.ensemble);
    else {
      ids.add(g.ensemble);
      const code = computeCode(g.commune, createHash('sha256').update(g.cle).digest('hex'), (c) => pris.has(c));
      pris.add(code);
      inserer.run(g.ensemble, code, g.cle, g.nom, g.adresse, g.commune);
    }
    groupe.run(g.id, g.cle, g.ensemble);
  }
}

type Passage = { ag: number | null; ae: number; ng: number; n: number };

/**
 * Donne aux logements de la préparation l'ensemble qu'ils avaient, quand il doit rester :
 * même clé qu'avant ; ensemble dont l'utilisateur a décidé la composition (dans la même commune) ; ensemble dont tous
 * les logements passent ensemble à une même clé neuve (programme renommé) — il garde alors son code.
 */
export function keepEnsembles(base: Base, declaration: number): void {
  const passages = base
    .prepare<[number], Passage>(
      `SELECT a.groupe AS ag, a.ensemble AS ae, n.groupe AS ng, count(*) AS n
       FROM lot.logement n JOIN main.logement a ON a.declaration = ? AND a.ident_int = n.ident_int GROUP BY 1, 2, 3`,
    )
    .all(declaration);
  const neufs = new Map(base.prepare<[], GroupeLu>('SELECT * FROM prep.groupe_lu').all().map((g) => [g.id, g]));
  const ensembles = new Map(
    base.prepare<[], { id: number; decide: string }>('SELECT id, composition_decidee_par AS decide FROM ensemble').all().map((e) => [e.id, e]),
  );
  const repris = findRenommes(passages, neufs);
  const deplacer = base.prepare('UPDATE prep.groupe_lu SET ensemble = ? WHERE id = ?');
  const suivre = base.prepare('UPDATE lot.logement SET ensemble = ? WHERE groupe = ?');
  for (const [groupe, ensemble] of repris) {
    deplacer.run(ensemble, groupe);
    suivre.run(ensemble, groupe);
  }
  const defaut = new Map(readGroupes(base).map((g) => [g.id, g.ensemble]));
  for (const g of neufs.values()) defaut.set(g.id, repris.get(g.id) ?? g.ensemble);
  const garder = base.prepare(
    `UPDATE lot.logement AS n SET ensemble = ?1 FROM main.logement a
     WHERE a.declaration = ?2 AND a.ident_int = n.ident_int AND a.groupe IS ?3 AND a.ensemble = ?1 AND n.groupe = ?4 AND (?5 OR n.commune = a.commune)`,
  );
  for (const p of passages) {
    const memeCle = p.ag === p.ng;
    if (defaut.get(p.ng) === p.ae || (!memeCle && ensembles.get(p.ae)?.decide !== 'utilisateur')) continue;
    garder.run({ 1: p.ae, 2: declaration, 3: p.ag, 4: p.ng, 5: memeCle ? 1 : 0 });
  }
}

/** Groupe neuf → ensemble qu'il prolonge. */
function findRenommes(passages: readonly Passage[], neufs: ReadonlyMap<number, GroupeLu>): Map<number, number> {
  const parEnsemble = new Map<number, Passage[]>();
  for (const p of passages) parEnsemble.set(p.ae, [...(parEnsemble.get(p.ae) ?? []), p]);
  const candidats = new Map<number, { ensemble: number; n: number }>();
  for (const [ensemble, siens] of parEnsemble) {
    const groupe = siens[0]?.ng;
    if (groupe === undefined || !neufs.has(groupe) || siens.some((p) => p.ng !== groupe || p.ag === p.ng)) continue;
    const n = siens.reduce((s, p) => s + p.n, 0);
    const rival = candidats.get(groupe);
    // Deux ensembles passés à la même clé : le plus grand garde son code, à égalité le plus ancien.
    if (rival === undefined || n > rival.n || (n === rival.n && ensemble < rival.ensemble)) candidats.set(groupe, { ensemble, n });
  }
  return new Map([...candidats].map(([g, c]) => [g, c.ensemble]));
}

type SituationEnsemble = Situation & { ensemble: number; groupe: number | null };
/** `propre` : d'après les seuls logements du groupe dont l'ensemble porte le nom, quand sa composition est décidée ; `null` s'il n'en a pas. */
type PortraitEnsemble = { portrait: Portrait; propre: Portrait | null; communes: Map<string, number> };

/** Ce que les logements en vigueur disent de leur ensemble ; `ids` : ceux-là seulement. */
export function readPortraits(base: Base, ids: readonly number[] | null): Map<number, PortraitEnsemble> {
  const portraits = new Map<number, PortraitEnsemble>();
  const propres = new Map(
    base.prepare<[], { ensemble: number; groupe: number }>(`SELECT e.id AS ensemble, g.id AS groupe FROM ensemble e JOIN groupe g ON g.cle = e.cle WHERE e.composition_decidee_par = 'utilisateur'`).all().map((p) => [p.ensemble, p.groupe]),
  );
  const lignes = base.prepare<[string | null], SituationEnsemble>(
    `SELECT ensemble, groupe, commune, numvoie, indrep, typvoie, nomvoie, bat, immeu, complgeo, lieudit, codsegpatrim
     FROM logement WHERE ${enVigueur()}
     AND ${ids === null ? '? IS NULL' : 'ensemble IN (SELECT value FROM json_each(?))'}`,
  );
  for (const l of lignes.iterate(ids === null ? null : JSON.stringify(ids))) {
    let p = portraits.get(l.ensemble);
    if (p === undefined) portraits.set(l.ensemble, (p = { portrait: new Portrait(), propre: null, communes: new Map() }));
    p.portrait.add(l, 1);
    if (l.groupe !== null && propres.get(l.ensemble) === l.groupe) (p.propre ??= new Portrait()).add(l, 1);
    p.communes.set(l.commune, (p.communes.get(l.commune) ?? 0) + 1);
  }
  return portraits;
}

/**
 * Nom que la proposition donne à un ensemble. Quand l'organisme en a décidé la composition, c'est celui de
 * son groupe d'origine, non de ce qu'on y a mis ; sans plus rien de ce groupe, le nom reste.
 */
export function proposeNom(actuel: string, composition: 'proposition' | 'utilisateur', { portrait, propre }: PortraitEnsemble): string {
  if (composition === 'proposition') return portrait.nom() || SANS_ADRESSE;
  if (propre !== null) return propre.nom() || actuel;
  return actuel === SANS_ADRESSE ? portrait.nom() || SANS_ADRESSE : actuel;
}

type Nomme = { id: number; nom: string; adresse: string; decide: 'proposition' | 'utilisateur'; composition: 'proposition' | 'utilisateur' };

/** Adresse des ensembles d'après les logements en vigueur, et nom de ceux dont l'organisme ne l'a pas décidé ; `ids` : ceux-là seulement. */
export function refreshPortraits(base: Base, ids: readonly number[] | null = null): void {
  const ecrire = base.prepare('UPDATE ensemble SET nom = ?, adresse = ? WHERE id = ?');
  const portraits = readPortraits(base, ids);
  const nommes = base
    .prepare<[string], Nomme>('SELECT id, nom, adresse, nom_decide_par AS decide, composition_decidee_par AS composition FROM ensemble WHERE id IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify([...portraits.keys()]));
  for (const { id, nom, adresse, decide, composition } of nommes) {
    const p = portraits.get(id);
    if (p === undefined) continue;
    const suivant = decide === 'utilisateur' ? nom : proposeNom(nom, composition, p);
    const lue = p.portrait.adresse();
    if (suivant !== nom || lue !== adresse) ecrire.run(suivant, lue, id);
  }
}

/** Codes des ensembles dont l'organisme a décidé le nom, et de ceux dont il a décidé la composition. */
export function listDecides(base: Base): { noms: string[]; compositions: string[] } {
  const lire = (colonne: string): string[] =>
    base.prepare<[], string>(`SELECT code FROM ensemble WHERE ${colonne} = 'utilisateur' AND id IN (SELECT ensemble FROM resume_ensemble) ORDER BY code`).pluck().all();
  return { noms: lire('nom_decide_par'), compositions: lire('composition_decidee_par') };
}

export type LigneEnsemble = { code: string; nom: string; adresse: string; commune: string; logements: number; qpv: number; qpvInconnu: number; financements: Record<string, number> };

/** Ensembles qui ont au moins un logement du parc, par commune puis par nom ; `code` : celui-là seulement. */
export function listEnsembles(base: Base, code: string | null = null): LigneEnsemble[] {
  const seul = code === null ? '? IS NULL' : 'ensemble = (SELECT id FROM ensemble WHERE code = ?)';
  const financements = new Map<number, Record<string, number>>();
  const lus = base.prepare<[string | null], { ensemble: number; finan: string; logements: number }>(`SELECT ensemble, finan, logements FROM resume_financement WHERE ${seul} ORDER BY ensemble, finan`);
  for (const f of lus.iterate(code)) {
    const f1 = financements.get(f.ensemble);
    if (f1 === undefined) financements.set(f.ensemble, { [f.finan]: f.logements });
    else f1[f.finan] = f.logements;
  }
  return base
    .prepare<[string | null], Omit<LigneEnsemble, 'financements'> & { id: number }>(
      `SELECT e.id, e.code, e.nom, e.adresse, e.commune, sum(r.logements) AS logements, sum(r.qpv) AS qpv, sum(r.qpv_inconnu) AS qpvInconnu
       FROM resume_ensemble r JOIN ensemble e ON e.id = r.ensemble WHERE r.surface = 'SH' AND ${code === null ? seul : `r.${seul}`} GROUP BY e.id ORDER BY e.commune, e.nom, e.code`,
    )
    .all(code)
    .map(({ id, ...e }) => ({ ...e, financements: financements.get(id) ?? {} }));
}

/** Codes des ensembles de la liste, dans son ordre. */
export function listCodes(base: Base): string[] {
  return base.prepare<[], string>(`SELECT code FROM ensemble WHERE id IN (SELECT ensemble FROM resume_ensemble WHERE surface = 'SH') ORDER BY commune, nom, code`).pluck().all();
}
/** Nom de chaque ensemble, par son code. */
export const listEnsemblesNoms = (base: Base): Map<string, string> =>
  new Map(base.prepare<[], [string, string]>('SELECT code, nom FROM ensemble').raw().all());

/** Communes où chaque ensemble du parc a des logements, et combien. */
export const listEnsemblesCommunesCodes = (base: Base): { code: string; commune: string; logements: number }[] =>
  base
    .prepare<[], { code: string; commune: string; logements: number }>(
      `SELECT e.code, r.commune, sum(r.logements) AS logements FROM resume_ensemble r JOIN ensemble e ON e.id = r.ensemble WHERE r.surface = 'SH' GROUP BY e.code, r.commune`,
    )
    .all();
