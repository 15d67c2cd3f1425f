import type { Attribution, Comptee, Mutation, Reloge, Reserve, Tri } from '../../shared/domain/attributions/types.ts';
import { anneeDe } from '../../shared/domain/attributions/types.ts';
import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { appendJournal } from './journal.ts';
import { openOperation } from './operations.ts';
import { writeHors } from './version.ts';

/** Un lot en vigueur : les attributions d'une année civile, et le fichier d'où elles viennent. */
export type Lot = { id: number; import: number; annee: number; fichier: string; importeLe: string; lignes: number };

export function lotsEnVigueur(base: Base): Lot[] {
  return base
    .prepare<[], Lot>(
      `SELECT l.id, l.import, l.annee, i.fichier, i.importe_le AS importeLe, (SELECT count(*) FROM attribution a WHERE a.lot = l.id) AS lignes
       FROM attribution_lot l JOIN import i ON i.id = l.import WHERE l.en_vigueur = 1 ORDER BY l.annee`,
    )
    .all();
}

/** De quoi reconnaître que rien n'a changé depuis un compte. */
export const cleLots = (base: Base): string => base.prepare<[], number>('SELECT id FROM attribution_lot WHERE en_vigueur = 1 ORDER BY id').pluck().all().join();

export type ImportAttributions = { id: number; fichier: string; resultat: string; encodage: string | null; entete: Buffer | null };

/** Le dernier import dont une année au moins est en vigueur ; `null` : aucun. */
export function dernierImportAttributions(base: Base): ImportAttributions | null {
  return base.prepare<[], ImportAttributions>('SELECT id, fichier, resultat, encodage, entete FROM import WHERE id = (SELECT max(import) FROM attribution_lot WHERE en_vigueur = 1)').get() ?? null;
}

type Bit = 0 | 1 | null;
const bit = (t: Tri): Bit => (t === null ? null : t ? 1 : 0);
const tri = (b: number | null): Tri => (b === null ? null : b === 1);

const COLONNES = ['jour', 'origine', 'ident_int', 'commune', 'qpv', 'bail', 'quartile', 'premier', 'reloge', 'prioritaire', 'categorie', 'dalo', 'reserve', 'echec', 'mutation', 'mutation_ru', 'venant', 'refus'] as const;

/** Une ligne acceptée, avec le logement qu'elle désigne dans le dossier. */
export type LigneAttribution = { ligne: number; logement: { origine: number; ident: string } | null; attribution: Attribution };

const valeurs = ({ logement, attribution: a }: LigneAttribution): (string | number | null)[] => [
  a.jour, logement?.origine ?? null, logement?.ident ?? null, a.commune, a.qpv, bit(a.bail), a.quartile, bit(a.premier), a.reloge, bit(a.prioritaire), a.categorie, bit(a.dalo), a.reserve, bit(a.echec), a.mutation,
  bit(a.mutationRu), bit(a.venant), a.refus,
];

type LigneLue = {
  jour: string; origine: number | null; ident_int: string | null; commune: string | null; qpv: 1 | 2 | null; bail: number | null; quartile: number | null; premier: number | null; reloge: Reloge | null;
  prioritaire: number | null; categorie: string | null; dalo: number | null; reserve: Reserve | null; echec: number | null; mutation: Mutation | null; mutation_ru: number | null; venant: number | null; refus: number | null;
};

function attributionDe(l: LigneLue): Attribution {
  return {
    jour: l.jour, commune: l.commune, qpv: l.qpv, bail: tri(l.bail), quartile: l.quartile, premier: tri(l.premier), reloge: l.reloge, prioritaire: tri(l.prioritaire), categorie: l.categorie, dalo: tri(l.dalo),
    reserve: l.reserve, echec: tri(l.echec), mutation: l.mutation, mutationRu: tri(l.mutation_ru), venant: tri(l.venant), refus: l.refus,
  };
}

/** Les attributions en vigueur de ces années, dans l'ordre des années puis de leur fichier. */
export function* iterateAttributions(base: Base, annees: ReadonlySet<number> | null): Generator<{ annee: number; ligne: number; ident: string | null; attribution: Attribution }> {
  const lire = base.prepare<[number], LigneLue & { ligne: number }>(`SELECT ligne, ${COLONNES.join(', ')} FROM attribution WHERE lot = ? ORDER BY ligne`);
  for (const { id, annee } of lotsEnVigueur(base)) {
    if (annees !== null && !annees.has(annee)) continue;
    for (const l of lire.iterate(id)) yield { annee, ligne: l.ligne, ident: l.ident_int, attribution: attributionDe(l) };
  }
}

