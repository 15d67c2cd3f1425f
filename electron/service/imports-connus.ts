import type { Profil } from '../../shared/contract.ts';
import type { Connus } from '../import/tableau/lecteur.ts';
import type { Base } from '../store/base.ts';
import { readConnus } from '../store/connus.ts';
import type { LogementConnu } from '../store/connus.ts';
import type { DeclarationEnVigueur } from '../store/imports.ts';

/** Les logements que peut compléter un tableau qui n'en donne pas l'identifiant ou la commune ; `null` pour tout autre fichier. */
export function connusPour(base: Base, profil: Profil | null, declaration: DeclarationEnVigueur | null): LogementConnu[] | null {
  if (profil === null || declaration === null || declaration.logements === 0) return null;
  const cibles = Object.values(profil.colonnes);
  return cibles.includes('IDENT_INT') && cibles.includes('DEPCOM') ? null : readConnus(base, declaration.id);
}

export function connusDe(logements: readonly LogementConnu[] | null): Connus | null {
  if (logements === null) return null;
  return {
    parIdent: new Map(logements.map(({ ident, depcom }) => [ident, depcom])),
    parRepertoire: new Map(logements.flatMap(({ ident, repertoire }) => (repertoire === null ? [] : [[repertoire, ident] as const]))),
  };
}
