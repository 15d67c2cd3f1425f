import { Map as CarteGl, NavigationControl, ScaleControl, setWorkerUrl, type GeoJSONSource, type MapMouseEvent } from 'maplibre-gl';
import ouvrier from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { FeatureCollection } from 'geojson';
import { IndexCercles } from './cercles.ts';
import type { Palette } from './couleurs.ts';
import { ecarter } from './ecarter.ts';
import { codesDedans, type Point } from '../../shared/domain/carte/selection.ts';
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
  /** Milieu de chaque surface : ce qui la place dans une sélection. */
  milieux: ReadonlyMap<string, [number, number]>;
  classes: ReadonlyMap<string, number>;
  couleurs: readonly string[];
};

export type Vue = { centre: [number, number]; zoom: number };

export type Evenements = {
  survol: (code: string | null, x: number, y: number) => void;
  /** `ajoute` : avec Ctrl ou Maj. */
  clic: (code: string | null, lon: number, lat: number, ajoute: boolean) => void;
  /** La vue a bougé sous la main de la personne. */
  vue: (vue: Vue) => void;
  pret: () => void;
  panne: (message: string) => void;
};

const SOURCES = ['surfaces', 'cercles', 'quartiers'] as const;
/** Sous les cercles, ce qui se clique et ce qui se survole. */
const CLIQUABLES = ['surfaces-classe'];
const SURVOLABLES = ['quartiers-fond', 'surfaces-classe'];

/** La carte, tenue hors de React : on lui donne des données et un choix, elle dit survols et clics. */
export class Moteur {
  #carte: CarteGl;
  #prete = false;
  #pose = false;
  #palette: Palette;
  #donnees: DonneesCarte = { contours: VIDE, quartiers: VIDE, surfaces: VIDE, cercles: VIDE, milieux: new Map(), classes: new Map(), couleurs: [] };
  #choisi: string | null = null;
  #survole: string | null = null;
  #vus = new Set<string>();
  /** La sélection, et ce que la carte en montre déjà. */
  #retenus: ReadonlySet<string> = new Set();
  #retenusVus = new Set<string>();
  /** Vrai pendant qu'une autre carte mène celle-ci. */
  #suit = false;
  /** Les cercles tels qu'ils sont posés à cette échelle. */
  #poses: FeatureCollection = VIDE;
  #index = new IndexCercles(VIDE);
  /** L'échelle, au demi-niveau, à laquelle les cercles d'un même foyer sont écartés. */
  #niveau: number | null = null;
  #places: FeatureCollection | null = null;
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
      boxZoom: false,
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
      // Rien ne se survole pendant un glissé ou un changement d'échelle : la carte a mieux à faire.
      if (carte.isMoving()) return;
      const code = this.#sous(e, SURVOLABLES);
      carte.getCanvas().style.cursor = this.#pose ? 'crosshair' : code === null || code.startsWith('qpv/') ? '' : 'pointer';
      this.survoler(code);
      evenements.survol(code, e.point.x, e.point.y);
    });
    carte.on('mouseout', () => {
      this.survoler(null);
      evenements.survol(null, 0, 0);
    });
    carte.on('click', (e) => {
      const { ctrlKey, metaKey, shiftKey } = e.originalEvent;
      evenements.clic(this.#sous(e, CLIQUABLES), e.lngLat.lng, e.lngLat.lat, ctrlKey || metaKey || shiftKey);
    });
    carte.on('move', () => {
      if (!this.#suit) evenements.vue(this.#vue());
    });
    carte.on('zoomend', () => this.#placer());
    carte.on('movestart', (e) => {
      if (e.originalEvent) this.#cadree = null;
    });
  }

  #sous(e: MapMouseEvent, layers: string[]): string | null {
    if (!this.#prete) return null;
    const cercle = this.#index.sous(e.lngLat.lng, e.lngLat.lat, this.#carte.getZoom());
    if (cercle !== null) return cercle;
    const code: unknown = this.#carte.queryRenderedFeatures(e.point, { layers })[0]?.properties['code'];
    return typeof code === 'string' ? code : null;
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
  codesDans(contour: readonly Point[]): string[] {
    const pixel = (lon: number, lat: number): Point => {
      const { x, y } = this.#carte.project([lon, lat]);
      return [x, y];
    };
    const cercles = this.#poses.features.flatMap((f) => {
      const code: unknown = f.properties?.['code'];
      const [lon = 0, lat = 0] = f.geometry.type === 'Point' ? f.geometry.coordinates : [];
      return typeof code === 'string' ? [{ code, point: pixel(lon, lat) }] : [];
    });
    return codesDedans([...cercles, ...[...this.#donnees.milieux].map(([code, [lon, lat]]) => ({ code, point: pixel(lon, lat) }))], contour);
  }

  retenir(codes: ReadonlySet<string>): void {
    this.#retenus = codes;
    if (this.#prete) this.#marquerRetenus();
  }

  #marquerRetenus(): void {
    const marquer = (id: string, retenu: boolean) => {
      for (const source of ['surfaces', 'cercles']) this.#carte.setFeatureState({ source, id }, { retenu });
    };
    for (const id of this.#retenusVus) if (!this.#retenus.has(id)) marquer(id, false);
    for (const id of this.#retenus) if (!this.#retenusVus.has(id)) marquer(id, true);
    this.#retenusVus = new Set(this.#retenus);
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
    if (!avant) {
      this.#poses = VIDE;
      this.#niveau = null;
    }
    this.#placer();
    if (avant?.surfaces !== d.surfaces) {
      this.#carte.removeFeatureState({ source: 'surfaces' });
      this.#retenusVus = new Set();
    }
    if (!avant) this.#retenusVus = new Set();
    for (const f of d.surfaces.features) {
      const code: unknown = f.properties?.['code'];
      if (typeof code === 'string') this.#carte.setFeatureState({ source: 'surfaces', id: code }, { classe: d.classes.get(code) ?? -1 });
    }
    const sans = this.#palette.de('creux');
    this.#carte.setPaintProperty('surfaces-classe', 'fill-color', couleurClasse(CLASSE_SURFACE, d.couleurs, this.#palette, sans));
    this.#carte.setPaintProperty('cercles', 'circle-color', couleurClasse(CLASSE_CERCLE, d.couleurs, this.#palette, sans));
    this.#marquer();
    this.#marquerRetenus();
  }

  #placer(): void {
    if (!this.#prete) return;
    const niveau = Math.round(this.#carte.getZoom() * 2) / 2;
    if (niveau === this.#niveau && this.#places === this.#donnees.cercles) return;
    this.#niveau = niveau;
    this.#places = this.#donnees.cercles;
    const poses = ecarter(this.#donnees.cercles, niveau);
    if (poses === this.#poses) return;
    this.#poses = poses;
    this.#index = new IndexCercles(poses);
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
