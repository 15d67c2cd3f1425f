import type { Base } from './base.ts';

export type StockCommune = { commune: string; parc: number; parcFG: number };

/** Logements du parc par commune d'aujourd'hui, et ceux classés F ou G. */
export function readStockCommunes(base: Base): StockCommune[] {
  return base
    .prepare<[], StockCommune>(
      `SELECT commune, sum(logements) AS parc, sum(CASE WHEN cle IN ('F', 'G') THEN logements ELSE 0 END) AS parcFG
       FROM resume_parc WHERE dimension = 'dpe' GROUP BY commune ORDER BY commune`,
    )
    .all();
}

/** Communes où des logements du parc sont déclarés en QPV. */
export function communesAvecQpv(base: Base): Set<string> {
  const lignes = base
    .prepare<[], { commune: string }>("SELECT DISTINCT commune FROM resume_parc WHERE dimension = 'qpv' AND cle = '1' AND logements > 0")
    .all();
  return new Set(lignes.map((l) => l.commune));
}

/** Ensembles du parc, et ceux à qui manque l'adresse que R445-3 demande. */
export function countEnsembles(base: Base): { ensembles: number; sansAdresse: { code: string; nom: string }[] } {
  const ensembles = base.prepare<[], { n: number }>('SELECT count(DISTINCT ensemble) AS n FROM resume_ensemble').get()?.n ?? 0;
  const sansAdresse = base
    .prepare<[], { code: string; nom: string }>(
      "SELECT code, nom FROM ensemble WHERE adresse = '' AND id IN (SELECT ensemble FROM resume_ensemble) ORDER BY code",
    )
    .all();
  return { ensembles, sansAdresse };
}

/** Anomalies du dernier import de logements de chaque origine, par code. */
export function countAnomalies(base: Base): { code: string; rejet: boolean; nombre: number }[] {
  return base
    .prepare<[], { code: string; rejet: number; nombre: number }>(
      `SELECT code, rejet, count(*) AS nombre FROM anomalie
       WHERE import IN (SELECT max(id) FROM import WHERE type IN ('rpls', 'logements') GROUP BY origine) GROUP BY code, rejet ORDER BY rejet DESC, code`,
    )
    .all()
    .map((a) => ({ ...a, rejet: a.rejet === 1 }));
}
