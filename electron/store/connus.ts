import type { Base } from './base.ts';

export type LogementConnu = { ident: string; depcom: string; repertoire: string | null };

/** Logements d'une déclaration : de quoi les retrouver par leur identifiant, ou par celui du répertoire. */
export function readConnus(base: Base, declaration: number): LogementConnu[] {
  return base
    .prepare<[number], LogementConnu>('SELECT ident_int AS ident, depcom, ident_rep AS repertoire FROM main.logement WHERE declaration = ?')
    .all(declaration);
}
