import { adresseCherchee, cleAdresse } from '../../../shared/domain/positions/adresse.ts';
import { LIBELLES_ECARTEES, lirePoint } from '../../../shared/domain/positions/coordonnees.ts';
import type { PointLu } from '../../../shared/domain/positions/coordonnees.ts';
import { findSysteme } from '../../../shared/domain/positions/systemes.ts';
import type { Point } from '../../../shared/domain/positions/zones.ts';
import { comparer } from '../../../shared/domain/qpv/ecarts.ts';
import type { Ecart } from '../../../shared/domain/qpv/ecarts.ts';
import type { Generation } from '../../../shared/domain/qpv/generations.ts';
import { centreCommune } from '../../../shared/territoires/carte.ts';
import type { Centre } from '../../../shared/territoires/carte.ts';
import { findCommune } from '../../../shared/territoires/index.ts';
import type { Base } from '../../store/base.ts';
import { countSituables, identifiantDe, iterateSituables, lecteurAdresses, readChoix, readReperes, revisionPositions } from '../../store/positions.ts';
import type { AdresseSituee, LogementSitue } from '../../store/positions.ts';
import { hasSituations, openSituations } from '../../store/situations.ts';
import type { Origine, Situation } from '../../store/situations.ts';
import { listContours, loadContours } from './gardes.ts';
import type { Contours } from './gardes.ts';

export type PrecisionEnsemble = 'adresse' | 'repere' | 'voie';
export type Situations = {
  /** Contours de la comparaison ; `null` quand cet ordinateur n'en a pas. */
  contours: Contours | null;
  fichier: { systemes: Record<string, number>; devines: Record<string, number>; ecartees: Record<string, number> };
  adresses: { adresse: number; voie: number; ambigue: number; introuvable: number; aChercher: number };
  /** Par ensemble (son code) : le point le plus sûr, pris parmi ceux de ses logements du parc. */
  ensembles: ReadonlyMap<string, Point & { precision: PrecisionEnsemble; logements: number }>;
};

type Garde = { cle: string; situations: Situations };
const gardees = new WeakMap<Base, Garde>();

/** Génération comparée : celle que la personne a choisie, si elle est chargée ; sinon la plus récente chargée. */
export function contoursCompares(base: Base, repertoire: string): Contours | null {
  const choix: Generation | null = readChoix(base);
  return (choix === null ? null : loadContours(repertoire, choix)) ?? listContours(repertoire).at(-1) ?? null;
}

/** Les situations gardées, si elles valent encore ; `null` quand elles sont à refaire. */
export function situationsGardees(base: Base, repertoire: string): Situations | null {
  const gardee = gardees.get(base);
  return gardee?.cle === cleSituations(base, contoursCompares(base, repertoire)) && hasSituations(base) ? gardee.situations : null;
}

/**
 * Situe chaque logement en vigueur et le compare aux contours, d'une traite ; la table `situation_qpv` est
 * prête quand elle rend. Refait seulement quand les logements, leurs positions ou les contours changent.
 * Une opération la prépare d'abord par lots (`prepareSituations`) : il ne reste alors rien à faire ici.
 */
export function ensureSituations(base: Base, repertoire: string): Situations {
  const gardee = situationsGardees(base, repertoire);
  if (gardee !== null) return gardee;
  for (;;) {
    const calcul = openCalcul(base, repertoire);
    let etat = calcul.avancer();
    while (etat === 'suite') etat = calcul.avancer();
    if (etat === 'fini') return calcul.garder();
  }
}

export type CalculSituations = {
  fait: number;
  total: number;
  /** Situe un lot de logements. `perime` : le dossier, ou les contours, ont changé depuis l'ouverture. */
  avancer(): 'suite' | 'fini' | 'perime';
  /** Après « fini » : les situations remplacent celles d'avant. */
  garder(): Situations;
  abandonner(): void;
};

/** Un calcul de toutes les situations, mené lot par lot ; rien de ce qu'on lit ne change avant `garder`. */
export function openCalcul(base: Base, repertoire: string): CalculSituations {
  const contours = contoursCompares(base, repertoire);
  const cle = cleSituations(base, contours);
  const calcul = new Calcul(base, contours);
  const ecriture = openSituations(base);
  const lots = iterateSituables(base);
  const suivi: CalculSituations = {
    fait: 0,
    total: countSituables(base),
    avancer() {
      if (cleSituations(base, contoursCompares(base, repertoire)) !== cle) return 'perime';
      const lot = lots.next();
      if (lot.done === true) return ecriture.terminer() ? 'fini' : 'perime';
      suivi.fait += lot.value.length;
      return ecriture.ajouter(lot.value.map((l) => calcul.situer(l))) ? 'suite' : 'perime';
    },
    garder() {
      const situations = calcul.bilan();
      gardees.set(base, { cle, situations });
      return situations;
    },
    abandonner: ecriture.abandonner,
  };
  return suivi;
}

