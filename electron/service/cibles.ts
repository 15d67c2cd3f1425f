import { formatChamp, parseChamp } from '../../shared/domain/engagements/champ.ts';
import type { ChampCible } from '../../shared/domain/engagements/champ.ts';
import { premiereAnnee } from '../../shared/domain/engagements/matrice.ts';
import { parseDecimal, writeDecimal } from '../../shared/domain/nombres/decimal.ts';
import { parseSaisie } from '../../shared/domain/nombres/saisie.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { ErreurCus } from '../../shared/erreurs.ts';
import { findIndicateur } from '../../shared/millesimes/index.ts';
import type { Millesime } from '../../shared/millesimes/types.ts';
import { nomTerritoire, parseTerritoire } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { readChamp } from '../store/champs.ts';
import type { QuiQuand } from '../store/champs.ts';
import { writeCible, writeCommentaire, writeReference } from '../store/engagements.ts';
import type { CibleGardee, EcritureCible, ValeurCible } from '../store/engagements.ts';
import { writeSaisieScenario } from '../store/scenarios-cibles.ts';
import { closeOperation, openOperation } from '../store/operations.ts';

/** Une cible telle que le contrat la montre : nombres lus de la saisie, ou rien quand elle n'est pas lisible. */
export type CibleLue = {
  champ: string;
  saisie: string | null;
  reference: string | null;
  valeur: number | null;
  pourcentage: number | null;
  numerateur: number | null;
  denominateur: number | null;
  commentaire: string | null;
};

/**
 * Le nom normal d'une cible ou d'une référence que la loi connaît, ou l'erreur qui dit pourquoi elle
 * n'en est pas une. Une cible dans un territoire sans logement est acceptée : un constat la signale.
 */
export function recognizeCible(millesime: Millesime, dateEffet: string | null, nom: string): ChampCible | ErreurCus {
  const inconnu = (raison: string): ErreurCus =>
    invalide('champ-inconnu', `Le champ « ${nom} » n’existe pas : ${raison}.`, 'Voir les champs du dossier (cus champs, ou l’écran Engagements).');
  const lu = parseChamp(nom);
  if (lu === null) return inconnu('ce n’est pas le nom d’une cible');
  const indicateur = findIndicateur(millesime, lu.indicateur);
  if (indicateur === undefined) return inconnu(`l’indicateur ${lu.indicateur} n’est pas du millésime ${millesime.nom}`);
  if (parseTerritoire(lu.territoire) === null) return inconnu(`le territoire ${lu.territoire} n’existe pas aujourd’hui`);
  if (!indicateur.ventilations.some((v) => v.code === lu.ventilation)) return inconnu(`${indicateur.code} n’a pas de ventilation « ${lu.ventilation} »`);
  const cible = { ...lu, indicateur: indicateur.code };
  if (cible.genre === 'reference') return cible;
  const annee = premiereAnnee(dateEffet);
  const horizons =
    indicateur.periodicite === 'trois-et-six-ans'
      ? millesime.horizons.map((h) => h.code)
      : annee === null
        ? null
        : Array.from({ length: millesime.dureeAnnees }, (_, i) => String(annee + i));
  if (horizons === null ? !/^\d{4}$/u.test(cible.horizon) : !horizons.includes(cible.horizon)) {
    return inconnu(`${indicateur.code} se fixe ${horizons === null ? 'par année civile' : `pour ${horizons.join(', ')}`}`);
  }
  return cible;
}

/** Ce qu'une saisie vaut ; illisible, elle est gardée telle que tapée, sans valeur, et un constat la signale. */
export function readValeurCible(saisie: string): { valeur: ValeurCible | null; raison: string } {
  const net = saisie.trim();
  if (net === '') return { valeur: null, raison: '' };
  const lue = parseSaisie(net);
  if (!lue.ok) return { valeur: { saisie: net, valeur: null, pourcentage: null, numerateur: null, denominateur: null }, raison: lue.message };
  return { valeur: { saisie: net, ...lue.saisie }, raison: '' };
}

