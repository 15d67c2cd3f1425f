import { formatIdentifiant, parseIdentifiant } from '../../shared/domain/origines/identifiant.ts';
import type { AdresseDeclaree } from '../../shared/domain/positions/adresse.ts';
import type { Reponse } from '../../shared/domain/positions/ban.ts';
import type { Generation } from '../../shared/domain/qpv/generations.ts';
import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { enVigueur } from './en-vigueur.ts';
import { appendJournal } from './journal.ts';
import { closeOperation, openOperation } from './operations.ts';

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

const LOT = 20_000;

/** Ce qui situe chaque logement en vigueur, sortis compris ; par lots, pour qu'une table s'écrive entre deux. */
export function* iterateSituables(base: Base): Generator<LogementSitue> {
  const lire = base.prepare<[number, number], LogementSitue>(
    `SELECT l.id, o.siren, l.ident_int AS ident, e.code AS codeEnsemble, ${PARC} AS parc, l.commune, l.depcom, l.numvoie, l.indrep, l.typvoie, l.nomvoie, l.x, l.y, l.epsg
     FROM logement l JOIN ensemble e ON e.id = l.ensemble JOIN declaration d ON d.id = l.declaration LEFT JOIN origine o ON o.id = d.origine
     WHERE l.id > ? AND ${enVigueur('+l.declaration')} ORDER BY l.id LIMIT ?`,
  );
  for (let apres = 0; ; ) {
    const lot = lire.all(apres, LOT);
    yield* lot;
    if (lot.length < LOT) return;
    apres = lot.at(-1)?.id ?? apres;
  }
}

export type AdresseSituee = Reponse & { cle: string };

export const readAdresses = (base: Base): AdresseSituee[] => base.prepare<[], AdresseSituee>('SELECT cle, qualite, lon, lat, libelle, fichier FROM adresse_situee').all();

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

/** Change dès que les logements, leur adresse, leurs positions ou leurs corrections changent. */
export function revisionPositions(base: Base): string {
  const lire = (sql: string): number => base.prepare<[], number | null>(sql).pluck().get() ?? 0;
  return [
    lire('SELECT max(id) FROM operation'), lire('SELECT max(id) FROM import'), lire(`SELECT max(id) FROM journal WHERE champ >= 'logement/' AND champ < 'logement0'`),
  ].join(';');
}
