/**
 * Opérations en bloc : ce que la personne fait d'un geste, et annule ou refait d'un geste.
 *
 * Pour qu'une table soit suivie, l'ajouter à `SUIVIES` : rien d'autre. Entre `openOperation` et
 * `closeOperation`, la première image de chaque ligne insérée, changée ou supprimée y est notée par un
 * déclencheur ; `annulation.ts` remet ces images, et garde en échange ce qu'il remplace, pour refaire.
 * Les résumés ne sont pas suivis : ils se recalculent.
 *
 * À savoir d'une table suivie :
 * - elle a une clé (une ou plusieurs colonnes) que rien ne change ;
 * - pas de « INSERT OR REPLACE » (SQLite ne dit pas la ligne qu'il retire) : « ON CONFLICT … DO UPDATE » ;
 * - toute écriture de la personne y passe par une opération, sinon refaire l'écraserait ;
 * - ses lignes trop nombreuses pour être notées une à une, qui ne viennent qu'avec une ligne neuve d'une
 *   table suivie (les logements d'une déclaration, les anomalies d'un import), se déclarent en `suites` :
 *   annuler les met de côté d'un bloc.
 */
import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { readForme, sqlCle, sqlImage } from './images.ts';

/** `cle` : la colonne de `table` qui nomme la ligne suivie dont elle dépend. */
export type Suite = { table: string; cle: string };
type Suivie = { table: string; suites?: readonly Suite[] };

export const SUIVIES: readonly Suivie[] = [
  { table: 'groupe' },
  { table: 'ensemble' },
  { table: 'regle_ensembles' },
  { table: 'declaration', suites: [{ table: 'logement', cle: 'declaration' }] },
  { table: 'import', suites: [{ table: 'anomalie', cle: 'import' }] },
  { table: 'enquete', suites: [{ table: 'occupation_logement', cle: 'enquete' }, { table: 'occupation_ensemble', cle: 'enquete' }] },
  { table: 'attribution_lot', suites: [{ table: 'attribution', cle: 'lot' }] },
  { table: 'objectif_attribution' },
  { table: 'profil_import' },
  { table: 'origine' },
  { table: 'correction' },
  { table: 'adresse_situee' },
  { table: 'repere' },
  { table: 'service_grille' },
  { table: 'service_note' },
  { table: 'scenario_npl' },
  { table: 'choix_npl' },
  { table: 'choix_plafond' },
  { table: 'plafond_loyer' },
  { table: 'limite_loyer' },
  { table: 'irl' },
  { table: 'zone_commune' },
  { table: 'zonage' },
  { table: 'association_personne' },
  { table: 'echange_association' },
  { table: 'concertation_acteur' },
  { table: 'concertation_reunion' },
  { table: 'engagement' },
  { table: 'reference' },
  { table: 'scenario_cibles' },
  { table: 'cible_scenario' },
  { table: 'champ' },
  { table: 'vente' },
  { table: 'vente_commune' },
  { table: 'vente_consultation' },
  // Lire un Retour y écrit hors de toute opération : ce qu'il a levé n'est plus à la personne (`levee`).
  { table: 'observation' },
  { table: 'reponse' },
];

/** Tables dont chaque opération note elle-même les images : trop de lignes pour un déclencheur. */
export const NOTEES: readonly string[] = ['logement'];

export type OperationLue = {
  id: number; nature: string; libelle: string; quand: string; qui: string; annuleeLe: string | null; entiere: boolean; refaisable: boolean;
  /** Le champ simple que l'opération a écrit, seul ou avec la réponse qui l'accepte ; `null` pour toute autre. */
  champ: string | null;
  /** L'observation de l'État à laquelle l'opération répond. */
  observation: string | null;
  /** L'État a levé cette observation depuis : la réponse n'est plus à reprendre. */
  levee: boolean;
  /** Elle a écrit autre chose qu'un champ simple et une réponse. */
  reste: boolean;
};

/** Nature de la saisie d'un champ simple, suivie de l'étape où il se saisit. */
const SAISIE = 'champs.';
export const isSaisie = (nature: string): boolean => nature.startsWith(SAISIE);
/** Nature des opérations qui écrivent des champs simples avec autre chose. */
export const isPassage = (nature: string): boolean => nature.startsWith('millesime.');

/** Début de la nature des réponses à l'État : une réponse, ou une valeur acceptée et sa réponse, suivie de l'étape d'un champ simple. */
export const REPONSE = 'observations.';
const isReponse = (nature: string): boolean => nature.startsWith(REPONSE);

