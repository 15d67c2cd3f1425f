/** Lecture d'une ligne d'attribution : valeurs comprises, anomalies à dire. Rien n'est deviné. */
import { codeAttribution, isAbsente } from './codes.ts';
import { dateDe, isCourte, isDate } from './dates.ts';
import type { Attribution, Mutation, Reloge, Reserve, Tri } from './types.ts';

export type Signaler = (code: string, champ: string, valeur: string) => void;
export type Textes = ReadonlyMap<string, string>;
/** Commune et QPV (1 oui, 2 non) du logement que la ligne désigne ; `null` : pas de logement reconnu. */
export type LogementSitue = { commune: string; qpv: number | null };
/** La commune d'aujourd'hui d'un texte ; `fusionnee` : le code a changé. */
export type CommuneLue = { commune: string; fusionnee: boolean } | null;

const ANNEE_MIN = 2000;
const REFUS_MAX = 100;
const CATEGORIE_MAX = 80;

const nettoye = (textes: Textes, champ: string): string => {
  const t = textes.get(champ)?.trim() ?? '';
  return isAbsente(t) ? '' : t;
};

/** La date d'une ligne (au jour, au mois ou à l'année) ; `null` : la ligne est rejetée, l'anomalie est dite. */
export function lireJour(texte: string, aujourdhui: string, signaler: Signaler): string | null {
  const t = isAbsente(texte.trim()) ? '' : texte.trim();
  const refuser = (code: string): null => {
    signaler(code, 'DATE', t);
    return null;
  };
  if (t === '') return refuser('attr-date-absente');
  const jour = dateDe(t);
  if (jour === null) return refuser('attr-date-illisible');
  if (Number(jour.slice(0, 4)) < ANNEE_MIN) return refuser('attr-date-ancienne');
  if (jour > aujourdhui.slice(0, jour.length)) return refuser('attr-date-future');
  if (/^\d{5}(?:[.,]\d+)?$/u.test(t)) signaler('attr-date-retablie', 'DATE', t);
  if (isCourte(t)) signaler('attr-date-courte', 'DATE', t);
  if (jour.length < 10) signaler('attr-date-partielle', 'DATE', t);
  return jour;
}

/** La date de signature du bail, quand la ligne la dit, au jour ; vide sinon. */
const texteBail = (textes: Textes): string => [nettoye(textes, 'DATE_BAIL'), nettoye(textes, 'BAIL_SIGNE')].find(isDate) ?? '';

/** `par` : la date qui situe l'attribution. `autre` : l'année de la décision, quand le bail en change. */
export type JourLu = { jour: string; par: 'bail' | 'decision'; autre: number | null };

/**
 * Le jour qui situe l'attribution : celui de la signature du bail quand il est dit et passé (L441-1 compte des
 * attributions suivies de baux signés), sinon celui de la décision. `null` : la ligne est rejetée.
 */
export function lireJourAttribution(textes: Textes, aujourdhui: string, signaler: Signaler): JourLu | null {
  const decision = textes.get('DATE') ?? '';
  const bail = texteBail(textes);
  const signe = bail === '' || codeAttribution('BAIL_SIGNE', nettoye(textes, 'BAIL_SIGNE')) === 'non' ? null : dateDe(bail);
  if (signe === null || signe > aujourdhui || Number(signe.slice(0, 4)) < ANNEE_MIN) {
    if (signe !== null && signe <= aujourdhui) signaler('attr-bail-ancien', 'DATE_BAIL', bail);
    const jour = lireJour(decision, aujourdhui, signaler);
    return jour === null ? null : { jour, par: 'decision', autre: null };
  }
  if (isCourte(bail)) signaler('attr-date-courte', 'DATE_BAIL', bail);
  const autre = Number(dateDe(decision.trim())?.slice(0, 4) ?? Number.NaN);
  if (Number.isNaN(autre) || autre === Number(signe.slice(0, 4))) return { jour: signe, par: 'bail', autre: null };
  signaler('attr-annee-bail', 'DATE_BAIL', `${decision.trim()}, ${bail}`);
  return { jour: signe, par: 'bail', autre };
}

/** Le reste de la ligne. Ce qui se contredit reste inconnu, et c'est dit. */
export function lireAttribution(jour: string, textes: Textes, logement: LogementSitue | null, trouverCommune: (texte: string) => CommuneLue, signaler: Signaler, aujourdhui: string): Attribution {
  const code = (champ: string): string | null => {
    const t = nettoye(textes, champ);
    if (t === '') return null;
    const c = codeAttribution(champ, t);
    if (c === null) signaler('attr-valeur-illisible', champ, t);
    return c;
  };
  const tri = (champ: string): Tri => {
    const c = code(champ);
    return c === null ? null : c === 'oui';
  };
  const commune = lireCommune(textes, logement, trouverCommune, signaler);
  const qpv = lireQpv(textes, tri('QPV'), logement, signaler);
  const { quartile, premier } = lireQuartile(code('QUARTILE'), tri('PREMIER_QUARTILE'), signaler);
  const { prioritaire, categorie } = lirePriorite(nettoye(textes, 'CATEGORIE'), tri('PRIORITAIRE'), signaler);
  const reserve = code('RESERVE') as Reserve | null;
  const echec = tri('ECHEC_RESERVATAIRE');
  if (echec === true && reserve === 'non') signaler('attr-echec-sans-reservataire', 'ECHEC_RESERVATAIRE', nettoye(textes, 'ECHEC_RESERVATAIRE'));
  return {
    jour, commune, qpv, bail: lireBail(textes, () => tri('BAIL_SIGNE'), aujourdhui, signaler), quartile, premier, reloge: code('RELOGE') as Reloge | null, prioritaire, categorie, dalo: tri('DALO'), reserve, echec,
    mutation: code('MUTATION') as Mutation | null, mutationRu: tri('MUTATION_RU'), venant: lireVenant(textes, tri('VENANT_QPV'), tri('QPV_VERS_HORS'), qpv, signaler), refus: lireRefus(nettoye(textes, 'REFUS'), signaler),
  };
}