const SEMBLABLES = ['qpv', 'bail', 'premier', 'reloge', 'prioritaire', 'dalo', 'reserve', 'echec', 'mutation', 'mutation_ru', 'venant'] as const;

/** Les attributions en vigueur réunies par commune, année et valeurs : peu de lignes, quel que soit leur nombre. */
export function* iterateSemblables(base: Base): Generator<{ annee: number; commune: string | null; attribution: Comptee; nombre: number; refus: number | null }> {
  const cles = SEMBLABLES.join(', ');
  const lignes = base
    .prepare<[], LigneLue & { annee: number; n: number; somme: number | null }>(
      `SELECT l.annee, a.commune, ${cles}, a.refus IS NULL, count(*) AS n, sum(a.refus) AS somme
       FROM attribution_lot l CROSS JOIN attribution a ON a.lot = l.id WHERE l.en_vigueur = 1 GROUP BY l.annee, a.commune, ${cles}, a.refus IS NULL`,
    )
    .iterate();
  for (const l of lignes) {
    const { jour: _, commune, quartile: __, categorie: ___, ...attribution } = attributionDe({ ...l, refus: l.somme });
    yield { annee: l.annee, commune, attribution, nombre: l.n, refus: l.somme };
  }
}

export type LogementTrouve = { origine: number; ident: string; commune: string; qpv: number | null };

/** Au-delà, lire tout le parc une fois coûte moins que de chercher chaque logement. */
const RECHERCHES_SEULES = 3_000;

/** De quoi trouver un logement en vigueur par son identifiant (interne, ou du répertoire), avec sa commune et sa situation. */
export function openLogementsSitues(base: Base): { parIdent(ident: string): LogementTrouve[]; parRepertoire(ident: string): LogementTrouve[] } {
  const colonnes = 'coalesce(d.origine, 0) AS origine, l.ident_int AS ident, l.commune, l.qpv';
  const unParUn = base.prepare<[string], LogementTrouve>(`SELECT ${colonnes} FROM declaration d CROSS JOIN logement l ON l.declaration = d.id AND l.ident_int = ? WHERE d.en_vigueur = 1`);
  const ranger = (cle: 'ident_int' | 'ident_rep'): Map<string, LogementTrouve[]> => {
    const tous = new Map<string, LogementTrouve[]>();
    const lignes = base.prepare<[], LogementTrouve & { cle: string }>(`SELECT ${colonnes}, l.${cle} AS cle FROM declaration d JOIN logement l ON l.declaration = d.id WHERE d.en_vigueur = 1 AND l.${cle} IS NOT NULL`);
    for (const { cle: nom, ...l } of lignes.iterate()) tous.set(nom, [...(tous.get(nom) ?? []), l]);
    return tous;
  };
  let identifiants: Map<string, LogementTrouve[]> | null = null;
  let repertoire: Map<string, LogementTrouve[]> | null = null;
  let recherches = 0;
  return {
    parIdent(ident) {
      if (identifiants === null && recherches++ < RECHERCHES_SEULES) return unParUn.all(ident);
      return (identifiants ??= ranger('ident_int')).get(ident) ?? [];
    },
    parRepertoire: (ident) => (repertoire ??= ranger('ident_rep')).get(ident) ?? [],
  };
}

export type Ecarts = { ajoutes: number; modifies: number; disparus: number; inchanges: number };

/** Une attribution se reconnaît à son logement et à son jour ; sans logement, à toutes ses valeurs. */
const cleDe = (v: readonly (string | number | null)[]): string => (v[2] === null || String(v[0]).length < 10 ? JSON.stringify(v) : JSON.stringify(v.slice(0, 3)));

/** Lignes lues ou écrites d'un trait : au-delà, ce que la personne tape attendrait. */
export const LOT_LIGNES = 2_000;
/** Appelée entre deux lots de lignes ; peut lever pour arrêter. */
export type Souffler = (fait: number, total: number) => Promise<void>;

