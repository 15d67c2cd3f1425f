/**
 * Ce que l'état de l'occupation sociale distingue (R442-14 : composition des ménages, âge, ressources, aide
 * au logement, activité, emménagement depuis deux ans). Les modalités sont de l'application : la trame
 * annexée à l'arrêté du 13 février 2020 n'a pas été obtenue.
 */
import { bandesDe, libelleBande } from './bandes.ts';

export type CodeVariable = 'ressources' | 'tailles' | 'menages' | 'ages' | 'apl' | 'activites' | 'emmenagements';

export const MENAGES: Readonly<Record<string, string>> = {
  '1': 'personne seule', '2': 'couple sans enfant', '3': 'couple avec enfant', '4': 'famille monoparentale', '5': 'autre ménage',
};
export const ACTIVITES: Readonly<Record<string, string>> = {
  '1': 'emploi stable', '2': 'emploi précaire', '3': 'demandeur d’emploi', '4': 'retraité', '5': 'étudiant ou en formation', '6': 'autre inactif', '7': 'en emploi, sans précision',
};
/** Âge du titulaire : premier âge de chaque classe. */
export const AGES: readonly number[] = [0, 30, 40, 50, 65, 75];
const LIBELLES_AGES = ['moins de 30 ans', '30 à 39 ans', '40 à 49 ans', '50 à 64 ans', '65 à 74 ans', '75 ans et plus'];
/** Nombre d'occupants ; la dernière classe est « et plus ». */
export const TAILLE_MAX = 6;

const INCONNU = 'inconnu';
/** Rangs fixes de l'aide au logement et des emménagements. */
export const OUI = 0;
export const NON = 1;

export type Variable = { code: CodeVariable; libelle: string; /** La dernière modalité est toujours « inconnu ». */ modalites: readonly string[] };

/** Les variables et leurs modalités, pour ces bornes de ressources. */
export function variablesDe(bornes: readonly number[]): readonly Variable[] {
  return [
    { code: 'ressources', libelle: 'Ressources, en % des plafonds du PLUS', modalites: [...bandesDe(bornes).map(libelleBande), INCONNU] },
    { code: 'tailles', libelle: 'Nombre d’occupants', modalites: ['1 personne', ...[2, 3, 4, 5].map((n) => `${n} personnes`), `${TAILLE_MAX} personnes et plus`, INCONNU] },
    { code: 'menages', libelle: 'Composition du ménage', modalites: [...Object.values(MENAGES), INCONNU] },
    { code: 'ages', libelle: 'Âge du titulaire', modalites: [...LIBELLES_AGES, INCONNU] },
    { code: 'apl', libelle: 'Aide au logement', modalites: ['oui', 'non', INCONNU] },
    { code: 'activites', libelle: 'Activité du titulaire', modalites: [...Object.values(ACTIVITES), INCONNU] },
    { code: 'emmenagements', libelle: 'Emménagement', modalites: ['depuis moins de deux ans', 'plus ancien', INCONNU] },
  ];
}

/** Rang de la classe d'âge. */
export function rangAge(age: number): number {
  return AGES.findLastIndex((a) => age >= a);
}

export const SITUATIONS = ['total', 'qpv', 'horsQpv', 'qpvInconnu'] as const;
export type Situation = (typeof SITUATIONS)[number];
export const LIBELLE_SITUATION: Readonly<Record<Situation, string>> = { total: 'Ensemble', qpv: 'En QPV', horsQpv: 'Hors QPV', qpvInconnu: 'QPV inconnu' };

/** La situation d'un logement d'après son champ QPV (1 oui, 2 non). */
export const situationDe = (qpv: number | null): Exclude<Situation, 'total'> => (qpv === 1 ? 'qpv' : qpv === 2 ? 'horsQpv' : 'qpvInconnu');
