import { CHAMPS_GARDES, COLONNES } from '../../shared/domain/rpls/champs.ts';
import type { Champ } from '../../shared/domain/rpls/champs.ts';
import { communeDe } from '../../shared/domain/rpls/correction.ts';
import { ecrireValeur } from '../../shared/domain/rpls/ecriture.ts';
import type { Valeur } from '../../shared/domain/rpls/decoder.ts';
import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { refreshPortraits } from './ensembles.ts';
import { openJournal } from './journal.ts';
import { adjustResumes, readComptes, recomputeResumes } from './resumes.ts';

/** Un logement en vigueur, ses 63 valeurs dans l'ordre des champs. */
export type LogementLu = { id: number; declaration: number; origine: number; ident: string; identifiant: string; commune: string; ensemble: number; valeurs: Valeur[] };

/** Ce qu'une case devient. `note` : pour le journal seulement. */
export type Changement = { logement: LogementLu; champ: Champ; avant: Valeur; apres: Valeur };

export type Correction = { importee: Valeur; corrigee: Valeur; quand: string; qui: string; motif: string | null };

type LigneBrute = { id: number; declaration: number; bailleur: number; ident_int: string; commune: string; ensemble: number } & Record<string, Valeur>;

const LIRE = `SELECT l.id, l.declaration, coalesce(d.origine, 0) AS bailleur, l.commune, l.ensemble, ${COLONNES.map((c) => `l.${c}`).join(', ')}
  FROM logement l JOIN declaration d ON d.id = l.declaration`;

/** Logements de ces numéros, dans l'ordre des numéros donnés ; `nommer` rend leur identifiant public. */
export function readLogementsParId(base: Base, ids: readonly number[], nommer: (declaration: number, ident: string) => string): LogementLu[] {
  const lire = base.prepare<[number], LigneBrute>(`${LIRE} WHERE l.id = ?`);
  return ids.flatMap((id) => {
    const l = lire.get(id);
    return l === undefined ? [] : [lireLigne(l, nommer)];
  });
}

/** Le logement en vigueur d'une déclaration et d'un IDENT_INT ; `null` s'il n'existe pas. */
export function readLogement(base: Base, declaration: number, ident: string, nommer: (declaration: number, ident: string) => string): LogementLu | null {
  const l = base.prepare<[number, string], LigneBrute>(`${LIRE} WHERE l.declaration = ? AND l.ident_int = ?`).get(declaration, ident);
  return l === undefined ? null : lireLigne(l, nommer);
}

function lireLigne(l: LigneBrute, nommer: (declaration: number, ident: string) => string): LogementLu {
  return {
    id: l.id, declaration: l.declaration, origine: l.bailleur, ident: l.ident_int, identifiant: nommer(l.declaration, l.ident_int), commune: l.commune, ensemble: l.ensemble,
    valeurs: COLONNES.map((c) => l[c] ?? null),
  };
}

export function readCorrection(base: Base, { origine, ident }: Pick<LogementLu, 'origine' | 'ident'>, colonne: string): Correction | null {
  return (
    base
      .prepare<[number, string, string], Correction>('SELECT importee, corrigee, quand, qui, motif FROM correction WHERE origine = ? AND ident_int = ? AND colonne = ?')
      .get(origine, ident, colonne) ?? null
  );
}

/** Colonnes corrigées à la main de ces logements, séparées par une espace ; ceux qui n'en ont pas manquent. */
export function readColonnesCorrigees(base: Base, ids: readonly number[]): Map<number, string> {
  const lignes = base
    .prepare<[string], { id: number; colonnes: string }>(
      `SELECT l.id, group_concat(c.colonne, ' ') AS colonnes FROM json_each(?) j JOIN logement l ON l.id = j.value JOIN declaration d ON d.id = l.declaration
       JOIN correction c ON c.origine = coalesce(d.origine, 0) AND c.ident_int = l.ident_int GROUP BY l.id`,
    )
    .all(JSON.stringify(ids));
  return new Map(lignes.map((l) => [l.id, l.colonnes]));
}

/** Nom stable d'une case, pour le journal, les explications et le terminal. */
export const sujetCase = (identifiant: string, champ: Champ): string => `logement/${identifiant}/${champ.nom}`;

/** Champs dont dépendent l'adresse et le nom proposé d'un ensemble. */
const ADRESSE = new Set(['NUMVOIE', 'INDREP', 'TYPVOIE', 'NOMVOIE', 'BAT', 'IMMEU', 'COMPLGEO', 'LIEUDIT', 'DEPCOM']);
const TOUT_RECOMPTER = 20_000;

