import { formatIdentifiant, parseIdentifiant } from '../../shared/domain/origines/identifiant.ts';
import type { AdresseDeclaree } from '../../shared/domain/positions/adresse.ts';
import type { Reponse } from '../../shared/domain/positions/ban.ts';
import type { Generation } from '../../shared/domain/qpv/generations.ts';
import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { enVigueur } from './en-vigueur.ts';
import { appendJournal } from './journal.ts';
import { ANNULATION, REFECTION, SQL_TOUCHE_PARC, closeOperation, openOperation } from './operations.ts';

const PARC = '(l.sortiepatrim IS NULL OR l.sortiepatrim = 9)';

export type LogementSitue = AdresseDeclaree & { id: number; siren: string | null; ident: string; codeEnsemble: string; parc: number; x: string | null; y: string | null; epsg: string | null };

/** Identifiant public d'un logement lu. */
export const identifiantDe = (l: { siren: string | null; ident: string }): string => formatIdentifiant(l);

/** Numéro du logement en vigueur de cet identifiant public ; `null` s'il n'y en a pas. */
export function findLogement(base: Base, identifiant: string): number | null {
  const { siren, ident } = parseIdentifiant(identifiant);
  return (
    base
      .prepare<[string, string | null], number>(
        `SELECT l.id FROM logement l JOIN declaration d ON d.id = l.declaration LEFT JOIN origine o ON o.id = d.origine
         WHERE l.ident_int = ? AND o.siren IS ? AND ${enVigueur('l.declaration')}`,
      )
      .pluck()
      .get(ident, siren) ?? null
  );
}

/** Assez petit pour que situer un lot, puis l'écrire, tienne en quelques millisecondes. */
const LOT = 1000;

/** Ce qui situe chaque logement en vigueur, sortis compris ; par lots, pour que le service réponde entre deux. */
export function* iterateSituables(base: Base): Generator<LogementSitue[]> {
  // « CROSS JOIN » impose l'ordre : sans lui, SQLite trie tout le parc à chaque lot.
  const lire = base.prepare<[number, number], LogementSitue>(
    `SELECT l.id, o.siren, l.ident_int AS ident, e.code AS codeEnsemble, ${PARC} AS parc, l.commune, l.depcom, l.numvoie, l.indrep, l.typvoie, l.nomvoie, l.x, l.y, l.epsg
     FROM logement l CROSS JOIN ensemble e ON e.id = l.ensemble CROSS JOIN declaration d ON d.id = l.declaration LEFT JOIN origine o ON o.id = d.origine
     WHERE l.id > ? AND ${enVigueur('+l.declaration')} ORDER BY l.id LIMIT ?`,
  );
  for (let apres = 0; ; ) {
    const lot = lire.all(apres, LOT);
    if (lot.length > 0) yield lot;
    if (lot.length < LOT) return;
    apres = lot.at(-1)?.id ?? apres;
  }
}

/** Nombre de logements que `iterateSituables` donne. */
export const countSituables = (base: Base): number =>
  base.prepare<[], number>('SELECT count(*) FROM logement WHERE declaration IN (SELECT id FROM declaration WHERE en_vigueur = 1)').pluck().get() ?? 0;

export type AdresseSituee = Reponse & { cle: string };

/** De quoi lire la réponse gardée d'une adresse (sa clé). */
export function lecteurAdresses(base: Base): (cle: string) => AdresseSituee | undefined {
  const lire = base.prepare<[string], AdresseSituee>('SELECT cle, qualite, lon, lat, libelle, fichier FROM adresse_situee WHERE cle = ?');
  return (cle) => lire.get(cle);
}

/** Vrai quand le dossier peut placer au moins un logement mieux qu'au centre de sa commune. */
export const hasPositions = (base: Base): boolean =>
  base
    .prepare<[], number>(`SELECT EXISTS (SELECT 1 FROM repere) OR EXISTS (SELECT 1 FROM adresse_situee) OR EXISTS (SELECT 1 FROM logement l WHERE l.x IS NOT NULL AND ${enVigueur('+l.declaration')})`)
    .pluck()
    .get() === 1;

export type Objet = 'logement' | 'ensemble';
export type Repere = { objet: Objet; cle: string; lon: number; lat: number };
export const readReperes = (base: Base): Repere[] => base.prepare<[], Repere>('SELECT objet, cle, lon, lat FROM repere').all();
export const findRepere = (base: Base, objet: Objet, cle: string): Repere | null =>
  base.prepare<[string, string], Repere>('SELECT objet, cle, lon, lat FROM repere WHERE objet = ? AND cle = ?').get(objet, cle) ?? null;

/** Mène un changement de positions en une opération annulable, dite au journal ; rend son numéro. */
function operer(base: Base, nature: string, libelle: string, par: QuiQuand, champ: string, avant: string | null, apres: string | null, faire: () => void): number {
  return base
    .transaction(() => {
      const operation = openOperation(base, nature, libelle, par);
      faire();
      closeOperation(base);
      appendJournal(base, { ...par, champ, avant, apres, operation });
      return operation;
    })
    .immediate();
}