/** Un bail est signé quand on le dit, ou quand on dit quel jour ; à venir, rien n'en est su. */
function lireBail(textes: Textes, tri: () => Tri, aujourdhui: string, signaler: Signaler): Tri {
  const t = texteBail(textes);
  const dit = isDate(nettoye(textes, 'BAIL_SIGNE')) ? null : tri();
  const date = nettoye(textes, 'DATE_BAIL');
  if (date !== '' && !isDate(date)) signaler('attr-valeur-illisible', 'DATE_BAIL', date);
  if (t === '') return dit;
  if (dit === false) {
    signaler('attr-bail-contredit', 'BAIL_SIGNE', t);
    return null;
  }
  if ((dateDe(t) ?? '') <= aujourdhui) return true;
  signaler('attr-bail-futur', isDate(date) ? 'DATE_BAIL' : 'BAIL_SIGNE', t);
  return null;
}

function lireCommune(textes: Textes, logement: LogementSitue | null, trouver: (texte: string) => CommuneLue, signaler: Signaler): string | null {
  const t = nettoye(textes, 'COMMUNE');
  if (t === '') {
    if (logement === null) signaler('attr-sans-lieu', 'COMMUNE', '');
    return logement?.commune ?? null;
  }
  const lue = trouver(t);
  if (lue === null) signaler('attr-commune-inconnue', 'COMMUNE', t);
  else if (lue.fusionnee) signaler('attr-commune-fusionnee', 'COMMUNE', t);
  if (logement === null) return lue?.commune ?? null;
  if (lue !== null && lue.commune !== logement.commune) signaler('attr-commune-autre', 'COMMUNE', t);
  return logement.commune;
}

function lireQpv(textes: Textes, dit: Tri, logement: LogementSitue | null, signaler: Signaler): 1 | 2 | null {
  const declare = dit === null ? null : dit ? 1 : 2;
  const connu = logement?.qpv === 1 || logement?.qpv === 2 ? logement.qpv : null;
  if (declare !== null && connu !== null && declare !== connu) {
    signaler('attr-qpv-contredit', 'QPV', nettoye(textes, 'QPV'));
    return null;
  }
  const qpv = connu ?? declare;
  if (qpv === null) signaler('attr-qpv-inconnu', 'QPV', nettoye(textes, 'QPV'));
  return qpv;
}

function lireQuartile(code: string | null, dit: Tri, signaler: Signaler): { quartile: number | null; premier: Tri } {
  const duQuartile = code === null ? null : code === '1';
  if (duQuartile !== null && dit !== null && duQuartile !== dit) {
    signaler('attr-quartile-contredit', 'QUARTILE', `${code ?? ''}, 1er quartile : ${dit ? 'oui' : 'non'}`);
    return { quartile: null, premier: null };
  }
  const premier = duQuartile ?? dit;
  return { quartile: code === null || code === 'autres' ? (premier === true ? 1 : null) : Number(code), premier };
}

function lirePriorite(categorie: string, dit: Tri, signaler: Signaler): { prioritaire: Tri; categorie: string | null } {
  if (categorie === '') return { prioritaire: dit, categorie: null };
  const gardee = categorie.slice(0, CATEGORIE_MAX);
  if (dit === null) signaler('attr-categorie-seule', 'CATEGORIE', gardee);
  if (dit === false) signaler('attr-priorite-contredite', 'CATEGORIE', gardee);
  return { prioritaire: dit === true ? true : null, categorie: gardee };
}

/** D'où vient le ménage : dit, ou tiré de « QPV vers hors QPV » quand cela suffit. */
function lireVenant(textes: Textes, venant: Tri, versHors: Tri, qpv: 1 | 2 | null, signaler: Signaler): Tri {
  if (versHors === null) return venant;
  // Vers un logement hors QPV, « non » dit que le ménage n'en venait pas ; vers un logement en QPV, « non » n'apprend rien.
  const tire = versHors ? true : qpv === 2 ? false : null;
  const contredit = (versHors && qpv === 1) || (venant !== null && tire !== null && venant !== tire);
  if (!contredit) return venant ?? tire;
  signaler('attr-passage-contredit', 'QPV_VERS_HORS', nettoye(textes, 'QPV_VERS_HORS'));
  return null;
}

function lireRefus(texte: string, signaler: Signaler): number | null {
  if (texte === '') return null;
  const m = /^(\d{1,4})(?:[.,]0+)?$/u.exec(texte);
  const n = m === null ? null : Number(m[1]);
  if (n !== null && n <= REFUS_MAX) return n;
  signaler('attr-valeur-illisible', 'REFUS', texte);
  return null;
}
