import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { appendJournal } from './journal.ts';
import { recomputeResumes } from './resumes.ts';

/** Ce que tient un dossier d'avant, et qui passe dans le nouveau. */
export type ComptesReprise = {
  logements: number;
  annees: (number | null)[];
  ensembles: number;
  decides: number;
  origines: number;
  corrections: number;
  profils: number;
  /** Vrai si l'organisme a une grille de service rendu. */
  grille: boolean;
  cibles: number;
  /** Décisions sur les personnes publiques, et participants de la concertation. */
  personnes: number;
  acteurs: number;
  ventes: number;
  vendus: number;
  communesVente: number;
  valeursDefinies: number;
  /** Lignes de chaque table, pour dire ce qui reste. */
  restent: Record<string, number>;
};

/** Un logement vendu n'est plus à vendre : il reste au plan de la convention qui l'a vendu. */
const A_VENDRE = "etat <> 'vendu'";

/** Ce que tient la copie d'un dossier d'avant, mise au schéma d'aujourd'hui. */
export function countReprise(base: Base): ComptesReprise {
  const n = (sql: string): number => base.prepare<[], number>(`SELECT count(*) FROM ${sql}`).pluck().get() ?? 0;
  return {
    logements: n('logement WHERE declaration IN (SELECT id FROM declaration WHERE en_vigueur = 1)'),
    annees: base.prepare<[], number | null>('SELECT annee FROM declaration WHERE en_vigueur = 1 ORDER BY origine').pluck().all(),
    ensembles: n('(SELECT DISTINCT ensemble FROM resume_ensemble)'),
    decides: n("ensemble WHERE 'utilisateur' IN (nom_decide_par, composition_decidee_par) AND id IN (SELECT ensemble FROM resume_ensemble)"),
    origines: n('origine'),
    corrections: n('correction'),
    profils: n('profil_import'),
    grille: n('service_grille') > 0,
    cibles: n("engagement WHERE saisie <> ''"),
    personnes: n('association_personne'),
    acteurs: n('concertation_acteur'),
    ventes: n(`vente WHERE ${A_VENDRE}`),
    vendus: n(`vente WHERE NOT (${A_VENDRE})`),
    communesVente: n('vente_commune'),
    valeursDefinies: n('valeur_definie'),
    restent: Object.fromEntries(listTables(base).map((t) => [t, n(COMPTEES[t] ?? t)])),
  };
}

/** Tables d'un dossier, sans celles de SQLite. */
export const listTables = (base: Base): string[] =>
  base.prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name").pluck().all();

const COMPTEES: Readonly<Record<string, string>> = {
  // Un import d'une même année remplace le précédent, qui est gardé.
  attribution: 'attribution WHERE lot IN (SELECT id FROM attribution_lot WHERE en_vigueur = 1)',
};

const EN_VIGUEUR = '(SELECT id FROM ancien.declaration WHERE en_vigueur = 1)';
/** Imports d'où viennent les logements en vigueur : leurs lignes rejetées et signalées restent lisibles. */
const IMPORTS = `(SELECT i.id FROM ancien.import i JOIN ancien.declaration d ON d.en_vigueur = 1 AND i.id >= d.import AND i.origine IS d.origine WHERE i.type IN ('rpls', 'logements'))`;

/** Tables reprises, celles dont d'autres dépendent d'abord. */
export const REPRISES: readonly { table: string; ou?: string; sauf?: readonly string[] }[] = [
  { table: 'origine' },
  { table: 'import', ou: `id IN ${IMPORTS}`, sauf: ['operation'] },
  { table: 'anomalie', ou: `import IN ${IMPORTS}` },
  { table: 'declaration', ou: 'en_vigueur = 1' },
  { table: 'regle_ensembles' },
  { table: 'ensemble' },
  { table: 'groupe' },
  { table: 'logement', ou: `declaration IN ${EN_VIGUEUR}` },
  { table: 'correction' },
  { table: 'profil_import' },
  { table: 'champ_defini' },
  { table: 'valeur_definie' },
  { table: 'service_grille' },
  // Le plan repart avec le parc ; les consultations, elles, sont à refaire.
  { table: 'vente', ou: A_VENDRE },
  { table: 'vente_commune' },
  { table: 'association_personne' },
  { table: 'concertation_acteur' },
];

