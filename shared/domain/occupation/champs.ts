/** Les champs d'un fichier d'enquête OPS, par logement ou déjà réunis par ensemble immobilier. */
import type { Cible, GenreCible } from '../tableaux/nature.ts';
import { BORNES_USUELLES, bandesDe } from './bandes.ts';
import { ACTIVITES, AGES, MENAGES, TAILLE_MAX, variablesDe } from './modalites.ts';

const OUI_NON: Readonly<Record<string, string>> = { '1': 'oui', '2': 'non' };
const cible = (nom: string, libelle: string, genre: GenreCible, codes: Cible['codes'] = null): Cible => ({ nom, libelle, genre, obligatoire: false, codes });

const CLES: readonly Cible[] = [
  cible('IDENT_INT', 'Identifiant du logement', 'texte'), cible('IDENT_REP', 'Identifiant au répertoire (RPLS)', 'texte'),
  cible('ENSEMBLE', 'Ensemble immobilier (code ou nom)', 'texte'), cible('COMMUNE', 'Commune de l’ensemble (code ou nom)', 'texte'),
];

/** Un ménage, une ligne. */
const CHAMPS_LOGEMENT: readonly Cible[] = [
  cible('REPONDANT', 'A répondu à l’enquête', 'oui-non', OUI_NON),
  cible('NB_OCCUPANTS', 'Nombre d’occupants', 'nombre'), cible('NB_MAJEURS', 'Nombre de majeurs', 'nombre'), cible('NB_MINEURS', 'Nombre de mineurs', 'nombre'),
  cible('TYPE_MENAGE', 'Composition du ménage', 'code', MENAGES), cible('AGE_TITULAIRE', 'Âge du titulaire', 'nombre'),
  cible('RESSOURCES_PCT_PLUS', 'Ressources, en % du plafond du PLUS (ou fourchette)', 'pourcentage'),
  cible('APL', 'Aide au logement', 'oui-non', OUI_NON), cible('ACTIVITE', 'Activité du titulaire', 'code', ACTIVITES), cible('DATE_BAIL', 'Date d’emménagement', 'jour'),
];

/** Effectifs d'une ligne par ensemble : le champ, sa variable, son rang (ou sa fourchette de ressources). */
export type Effectif = { champ: string; variable: 'ressources' | 'tailles' | 'menages' | 'ages' | 'apl' | 'activites' | 'emmenagements'; rang: number };
const V = variablesDe(BORNES_USUELLES);
const libelleDe = (variable: Effectif['variable'], rang: number): string => {
  const v = V.find((x) => x.code === variable);
  return `Ménages : ${v?.libelle.toLowerCase() ?? ''}, ${v?.modalites[rang] ?? ''}`;
};
export const BANDES_USUELLES = bandesDe(BORNES_USUELLES);

export const EFFECTIFS: readonly Effectif[] = [
  ...BANDES_USUELLES.map((b, rang): Effectif => ({ champ: b.max === null ? `R_PLUS_${b.min / 100}` : `R_${b.min / 100}_${b.max / 100}`, variable: 'ressources', rang })),
  ...Array.from({ length: TAILLE_MAX }, (_, rang): Effectif => ({ champ: `TAILLE_${rang + 1}`, variable: 'tailles', rang })),
  ...Object.keys(MENAGES).map((c, rang): Effectif => ({ champ: `MENAGE_${c}`, variable: 'menages', rang })),
  ...AGES.map((a, rang): Effectif => ({ champ: `AGE_${a}`, variable: 'ages', rang })),
  { champ: 'APL_OUI', variable: 'apl', rang: 0 }, { champ: 'APL_NON', variable: 'apl', rang: 1 },
  ...Object.keys(ACTIVITES).map((c, rang): Effectif => ({ champ: `ACTIVITE_${c}`, variable: 'activites', rang })),
  { champ: 'EMMENAGES_RECENTS', variable: 'emmenagements', rang: 0 },
];

const CHAMPS_ENSEMBLE: readonly Cible[] = [
  cible('QPV', 'Situation en QPV', 'oui-non', OUI_NON),
  cible('ENQUETES', 'Logements concernés par l’enquête', 'nombre'), cible('REPONDANTS', 'Ménages répondants', 'nombre'),
  cible('TOTAL_OCCUPANTS', 'Total des occupants', 'nombre'), cible('TOTAL_MAJEURS', 'Total des majeurs', 'nombre'), cible('TOTAL_MINEURS', 'Total des mineurs', 'nombre'),
  ...EFFECTIFS.map((e) => cible(e.champ, libelleDe(e.variable, e.rang), 'nombre')),
];

/** Champs qu'un fichier par logement ne lit pas : ceux des lignes déjà réunies par ensemble. */
export const RESERVES_ENSEMBLE: ReadonlySet<string> = new Set(CHAMPS_ENSEMBLE.map((c) => c.nom));
export const CHAMPS: readonly Cible[] = [...CLES, ...CHAMPS_LOGEMENT, ...CHAMPS_ENSEMBLE];
export const findChampOps = (nom: string): Cible | null => CHAMPS.find((c) => c.nom === nom) ?? null;
