import type { Delai, Millesime } from '../../millesimes/types.ts';
import type { ValeursChamps } from '../organisme/champs.ts';
import { addMois, joursEntre, parseDate } from './dates.ts';

/**
 * `inconnue` : la date de départ manque. `passee` : faite à temps, ou simplement derrière nous.
 * `en-retard` : limite dépassée sans être faite, ou faite après. `trop-tot` : faite avant la fin du délai.
 */
export type EtatEcheance = 'inconnue' | 'a-venir' | 'passee' | 'en-retard' | 'trop-tot';

export type EcheanceLegale = {
  code: string;
  libelle: string;
  article: string;
  aide: string;
  genre: Delai['genre'];
  /** Date tirée des champs par la loi ; `null` si elle ne peut pas l'être. */
  calculee: string | null;
  /** Date en vigueur : celle de l'utilisateur si elle est lisible, sinon la calculée. */
  date: string | null;
  /** Date légale remplacée par l'utilisateur, et son motif (vide s'il n'en a pas donné). */
  remplacement: { date: string; motif: string } | null;
  /** Quand cela a été fait, d'après le champ correspondant ou, vide, d'après l'application. */
  realisee: string | null;
  etat: EtatEcheance;
  /** Jours d'aujourd'hui à la date ; négatif si elle est passée. */
  jours: number | null;
  /** Champ à ouvrir pour agir. */
  champ: string;
  depuis: string;
};

export function champsRemplacement(code: string): { date: string; motif: string } {
  return { date: `calendrier/echeance/${code}/date`, motif: `calendrier/echeance/${code}/motif` };
}

function lireDate(champs: ValeursChamps, champ: string): string | null {
  return parseDate(champs[champ] ?? '');
}

/** Années de report accordées (R445-2-10 : un an, renouvelable une fois). */
function report(delai: Delai, champs: ValeursChamps): number {
  const valeur = delai.report === null ? '0' : (champs[delai.report] ?? '0');
  return valeur === '1' || valeur === '2' ? Number(valeur) : 0;
}

function etatDe(delai: Delai, date: string | null, realisee: string | null, aujourdhui: string): EtatEcheance {
  if (date === null) return 'inconnue';
  if (realisee !== null) {
    if (delai.genre === 'limite' && realisee > date) return 'en-retard';
    if (delai.genre === 'au-plus-tot' && realisee < date) return 'trop-tot';
    return 'passee';
  }
  if (date >= aujourdhui) return 'a-venir';
  return delai.genre === 'limite' ? 'en-retard' : 'passee';
}

/** Ce qui est tapé l'emporte, même illisible : l'application ne contredit pas une date de l'utilisateur. */
function realiseeDe(champ: string, champs: ValeursChamps, constates: ValeursChamps): string | null {
  return lireDate((champs[champ] ?? '').trim() === '' ? constates : champs, champ);
}

function computeEcheance(delai: Delai, champs: ValeursChamps, aujourdhui: string, constates: ValeursChamps): EcheanceLegale {
  const depart = lireDate(champs, delai.depuis);
  // Le report prolonge la convention en cours (par avenant) : le délai se compte de l'échéance reportée.
  const calculee =
    depart === null ? null : addMois(addMois(depart, 12 * report(delai, champs)) ?? depart, delai.duree.mois);
  const noms = champsRemplacement(delai.code);
  const choisie = lireDate(champs, noms.date);
  const date = choisie ?? calculee;
  const realisee = delai.realise === null ? null : realiseeDe(delai.realise, champs, constates);
  return {
    code: delai.code,
    libelle: delai.libelle,
    article: delai.article,
    aide: delai.aide,
    genre: delai.genre,
    calculee,
    date,
    remplacement: choisie === null ? null : { date: choisie, motif: (champs[noms.motif] ?? '').trim() },
    realisee,
    etat: etatDe(delai, date, realisee, aujourdhui),
    jours: date === null ? null : joursEntre(aujourdhui, date),
    champ: delai.realise ?? noms.date,
    depuis: delai.depuis,
  };
}

/**
 * Toutes les échéances du millésime, dans son ordre. `aujourdhui` est une date ISO. `constates` : dates
 * que l'application connaît d'elle-même (un dépôt fait ici) ; elles disent seulement que c'est fait.
 */
export function computeEcheances(millesime: Millesime, champs: ValeursChamps, aujourdhui: string, constates: ValeursChamps = {}): EcheanceLegale[] {
  return millesime.delais.map((d) => computeEcheance(d, champs, aujourdhui, constates));
}

export type ProchaineEcheance = { champ: string; libelle: string; date: string; jours: number; article: string };

/** La limite dépassée et non faite la plus ancienne ; sinon la plus proche à venir ; sinon `null`. */
export function prochaineEcheance(echeances: readonly EcheanceLegale[]): ProchaineEcheance | null {
  const retard = echeances.filter((e) => e.etat === 'en-retard' && e.realisee === null);
  const candidates = retard.length > 0 ? retard : echeances.filter((e) => e.etat === 'a-venir');
  let choisie: ProchaineEcheance | null = null;
  for (const e of candidates) {
    if (e.date === null || e.jours === null || (choisie !== null && e.date >= choisie.date)) continue;
    choisie = { champ: e.champ, libelle: e.libelle, date: e.date, jours: e.jours, article: e.article };
  }
  return choisie;
}
