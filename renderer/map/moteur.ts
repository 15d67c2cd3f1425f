import { Map as CarteGl, NavigationControl, ScaleControl, setWorkerUrl, type GeoJSONSource, type MapMouseEvent } from 'maplibre-gl';
import ouvrier from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { FeatureCollection } from 'geojson';
import type { Palette } from './couleurs.ts';
import { ecarter } from './ecarter.ts';
import { CLASSE_CERCLE, CLASSE_SURFACE, couleurClasse, hachures, styleCarte, VIDE } from './style.ts';

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

export type DonneesCarte = {
  contours: FeatureCollection;
  /** Quartiers prioritaires, portant `code` (`qpv/QN…`) et `nom`. */
  quartiers: FeatureCollection;
  /** Polygones portant `code` ; leur classe vient de `classes`. */
  surfaces: FeatureCollection;
  /** Points portant `code`, `classe` (−1 : sans valeur), `taille` (0 à 1). */
  cercles: FeatureCollection;
  classes: ReadonlyMap<string, number>;
  couleurs: readonly string[];
};

export type Evenements = {
  survol: (code: string | null, x: number, y: number) => void;
  clic: (code: string | null, lon: number, lat: number) => void;
  pret: () => void;
  panne: (message: string) => void;
};

const SOURCES = ['surfaces', 'cercles', 'quartiers'] as const;
const CLIQUABLES = ['cercles', 'surfaces-classe'];
const SURVOLABLES = ['cercles', 'quartiers-fond', 'surfaces-classe'];

/** La carte, tenue hors de React : on lui donne des données et un choix, elle dit survols et clics. */
export class Moteur {
  #carte: CarteGl;
  #prete = false;
  #pose = false;
  #palette: Palette;
  #donnees: DonneesCarte = { contours: VIDE, quartiers: VIDE, surfaces: VIDE, cercles: VIDE, classes: new Map(), couleurs: [] };
  #choisi: string | null = null;
  #survole: string | null = null;
  #vus = new Set<string>();
  /** Les cercles tels qu'ils sont posés à cette échelle. */
  #poses: FeatureCollection = VIDE;
  /** L'étendue à garder entière si la carte change de taille ; `null` dès que la personne a choisi sa vue. */
  #cadree: [number, number, number, number] | null = null;

  /** Lève une erreur si WebGL2 manque. */
  constructor(conteneur: HTMLElement, palette: Palette, evenements: Evenements) {
    this.#palette = palette;
    this.#carte = new CarteGl({
      container: conteneur,
      style: styleCarte(palette),
      center: [2.6, 46.6],
      zoom: 4.6,
      maxZoom: 17,
      minZoom: 2,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      locale: LOCALE,
      fadeDuration: 0,
      renderWorldCopies: false,
    });
    const carte = this.#carte;
    carte.keyboard.disableRotation();
    carte.touchZoomRotate.disableRotation();
    carte.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    carte.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-right');
    carte.on('error', (e) => evenements.panne(e.error.message));
    carte.on('load', () => {
      this.#prete = true;
      this.#poser();
      evenements.pret();
    });
    carte.on('mousemove', (e) => {
      const code = this.#sous(e, SURVOLABLES);
      carte.getCanvas().style.cursor = this.#pose ? 'crosshair' : code === null || code.startsWith('qpv/') ? '' : 'pointer';
      this.survoler(code);
      evenements.survol(code, e.point.x, e.point.y);
    });
    carte.on('mouseout', () => {
      this.survoler(null);
      evenements.survol(null, 0, 0);
    });
    carte.on('click', (e) => evenements.clic(this.#sous(e, CLIQUABLES), e.lngLat.lng, e.lngLat.lat));
    carte.on('zoomend', () => this.#placer());
    carte.on('movestart', (e) => {
      if (e.originalEvent) this.#cadree = null;
    });
  }

  #sous(e: MapMouseEvent, layers: string[]): string | null {
    if (!this.#prete) return null;
    const code: unknown = this.#carte.queryRenderedFeatures(e.point, { layers })[0]?.properties['code'];
    return typeof code === 'string' ? code : null;
  }

  get canevas(): HTMLCanvasElement {
    return this.#carte.getCanvas();
  }

  donner(donnees: DonneesCarte): void {
    const avant = this.#donnees;
    this.#donnees = donnees;
    if (this.#prete) this.#poser(avant);
  }

  teinter(palette: Palette): void {
    if (palette === this.#palette) return;
    this.#palette = palette;
    if (!this.#prete) return;
    this.#prete = false;
    this.#carte.setStyle(styleCarte(palette), { diff: false });
    this.#carte.once('style.load', () => {
      this.#prete = true;
      this.#poser();
    });
  }

  #poser(avant?: DonneesCarte): void {
    const d = this.#donnees;
    if (!this.#carte.hasImage('hachures')) this.#carte.addImage('hachures', hachures(this.#palette));
    for (const nom of ['contours', 'quartiers', 'surfaces'] as const) {
      if (avant?.[nom] === d[nom]) continue;
      void this.#carte.getSource<GeoJSONSource>(nom)?.setData(d[nom]);
    }
    if (!avant) this.#poses = VIDE;
    this.#placer();
    if (avant?.surfaces !== d.surfaces) this.#carte.removeFeatureState({ source: 'surfaces' });
    for (const f of d.surfaces.features) {
      const code: unknown = f.properties?.['code'];
      if (typeof code === 'string') this.#carte.setFeatureState({ source: 'surfaces', id: code }, { classe: d.classes.get(code) ?? -1 });
    }
    const sans = this.#palette.de('creux');
    this.#carte.setPaintProperty('surfaces-classe', 'fill-color', couleurClasse(CLASSE_SURFACE, d.couleurs, this.#palette, sans));
    this.#carte.setPaintProperty('cercles', 'circle-color', couleurClasse(CLASSE_CERCLE, d.couleurs, this.#palette, sans));
    this.#marquer();
  }

  #placer(): void {
    if (!this.#prete) return;
    const poses = ecarter(this.#donnees.cercles, this.#carte.getZoom());
    if (poses === this.#poses) return;
    this.#poses = poses;
    void this.#carte.getSource<GeoJSONSource>('cercles')?.setData(poses);
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
    for (const source of SOURCES) {
      for (const id of this.#vus) this.#carte.setFeatureState({ source, id }, { choisi: false, survol: false });
      if (this.#survole !== null) this.#carte.setFeatureState({ source, id: this.#survole }, { survol: true });
      if (this.#choisi !== null) this.#carte.setFeatureState({ source, id: this.#choisi }, { choisi: true });
    }
    this.#vus = new Set([this.#choisi, this.#survole].filter((c) => c !== null));
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
  }
}