/** Ce que ces lignes changeraient aux attributions des années qu'elles couvrent ; celles des autres années restent. */
export async function compareAttributions(base: Base, lignes: readonly LigneAttribution[], souffler: Souffler): Promise<Ecarts> {
  const e: Ecarts = { ajoutes: 0, modifies: 0, disparus: 0, inchanges: 0 };
  const annees = new Set(lignes.map((l) => anneeDe(l.attribution)));
  const lots = lotsEnVigueur(base).filter((l) => annees.has(l.annee));
  if (lots.length === 0) return { ...e, ajoutes: lignes.length };
  const total = lignes.length + lots.reduce((n, l) => n + l.lignes, 0);
  const avant = new Map<string, string[]>();
  let fait = 0;
  // Page à page : une lecture restée ouverte interdirait d'écrire.
  const lire = base.prepare<[number, number, number], (string | number | null)[]>(`SELECT ligne, ${COLONNES.join(', ')} FROM attribution WHERE lot = ? AND ligne > ? ORDER BY ligne LIMIT ?`).raw();
  for (const { id } of lots) {
    for (let derniere = 0; ; ) {
      const page = lire.all(id, derniere, LOT_LIGNES);
      for (const [ligne, ...v] of page) {
        derniere = Number(ligne);
        const cle = cleDe(v);
        const semblables = avant.get(cle);
        if (semblables === undefined) avant.set(cle, [JSON.stringify(v)]);
        else semblables.push(JSON.stringify(v));
      }
      e.disparus += page.length;
      await souffler((fait += page.length), total);
      if (page.length < LOT_LIGNES) break;
    }
  }
  for (const [i, l] of lignes.entries()) {
    if (i % LOT_LIGNES === 0) await souffler(fait + i, total);
    const v = valeurs(l);
    const connues = avant.get(cleDe(v));
    const [premiere] = connues ?? [];
    if (connues === undefined || premiere === undefined) {
      e.ajoutes++;
      continue;
    }
    const meme = connues.indexOf(JSON.stringify(v));
    connues.splice(Math.max(meme, 0), 1);
    e[meme < 0 ? 'modifies' : 'inchanges']++;
    e.disparus--;
  }
  return e;
}

export type AnomalieAttribution = { ligne: number; champ: string; valeur: string; code: string; rejet: boolean; brut: Buffer | null };
export type FicheAttributions = { fichier: string; sha256: string; profil: string; encodage: string; entete: Buffer | null; resultat: string };

/** Lots à venir, année par année : leur numéro, qu'aucun lot ni aucune ligne n'a. */
export type LotsPrepares = ReadonlyMap<number, number>;

/**
 * Écrit les lignes de lots qui ne sont pas encore : peu à la fois, pour ne retenir personne. Tant que le lot
 * n'est pas mis en vigueur, rien ne les voit. Interrompue, elle les retire.
 */
export async function prepareLots(base: Base, lignes: readonly LigneAttribution[], souffler: Souffler): Promise<LotsPrepares> {
  removePrepares(base);
  const premier = Math.max(dernierLot(base), ...lotsARefaire(base)) + 1;
  const lots = new Map([...new Set(lignes.map((l) => anneeDe(l.attribution)))].sort((a, b) => a - b).map((annee, i) => [annee, premier + i]));
  const inserer = base.prepare(`INSERT INTO attribution (lot, ligne, ${COLONNES.join(', ')}) VALUES (?, ?, ${COLONNES.map(() => '?').join(', ')})`);
  const ecrire = base.transaction((tranche: readonly LigneAttribution[]) => {
    for (const l of tranche) inserer.run(lots.get(anneeDe(l.attribution)), l.ligne, ...valeurs(l));
  });
  try {
    for (let i = 0; i < lignes.length; i += LOT_LIGNES) {
      writeHors(base, 'lecture', () => ecrire.immediate(lignes.slice(i, i + LOT_LIGNES)));
      await souffler(Math.min(i + LOT_LIGNES, lignes.length), lignes.length);
    }
  } catch (cause) {
    abandonPrepares(base);
    throw cause;
  }
  return lots;
}