/** Ce que la table des logements montre d'une ligne lue ; `null` sans contours pour ce qui en vient. */
export type LigneSituee = { position: Origine; qpv_contour: string | null; qpv_ecart: Ecart | null };

const lecteurs = new WeakMap<Base, { cle: string; calcul: Calcul }>();

/** De quoi situer quelques lignes de la table, sans situer tout le parc : mêmes règles, mêmes réponses. */
export function lecteurSituations(base: Base, repertoire: string): (l: LogementSitue & { qpv: number | null }) => LigneSituee {
  const contours = contoursCompares(base, repertoire);
  const cle = cleSituations(base, contours);
  const garde = lecteurs.get(base);
  const calcul = garde?.cle === cle ? garde.calcul : new Calcul(base, contours);
  lecteurs.set(base, { cle, calcul });
  return (l) => {
    const s = calcul.situer({ ...l, parc: 0 });
    return {
      position: s.origine, qpv_contour: s.code === null ? null : `${s.nom ?? ''} (${s.code})`, qpv_ecart: contours === null ? null : comparer(l.qpv, s.contour, s.couvert),
    };
  };
}

const cleSituations = (base: Base, contours: Contours | null): string => `${revisionPositions(base)};${contours?.fiche.generation ?? ''};${contours?.fiche.empreinte ?? ''}`;

const SURS: ReadonlySet<Origine> = new Set(['fichier', 'ban', 'repere']);
/** Vrai pour une position qui peut décider d'un quartier : jamais celle d'une voie ni d'une commune. */
export const isSure = (origine: Origine): boolean => SURS.has(origine);

const precisionDe = (origine: Origine): PrecisionEnsemble | null =>
  origine === 'fichier' || origine === 'ban' ? 'adresse' : origine === 'repere' ? 'repere' : origine === 'voie' ? 'voie' : null;
const RANGS: readonly PrecisionEnsemble[] = ['adresse', 'repere', 'voie'];

type Cumul = { precision: PrecisionEnsemble; lons: number[]; lats: number[] };
type Place = { origine: Origine; lon: number | null; lat: number | null };

class Calcul {
  readonly #contours: Contours | null;
  readonly #lireAdresse: (cle: string) => AdresseSituee | undefined;
  readonly #reperes: Map<string, Point>;
  readonly #centres = new Map<string, { centre: Centre | null; departement: string }>();
  readonly #points = new Raccourci<PointLu | null>();
  readonly #reponses = new Raccourci<{ cle: string; reponse: AdresseSituee | undefined } | null>();
  readonly #cumuls = new Map<string, Cumul>();
  readonly #cherchees = new Map<string, AdresseSituee['qualite']>();
  readonly #nonCherchees = new Set<string>();
  readonly #fichier: Situations['fichier'] = { systemes: {}, devines: {}, ecartees: {} };

  constructor(base: Base, contours: Contours | null) {
    this.#contours = contours;
    this.#lireAdresse = lecteurAdresses(base);
    this.#reperes = new Map(readReperes(base).map((r) => [`${r.objet}/${r.cle}`, { lon: r.lon, lat: r.lat }]));
  }

  situer(l: LogementSitue): Situation {
    const { centre, departement } = this.#centre(l.commune);
    const place = this.#placer(l, centre, departement);
    if (l.parc === 1) this.#cumuler(l.codeEnsemble, place);
    const localisateur = this.#contours?.localisateur;
    if (localisateur === undefined || place.lon === null || place.lat === null || !isSure(place.origine)) {
      return { id: l.id, ...place, contour: null, couvert: false, code: null, nom: null };
    }
    const quartier = localisateur.trouver(place.lon, place.lat);
    return { id: l.id, ...place, contour: quartier !== null, couvert: localisateur.couvre(departement), code: quartier?.code ?? null, nom: quartier?.nom ?? null };
  }