/**
 * Écrit ces changements : la valeur dans le logement, ce qui était importé dans les corrections, une ligne
 * de journal par case, les résumés d'après les écarts. `operation` est ouverte ; dans la transaction de
 * l'appelant.
 */
export function applyChangements(base: Base, operation: number, changements: readonly Changement[], par: QuiQuand, motif: string | null): void {
  const parLogement = new Map<number, Changement[]>();
  for (const c of changements) {
    const siens = parLogement.get(c.logement.id);
    if (siens === undefined) parLogement.set(c.logement.id, [c]);
    else siens.push(c);
  }
  const ids = JSON.stringify([...parLogement.keys()]);
  const parEcarts = parLogement.size <= TOUT_RECOMPTER;
  const comptes = parEcarts ? readComptes(base, ids) : [];
  const ecrire = prepareEcriture(base, operation);
  for (const siens of parLogement.values()) ecrire(siens);
  if (parEcarts) adjustResumes(base, comptes, readComptes(base, ids));
  else recomputeResumes(base);
  const ensembles = new Set(changements.filter((c) => ADRESSE.has(c.champ.nom)).map((c) => c.logement.ensemble));
  if (ensembles.size > 0) refreshPortraits(base, ensembles.size > 200 ? null : [...ensembles]);
  writeCorrections(base, changements, par, motif);
  const inscrire = openJournal(base);
  for (const { logement, champ, avant, apres } of changements) {
    inscrire({ ...par, champ: sujetCase(logement.identifiant, champ), avant: ecrireValeur(champ, avant), apres: ecrireValeur(champ, apres), operation });
  }
}

type Ecriture = (changements: readonly Changement[]) => void;

/** Une requête préparée par jeu de colonnes : un collage change les mêmes à chaque ligne. */
function prepareEcriture(base: Base, operation: number): Ecriture {
  const parForme = new Map<string, Ecriture>();
  return (changements) => {
    const colonnes = changements.map((c) => c.champ.colonne);
    const depcom = changements.find((c) => c.champ.nom === 'DEPCOM');
    if (depcom !== undefined) colonnes.push('commune');
    const cle = colonnes.join();
    let forme = parForme.get(cle);
    if (forme === undefined) {
      const noter = base.prepare(
        `INSERT INTO operation_avant (operation, nom_table, cle, avant) SELECT ${operation}, 'logement', id, json_object(${colonnes.map((c) => `'${c}', ${c}`).join(', ')}) FROM logement WHERE id = ?`,
      );
      const changer = base.prepare<Valeur[]>(`UPDATE logement SET ${colonnes.map((c) => `${c} = ?`).join(', ')} WHERE id = ?`);
      forme = (siens) => {
        const id = siens[0]?.logement.id ?? 0;
        const commune = siens.find((c) => c.champ.nom === 'DEPCOM');
        noter.run(id);
        changer.run(...siens.map((c) => c.apres), ...(commune === undefined ? [] : [communeDe(commune.apres)]), id);
      };
      parForme.set(cle, forme);
    }
    forme(changements);
  };
}

/** Une case revenue à ce qui était importé n'est plus une correction ; le journal garde qu'elle l'a été. */
function writeCorrections(base: Base, changements: readonly Changement[], { qui, quand }: QuiQuand, motif: string | null): void {
  const poser = base.prepare(
    `INSERT INTO correction (origine, ident_int, colonne, importee, corrigee, quand, qui, motif) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET corrigee = excluded.corrigee, quand = excluded.quand, qui = excluded.qui, motif = excluded.motif`,
  );
  const lever = base.prepare('DELETE FROM correction WHERE origine = ? AND ident_int = ? AND colonne = ? AND importee IS corrigee');
  for (const { logement: l, champ, avant, apres } of changements) {
    poser.run(l.origine, l.ident, champ.colonne, avant, apres, quand, qui, motif);
    lever.run(l.origine, l.ident, champ.colonne);
  }
}

/** D'où viennent les valeurs d'un logement : le fichier de leur import, et la ligne. */
export type Provenance = { fichier: string; importeLe: string; type: string; ligne: number };
export function readProvenance(base: Base, id: number): Provenance | null {
  return (
    base
      .prepare<[number], Provenance>('SELECT i.fichier, i.importe_le AS importeLe, i.type, l.ligne FROM logement l JOIN import i ON i.id = l.import WHERE l.id = ?')
      .get(id) ?? null
  );
}

/** Champ d'une colonne modifiable à la main : ni l'identifiant, ni l'ensemble (qui a son geste). */
export const champModifiable = (nom: string): Champ | null => CHAMPS_GARDES.find((c) => c.colonne === nom.toLowerCase() && c.nom !== 'IDENT_INT') ?? null;
