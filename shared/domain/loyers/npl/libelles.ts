import type { OrigineMaximum } from '../../../millesimes/types.ts';
import type { BaseSurface, ConstatNpl, Plafond } from './types.ts';

/** Pourquoi des logements ne sont pas dans la masse ; se lit après un nombre ou seul. */
const EXCLUS: Partial<Record<ConstatNpl['code'], string>> = {
  'sans-surface': 'logements sans surface',
  'sans-maximum': 'logements sans loyer maximum connu',
  'modes-melanges': 'logements d’une autre surface que celle de leur ensemble',
  'surface-autre-base': 'logements dont ni la surface utile ni la surface corrigée n’est connue',
  'connu-autre-base': 'logements dont le maximum connu vaut pour une surface qui n’est pas connue',
  'limite-absente': 'logements d’ensembles sans plafond de loyer, en attente de la limite de R445-10',
};
export const libelleExclusNpl = (code: string): string => (EXCLUS as Readonly<Record<string, string>>)[code] ?? code;

/** `n` logements et pourquoi ils ne sont pas comptés, accordés ; `nombre` : comment s'écrit un entier. */
export const direExclusNpl = (code: string, n: number, nombre: (n: number) => string): string =>
  `${nombre(n)} ${n < 2 ? libelleExclusNpl(code).replace(/^logements/u, 'logement') : libelleExclusNpl(code)}`;

export const libellePlafond = (p: Plafond): string => (p === 'INCONNU' ? 'Non renseigné' : p);
export const libelleBase = (b: BaseSurface): string => (b === 'SU' ? 'Surface utile' : 'Surface corrigée');

type Origine = Pick<OrigineMaximum, 'libelle' | 'articles'> & { origine: string; logements: number; cus: number };
type Nombre = (n: number) => string;
const logements = (n: number, nombre: Nombre): string => `${nombre(n)} ${n < 2 ? 'logement' : 'logements'}`;
const nommer = ({ libelle, articles }: Pick<Origine, 'libelle' | 'articles'>): string => `${libelle} (${articles.join(', ')})`;

/** Ce qu'un avant a de particulier quand la répartition entre plafonds de ressources est décidée : aucun champ du RPLS ne le porte. */
export const REPARTIE = 'répartition décidée : masse d’avant de l’ensemble, partagée par surface';

/** Le maximum d'une ligne, tel que l'annexe et la convention l'écrivent : celui que le scénario fixe, sinon « gardé ». */
export const maximumEcrit = (l: { maximum: number | null }): number | 'gardé' => l.maximum ?? 'gardé';

/** Parmi des logements comparés, ceux dont le scénario fixe le maximum. */
export const direFixes = (n: number, nombre: Nombre): string => `${nombre(n)} à un maximum fixé par le scénario`;

type DeLigne = { origine: string; maximumsApl?: number | undefined; maximumsCus?: number | undefined; plafonne?: boolean | undefined; repartie?: boolean | undefined };
/** D'où vient le maximum d'aujourd'hui d'une ligne, et son article ; avec deux origines, les logements comptés de chacune. Un paquet d'avant ne le dit pas. */
export const direOrigine = (origines: readonly Origine[] | undefined, l: DeLigne, nombre: Nombre): string => `${originePropre(origines, l, nombre)}${l.repartie === true ? ` ; ${REPARTIE}` : ''}`;

function originePropre(origines: readonly Origine[] | undefined, l: DeLigne, nombre: Nombre): string {
  if (l.plafonne === true) return 'limite de R445-10, non révisée';
  const o = origines?.find((x) => x.origine === l.origine);
  if (o === undefined) return l.origine === 'rpls' ? 'RPLS' : l.origine;
  const [apl = 0, cus = 0] = [l.maximumsApl, l.maximumsCus];
  return apl > 0 && cus > 0 ? `${nommer(o)} : ${logements(apl, nombre)} d’une convention APL, ${nombre(cus)} d’une ancienne CUS` : nommer(o);
}

/** Les origines des maximums d'aujourd'hui, et les logements comptés de chacune. */
export const direOrigines = (origines: readonly Origine[], nombre: Nombre): string[] =>
  origines.map((o) => `${nommer(o)}, ${logements(o.logements, nombre)}${o.cus > 0 && o.cus < o.logements ? ` dont ${nombre(o.cus)} d’une ancienne CUS` : ''}`);
