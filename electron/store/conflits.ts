import { findChampColonne } from '../../shared/domain/rpls/champs.ts';
import type { Champ } from '../../shared/domain/rpls/champs.ts';
import { communeDe } from '../../shared/domain/rpls/correction.ts';
import { ecrireValeur } from '../../shared/domain/rpls/ecriture.ts';
import type { Valeur } from '../../shared/domain/rpls/decoder.ts';
import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { COMPAREES } from './comparaison.ts';
import { sujetCase } from './corrections.ts';
import { openJournal } from './journal.ts';

/** `reglee` : le fichier dit maintenant comme la correction. Sinon, laquelle des deux valeurs le logement gardera. */
export type DecisionConflit = 'correction' | 'fichier';
export type ComptesConflits = { conflits: number; conservees: number; remplacees: number; confirmees: number; sansLogement: number };
export type LigneConflit = {
  id: number; ident: string; adresse: string; commune: string; champ: Champ; importee: Valeur; corrigee: Valeur; fichier: Valeur; redite: boolean;
  decision: DecisionConflit; qui: string; quand: string;
};

/** Un bailleur, par le numéro de son origine ; `null` : l'organisme du dossier. */
type Origine = number | null;

export function hasCorrections(base: Base, origine: Origine): boolean {
  return base.prepare<[number], number>('SELECT 1 FROM correction WHERE origine = ? LIMIT 1').pluck().get(origine ?? 0) !== undefined;
}

const colonnesDe = (base: Base): Champ[] => base.prepare<[], string>('SELECT DISTINCT colonne FROM prep.conflit').pluck().all().flatMap((c) => findChampColonne(c) ?? []);

/**
 * Redonne aux logements de la préparation ce que les imports disaient d'eux, pour les champs que le fichier
 * ne donne pas : leur ensemble proposé ne suit pas une adresse corrigée à la main. À défaire par `keepCorrections`.
 */
export function hideCorrections(base: Base, origine: Origine, champs: readonly string[]): void {
  const lignes = base
    .prepare<[number], { ident_int: string; colonne: string; importee: Valeur }>('SELECT ident_int, colonne, importee FROM correction WHERE origine = ?')
    .all(origine ?? 0);
  base.exec('CREATE INDEX lot.logement_ident_provisoire ON logement (ident_int)');
  for (const { ident_int: ident, colonne, importee } of lignes) {
    const champ = findChampColonne(colonne);
    if (champ === null || champs.includes(champ.nom)) continue;
    base.prepare(`UPDATE lot.logement SET ${champ.colonne} = ? WHERE ident_int = ?`).run(importee, ident);
  }
  base.exec('DROP INDEX lot.logement_ident_provisoire');
}

/**
 * Note dans `prep.conflit` ce que le fichier dit des cases corrigées à la main, et garde la correction dans
 * les logements de la préparation (attachée : `prep` et `lot`). `champs` : ceux que le fichier donne,
 * `null` : tous. Avant `computeEcarts`.
 */
export function keepCorrections(base: Base, origine: Origine, champs: readonly string[] | null): void {
  base.exec(
    `CREATE TABLE prep.conflit (id INTEGER PRIMARY KEY, nouveau INTEGER NOT NULL, colonne TEXT NOT NULL, importee ANY, corrigee ANY, fichier ANY, decision TEXT NOT NULL) STRICT`,
  );
  base
    .prepare(
      `INSERT INTO prep.conflit (nouveau, colonne, importee, corrigee, decision)
       SELECT n.id, c.colonne, c.importee, c.corrigee, 'correction' FROM lot.logement n CROSS JOIN main.correction c ON c.origine = ? AND c.ident_int = n.ident_int`,
    )
    .run(origine ?? 0);
  for (const champ of colonnesDe(base)) {
    const { colonne } = champ;
    base.prepare(`UPDATE prep.conflit SET fichier = (SELECT n.${colonne} FROM lot.logement n WHERE n.id = nouveau) WHERE colonne = ?`).run(colonne);
    setValeurs(base, champ, 'corrigee', null);
    // Un champ que le fichier ne donne pas n'est pas en conflit.
    if (champs !== null && !champs.includes(champ.nom)) base.prepare('DELETE FROM prep.conflit WHERE colonne = ?').run(colonne);
  }
  base.exec(`UPDATE prep.conflit SET decision = 'reglee' WHERE fichier IS corrigee`);
}

