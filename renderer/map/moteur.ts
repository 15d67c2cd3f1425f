import { Map as CarteGl, NavigationControl, ScaleControl, setWorkerUrl, type MapSourceDataEvent } from 'maplibre-gl';
import ouvrier from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Palette } from './couleurs.ts';
import { DONNEES_VIDES, identifier, type DonneesCarte } from './donnees.ts';
import type { Point } from '../../shared/domain/carte/selection.ts';
import { couleurClasse, hachures, styleCarte } from './style.ts';
import type { CoucheObjet, Objet, Source } from './tuiles/atelier.ts';
import { FilTuiles } from './tuiles/fil.ts';

// Sans cette adresse la carte resterait vide, sans erreur.
setWorkerUrl(ouvrier);

const LOCALE = {
  'Map.Title': 'Carte des loyers',
  'NavigationControl.ZoomIn': 'Agrandir la carte',
  'NavigationControl.ZoomOut': 'Réduire la carte',
  'NavigationControl.ResetBearing': 'Remettre le nord en haut',
  'ScaleControl.Feet': 'pi',
  'ScaleControl.Meters': 'm',
  'ScaleControl.Kilometers': 'km',
  'ScaleControl.Miles': 'mi',
  'ScaleControl.NauticalMiles': 'M',
};

export type Vue = { centre: [number, number]; zoom: number };

export type Evenements = {
  survol: (code: string | null, x: number, y: number) => void;
  /** `ajoute` : avec Ctrl ou Maj. */
  clic: (code: string | null, lon: number, lat: number, ajoute: boolean) => void;
  /** La vue a bougé sous la main de la personne. */
  vue: (vue: Vue) => void;
  pret: () => void;
  /** Tout ce qui a été donné est dessiné, à cette vue ; ou ne l'est plus. */
  repos: (oui: boolean) => void;
  panne: (message: string) => void;
};

const SOURCES: readonly Source[] = ['fond', 'cercles'];
const SOURCE_DE: Record<CoucheObjet, Source> = { cercles: 'cercles', surfaces: 'fond', quartiers: 'fond' };

/** La carte, tenue hors de React : on lui donne des données et un choix, elle dit survols et clics. */
export class Moteur {
  #carte: CarteGl;
  #fil: FilTuiles;
  #prete = false;
  #pose = false;
  #palette: Palette;
  #evenements: Evenements;
  #donnees: DonneesCarte = DONNEES_VIDES;
  #choisi: string | null = null;
  #survole: string | null = null;
  /** Les objets que la carte montre survolés ou choisis. */
  #vus: Objet[] = [];
  #retenus: ReadonlySet<string> = new Set();
  /** La dernière question posée sur ce qui est sous la souris : une réponse plus ancienne ne compte plus. */
  #pointe = 0;
  /** Vrai pendant qu'une autre carte mène celle-ci. */
  #suit = false;
  /** L'étendue à garder entière si la carte change de taille ; `null` dès que la personne a choisi sa vue. */
  #cadree: [number, number, number, number] | null = null;

