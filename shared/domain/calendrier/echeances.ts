import type { Consequence, Delai, Millesime } from '../../millesimes/types.ts';
import { readMesures, tiennent, type Mesures } from '../engagements/tables.ts';
import type { ValeursChamps } from '../organisme/champs.ts';
import { addJours, addMois, dernierJour, joursEntre, parseDate } from './dates.ts';

/**
 * `inconnue` : la date de départ manque. `passee` : faite à temps, ou simplement derrière nous. `a-venir` : pas encore, prévue ou non.
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
  /** La date de réalisation est encore à venir : une intention. */
  prevue: boolean;
  etat: EtatEcheance;
  /** Jours d'aujourd'hui à la date ; négatif si elle est passée. */
  jours: number | null;
  /** Champ à ouvrir pour agir. */
  champ: string;
  /** Champ dont le délai part, et son libellé : ce qui manque quand la date ne peut pas être calculée. */
  depuis: string;
  libelleDepuis: string;
  /** Ce que la loi dit d'un retard ; `null` : les textes lus n'en disent rien. */
  consequence: Consequence | null;
  /** Contrôle qui dit déjà le retard. */
  controle: string | null;
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
    // Une date à venir est une intention : rien n'est encore fait.
    return realisee > aujourdhui ? 'a-venir' : 'passee';
  }
  if (date >= aujourdhui) return 'a-venir';
  return delai.genre === 'limite' ? 'en-retard' : 'passee';
}

/** Ce qui est tapé l'emporte, même illisible : l'application ne contredit pas une date de l'utilisateur. */
function realiseeDe(champ: string, champs: ValeursChamps, constates: ValeursChamps): string | null {
  return lireDate((champs[champ] ?? '').trim() === '' ? constates : champs, champ);
}

/** La date légale : le départ, reporté s'il y a lieu, puis des mois au quantième, puis des jours. */
function computeDate(delai: Delai, champs: ValeursChamps, depart: string): string | null {
  // Le report prolonge la convention en cours (par avenant) : le délai se compte de l'échéance reportée.
  const reporte = addMois(depart, 12 * report(delai, champs)) ?? depart;
  if (delai.duree.comprise === true) return dernierJour(reporte, delai.duree.mois);
  const mois = addMois(reporte, delai.duree.mois);
  return mois === null ? null : addJours(mois, delai.duree.jours ?? 0);
}

function vaut({ si }: Delai, champs: ValeursChamps, mesures: Mesures): boolean {
  if (si === null) return true;
  return 'champ' in si ? si.parmi.includes(champs[si.champ] ?? '') : tiennent(si.mesures, mesures);
}

function computeEcheance(millesime: Millesime, delai: Delai, champs: ValeursChamps, aujourdhui: string, constates: ValeursChamps): EcheanceLegale {
  const depart = lireDate(champs, delai.depuis);
  const calculee = depart === null ? null : computeDate(delai, champs, depart);
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
    prevue: realisee !== null && realisee > aujourdhui,
    etat: etatDe(delai, date, realisee, aujourdhui),
    jours: date === null ? null : joursEntre(aujourdhui, date),
    champ: delai.realise ?? noms.date,
    depuis: delai.depuis,
    libelleDepuis: millesime.champs.find((c) => c.champ === delai.depuis)?.libelle ?? delai.depuis,
    consequence: delai.consequence,
    controle: delai.controle,
  };
}

/**
 * Les échéances du millésime qui valent pour ce dossier, dans leur ordre. `aujourdhui` est une date ISO.
 * `constates` : dates que l'application connaît d'elle-même (un dépôt fait ici) ; elles disent seulement que
 * c'est fait. `parc` : logements du parc, dont dépendent les délais propres aux logements-foyers ou à l'accession.
 */
export function computeEcheances(millesime: Millesime, champs: ValeursChamps, aujourdhui: string, constates: ValeursChamps = {}, parc = 0): EcheanceLegale[] {
  const mesures = readMesures(champs, parc);
  return millesime.delais.filter((d) => vaut(d, champs, mesures)).map((d) => computeEcheance(millesime, d, champs, aujourdhui, constates));
}

export type ProchaineEcheance = { champ: string; libelle: string; date: string; jours: number; article: string };

/** La limite dépassée et non faite la plus ancienne ; sinon la plus proche à venir à laquelle rien n'est prévu ; sinon `null`. */
export function prochaineEcheance(echeances: readonly EcheanceLegale[]): ProchaineEcheance | null {
  const retard = echeances.filter((e) => e.etat === 'en-retard' && e.realisee === null);
  const candidates = retard.length > 0 ? retard : echeances.filter((e) => e.etat === 'a-venir' && e.realisee === null);
  let choisie: ProchaineEcheance | null = null;
  for (const e of candidates) {
    if (e.date === null || e.jours === null || (choisie !== null && e.date >= choisie.date)) continue;
    choisie = { champ: e.champ, libelle: e.libelle, date: e.date, jours: e.jours, article: e.article };
  }
  return choisie;
}
