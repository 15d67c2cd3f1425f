/** De ce que la carte montre à la feuille imprimée : mêmes lignes, mêmes classes, mêmes comptes qu'à l'écran. */
import type { MultiPolygon, Polygon } from 'geojson';
import { pluriel } from '../nombres/accord.ts';
import { formatDate, formatEntier } from '../nombres/format.ts';
import { classeDe } from './classes.ts';
import type { Methode } from './classes.ts';
import { buildLegende, classerValeurs } from './classer.ts';
import type { GrilleClasses } from './classer.ts';
import { couleurImprimee } from './couleurs.ts';
import type { Dessin, Format } from './dessin.ts';
import { etendueDePoints, pointsDe, zonePrincipale } from './etendue.ts';
import { mesureDe } from './mesures.ts';
import type { Mesure } from './mesures.ts';
import type { Etendue } from './projection.ts';

export type LigneCarte = { code: string; logements: number; valeur: number | null };
/** `foyer` : le centre autour duquel il est posé faute de mieux ; `null` : il est à sa place. */
export type LieuCarte = { lon: number; lat: number; foyer: string | null };

export type Carte = {
  format: Format;
  mesure: Mesure;
  methode: Methode;
  nombre: number;
  bornes: readonly number[] | null;
  grille: GrilleClasses | null;
  maille: string;
  surface: 'SH' | 'SU' | 'SC';
  lignes: readonly LigneCarte[];
  lieux: ReadonlyMap<string, LieuCarte>;
  traces: ReadonlyMap<string, Polygon | MultiPolygon>;
  contours: readonly { geometrie: Polygon | MultiPolygon; nom: string }[];
  quartiers: readonly MultiPolygon[];
  /** `null` : tout le parc de la zone qui en a le plus. */
  etendue: Etendue | null;
  /** Lignes que l'étendue doit contenir, quand elle n'est pas donnée ; `null` : toutes. */
  cadrer: ReadonlySet<string> | null;
  organisme: string;
  periode: string;
  /** Année de la déclaration ; `null` inconnue. */
  annee: number | null;
  /** Date de la feuille, ISO. */
  date: string;
  precisions: readonly string[];
  attribution: string;
};

const MOTS: Readonly<Record<string, [string, string]>> = { ensemble: ['ensemble immobilier', 'ensembles immobiliers'], commune: ['commune', 'communes'], epci: ['EPCI', 'EPCI'], departement: ['département', 'départements'] };
const SURFACES = { SH: 'habitable', SU: 'utile', SC: 'corrigée' } as const;

/** Ce qu'il faut dessiner ; `null` quand rien n'a de place sur une carte. */
export function composeDessin(c: Carte): Dessin | null {
  const m = mesureDe(c.mesure);
  const classes = classerValeurs(c.lignes.map((l) => l.valeur), { mesure: c.mesure, methode: c.methode, nombre: c.nombre, posees: c.bornes, grille: c.grille });
  const couleur = (valeur: number | null): string | null => {
    const nom = classes.couleurs[classeDe(valeur, classes.bornes) ?? -1];
    return nom === undefined ? null : couleurImprimee(nom);
  };
  const max = c.lignes.reduce((n, l) => Math.max(n, l.logements), 1);
  const surfaces = c.lignes.flatMap((l) => {
    const geometrie = c.traces.get(l.code);
    return geometrie === undefined ? [] : [{ code: l.code, geometrie, couleur: couleur(l.valeur) }];
  });
  const cercles = c.lignes.flatMap((l) => {
    const lieu = c.lieux.get(l.code);
    if (lieu === undefined || c.traces.has(l.code)) return [];
    return [{ code: l.code, lon: lieu.lon, lat: lieu.lat, logements: l.logements, taille: Math.sqrt(l.logements / max), couleur: couleur(l.valeur), sur: lieu.foyer === null, foyer: lieu.foyer }];
  });
  const cadres = c.cadrer;
  const garde = <O extends { code: string }>(o: O): boolean => cadres === null || cadres.has(o.code);
  const points = [
    ...zonePrincipale(cercles.filter(garde)).map((p) => [p.lon, p.lat] as const),
    ...surfaces.filter(garde).flatMap((s) => [...pointsDe(s.geometrie)]),
  ];
  const etendue = c.etendue ?? etendueDePoints(points);
  if (etendue === null) return null;
  const [un, plusieurs] = MOTS[c.maille] ?? [c.maille, c.maille];
  const sansPlace = c.lignes.length - surfaces.length - cercles.length;
  const approches = cercles.filter((p) => !p.sur).length;
  const titre = m.surface && m.unite === '€/m²' ? `${m.titre} de surface ${SURFACES[c.surface]}` : m.titre;
  return {
    format: c.format,
    titre: `${c.organisme} : ${titre.charAt(0).toLowerCase()}${titre.slice(1)}`,
    sousTitre: `Convention d’utilité sociale ${c.periode} · ${pluriel(c.lignes.length, un, plusieurs)}, ${pluriel(c.lignes.reduce((n, l) => n + l.logements, 0), 'logement')}`,
    etendue, contours: [...c.contours], surfaces, quartiers: [...c.quartiers], cercles,
    titreLegende: titre,
    legende: buildLegende(c.lignes, c.mesure, classes).map((l) => ({ libelle: l.libelle, couleur: l.couleur === null ? null : couleurImprimee(l.couleur), logements: l.logements })),
    plusGrand: `${pluriel(max, 'logement')} : le plus grand cercle`,
    notes: [
      `${m.aide}.`, ...c.precisions,
      ...(approches > 0 ? [`${formatEntier(approches)} ${approches > 1 ? 'positions approchées, en plus pâle : autour du centre de la commune.' : 'position approchée, en plus pâle : autour du centre de la commune.'}`] : []),
      ...(sansPlace > 0 ? [`${pluriel(sansPlace, un, plusieurs)} sans position, ${sansPlace > 1 ? 'comptés' : 'compté'} dans la légende.`] : []),
    ],
    source: `Source : RPLS${c.annee === null ? '' : `, déclaration de ${c.annee}`}, calculs de l’organisme avec Atelier CUS, feuille du ${formatDate(c.date.slice(0, 10))}.`,
    attribution: c.attribution,
  };
}