/** Retire les lignes d'un import qui n'est pas allé à son terme : aucun lot ne les a. N'écrit rien s'il n'y en a pas. */
export function removePrepares(base: Base): void {
  const dernier = dernierLot(base);
  if (base.prepare('SELECT 1 FROM attribution WHERE lot > ? LIMIT 1').get(dernier) === undefined) return;
  writeHors(base, 'lecture', () => base.prepare('DELETE FROM attribution WHERE lot > ?').run(dernier));
}

/** Les retire après un échec, sans jamais en cacher la cause : dossier fermé ou disque plein, sa fermeture ou son ouverture y pourvoit. */
export function abandonPrepares(base: Base): void {
  if (!base.open) return;
  try {
    removePrepares(base);
  } catch {
    // La cause de l'échec est celle à dire.
  }
}

const dernierLot = (base: Base): number => base.prepare<[], number | null>('SELECT max(id) FROM attribution_lot').pluck().get() ?? 0;

/** Les lots d'imports annulés, qui reprendraient leur numéro si on les refaisait. */
const lotsARefaire = (base: Base): number[] =>
  base.prepare<[], string>(`SELECT cle FROM operation_apres WHERE nom_table = 'attribution_lot'`).pluck().all().map((cle) => Number(/\d+/u.exec(cle)?.[0] ?? 0));

/**
 * Met en vigueur les lots préparés, un par année, en une opération qui s'annule ; ceux qu'ils remplacent
 * restent au dossier. Dans la transaction de l'appelant.
 */
export function insertAttributions(base: Base, fiche: FicheAttributions, lots: LotsPrepares, anomalies: readonly AnomalieAttribution[], libelle: string, par: QuiQuand): void {
  const operation = openOperation(base, 'import', libelle, par);
  const avant = dernierImportAttributions(base)?.fichier ?? null;
  const importe = Number(
    base
      .prepare(`INSERT INTO import (type, fichier, sha256, regles, profil, importe_le, qui, operation, encodage, entete, resultat) VALUES ('attributions', ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)`)
      .run(fiche.fichier, fiche.sha256, fiche.profil, par.quand, par.qui, operation, fiche.encodage, fiche.entete, fiche.resultat).lastInsertRowid,
  );
  const retirer = base.prepare('UPDATE attribution_lot SET en_vigueur = 0 WHERE en_vigueur = 1 AND annee = ?');
  const ouvrir = base.prepare('INSERT INTO attribution_lot (id, import, annee, en_vigueur) VALUES (?, ?, ?, 1)');
  for (const [annee, lot] of lots) {
    retirer.run(annee);
    ouvrir.run(lot, importe, annee);
  }
  const noter = base.prepare('INSERT INTO anomalie (import, ligne, champ, valeur, code, rejet, brut) VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const a of anomalies) noter.run(importe, a.ligne, a.champ, a.valeur, a.code, a.rejet ? 1 : 0, a.brut);
  appendJournal(base, { ...par, champ: 'import/attributions', avant, apres: fiche.fichier, operation });
}

export type ObjectifGarde = { seuil: string; territoire: string; saisie: string; source: string };

export const readObjectifs = (base: Base): ObjectifGarde[] => base.prepare<[], ObjectifGarde>('SELECT seuil, territoire, saisie, source FROM objectif_attribution ORDER BY seuil, territoire').all();

/** Écrit un objectif (vide : l'efface), sa ligne de journal avec. Inchangé, n'écrit rien. Dans la transaction de l'appelant, sous une opération ouverte. */
export function writeObjectif(base: Base, o: ObjectifGarde, operation: number, par: QuiQuand): void {
  const dire = (x: Pick<ObjectifGarde, 'saisie' | 'source'> | undefined): string | null => (x === undefined || x.saisie === '' ? null : [x.saisie, x.source].filter((t) => t !== '').join(', '));
  const avant = readObjectifs(base).find((x) => x.seuil === o.seuil && x.territoire === o.territoire);
  if (o.saisie === '') base.prepare('DELETE FROM objectif_attribution WHERE seuil = ? AND territoire = ?').run(o.seuil, o.territoire);
  else base.prepare('INSERT INTO objectif_attribution (seuil, territoire, saisie, source) VALUES (@seuil, @territoire, @saisie, @source) ON CONFLICT DO UPDATE SET saisie = excluded.saisie, source = excluded.source').run(o);
  appendJournal(base, { ...par, champ: `attributions/objectif/${o.seuil}/${o.territoire}`, avant: dire(avant), apres: dire(o), operation });
}