  /** Lève une erreur si WebGL2 manque. */
  constructor(conteneur: HTMLElement, palette: Palette, evenements: Evenements) {
    this.#palette = palette;
    this.#evenements = evenements;
    this.#fil = new FilTuiles(evenements.panne);
    try {
      this.#carte = new CarteGl({
        container: conteneur,
        style: styleCarte(palette, this.#adresses),
        center: [2.6, 46.6],
        zoom: 4.6,
        maxZoom: 17,
        minZoom: 2,
        attributionControl: false,
        boxZoom: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        locale: LOCALE,
        fadeDuration: 0,
        renderWorldCopies: false,
      });
    } catch (cause) {
      this.#fil.fermer();
      throw cause;
    }
    const carte = this.#carte;
    carte.keyboard.disableRotation();
    carte.touchZoomRotate.disableRotation();
    carte.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    carte.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-right');
    // Avant toute tuile : celle qui ne la trouverait pas resterait sans hachures.
    carte.on('style.load', () => {
      if (!carte.hasImage('hachures')) carte.addImage('hachures', hachures(this.#palette));
    });
    carte.on('error', (e) => evenements.panne(e.error.message));
    carte.on('load', () => {
      this.#prete = true;
      this.#habiller();
      evenements.pret();
    });
    carte.on('mousemove', (e) => {
      // Rien ne se survole pendant un glissé ou un changement d'échelle : la carte a mieux à faire.
      if (carte.isMoving()) return;
      void this.#sous(e.lngLat.lng, e.lngLat.lat, true).then((code) => {
        if (code === undefined) return;
        carte.getCanvas().style.cursor = this.#pose ? 'crosshair' : code === null || code.startsWith('qpv/') ? '' : 'pointer';
        this.survoler(code);
        evenements.survol(code, e.point.x, e.point.y);
      });
    });
    carte.on('mouseout', () => {
      this.#pointe += 1;
      this.survoler(null);
      evenements.survol(null, 0, 0);
    });
    carte.on('click', (e) => {
      const { ctrlKey, metaKey, shiftKey } = e.originalEvent;
      void this.#sous(e.lngLat.lng, e.lngLat.lat, false).then((code) => evenements.clic(code ?? null, e.lngLat.lng, e.lngLat.lat, ctrlKey || metaKey || shiftKey));
    });
    carte.on('move', () => {
      if (!this.#suit) evenements.vue(this.#vue());
    });
    carte.on('movestart', (e) => {
      evenements.repos(false);
      if (e.originalEvent) this.#cadree = null;
    });
    carte.on('idle', () => evenements.repos(true));
    carte.on('sourcedata', (e) => this.#verifier(e));
  }

  get #adresses(): Record<Source, string> {
    return { fond: this.#fil.adresse('fond'), cercles: this.#fil.adresse('cercles') };
  }

  /** Une tuile arrivée après qu'on a donné autre chose est redemandée. */
  #verifier(e: MapSourceDataEvent): void {
    const source = SOURCES.find((s) => s === e.sourceId);
    const tuile = e.coord?.canonical;
    if (source === undefined || tuile === undefined || !this.#fil.isPerimee(source, tuile)) return;
    this.#carte.refreshTiles(source, [tuile]);
  }

  /** Le code de l'objet à ce point ; `undefined` si une question plus récente l'a remplacée. */
  async #sous(lon: number, lat: number, survol: boolean): Promise<string | null | undefined> {
    const question = survol ? ++this.#pointe : this.#pointe;
    const objet = await this.#fil.demander('sous', { lon, lat, zoom: this.#carte.getZoom(), quartiers: survol });
    if (survol && question !== this.#pointe) return undefined;
    return objet === null ? null : (this.#donnees[objet.couche].codes[objet.rang] ?? null);
  }

  #vue(): Vue {
    const { lng, lat } = this.#carte.getCenter();
    return { centre: [lng, lat], zoom: this.#carte.getZoom() };
  }

  /** Prend la vue d'une autre carte, sans le dire en retour. */
  suivre({ centre, zoom }: Vue): void {
    this.#suit = true;
    this.#cadree = null;
    this.#carte.jumpTo({ center: centre, zoom });
    this.#suit = false;
  }

  /** Étendue montrée : [ouest, sud, est, nord]. */
  get etendue(): [number, number, number, number] {
    const b = this.#carte.getBounds();
    return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()];
  }

  /** Codes des cercles, et des surfaces par leur milieu, que contient un contour tracé à l'écran (en pixels). */
  async codesDans(contour: readonly Point[]): Promise<string[]> {
    const degres = contour.map(([x, y]): [number, number] => {
      const { lng, lat } = this.#carte.unproject([x, y]);
      return [lng, lat];
    });
    const { cercles, surfaces } = this.#donnees;
    const pris = await this.#fil.demander('dans', { contour: degres, zoom: this.#carte.getZoom() });
    return [...pris.cercles.map((i) => cercles.codes[i]), ...pris.surfaces.map((i) => surfaces.codes[i])].filter((c) => c !== undefined);
  }

  retenir(codes: ReadonlySet<string>): void {
    if (codes === this.#retenus || (codes.size === 0 && this.#retenus.size === 0)) return;
    this.#retenus = codes;
    this.#donnerRetenus();
    this.#redemander(SOURCES);
  }

  #donnerRetenus(): void {
    const drapeaux = (codes: readonly string[]): Uint8Array<ArrayBuffer> => {
      const d = new Uint8Array(codes.length);
      if (this.#retenus.size > 0) for (const [i, code] of codes.entries()) if (this.#retenus.has(code)) d[i] = 1;
      return d;
    };
    const { cercles, surfaces } = this.#donnees;
    this.#fil.donner('les deux', { genre: 'retenus', cercles: drapeaux(cercles.codes), surfaces: surfaces.rangs.size === 0 ? new Uint8Array(surfaces.codes.length) : drapeaux(surfaces.codes) });
  }

  get canevas(): HTMLCanvasElement {
    return this.#carte.getCanvas();
  }

  /** Ne donne au fil des tuiles que ce qui a changé ; lui seul refait ce qui est montré. */
  donner(donnees: DonneesCarte): void {
    const avant = this.#donnees;
    this.#donnees = donnees;
    const change = { fond: false, cercles: false };
    if (avant.surfaces.plan !== donnees.surfaces.plan) {
      this.#fil.donner('fond', { genre: 'fond', plan: donnees.surfaces.plan });
      change.fond = true;
    }
    if (avant.quartiers.plan !== donnees.quartiers.plan) {
      this.#fil.donner('fond', { genre: 'quartiers', plan: donnees.quartiers.plan });
      change.fond = true;
    }
    if (avant.noms !== donnees.noms) {
      this.#fil.donner('fond', { genre: 'noms', noms: donnees.noms });
      change.fond = true;
    }
    if (change.fond || avant.surfaces.classes !== donnees.surfaces.classes) {
      this.#fil.donner('fond', { genre: 'classes', classes: donnees.surfaces.classes });
      change.fond = true;
    }
    if (avant.cercles.plan !== donnees.cercles.plan) {
      this.#fil.donner('cercles', { genre: 'cercles', cercles: donnees.cercles.plan });
      change.cercles = true;
    }
    if (this.#retenus.size > 0 && (change.fond || change.cercles)) this.#donnerRetenus();
    this.#redemander(SOURCES.filter((s) => change[s]));
    if (!this.#prete) return;
    if (avant.couleurs !== donnees.couleurs) this.#colorer();
    this.#marquer();
  }

  #redemander(sources: readonly Source[]): void {
    if (sources.length === 0) return;
    this.#evenements.repos(false);
    if (!this.#prete) return;
    for (const s of sources) this.#carte.refreshTiles(s);
  }

  teinter(palette: Palette): void {
    if (palette === this.#palette) return;
    this.#palette = palette;
    if (!this.#prete) return;
    this.#prete = false;
    this.#carte.setStyle(styleCarte(palette, this.#adresses), { diff: false });
    this.#carte.once('style.load', () => {
      this.#prete = true;
      this.#habiller();
    });
  }

  /** Ce que le style ne porte pas : couleurs des classes, objets survolés et choisis. */
  #habiller(): void {
    this.#colorer();
    this.#marquer();
  }

  #colorer(): void {
    const couleur = couleurClasse(this.#donnees.couleurs, this.#palette, this.#palette.de('creux'));
    this.#carte.setPaintProperty('surfaces-classe', 'fill-color', couleur);
    this.#carte.setPaintProperty('cercles', 'circle-color', couleur);
  }

  /** Le prochain clic pose un repère : le curseur le dit. */
  poser(oui: boolean): void {
    this.#pose = oui;
    this.#carte.getCanvas().style.cursor = oui ? 'crosshair' : '';
  }

  choisir(code: string | null): void {
    this.#choisi = code;
    if (this.#prete) this.#marquer();
  }

  survoler(code: string | null): void {
    if (code === this.#survole) return;
    this.#survole = code;
    if (this.#prete) this.#marquer();
  }

  #marquer(): void {
    const cible = ({ couche, rang }: Objet) => ({ source: SOURCE_DE[couche], sourceLayer: couche, id: rang });
    for (const objet of this.#vus) this.#carte.removeFeatureState(cible(objet));
    const survoles = identifier(this.#donnees, this.#survole);
    const choisis = identifier(this.#donnees, this.#choisi);
    for (const objet of survoles) this.#carte.setFeatureState(cible(objet), { survol: true });
    for (const objet of choisis) this.#carte.setFeatureState(cible(objet), { choisi: true });
    this.#vus = [...survoles, ...choisis];
  }

  /** Montre une étendue entière : [ouest, sud, est, nord]. */
  cadrer(etendue: [number, number, number, number], anime: boolean): void {
    this.#cadree = etendue;
    this.#carte.fitBounds(etendue, { padding: 48, maxZoom: 11, duration: anime ? 140 : 0 });
  }

  /** Montre de près une étendue. */
  montrer(etendue: [number, number, number, number]): void {
    this.#cadree = null;
    this.#carte.fitBounds(etendue, { padding: 64, maxZoom: 15, duration: 140 });
  }

  /** Amène un point à l'écran s'il n'y est pas. */
  amener(point: [number, number]): void {
    if (this.#carte.getBounds().contains(point)) return;
    this.#cadree = null;
    this.#carte.easeTo({ center: point, duration: 140 });
  }

  /** La carte a changé de taille : ce qu'elle montrait entier le reste. */
  redimensionner(): void {
    this.#carte.resize();
    if (this.#cadree !== null) this.cadrer(this.#cadree, false);
  }

  fermer(): void {
    this.#carte.remove();
    this.#fil.fermer();
  }
}