/** Copie d'un dossier attaché sous `ancien` ce qui sert de point de départ. Dans la transaction de l'appelant. */
export function copyReprise(base: Base): void {
  for (const { table, ou = '1', sauf = [] } of REPRISES) {
    const colonnes = base.prepare<[string], string>(`SELECT name FROM pragma_table_info(?)`).pluck().all(table).filter((c) => !sauf.includes(c));
    base.exec(`INSERT INTO main.${table} (${colonnes.join(', ')}) SELECT ${colonnes.join(', ')} FROM ancien.${table} WHERE ${ou}`);
  }
  recomputeResumes(base);
}

export type Precedent = { nature: 'dossier' | 'paquet'; fichier: string; nom: string; periode: string; version: number | null; empreinte: string | null; repris_le: string };
export type CiblePrecedente = { champ: string; indicateur: string; territoire: string; horizon: string; ventilation: string; saisie: string; reference: string | null };

/** Note d'où part le dossier, et les cibles de la convention précédente. Dans la transaction de l'appelant. */
export function insertPrecedent(base: Base, p: Precedent & { donnees: Uint8Array | null }, cibles: Iterable<CiblePrecedente>, par: QuiQuand): void {
  base
    .prepare('INSERT INTO precedent (id, nature, fichier, nom, periode, version, empreinte, repris_le, donnees) VALUES (1, @nature, @fichier, @nom, @periode, @version, @empreinte, @repris_le, @donnees)')
    .run(p);
  const inserer = base.prepare(
    `INSERT INTO engagement_precedent (champ, indicateur, territoire, horizon, ventilation, saisie, reference)
     VALUES (@champ, @indicateur, @territoire, @horizon, @ventilation, @saisie, @reference) ON CONFLICT DO NOTHING`,
  );
  for (const c of cibles) inserer.run(c);
  appendJournal(base, { ...par, champ: 'dossier/precedent', avant: null, apres: [p.nom, p.periode, p.version === null ? '' : `v${p.version}`].filter((t) => t !== '').join(', ') });
}

export function insertEnsemblesPrecedents(base: Base, ensembles: Iterable<{ code: string; nom: string }>): void {
  const inserer = base.prepare('INSERT INTO ensemble_precedent (code, nom) VALUES (@code, @nom)');
  for (const e of ensembles) inserer.run(e);
}

export const readPrecedent = (base: Base): Precedent | null =>
  base.prepare<[], Precedent>('SELECT nature, fichier, nom, periode, version, empreinte, repris_le FROM precedent').get() ?? null;

export const readDonneesPrecedent = (base: Base): Buffer | null =>
  base.prepare<[], { donnees: Buffer | null }>('SELECT donnees FROM precedent').get()?.donnees ?? null;

/** Cibles de la convention précédente pour la même ligne de la matrice, dans l'ordre de leurs horizons. */
export function readCiblesPrecedentes(base: Base, indicateur: string, territoire: string, ventilation: string): CiblePrecedente[] {
  return base
    .prepare<[string, string, string], CiblePrecedente>('SELECT * FROM engagement_precedent WHERE indicateur = ? AND territoire = ? AND ventilation = ? ORDER BY length(horizon) DESC, horizon')
    .all(indicateur, territoire, ventilation);
}

/** Cibles et références d'un dossier d'avant, attaché ou ouvert, dans l'ordre de leurs noms. */
export function readCiblesAncien(base: Base): CiblePrecedente[] {
  return base
    .prepare<[], CiblePrecedente>(
      `SELECT e.champ, e.indicateur, e.territoire, e.horizon, e.ventilation, e.saisie, r.saisie AS reference
       FROM engagement e LEFT JOIN reference r ON r.indicateur = e.indicateur AND r.territoire = e.territoire AND r.ventilation = e.ventilation
       WHERE e.saisie <> '' ORDER BY e.champ`,
    )
    .all();
}
