import { SURFACES_HABITABLES, MOIS_METHODE_DPE } from '../../../shared/domain/rpls/classes.ts';

const PARC = 'FROM logement WHERE declaration IN (SELECT id FROM declaration WHERE en_vigueur = 1) AND sortiepatrim IS NULL';
const CLASSE = `CASE WHEN surfhab IS NULL THEN 'inconnu' ${SURFACES_HABITABLES.map((c) => (c.a === null ? `ELSE '${c.cle}'` : `WHEN surfhab <= ${c.a} THEN '${c.cle}'`)).join(' ')} END`;

/** Un dossier déjà rempli gagne les comptes que les résumés n'avaient pas : méthode du DPE, classe de surface. */
export const migration = {
  version: 9,
  nom: 'dimensions',
  sql: `
INSERT OR REPLACE INTO resume_parc (commune, dimension, cle, logements)
SELECT commune, 'dpe-' || CASE WHEN dpedate IS NULL THEN 'sans-date' WHEN dpedate < '${MOIS_METHODE_DPE}' THEN 'avant' ELSE 'depuis' END, dpeenergie, count(*)
${PARC} AND dpeenergie IS NOT NULL GROUP BY 1, 2, 3;
INSERT OR REPLACE INTO resume_parc (commune, dimension, cle, logements)
SELECT commune, 'surface', ${CLASSE}, count(*) ${PARC} GROUP BY 1, 3;
`,
} as const;