  /** Par ordre de confiance : le fichier, la BAN, un repère, la voie, la commune, le département. */
  #placer(l: LogementSitue, centre: Centre | null, departement: string): Place {
    const lu =
      l.x === null && l.y === null
        ? null
        : this.#points.de(`${l.commune}|${l.x ?? ''}|${l.y ?? ''}|${l.epsg ?? ''}`, () => lirePoint(l.x, l.y, l.epsg, departement, centre?.precision === 'commune' ? centre : null));
    if (lu !== null && l.parc === 1) this.#compterFichier(lu);
    if (lu !== null && 'point' in lu) return { origine: 'fichier', ...lu.point };
    const reponse = this.#repondre(l);
    if (reponse?.qualite === 'adresse') return { origine: 'ban', lon: reponse.lon, lat: reponse.lat };
    const repere = this.#reperes.get(`logement/${identifiantDe(l)}`) ?? this.#reperes.get(`ensemble/${l.codeEnsemble}`);
    if (repere !== undefined) return { origine: 'repere', ...repere };
    if (reponse?.qualite === 'voie') return { origine: 'voie', lon: reponse.lon, lat: reponse.lat };
    return { origine: centre?.precision ?? 'aucune', lon: null, lat: null };
  }

  #repondre(l: LogementSitue): AdresseSituee | undefined {
    const lue = this.#reponses.de(`${l.commune}|${l.depcom}|${l.numvoie ?? ''}|${l.indrep ?? ''}|${l.typvoie ?? ''}|${l.nomvoie ?? ''}`, () => {
      const cherchee = adresseCherchee(l);
      if (cherchee === null) return null;
      const cle = cleAdresse(cherchee);
      return { cle, reponse: this.#lireAdresse(cle) };
    });
    if (lue === null) return undefined;
    if (l.parc === 1) {
      if (lue.reponse === undefined) this.#nonCherchees.add(lue.cle);
      else this.#cherchees.set(lue.cle, lue.reponse.qualite);
    }
    return lue.reponse;
  }

  #centre(commune: string): { centre: Centre | null; departement: string } {
    let connu = this.#centres.get(commune);
    if (connu === undefined) this.#centres.set(commune, (connu = { centre: centreCommune(commune), departement: findCommune(commune)?.departement ?? '' }));
    return connu;
  }

  #compterFichier(lu: PointLu): void {
    const [compte, cle] = 'ecartees' in lu ? [this.#fichier.ecartees, LIBELLES_ECARTEES[lu.ecartees]] : [lu.devine ? this.#fichier.devines : this.#fichier.systemes, nomSysteme(lu.epsg)];
    compte[cle] = (compte[cle] ?? 0) + 1;
  }

  #cumuler(ensemble: string, { origine, lon, lat }: Place): void {
    const precision = precisionDe(origine);
    if (precision === null || lon === null || lat === null) return;
    let cumul = this.#cumuls.get(ensemble);
    if (cumul === undefined || RANGS.indexOf(precision) < RANGS.indexOf(cumul.precision)) this.#cumuls.set(ensemble, (cumul = { precision, lons: [], lats: [] }));
    if (cumul.precision !== precision) return;
    cumul.lons.push(lon);
    cumul.lats.push(lat);
  }

  bilan(): Situations {
    const adresses = { adresse: 0, voie: 0, ambigue: 0, introuvable: 0, aChercher: this.#nonCherchees.size };
    for (const qualite of this.#cherchees.values()) adresses[qualite] += 1;
    const ensembles = new Map([...this.#cumuls].map(([code, c]) => [code, { ...pointCentral(c), precision: c.precision, logements: c.lons.length }]));
    return { contours: this.#contours, fichier: this.#fichier, adresses, ensembles };
  }
}

const RACCOURCI_MAX = 20_000;

/** Les logements d'un immeuble ont même adresse et même point : ce qui en est tiré l'est une fois. Vidé quand il grandit trop. */
class Raccourci<T> {
  readonly #connus = new Map<string, T>();

  de(cle: string, calculer: () => T): T {
    const connu = this.#connus.get(cle);
    if (connu !== undefined || this.#connus.has(cle)) return connu as T;
    if (this.#connus.size >= RACCOURCI_MAX) this.#connus.clear();
    const valeur = calculer();
    this.#connus.set(cle, valeur);
    return valeur;
  }
}

const nomSysteme = (epsg: number): string => `${findSysteme(epsg)?.nom ?? ''} (EPSG ${epsg})`.trim();

/** Celui des points le plus proche de leur milieu : un lieu du patrimoine, non un point inventé entre deux. */
function pointCentral({ lons, lats }: Cumul): Point {
  const lon = lons.reduce((s, v) => s + v, 0) / lons.length;
  const lat = lats.reduce((s, v) => s + v, 0) / lats.length;
  let meilleur = { lon: lons[0] ?? lon, lat: lats[0] ?? lat };
  let ecart = Number.POSITIVE_INFINITY;
  for (let i = 0; i < lons.length; i++) {
    const [x, y] = [lons[i] ?? lon, lats[i] ?? lat];
    const d = (x - lon) ** 2 + (y - lat) ** 2;
    if (d < ecart) [ecart, meilleur] = [d, { lon: x, lat: y }];
  }
  return meilleur;
}
