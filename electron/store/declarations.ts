import { Comptes } from '../../shared/domain/rpls/comptes.ts';
import type { LigneParc } from '../../shared/domain/rpls/comptes.ts';
import type { LogementCompte } from '../../shared/domain/rpls/comptes.ts';
import { SOMMES_NULLES, addSommes } from '../../shared/domain/loyers/taux.ts';
import type { SommesLoyers } from '../../shared/domain/loyers/taux.ts';
import { MOIS_VACANCE, dureeVacance } from '../../shared/domain/rpls/vacance.ts';
import type { Mouvement } from '../../shared/domain/declarations/points.ts';
import type { Base } from './base.ts';
import { COLONNES_COMPTES, recomputeResumes } from './resumes.ts';
import { refreshPortraits } from './ensembles.ts';

export type DeclarationLue = { id: number; annee: number | null; origine: number | null; siren: string | null; nom: string | null; fichier: string; importeLe: string; enVigueur: number };

/** Toutes les déclarations gardées, celles d'un même bailleur ensemble, de la plus ancienne à la plus récente. */
export function listDeclarations(base: Base): DeclarationLue[] {
  return base
    .prepare<[], DeclarationLue>(
      `SELECT d.id, d.annee, d.origine, o.siren, o.nom, i.fichier, i.importe_le AS importeLe, d.en_vigueur AS enVigueur
       FROM declaration d JOIN import i ON i.id = d.import LEFT JOIN origine o ON o.id = d.origine ORDER BY o.siren NULLS FIRST, d.annee, d.id`,
    )
    .all();
}

export const countDeclaration = (base: Base, declaration: number): { logements: number; sortis: number } =>
  base
    .prepare<[number], { logements: number; sortis: number }>(
      'SELECT coalesce(sum(sortiepatrim IS NULL OR sortiepatrim = 9), 0) AS logements, coalesce(sum(sortiepatrim <> 9), 0) AS sortis FROM logement WHERE declaration = ?',
    )
    .get(declaration) ?? { logements: 0, sortis: 0 };

/** Comptes d'une déclaration par commune d'aujourd'hui, par les règles mêmes de l'état des lieux et des loyers. */
export type ComptesDeclaration = {
  parc: LigneParc[];
  loyers: { commune: string; surface: 'SH' | 'SU' | 'SC'; sommes: SommesLoyers }[];
  /** Vacants de plus de trois mois, et vacants dont la durée n'est pas connue. */
  vacance: { commune: string; plusDeTroisMois: number; dureeInconnue: number }[];
};

type Ligne = LogementCompte & { id: number; remlocdate: string | null };
const LOT = 20_000;

/** Compte une déclaration par lots, en rendant la main entre deux : une saisie n'attend pas. */
export async function countTendances(base: Base, declaration: number, annee: number | null, entreLots: () => Promise<void>): Promise<ComptesDeclaration> {
  const lire = base.prepare<[number, number], Ligne>(`SELECT id, remlocdate, ${COLONNES_COMPTES} FROM main.logement WHERE +declaration = ? AND id > ? ORDER BY id LIMIT ${LOT}`);
  const comptes = new Comptes();
  const vacance = new Map<string, { plusDeTroisMois: number; dureeInconnue: number }>();
  for (let apres = 0; ; ) {
    const lot = lire.all(declaration, apres);
    for (const l of lot) {
      comptes.add(l);
      if (l.sortiepatrim !== null || l.mode !== 2) continue;
      const v = vacance.get(l.commune) ?? { plusDeTroisMois: 0, dureeInconnue: 0 };
      const duree = dureeVacance(annee, l.remlocdate);
      if (duree === null) v.dureeInconnue++;
      else if (duree > MOIS_VACANCE) v.plusDeTroisMois++;
      vacance.set(l.commune, v);
    }
    if (lot.length < LOT) break;
    apres = lot.at(-1)?.id ?? apres;
    await entreLots();
  }
  return { parc: [...comptes.parc()], loyers: sumLoyers(comptes), vacance: [...vacance].map(([commune, v]) => ({ commune, ...v })) };
}

function sumLoyers(comptes: Comptes): ComptesDeclaration['loyers'] {
  const sommes = new Map<string, ComptesDeclaration['loyers'][number]>();
  for (const l of comptes.ensembles()) {
    const cle = `${l.commune} ${l.surface}`;
    const s = { logements: l.logements, loues: l.loues, surface: l.sommeSurface, loyer: l.sommeLoyer, avecMaximum: l.avecMaximum, surfaceMax: l.surfaceMax, loyerPratiqueMax: l.loyerMaxPratique, maximum: l.sommeMax };
    sommes.set(cle, { commune: l.commune, surface: l.surface, sommes: addSommes(sommes.get(cle)?.sommes ?? SOMMES_NULLES, s) });
  }
  return [...sommes.values()];
}

const parc = (alias: string): string => `(${alias}.sortiepatrim IS NULL OR ${alias}.sortiepatrim = 9)`;

/** Logements entrés, sortis ou passés d'une commune à l'autre entre deux déclarations d'un même bailleur. */
export function readMouvements(base: Base, avant: number, apres: number): Mouvement[] {
  const entres = base
    .prepare<[number, number], Mouvement>(
      `SELECT NULL AS avant, n.commune AS apres, CASE WHEN a.id IS NOT NULL THEN 'retour' ELSE coalesce(CAST(n.origine AS TEXT), 'inconnu') END AS motif, count(*) AS logements
       FROM logement n LEFT JOIN logement a ON a.declaration = ? AND a.ident_int = n.ident_int
       WHERE n.declaration = ? AND ${parc('n')} AND (a.id IS NULL OR NOT ${parc('a')}) GROUP BY 2, 3`,
    )
    .all(avant, apres);
  const sortis = base
    .prepare<[number, number], Mouvement>(
      `SELECT a.commune AS avant, NULL AS apres, CASE WHEN n.id IS NULL THEN 'absent' ELSE CAST(n.sortiepatrim AS TEXT) END AS motif, count(*) AS logements
       FROM logement a LEFT JOIN logement n ON n.declaration = ? AND n.ident_int = a.ident_int
       WHERE a.declaration = ? AND ${parc('a')} AND (n.id IS NULL OR NOT ${parc('n')}) GROUP BY 1, 3`,
    )
    .all(apres, avant);
  const deplaces = base
    .prepare<[number, number], Mouvement>(
      `SELECT a.commune AS avant, n.commune AS apres, 'commune' AS motif, count(*) AS logements
       FROM logement n JOIN logement a ON a.declaration = ? AND a.ident_int = n.ident_int
       WHERE n.declaration = ? AND ${parc('n')} AND ${parc('a')} AND a.commune <> n.commune GROUP BY 1, 2`,
    )
    .all(avant, apres);
  return [...entres, ...sortis, ...deplaces];
}

/** Met cette déclaration en vigueur pour son bailleur, et refait ce qui en dépend. Dans la transaction de l'appelant, opération ouverte. */
export function switchVigueur(base: Base, { id, origine }: Pick<DeclarationLue, 'id' | 'origine'>): void {
  base.prepare('UPDATE declaration SET en_vigueur = 0 WHERE en_vigueur = 1 AND origine IS ?').run(origine);
  base.prepare('UPDATE declaration SET en_vigueur = 1 WHERE id = ?').run(id);
  recomputeResumes(base);
  refreshPortraits(base);
}
