import type { Base } from './base.ts';
import { enVigueur } from './en-vigueur.ts';

export type CompteCommune = { commune: string; nombre: number };
export type PaireDeclarations = { avant: number; apres: number };

const PARC = '(sortiepatrim IS NULL OR sortiepatrim = 9)';
/** Ventes à l'occupant et autres ventes : les cessions à un autre bailleur social n'en sont pas. */
const VENDU = 'sortiepatrim IN (1, 3)';

/** Logements du parc mis en commercialisation (champ 59), par commune. */
export function countCommercialises(base: Base): CompteCommune[] {
  return base.prepare<[], CompteCommune>(`SELECT commune, count(*) AS nombre FROM logement WHERE ${enVigueur()} AND ${PARC} AND miscommercial = 1 GROUP BY commune`).all();
}

/** Logements sortis par vente dans ces déclarations, chacun compté une fois, par commune. */
export function countVendus(base: Base, declarations: readonly number[]): CompteCommune[] {
  return base
    .prepare<[string], CompteCommune>(
      `SELECT commune, count(*) AS nombre FROM (
         SELECT ident_int, max(commune) AS commune FROM logement WHERE declaration IN (SELECT value FROM json_each(?)) AND ${VENDU} GROUP BY ident_int
       ) GROUP BY commune`,
    )
    .all(JSON.stringify(declarations));
}

const LETTRES = "'A', 'B', 'C', 'D', 'E', 'F', 'G'";
const CHANGEMENTS = {
  // Du parc avant et après : un logement vendu ou démoli n'a pas été rénové.
  'sortis-fg': { depuis: `v.dpeenergie IN ('F', 'G')`, devenu: `n.dpeenergie IN ('A', 'B', 'C', 'D', 'E')` },
  'gain-etiquette': { depuis: `v.dpeenergie IN (${LETTRES})`, devenu: `n.dpeenergie IN (${LETTRES}) AND n.dpeenergie < v.dpeenergie` },
} as const;

/**
 * Logements du parc dont l'étiquette a changé d'une déclaration à la suivante, par commune, et ceux qui pouvaient
 * changer (`base`). Un logement absent de l'une des deux n'est pas compté.
 */
export function countEtiquettes(base: Base, donnee: keyof typeof CHANGEMENTS, { avant, apres }: PaireDeclarations): (CompteCommune & { base: number })[] {
  const { depuis, devenu } = CHANGEMENTS[donnee];
  return base
    .prepare<[number, number], CompteCommune & { base: number }>(
      `SELECT n.commune, sum(${devenu}) AS nombre, count(*) AS base
       FROM logement v JOIN logement n ON n.declaration = ? AND n.ident_int = v.ident_int
       WHERE v.declaration = ? AND ${depuis} AND (v.sortiepatrim IS NULL OR v.sortiepatrim = 9) AND (n.sortiepatrim IS NULL OR n.sortiepatrim = 9)
         AND n.dpeenergie IN (${LETTRES}) GROUP BY n.commune`,
    )
    .all(apres, avant);
}

const PREMIER_SUPPLEMENT = 64;

/**
 * Logements du parc dont le champ de ce rang (64 ou plus) porte l'une de ces valeurs, par commune. `null` : aucun
 * logement du parc n'a de champ de ce rang.
 */
export function countChampDeclare(base: Base, rang: number, valeurs: ReadonlySet<string>): CompteCommune[] | null {
  const comptes = new Map<string, number>();
  let connu = false;
  const lignes = base.prepare<[], { commune: string; brut: string; n: number }>(
    `SELECT commune, champs_supplementaires AS brut, count(*) AS n FROM logement WHERE ${enVigueur()} AND ${PARC} AND champs_supplementaires IS NOT NULL GROUP BY 1, 2`,
  );
  for (const { commune, brut, n } of lignes.iterate()) {
    const valeur = brut.split(';')[rang - PREMIER_SUPPLEMENT]?.trim();
    if (valeur === undefined) continue;
    connu = true;
    if (valeurs.has(valeur)) comptes.set(commune, (comptes.get(commune) ?? 0) + n);
  }
  return connu ? [...comptes].map(([commune, nombre]) => ({ commune, nombre })) : null;
}