/** Met dans les logements de la préparation l'une des deux valeurs d'un champ ; `ids` : pour ces conflits seulement, JSON. */
function setValeurs(base: Base, { nom, colonne }: Champ, valeur: 'corrigee' | 'fichier', ids: string | null): void {
  const ou = `c.colonne = ?1 AND c.decision <> 'reglee' AND (?2 IS NULL OR c.id IN (SELECT value FROM json_each(?2)))`;
  base.prepare(`UPDATE lot.logement AS n SET ${colonne} = c.${valeur} FROM prep.conflit c WHERE n.id = c.nouveau AND ${ou}`).run({ 1: colonne, 2: ids });
  if (nom !== 'DEPCOM') return;
  const communes = base.prepare<[{ 1: string; 2: string | null }], { id: number; depcom: Valeur }>(`SELECT c.nouveau AS id, c.${valeur} AS depcom FROM prep.conflit c WHERE ${ou}`);
  const changer = base.prepare('UPDATE lot.logement SET commune = ? WHERE id = ?');
  for (const { id, depcom } of communes.all({ 1: colonne, 2: ids })) changer.run(communeDe(depcom), id);
}

/** Tranche des conflits (`null` : tous), et refait les écarts des logements concernés. Après `computeEcarts`. */
export function decideConflits(base: Base, declaration: number, ids: readonly number[] | null, decision: DecisionConflit): void {
  const choisis = ids === null ? null : JSON.stringify(ids);
  const ou = `decision <> 'reglee' AND (?1 IS NULL OR id IN (SELECT value FROM json_each(?1)))`;
  base.prepare(`UPDATE prep.conflit SET decision = ?2 WHERE ${ou}`).run({ 1: choisis, 2: decision });
  for (const champ of colonnesDe(base)) setValeurs(base, champ, decision === 'fichier' ? 'fichier' : 'corrigee', choisis);
  const touches = `(SELECT nouveau FROM prep.conflit WHERE ${ou})`;
  const liste = (alias: string): string => COMPAREES.map((c) => `${alias}.${c}`).join(', ');
  base.prepare(`DELETE FROM prep.ecart WHERE volet = 'modifies' AND nouveau IN ${touches}`).run({ 1: choisis });
  base
    .prepare(
      `INSERT INTO prep.ecart (volet, nouveau, ancien)
       SELECT 'modifies', n.id, a.id FROM lot.logement n JOIN main.logement a ON a.declaration = ?2 AND a.ident_int = n.ident_int
       WHERE n.id IN ${touches} AND (${liste('n')}) IS NOT (${liste('a')}) ORDER BY n.id`,
    )
    .run({ 1: choisis, 2: declaration });
}

/** `sansLogement` : corrections de logements que le fichier n'a plus. */
export function countConflits(base: Base, origine: Origine): ComptesConflits {
  const n = new Map(base.prepare<[], { decision: string; n: number }>('SELECT decision, count(*) AS n FROM prep.conflit GROUP BY decision').all().map((l) => [l.decision, l.n]));
  const sansLogement = base
    .prepare<[number], number>(
      `SELECT count(*) FROM prep.ecart e JOIN main.logement a ON a.id = e.ancien JOIN main.correction c ON c.origine = ? AND c.ident_int = a.ident_int WHERE e.volet = 'disparus'`,
    )
    .pluck()
    .get(origine ?? 0) ?? 0;
  const [conservees, remplacees] = [n.get('correction') ?? 0, n.get('fichier') ?? 0];
  return { conflits: conservees + remplacees, conservees, remplacees, confirmees: n.get('reglee') ?? 0, sansLogement };
}

type Brute = Omit<LigneConflit, 'champ' | 'redite' | 'adresse'> & { colonne: string; redite: number; numvoie: string | null; indrep: string | null; typvoie: string | null; nomvoie: string | null };

