import type { Sortie } from '../../../shared/contract.ts';
import { AGES, decennieDe, LIBELLE_PERIODE_DPE, PERIODES_DPE, SURFACES_HABITABLES, type Classe } from '../../../shared/domain/rpls/classes.ts';
import { CODES } from '../../../shared/domain/rpls/codes.ts';
import { FAMILLE_DE_FINAN, FAMILLES, LIBELLE_FAMILLE } from '../../../shared/domain/rpls/familles.ts';

export type Etat = Sortie<'etat.lire'>;
/** Ce que les figures montrent : le parc, un territoire, ou la sélection de la table. */
export type Repartition = Sortie<'logements.repartition'>;

/**
 * Une barre : ce qu'elle compte, les valeurs de la colonne qu'elle filtre, le sujet qui l'explique.
 * `parts` : la même, découpée par méthode du DPE.
 */
export type Barre = { cle: string; libelle: string; logements: number; colonne: string; valeurs: string[]; sujet: string | null; parts?: { nom: string; logements: number }[] };

const INCONNU = 'inconnu';
const valeurDe = (cle: string): string[] => [cle === INCONNU ? '' : cle];

/**
 * Les barres d'une sélection, dans l'ordre de celles du parc : une barre que le filtre vide reste, à
 * zéro, pour qu'on puisse y revenir.
 */
export function fondre(parc: readonly Barre[], selection: readonly Barre[]): Barre[] {
  const parCle = new Map(selection.map((b) => [b.cle, b]));
  const connues = new Set(parc.map((b) => b.cle));
  const autres = selection.filter((b) => !connues.has(b.cle));
  return [...parc.map((b) => ({ ...(parCle.get(b.cle) ?? { ...b, logements: 0, parts: [] }), sujet: null })), ...autres.map((b) => ({ ...b, sujet: null }))];
}

export function barresFinancement(etat: Repartition): Barre[] {
  return FAMILLES.flatMap((famille) => {
    const logements = etat.familles[famille] ?? 0;
    if (logements === 0) return [];
    const codes = famille === 'INCONNU' ? [''] : Object.keys(FAMILLE_DE_FINAN).filter((f) => FAMILLE_DE_FINAN[f] === famille);
    return [{ cle: famille, libelle: LIBELLE_FAMILLE[famille], logements, colonne: 'finan', valeurs: codes, sujet: `etat/famille/${famille}` }];
  });
}

type Comptes = Readonly<Record<string, number>>;

/** Une barre par code présent, dans l'ordre des codes ; l'inconnu à la fin. */
function barresCodes(comptes: Comptes, codes: readonly string[], colonne: string, libelle: (code: string) => string, dimension: string): Barre[] {
  return [...codes, INCONNU].flatMap((cle) => {
    const logements = comptes[cle] ?? 0;
    if (logements === 0) return [];
    return [{ cle, libelle: cle === INCONNU ? 'Inconnu' : libelle(cle), logements, colonne, valeurs: valeurDe(cle), sujet: `etat/${dimension}/${cle}` }];
  });
}

const FINAN: Readonly<Record<string, string>> = CODES.FINAN;
const TYPES: Readonly<Record<string, string>> = { C: 'Collectif', I: 'Individuel', E: 'Étudiant' };

export const barresFinan = (etat: Repartition): Barre[] => barresCodes(etat.financements, Object.keys(CODES.FINAN), 'finan', (c) => `${c} ${FINAN[c] ?? ''}`, 'financement');
export const barresType = (etat: Repartition): Barre[] => barresCodes(etat.types, Object.keys(CODES.TYPECONST), 'typeconst', (c) => TYPES[c] ?? c, 'type');
export const barresTaille = (etat: Repartition): Barre[] =>
  barresCodes(etat.pieces, Object.keys(CODES.NBPIECE), 'nbpiece', (c) => (c === '9' ? '9 et plus' : c === '1' ? '1 pièce' : `${c} pièces`), 'pieces');

const parClasse = (comptes: Comptes, classes: readonly Classe[], colonne: string, dimension: string): Barre[] =>
  barresCodes(comptes, classes.map((c) => c.cle), colonne, (cle) => classes.find((c) => c.cle === cle)?.libelle ?? cle, dimension);