/** Remplace toutes les réponses de la BAN. */
export function writeAdresses(base: Base, adresses: readonly AdresseSituee[], libelle: string, par: QuiQuand): number {
  return operer(base, 'qpv.situer', libelle, par, 'positions/ban', null, libelle, () => {
    const ecrire = base.prepare(
      `INSERT INTO adresse_situee (cle, qualite, lon, lat, libelle, fichier) VALUES (@cle, @qualite, @lon, @lat, @libelle, @fichier)
       ON CONFLICT (cle) DO UPDATE SET qualite = excluded.qualite, lon = excluded.lon, lat = excluded.lat, libelle = excluded.libelle, fichier = excluded.fichier
       WHERE (qualite, lon, lat, libelle, fichier) IS NOT (excluded.qualite, excluded.lon, excluded.lat, excluded.libelle, excluded.fichier)`,
    );
    for (const a of adresses) ecrire.run(a);
  });
}

export const direPoint = (p: { lon: number; lat: number }): string => `${p.lon.toFixed(6).replace('.', ',')} ; ${p.lat.toFixed(6).replace('.', ',')}`;

/** Pose (ou déplace) un repère. */
export function writeRepere(base: Base, r: Repere, libelle: string, par: QuiQuand): number {
  const avant = findRepere(base, r.objet, r.cle);
  return operer(base, 'qpv.poser', libelle, par, `${r.objet}/${r.cle}/repere`, avant === null ? null : direPoint(avant), direPoint(r), () => {
    base.prepare('INSERT INTO repere (objet, cle, lon, lat) VALUES (@objet, @cle, @lon, @lat) ON CONFLICT (objet, cle) DO UPDATE SET lon = excluded.lon, lat = excluded.lat').run(r);
  });
}

export function deleteRepere(base: Base, r: Repere, libelle: string, par: QuiQuand): number {
  return operer(base, 'qpv.lever', libelle, par, `${r.objet}/${r.cle}/repere`, direPoint(r), null, () => {
    base.prepare('DELETE FROM repere WHERE objet = ? AND cle = ?').run(r.objet, r.cle);
  });
}

export const readChoix = (base: Base): Generation | null => base.prepare<[], Generation>('SELECT generation FROM choix_qpv').pluck().get() ?? null;

export function writeChoix(base: Base, generation: Generation, par: QuiQuand): void {
  base
    .transaction(() => {
      const avant = readChoix(base);
      if (avant === generation) return;
      base.prepare('INSERT INTO choix_qpv (id, generation) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET generation = excluded.generation').run(generation);
      appendJournal(base, { ...par, champ: 'qpv/generation', avant, apres: generation });
    })
    .immediate();
}

type Revision = { brute: string; cle: string };
const revisions = new WeakMap<Base, Revision>();

/** Change dès que les logements, leur adresse ou leurs positions changent ; pas pour un loyer ou un DPE corrigé à la main. */
export function revisionPositions(base: Base): string {
  const lire = (sql: string): number => base.prepare<[], number | null>(sql).pluck().get() ?? 0;
  const imports = lire('SELECT max(id) FROM import');
  const brute = [imports, lire('SELECT max(id) FROM operation'), lire('SELECT max(id) FROM journal')].join(';');
  const connue = revisions.get(base);
  if (connue?.brute === brute) return connue.cle;
  const cle = `${imports};${derniereQuiDeplace(base)}`;
  revisions.set(base, { brute, cle });
  return cle;
}

const CORRECTIONS = ['corrections.saisir', 'corrections.appliquer', 'corrections.revenir', ANNULATION, REFECTION];
/** Cases dont dépend la position d'un logement, ou qu'il soit au parc. */
const DEPLACENT = new Set(['DEPCOM', 'NUMVOIE', 'INDREP', 'TYPVOIE', 'NOMVOIE', 'SORTIEPATRIM', 'X', 'Y', 'EPSG']);
const CASES_LUES = 200;

/** Numéro de la dernière opération qui a pu déplacer un logement : toutes, sauf quelques cases corrigées qui n'y sont pour rien. */
function derniereQuiDeplace(base: Base): number {
  const champs = base.prepare<[number, number], string>('SELECT champ FROM journal WHERE operation = ? LIMIT ?').pluck();
  const ailleurs = (champ: string): boolean => {
    const nom = /^logement\/.*\/([A-Z]+)$/u.exec(champ)?.[1];
    return nom !== undefined && !DEPLACENT.has(nom);
  };
  for (let avant = Number.MAX_SAFE_INTEGER; ; ) {
    const o = base.prepare<[number], { id: number; nature: string }>(`SELECT id, nature FROM operation WHERE id < ? AND ${SQL_TOUCHE_PARC} ORDER BY id DESC LIMIT 1`).get(avant);
    if (o === undefined) return 0;
    const cases = CORRECTIONS.includes(o.nature) ? champs.all(o.id, CASES_LUES + 1) : [];
    if (cases.length === 0 || cases.length > CASES_LUES || !cases.every(ailleurs)) return o.id;
    avant = o.id;
  }
}