/** Conflits à trancher : d'abord ceux où le fichier dit du neuf, puis ceux où il redit ce qui avait été corrigé. */
export function readConflits(base: Base, origine: Origine, decalage: number, nombre: number): LigneConflit[] {
  return base
    .prepare<[number, number, number], Brute>(
      `SELECT x.id, n.ident_int AS ident, n.commune, n.numvoie, n.indrep, n.typvoie, n.nomvoie, x.colonne, x.importee, x.corrigee, x.fichier, (x.fichier IS x.importee) AS redite, x.decision, c.qui, c.quand
       FROM prep.conflit x JOIN lot.logement n ON n.id = x.nouveau JOIN main.correction c ON c.origine = ? AND c.ident_int = n.ident_int AND c.colonne = x.colonne
       WHERE x.decision <> 'reglee' ORDER BY redite, x.id LIMIT ? OFFSET ?`,
    )
    .all(origine ?? 0, nombre, decalage)
    .flatMap(({ colonne, redite, numvoie, indrep, typvoie, nomvoie, ...l }) => {
      const champ = findChampColonne(colonne);
      return champ === null ? [] : [{ ...l, champ, redite: redite === 1, adresse: [numvoie, indrep, typvoie, nomvoie].filter((t) => t !== null && t !== '').join(' ') }];
    });
}

const REMARQUES = { correction: 'correction-conservee', fichier: 'correction-remplacee', reglee: 'correction-confirmee' } as const;
const CODES = Object.values(REMARQUES).map((c) => `'${c}'`).join(', ');

/** Redit chaque conflit parmi les remarques de la préparation. Rend le nombre de lignes qu'ils sont seuls à signaler. */
export function writeRemarques(base: Base, importId: number, { sansLogement }: ComptesConflits): number {
  base.exec(`DELETE FROM prep.anomalie WHERE code IN (${CODES}, 'corrections-sans-logement')`);
  const inserer = base.prepare(`INSERT INTO prep.anomalie (import, ligne, champ, valeur, code, rejet, brut) VALUES (?, ?, ?, ?, ?, 0, NULL)`);
  const lignes = base
    .prepare<[], { ligne: number; colonne: string; fichier: Valeur; decision: keyof typeof REMARQUES }>(
      'SELECT n.ligne, x.colonne, x.fichier, x.decision FROM prep.conflit x JOIN lot.logement n ON n.id = x.nouveau ORDER BY n.ligne, x.id',
    )
    .all();
  for (const { ligne, colonne, fichier, decision } of lignes) {
    const champ = findChampColonne(colonne);
    if (champ !== null) inserer.run(importId, ligne, champ.nom, ecrireValeur(champ, fichier) ?? '', REMARQUES[decision]);
  }
  if (sansLogement > 0) inserer.run(importId, 1, '', String(sansLogement), 'corrections-sans-logement');
  return (
    base
      .prepare<[], number>(
        `SELECT count(*) FROM (SELECT ligne FROM prep.anomalie WHERE code IN (${CODES}) EXCEPT SELECT ligne FROM prep.anomalie WHERE rejet = 0 AND code NOT IN (${CODES}))`,
      )
      .pluck()
      .get() ?? 0
  );
}

/**
 * Une fois l'import écrit, son opération encore ouverte : lève les corrections confirmées ou remplacées, et
 * retient des autres ce que le fichier dit maintenant. Une correction de logement disparu reste.
 */
export function settleConflits(base: Base, origine: Origine, operation: number, nommer: (ident: string) => string, par: QuiQuand): void {
  const lever = base.prepare('DELETE FROM main.correction WHERE origine = ? AND ident_int = ? AND colonne = ?');
  const retenir = base.prepare('UPDATE main.correction SET importee = ?4 WHERE origine = ?1 AND ident_int = ?2 AND colonne = ?3 AND importee IS NOT ?4');
  const inscrire = openJournal(base);
  const lignes = base
    .prepare<[], { ident: string; colonne: string; corrigee: Valeur; fichier: Valeur; decision: keyof typeof REMARQUES }>(
      'SELECT n.ident_int AS ident, x.colonne, x.corrigee, x.fichier, x.decision FROM prep.conflit x JOIN lot.logement n ON n.id = x.nouveau ORDER BY x.id',
    )
    .all();
  for (const { ident, colonne, corrigee, fichier, decision } of lignes) {
    if (decision === 'correction') retenir.run({ 1: origine ?? 0, 2: ident, 3: colonne, 4: fichier });
    else lever.run(origine ?? 0, ident, colonne);
    const champ = findChampColonne(colonne);
    if (decision !== 'fichier' || champ === null) continue;
    inscrire({ ...par, champ: sujetCase(nommer(ident), champ), avant: ecrireValeur(champ, corrigee), apres: ecrireValeur(champ, fichier), operation });
  }
}
