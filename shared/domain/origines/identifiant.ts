/** Un logement parmi tous ceux du dossier : SIREN de son bailleur d'origine (`null` : l'organisme lui-même) et IDENT_INT. */
export type IdentiteLogement = { siren: string | null; ident: string };

const D_UNE_ORIGINE = /^(\d{9}):([^]*)$/;

/**
 * Identifiant public d'un logement : IDENT_INT pour l'organisme du dossier, `SIREN:IDENT_INT` pour un
 * bailleur repris, car deux bailleurs peuvent avoir chacun un logement « 0001 ». Un IDENT_INT de
 * l'organisme qui ressemble à l'un d'eux est précédé de « : ».
 */
export function formatIdentifiant({ siren, ident }: IdentiteLogement): string {
  if (siren !== null) return `${siren}:${ident}`;
  return ident.startsWith(':') || D_UNE_ORIGINE.test(ident) ? `:${ident}` : ident;
}

/** Inverse de `formatIdentifiant`. */
export function parseIdentifiant(identifiant: string): IdentiteLogement {
  if (identifiant.startsWith(':')) return { siren: null, ident: identifiant.slice(1) };
  const [, siren, ident] = D_UNE_ORIGINE.exec(identifiant) ?? [];
  return siren === undefined || ident === undefined ? { siren: null, ident: identifiant } : { siren, ident };
}