export const barresSurface = (etat: Repartition): Barre[] => parClasse(etat.surfaces, SURFACES_HABITABLES, 'taille', 'taille');
export const barresAge = (etat: Repartition): Barre[] => parClasse(etat.ages, AGES, 'age', 'age');

export function barresQpv(etat: Repartition): Barre[] {
  const barre = (cle: 'qpv' | 'horsQpv' | 'qpvInconnu', libelle: string, valeur: string): Barre[] =>
    etat[cle] === 0 ? [] : [{ cle: cle === 'qpvInconnu' ? INCONNU : cle, libelle, logements: etat[cle], colonne: 'qpv', valeurs: [valeur], sujet: `etat/${cle}` }];
  return [...barre('qpv', 'En QPV', '1'), ...barre('horsQpv', 'Hors QPV', '2'), ...barre('qpvInconnu', 'Inconnu', '')];
}

/** Les classes du DPE, chacune découpée par la méthode que dit sa date. */
export function barresDpe(etat: Repartition): Barre[] {
  return [...Object.keys(CODES.DPEENERGIE), INCONNU].map((cle) => ({
    cle,
    libelle: cle === INCONNU ? 'Inconnu' : cle,
    logements: etat.dpe[cle] ?? 0,
    colonne: 'dpeenergie',
    valeurs: valeurDe(cle),
    sujet: `etat/dpe/${cle}`,
    parts: cle === INCONNU ? [] : PERIODES_DPE.map((p) => ({ nom: LIBELLE_PERIODE_DPE[p], logements: parPeriode(etat, p)[cle] ?? 0 })),
  }));
}

const parPeriode = (etat: Repartition, p: (typeof PERIODES_DPE)[number]): Comptes => ({ avant: etat.dpeAvant, depuis: etat.dpeDepuis, 'sans-date': etat.dpeSansDate })[p];

const PERIODES: Readonly<Record<string, string>> = { avant: 'Avant 07/2021', depuis: 'Dès 07/2021', 'sans-date': 'Sans date' };

/** La méthode du DPE a changé au 1er juillet 2021 : combien en relèvent. */
export function barresMethode(etat: Repartition): Barre[] {
  const somme = (c: Comptes) => Object.values(c).reduce((n, x) => n + x, 0);
  const barres = PERIODES_DPE.map((p): Barre => ({ cle: p, libelle: PERIODES[p] ?? p, logements: somme(parPeriode(etat, p)), colonne: 'dpe_periode', valeurs: [p], sujet: `etat/dpe_periode/${p}` }));
  const sans: Barre = { cle: INCONNU, libelle: 'Sans classe', logements: etat.dpe[INCONNU] ?? 0, colonne: 'dpe_periode', valeurs: [''], sujet: `etat/dpe/${INCONNU}` };
  return [...barres, sans].filter((b) => b.logements > 0);
}

/** Par décennie de construction ; les années inconnues à part, jamais dans une décennie. */
export function barresAnnee(etat: Repartition): Barre[] {
  const decennies = new Map<number, number>();
  for (const [annee, n] of Object.entries(etat.annees)) {
    if (annee === INCONNU) continue;
    const debut = decennieDe(Number(annee));
    decennies.set(debut, (decennies.get(debut) ?? 0) + n);
  }
  const debuts = [...decennies.keys()].sort((a, b) => a - b);
  const [premier = 0] = debuts;
  const dernier = debuts[debuts.length - 1] ?? premier;
  const barres = debuts.length === 0 ? [] : Array.from({ length: (dernier - premier) / 10 + 1 }, (_, i): Barre => {
    const cle = String(premier + 10 * i);
    return {
      cle, libelle: cle === '1900' ? 'avant 1910' : `${cle} à ${Number(cle) + 9}`, logements: decennies.get(Number(cle)) ?? 0, colonne: 'decennie', valeurs: [cle], sujet: `etat/decennie/${cle}`,
    };
  });
  const inconnu = etat.annees[INCONNU] ?? 0;
  if (inconnu > 0) barres.push({ cle: INCONNU, libelle: 'Inconnue', logements: inconnu, colonne: 'decennie', valeurs: [''], sujet: 'etat/annee/inconnu' });
  return barres;
}
