import { formatIdentifiant, parseIdentifiant } from '../../shared/domain/origines/identifiant.ts';
import type { OperationOrigine } from '../../shared/domain/origines/operations.ts';
import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { appendJournal } from './journal.ts';

/** `id` NULL en base : l'organisme du dossier, qui n'a pas de ligne ici. */
export type Origine = { id: number; siren: string; nom: string; operation: OperationOrigine; date: string | null };

/** Bailleurs repris ou fusionnés, dans l'ordre de leur SIREN. */
export function listOrigines(base: Base): Origine[] {
  return base.prepare<[], Origine>('SELECT id, siren, nom, operation, date FROM origine ORDER BY siren').all();
}

export function findOrigine(base: Base, siren: string): Origine | null {
  return base.prepare<[string], Origine>('SELECT id, siren, nom, operation, date FROM origine WHERE siren = ?').get(siren) ?? null;
}

const decrire = (o: Omit<Origine, 'id'>): string => [o.nom, o.operation, o.date].filter((t) => t !== null).join(', ');

/** Ajoute ou change une origine, et sa ligne de journal. Dans la transaction de l'appelant. */
export function writeOrigine(base: Base, origine: Omit<Origine, 'id'>, par: QuiQuand): void {
  const avant = findOrigine(base, origine.siren);
  base
    .prepare(
      `INSERT INTO origine (siren, nom, operation, date) VALUES (@siren, @nom, @operation, @date)
       ON CONFLICT (siren) DO UPDATE SET nom = excluded.nom, operation = excluded.operation, date = excluded.date`,
    )
    .run(origine);
  appendJournal(base, { ...par, champ: `origine/${origine.siren}`, avant: avant === null ? null : decrire(avant), apres: decrire(origine) });
}

/** Vrai quand des logements ou un import s'appuient sur l'origine : elle ne se retire pas. */
export function isOrigineImportee(base: Base, id: number): boolean {
  return base.prepare<[number, number], number>('SELECT 1 FROM import WHERE origine = ? UNION SELECT 1 FROM declaration WHERE origine = ?').pluck().get(id, id) !== undefined;
}

export function deleteOrigine(base: Base, origine: Origine, par: QuiQuand): void {
  base.prepare('DELETE FROM origine WHERE id = ?').run(origine.id);
  appendJournal(base, { ...par, champ: `origine/${origine.siren}`, avant: decrire(origine), apres: null });
}

export type ComptesOrigine = { origine: number | null; annee: number | null; fichier: string; importeLe: string; logements: number; sortis: number };

/** Ce que chaque origine apporte : sa déclaration en vigueur et ses logements, ceux du parc et ceux qui en sont sortis. */
export function countByOrigine(base: Base): ComptesOrigine[] {
  return base
    .prepare<[], ComptesOrigine>(
      `SELECT d.origine, d.annee, i.fichier, i.importe_le AS importeLe,
              coalesce(sum(l.sortiepatrim IS NULL OR l.sortiepatrim = 9), 0) AS logements,
              coalesce(sum(l.sortiepatrim <> 9), 0) AS sortis
       FROM declaration d JOIN import i ON i.id = d.import LEFT JOIN logement l ON l.declaration = d.id
       WHERE d.en_vigueur = 1 GROUP BY d.id ORDER BY d.origine`,
    )
    .all();
}

type DeclarationSiren = { id: number; siren: string | null; en_vigueur: number };

const declarations = (base: Base): DeclarationSiren[] =>
  base.prepare<[], DeclarationSiren>('SELECT d.id, o.siren, d.en_vigueur FROM declaration d LEFT JOIN origine o ON o.id = d.origine').all();

/** SIREN du bailleur repris de chaque déclaration ; absent de celles de l'organisme. */
export function sirenParDeclaration(base: Base): Map<number, string> {
  return new Map(declarations(base).flatMap((d) => (d.siren === null ? [] : [[d.id, d.siren]])));
}

/** Donne l'identifiant public d'un logement, par le numéro de sa déclaration et son IDENT_INT. */
export function identifiantPublic(base: Base): (declaration: number, ident: string) => string {
  const siren = sirenParDeclaration(base);
  return (declaration, ident) => formatIdentifiant({ siren: siren.get(declaration) ?? null, ident });
}

/** Retrouve la déclaration en vigueur et l'IDENT_INT d'un identifiant public ; `null` si rien n'est en vigueur pour son origine. */
export function resolveIdentifiant(base: Base): (identifiant: string) => { declaration: number; ident: string } | null {
  const parSiren = new Map(declarations(base).filter((d) => d.en_vigueur === 1).map((d) => [d.siren, d.id]));
  return (identifiant) => {
    const { siren, ident } = parseIdentifiant(identifiant);
    const declaration = parSiren.get(siren);
    return declaration === undefined ? null : { declaration, ident };
  };
}
