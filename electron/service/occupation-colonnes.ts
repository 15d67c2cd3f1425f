import { BORNES_USUELLES } from '../../shared/domain/occupation/bandes.ts';
import { AGES, TAILLE_MAX } from '../../shared/domain/occupation/modalites.ts';
import type { ColonneSql } from '../store/selection.ts';

/** Une valeur de la réponse en vigueur du logement `l` ; NULL s'il n'en a pas, ou ne la dit pas. */
const reponse = (sql: string): string =>
  `(SELECT ${sql} FROM occupation_logement o WHERE o.enquete = (SELECT id FROM enquete WHERE en_vigueur = 1) AND o.origine = (SELECT coalesce(d.origine, 0) FROM declaration d WHERE d.id = l.declaration) AND o.ident_int = l.ident_int)`;
const ANNEE = '(SELECT d.annee FROM declaration d WHERE d.id = l.declaration)';
const BORNES = `json_each('[' || coalesce((SELECT valeur FROM champ WHERE nom = 'occupation/bandes'), '${BORNES_USUELLES.join()}') || ']')`;
// La bande d'une valeur commence à la dernière borne plus petite qu'elle ; celle d'une fourchette doit la contenir.
const BANDE = `CASE WHEN o.ressources_min IS NULL THEN NULL
  WHEN o.ressources_max = o.ressources_min THEN (SELECT count(*) FROM ${BORNES} b WHERE b.value * 100 < o.ressources_min)
  WHEN EXISTS (SELECT 1 FROM ${BORNES} b WHERE b.value * 100 > o.ressources_min AND (o.ressources_max IS NULL OR b.value * 100 < o.ressources_max)) THEN NULL
  ELSE (SELECT count(*) FROM ${BORNES} b WHERE b.value * 100 <= o.ressources_min) END`;
const REFERENCE = `(SELECT valeur FROM champ WHERE nom = 'occupation/date-reference')`;
const BAIL = `(CASE length(o.bail) WHEN 7 THEN o.bail || '-01' ELSE o.bail END)`;

/** Filtres qui ouvrent les lignes d'un chiffre de l'occupation sociale : le rang de chaque modalité, en texte. */
export const COLONNES_OCCUPATION: readonly ColonneSql[] = [
  { nom: 'ops_concerne', sql: `(CASE WHEN l.mode = 1 OR ${reponse('1')} IS NOT NULL THEN 'oui' ELSE 'non' END)`, numerique: false },
  { nom: 'ops_repondant', sql: reponse(`CASE o.repondant WHEN 1 THEN 'oui' ELSE 'non' END`), numerique: false },
  { nom: 'ops_ressources', sql: reponse(BANDE), numerique: true },
  { nom: 'ops_tailles', sql: reponse(`min(o.occupants, ${TAILLE_MAX}) - 1`), numerique: true },
  { nom: 'ops_menages', sql: reponse('o.type - 1'), numerique: true },
  { nom: 'ops_ages', sql: reponse(`CASE WHEN o.age IS NULL THEN NULL ${AGES.map((a, i) => ({ a, i })).toReversed().map(({ a, i }) => `WHEN o.age >= ${a} THEN ${i}`).join(' ')} END`), numerique: true },
  { nom: 'ops_apl', sql: reponse('1 - o.apl'), numerique: true },
  { nom: 'ops_activites', sql: reponse('o.activite - 1'), numerique: true },
  {
    nom: 'ops_emmenagements', numerique: true,
    sql: reponse(`CASE WHEN o.bail IS NULL OR ${REFERENCE} IS NULL OR ${BAIL} > ${REFERENCE} THEN NULL
      WHEN ${BAIL} > (CAST(substr(${REFERENCE}, 1, 4) AS INTEGER) - 2) || substr(${REFERENCE}, 5) THEN 0 ELSE 1 END`),
  },
  {
    nom: 'vacant_trois_mois', numerique: false,
    sql: `(CASE WHEN l.mode = 2 AND l.remlocdate IS NOT NULL AND (${ANNEE} - CAST(substr(l.remlocdate, 1, 4) AS INTEGER)) * 12 + 1 - CAST(substr(l.remlocdate, 6, 2) AS INTEGER) > 3 THEN 'oui' ELSE 'non' END)`,
  },
  { nom: 'base_rotation', sql: `(CASE WHEN l.locat < ${ANNEE} - 1 AND l.mode IN (1, 2) THEN 'oui' ELSE 'non' END)`, numerique: false },
  { nom: 'rotation', sql: `(CASE WHEN l.locat < ${ANNEE} - 1 AND CAST(substr(l.bail, 1, 4) AS INTEGER) >= ${ANNEE} - 1 THEN 'oui' ELSE 'non' END)`, numerique: false },
];
