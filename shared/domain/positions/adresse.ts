import { normaliser } from '../ensembles/cle.ts';

/** Ce qui, dans la déclaration, fait l'adresse d'un logement. */
export type AdresseDeclaree = {
  commune: string;
  depcom: string;
  numvoie: string | null;
  indrep: string | null;
  typvoie: string | null;
  nomvoie: string | null;
};

/** Une adresse comparable : `numero` absent, seule la voie se cherche. */
export type AdresseCherchee = { commune: string; depcom: string; voie: string; numero: number | null; rep: string };

/** Types de voie abrégés des déclarations ; seul le premier mot d'une voie en est un. */
const TYPES: Readonly<Record<string, string>> = {
  ALL: 'ALLEE', ALLEES: 'ALLEES', AV: 'AVENUE', AVE: 'AVENUE', BD: 'BOULEVARD', BLD: 'BOULEVARD', BLVD: 'BOULEVARD', BVD: 'BOULEVARD', CAR: 'CARREFOUR', CHE: 'CHEMIN',
  CHEM: 'CHEMIN', CH: 'CHEMIN', CHS: 'CHAUSSEE', CITE: 'CITE', CLOS: 'CLOS', COR: 'CORNICHE', CRS: 'COURS', DOM: 'DOMAINE', ESP: 'ESPLANADE',
  FG: 'FAUBOURG', FBG: 'FAUBOURG', HAM: 'HAMEAU', IMP: 'IMPASSE', LOT: 'LOTISSEMENT', MTE: 'MONTEE', PAS: 'PASSAGE', PASS: 'PASSAGE', PL: 'PLACE', PLE: 'PLACE',
  PROM: 'PROMENADE', QUA: 'QUARTIER', QU: 'QUAI', R: 'RUE', RES: 'RESIDENCE', RLE: 'RUELLE', RPT: 'ROND POINT', RTE: 'ROUTE', SEN: 'SENTIER', SQ: 'SQUARE', TRA: 'TRAVERSE',
  TSSE: 'TERRASSE', VLA: 'VILLA', VLGE: 'VILLAGE', VGE: 'VILLAGE',
};

/** Mots abrégés, ou nombres écrits en lettres, où qu'ils soient dans la voie. */
const MOTS: Readonly<Record<string, string>> = {
  ST: 'SAINT', STE: 'SAINTE', STS: 'SAINTS', GAL: 'GENERAL', GEN: 'GENERAL', MAL: 'MARECHAL', DR: 'DOCTEUR', PDT: 'PRESIDENT', PROF: 'PROFESSEUR', CDT: 'COMMANDANT',
  CNE: 'CAPITAINE', LT: 'LIEUTENANT', COL: 'COLONEL', SGT: 'SERGENT', ABB: 'ABBE', HUIT: '8', ONZE: '11', QUATORZE: '14',
};

/** Une voie comparable : sans accents ni ponctuation, ses abréviations usuelles écrites en entier. Les articles restent. */
export function normaliserVoie(...parties: (string | null)[]): string {
  const mots = normaliser(parties.filter((p) => p !== null).join(' ')).split(' ').filter((m) => m !== '');
  const [premier] = mots;
  if (premier !== undefined && mots.length > 1 && Object.hasOwn(TYPES, premier)) mots[0] = TYPES[premier] ?? premier;
  const entiers = mots.map((m, i) => (i > 0 || mots.length === 1) && Object.hasOwn(MOTS, m) ? (MOTS[m] ?? m) : m);
  return entiers.join(' ');
}

/** Indices de répétition qui disent la même chose : la déclaration écrit B, la BAN « bis ». */
const EQUIVALENTS: Readonly<Record<string, string>> = { B: 'BIS', T: 'TER', Q: 'QUATER', BIS: 'B', TER: 'T', QUATER: 'Q' };
export const indiceEquivalent = (rep: string): string | null => EQUIVALENTS[rep] ?? null;

const NUMERO = /^0*(\d{1,5})\s*([A-Z]{1,6})?$/;

/**
 * L'adresse d'un logement, prête à être cherchée dans la BAN ; `null` sans voie. Un numéro illisible ou
 * double (« 12-14 ») ne vaut pas une adresse exacte : seule la voie se cherche.
 */
export function adresseCherchee(a: AdresseDeclaree): AdresseCherchee | null {
  let [numvoie, typvoie, nomvoie] = [a.numvoie, a.typvoie, a.nomvoie];
  // Un tableau peut écrire toute l'adresse dans la voie.
  const entiere = numvoie === null && typvoie === null ? /^\s*(\d{1,5}\s*(?:bis|ter|quater|[a-z](?=[\s,]))?)[\s,]+(\D.*)$/i.exec(nomvoie ?? '') : null;
  if (entiere !== null) [numvoie, typvoie, nomvoie] = [entiere[1] ?? null, null, entiere[2] ?? null];
  const voie = normaliser(nomvoie) === '' ? '' : normaliserVoie(typvoie, nomvoie);
  if (voie === '') return null;
  const lu = NUMERO.exec(normaliser(numvoie));
  const numero = lu === null ? null : Number(lu[1]);
  const rep = normaliser(a.indrep) || (lu?.[2] ?? '');
  return { commune: a.commune, depcom: a.depcom, voie, numero: numero === 0 ? null : numero, rep: numero === null ? '' : rep };
}

/** Clé de l'adresse : deux logements de même clé ont la même réponse de la BAN. */
export const cleAdresse = (a: AdresseCherchee): string => `${a.commune}|${a.depcom === a.commune ? '' : a.depcom}|${a.voie}|${a.numero ?? ''}|${a.rep}`;