const HORS_PARC = ['engagements', 'champs', 'associes', 'concertation', 'observations'];
/**
 * Condition SQL sur `nature` : l'opération a pu changer un logement, un ensemble, un import ou un loyer. Les autres
 * n'écrivent que des champs, des cibles, l'association, la concertation ou les réponses aux observations : rien de ce qui se
 * compte dans le parc n'est périmé.
 */
export const SQL_TOUCHE_PARC = [...HORS_PARC, 'annulation', 'refection'].map((n) => `nature NOT GLOB '${n}.*'`).join(' AND ');
/** Nature de la ligne qui fait date d'un retour en arrière : elle dit, elle aussi, si le parc a pu changer. */
export const natureRetour = (retour: string, nature: string): string => (touchesParc(nature) ? retour : `${retour}.hors-parc`);
/** La même, d'une nature. */
export const touchesParc = (nature: string): boolean => !HORS_PARC.some((n) => nature.startsWith(`${n}.`));

/** Natures des lignes qu'écrivent une annulation et ce qui la défait : elles font date, elles ne s'annulent pas. */
export const ANNULATION = 'annulation';
export const REFECTION = 'refection';

/** Pose une fois par connexion les déclencheurs, muets tant qu'aucune opération n'est ouverte. */
function installSuivi(base: Base): void {
  // Changer `temp_store` efface les tables temporaires : leur présence se vérifie, elle ne se retient pas.
  if (base.prepare(`SELECT 1 FROM temp.sqlite_master WHERE name = 'operation_ouverte'`).get() !== undefined) return;
  base.exec('CREATE TEMP TABLE operation_ouverte (id INTEGER PRIMARY KEY)');
  const ouverte = '(SELECT id FROM temp.operation_ouverte)';
  for (const { table } of SUIVIES) {
    const forme = readForme(base, table);
    for (const [quoi, quand, ligne] of [['INSERT', 'AFTER', 'NEW'], ['UPDATE', 'BEFORE', 'OLD'], ['DELETE', 'BEFORE', 'OLD']] as const) {
      const cle = sqlCle(forme, ligne);
      base.exec(
        `CREATE TEMP TRIGGER avant_${table}_${quoi.toLowerCase()} ${quand} ${quoi} ON main.${table} WHEN ${ouverte} IS NOT NULL BEGIN
           INSERT INTO operation_avant (operation, nom_table, cle, avant) SELECT ${ouverte}, '${table}', ${cle}, ${quoi === 'INSERT' ? 'NULL' : sqlImage(forme, ligne)}
           WHERE NOT EXISTS (SELECT 1 FROM operation_avant WHERE operation = ${ouverte} AND nom_table = '${table}' AND cle = ${cle});
         END`,
      );
    }
  }
}

/**
 * Ouvre une opération en bloc et rend son numéro : jusqu'à `closeOperation`, l'état d'avant de chaque
 * ligne des tables suivies est gardé une fois. Ce qui pouvait être refait ne le peut plus ; la saisie d'un champ
 * n'empêche toutefois de refaire que d'autres saisies : elle ne touche à rien du reste. Dans la transaction de l'appelant.
 */
export function openOperation(base: Base, nature: string, libelle: string, par: QuiQuand): number {
  installSuivi(base);
  closeOperation(base);
  for (const o of base.prepare<[], { id: number; nature: string }>('SELECT id, nature FROM operation WHERE refaisable = 1').all()) {
    if (!isSaisie(nature) || isSaisie(o.nature) || isPassage(o.nature) || isReponse(o.nature)) forgetApres(base, o.id);
  }
  const id = Number(base.prepare('INSERT INTO operation (nature, libelle, quand, qui) VALUES (?, ?, ?, ?)').run(nature, libelle, par.quand, par.qui).lastInsertRowid);
  base.prepare('INSERT INTO temp.operation_ouverte (id) VALUES (?)').run(id);
  return id;
}

/**
 * Rouvre la dernière opération si elle est la saisie de ce même champ par la même personne, depuis cet instant : un texte
 * long s'enregistre en plusieurs fois et s'annule d'un geste. Rend son numéro, ou `null`. Dans la transaction de l'appelant.
 */
export function reopenSaisie(base: Base, champ: string, par: QuiQuand, depuis: string): number | null {
  installSuivi(base);
  const o = base.prepare<[], { id: number; nature: string; qui: string; quand: string; annulee: string | null }>('SELECT id, nature, qui, quand, annulee_le AS annulee FROM operation ORDER BY id DESC LIMIT 1').get();
  if (o === undefined || !isSaisie(o.nature) || o.annulee !== null || o.qui !== par.qui || o.quand < depuis) return null;
  if (base.prepare("SELECT 1 FROM operation_avant WHERE operation = ? AND nom_table = 'champ' AND cle = ?").get(o.id, champ) === undefined) return null;
  closeOperation(base);
  base.prepare('UPDATE operation SET quand = ? WHERE id = ?').run(par.quand, o.id);
  base.prepare('INSERT INTO temp.operation_ouverte (id) VALUES (?)').run(o.id);
  return o.id;
}