/** Écrit une cible, une référence ou un commentaire. Rend la saisie d'avant et, si elle est illisible, pourquoi. */
export function saveCible(base: Base, cible: ChampCible, saisie: string, par: EcritureCible): { avant: string | null; raison: string } {
  const champ = formatChamp(cible);
  const { valeur, raison } = readValeurCible(saisie);
  const avant =
    cible.genre === 'reference'
      ? writeReference(base, { champ, indicateur: cible.indicateur, territoire: cible.territoire, ventilation: cible.ventilation }, saisie.trim(), par)
      : writeCible(base, { champ, ...nomDe(cible) }, valeur, par);
  return { avant, raison };
}

/** Écrit une cible ou une référence dans un scénario, ou dans le dossier quand `scenario` est `null`. */
export function saveSaisie(base: Base, scenario: number | null, cible: ChampCible, saisie: string, par: EcritureCible): { avant: string | null; raison: string } {
  if (scenario === null) return saveCible(base, cible, saisie, par);
  return { avant: writeSaisieScenario(base, scenario, formatChamp(cible), saisie.trim(), par), raison: readValeurCible(saisie).raison };
}

export function saveCommentaire(base: Base, cible: ChampCible & { genre: 'engagement' }, commentaire: string, par: EcritureCible): void {
  writeCommentaire(base, { champ: formatChamp(cible), ...nomDe(cible) }, commentaire.trim(), par);
}

/**
 * Un geste sur la matrice : une transaction, une opération que la personne annule ou refait. L'opération n'est ouverte
 * qu'à la première case vraiment changée ; `operation` est `null` quand rien n'a changé. Erreurs : celles de `faire`.
 */
export function changeCibles<T>(base: Base, nature: string, libelle: string | (() => string), par: QuiQuand, faire: (par: EcritureCible) => T): { valeur: T; operation: number | null } {
  return base
    .transaction(() => {
      let ouverte: number | null = null;
      const operation = (): number => (ouverte ??= openOperation(base, nature, typeof libelle === 'string' ? libelle : libelle(), par));
      try {
        return { valeur: faire({ ...par, operation }), operation: ouverte };
      } finally {
        if (ouverte !== null) closeOperation(base);
      }
    })
    .immediate();
}

const nomDe = (c: ChampCible & { genre: 'engagement' }) => ({
  indicateur: c.indicateur,
  territoire: c.territoire,
  horizon: c.horizon,
  ventilation: c.ventilation,
});

const nombre = (decimal: string | null): number | null => {
  const d = decimal === null ? null : parseDecimal(decimal);
  return d === null ? null : Number(writeDecimal(d));
};

export function toCible(champ: string, gardee: CibleGardee | undefined, reference: string | null): CibleLue {
  return {
    champ,
    saisie: gardee?.saisie || null,
    reference,
    valeur: nombre(gardee?.valeur ?? null),
    pourcentage: nombre(gardee?.pourcentage ?? null),
    numerateur: gardee?.numerateur ?? null,
    denominateur: gardee?.denominateur ?? null,
    commentaire: gardee?.commentaire ?? null,
  };
}

/** `PS-2, Bouches-du-Rhône (13), 2027, dont part hors QPV` ; le nom lui-même s'il n'est pas reconnu. `organisme` : son nom. */
export function labelCible(millesime: Millesime, nom: string, organisme: string | null): string {
  const commentaire = nom.endsWith('#commentaire');
  const cible = parseChamp(commentaire ? nom.slice(0, -'#commentaire'.length) : nom);
  const indicateur = cible === null ? undefined : findIndicateur(millesime, cible.indicateur);
  if (cible === null || indicateur === undefined) return nom;
  const horizon =
    cible.genre === 'reference' ? 'référence' : (millesime.horizons.find((h) => h.code === cible.horizon)?.libelle ?? cible.horizon);
  const territoire = cible.territoire === 'organisme' && organisme !== null ? organisme : nomTerritoire(cible.territoire);
  const parties = [indicateur.code, territoire, horizon];
  const ventilation = indicateur.ventilations.find((v) => v.code === cible.ventilation);
  if (indicateur.ventilations.length > 1 && ventilation !== undefined) parties.push(ventilation.libelle);
  if (commentaire) parties.push('commentaire');
  return parties.join(', ');
}

export function dateEffetDe(base: Base): string | null {
  return readChamp(base, 'calendrier/date-effet');
}