/** Numéro de l'opération ouverte ; une erreur s'il n'y en a pas. */
export function operationOuverte(base: Base): number {
  const id = base.prepare<[], number>('SELECT id FROM temp.operation_ouverte').pluck().get();
  if (id === undefined) throw new Error('aucune opération ouverte');
  return id;
}

export function closeOperation(base: Base): void {
  installSuivi(base);
  base.exec('DELETE FROM temp.operation_ouverte');
}

/** Table où une opération annulée met de côté les lignes d'une suite. */
export const tableDeCote = (operation: number, suite: Suite): string => `annule_${operation}_${suite.table}`;

/** Oublie de quoi refaire une opération. */
export function forgetApres(base: Base, operation: number): void {
  base.prepare('DELETE FROM operation_apres WHERE operation = ?').run(operation);
  for (const { suites = [] } of SUIVIES) for (const suite of suites) base.exec(`DROP TABLE IF EXISTS ${tableDeCote(operation, suite)}`);
  base.prepare('UPDATE operation SET refaisable = 0 WHERE id = ?').run(operation);
}

type Brute = Omit<OperationLue, 'entiere' | 'refaisable' | 'levee' | 'reste'> & Record<'entiere' | 'refaisable' | 'levee' | 'reste', number>;

/** Opérations en bloc, la plus récente d'abord. `entiere` : tout son état d'avant est gardé. */
export function listOperations(base: Base): OperationLue[] {
  const note = (table: string): string => `FROM operation_avant a WHERE a.operation = operation.id AND a.nom_table = '${table}'`;
  const reponse = `nature GLOB '${REPONSE}*'`;
  return base
    .prepare<[], Brute>(
      `SELECT id, nature, libelle, quand, qui, annulee_le AS annuleeLe, refaisable,
              (nature <> 'import' OR EXISTS (SELECT 1 ${note('import')})) AS entiere,
              CASE WHEN nature GLOB '${SAISIE}*' OR ${reponse} THEN (SELECT cle ${note('champ')}) END AS champ,
              CASE WHEN ${reponse} THEN (SELECT cle ${note('observation')}) END AS observation,
              (${reponse} AND EXISTS (SELECT 1 FROM operation_avant a JOIN observation o ON o.id = a.cle
                 WHERE a.operation = operation.id AND a.nom_table = 'observation' AND o.etat = 'levee' AND json_extract(a.avant, '$.etat') <> 'levee')) AS levee,
              CASE WHEN nature GLOB '${SAISIE}*' THEN 0 WHEN ${reponse} THEN EXISTS (SELECT 1 FROM operation_avant a
                 WHERE a.operation = operation.id AND a.nom_table NOT IN ('champ', 'observation', 'reponse')) ELSE 1 END AS reste
       FROM operation WHERE nature NOT GLOB '${ANNULATION}*' AND nature NOT GLOB '${REFECTION}*' ORDER BY id DESC`,
    )
    .all()
    .map((o) => ({ ...o, entiere: o.entiere === 1, refaisable: o.refaisable === 1, levee: o.levee === 1, reste: o.reste === 1 }));
}

/** Tables dont aucune ligne ne tient à celle d'une autre opération, ni n'en porte : deux opérations s'y comparent ligne à ligne. */
const ISOLEES = ['champ', 'engagement', 'reference', 'observation', 'reponse'];
const SQL_ISOLEES = ISOLEES.map((t) => `'${t}'`).join(', ');

/** `lignes` : celles qu'elle a écrites dans les tables isolées, table et clé ; `ailleurs` : elle a écrit dans une autre table. */
export type LignesOperation = { lignes: string[]; ailleurs: boolean };

export function readLignesOperation(base: Base, operation: number): LignesOperation {
  const lignes = base.prepare<[number], string>(`SELECT nom_table || '/' || cle FROM operation_avant WHERE operation = ? AND nom_table IN (${SQL_ISOLEES})`).pluck().all(operation);
  return { lignes, ailleurs: base.prepare(`SELECT 1 FROM operation_avant WHERE operation = ? AND nom_table NOT IN (${SQL_ISOLEES}) LIMIT 1`).get(operation) !== undefined };
}
