/** De ce que la carte montre à la feuille imprimée : mêmes lignes, mêmes classes, mêmes comptes qu'à l'écran. */
import type { MultiPolygon, Polygon } from 'geojson';
import { pluriel } from '../nombres/accord.ts';
import { formatDate, formatEntier } from '../nombres/format.ts';
import { classeDe } from './classes.ts';
import type { Methode } from './classes.ts';
import { buildLegende, classerEnsemble, classerValeurs, direClasses, MEMES_CLASSES } from './classer.ts';
import type { Classes, GrilleClasses } from './classer.ts';
import { couleurImprimee } from './couleurs.ts';
import type { Cercle, Dessin, Format, Panneau, Surface as Aire } from './dessin.ts';
import { etendueDePoints, pointsDe, zonePrincipale } from './etendue.ts';
import { libelleMesure, mesureDe, titreMesure } from './mesures.ts';
import type { Mesure, ScenarioNomme, Surface } from './mesures.ts';
import type { Etendue } from './projection.ts';

export type LigneCarte = { code: string; logements: number };
/** `foyer` : le centre autour duquel il est posé faute de mieux ; `null` : il est à sa place. */
export type LieuCarte = { lon: number; lat: number; foyer: string | null };

/** Une mesure et ses classes, avec la valeur de chaque ligne ; `scenario` : celui d'où elle vient ; `nommee` : un chiffre de même nature qui a son propre nom. */
export type MesureComposee = { mesure: Mesure; scenario?: ScenarioNomme | null; bornes: readonly number[] | null; valeurs: ReadonlyMap<string, number | null>; precisions: readonly string[]; nommee?: { titre: string; aide: string } };

export type Carte = {
  format: Format;
  /** Une mesure, ou deux côte à côte. */
  mesures: readonly MesureComposee[];
  methode: Methode;
  nombre: number;
  grille: GrilleClasses | null;
  maille: string;
  surface: Surface;
  lignes: readonly LigneCarte[];
  lieux: ReadonlyMap<string, LieuCarte>;
  traces: ReadonlyMap<string, Polygon | MultiPolygon>;
  contours: readonly { geometrie: Polygon | MultiPolygon; nom: string }[];
  quartiers: readonly MultiPolygon[];
  communes: Dessin['communes'];
  /** `null` : tout le parc de la zone qui en a le plus. */
  etendue: Etendue | null;
  /** Lignes que l'étendue doit contenir, quand elle n'est pas donnée ; `null` : toutes. */
  cadrer: ReadonlySet<string> | null;
  /** Les lignes sélectionnées, cernées sur la feuille, et leurs totaux en mots ; `null` : aucune. */
  selection: { codes: ReadonlySet<string>; totaux: string } | null;
  /** Classes de la première mesure qui sont seules montrées ; `null` : toutes. */
  retenues: ReadonlySet<number | null> | null;
  organisme: string;
  periode: string;
  /** Année de la déclaration ; `null` inconnue. */
  annee: number | null;
  /** Date de la feuille, ISO. */
  date: string;
  /** D'où viennent le fond et les positions. */
  attributions: readonly string[];
};

const MOTS: Readonly<Record<string, [string, string]>> = { ensemble: ['ensemble immobilier', 'ensembles immobiliers'], commune: ['commune', 'communes'], epci: ['EPCI', 'EPCI'], departement: ['département', 'départements'] };

/** Une minuscule en tête, sauf à un sigle. */
const minuscule = (t: string): string => (/^\p{Lu}\p{Lu}/u.test(t) ? t : `${t.charAt(0).toLowerCase()}${t.slice(1)}`);

/** Des mentions bout à bout, chacune finie par un point. */
export const joinPhrases = (phrases: readonly string[]): string => phrases.map((p) => p.trim()).filter((p) => p !== '').map((p) => (/[.!?]$/u.test(p) ? p : `${p}.`)).join(' ');

const reglageDe = (c: Carte, m: MesureComposee) => ({ mesure: m.mesure, methode: c.methode, nombre: c.nombre, posees: m.bornes, grille: c.grille });
const titreDe = (c: Carte, m: MesureComposee): string => m.nommee?.titre ?? titreMesure(m.mesure, c.surface, m.scenario ?? null);
const libelleDe = (m: MesureComposee): string => m.nommee?.titre ?? libelleMesure(m.mesure, m.scenario ?? null);

/** Les classes de chaque mesure ; deux fois la même, de deux scénarios, a les mêmes sur les deux cartes. */
function classerMesures(c: Carte): { classes: Classes[]; memes: boolean } {
  const [premiere, seconde] = c.mesures;
  if (premiere !== undefined && seconde?.mesure === premiere.mesure) {
    const communes = classerEnsemble([...premiere.valeurs.values()], [...seconde.valeurs.values()], reglageDe(c, premiere));
    return { classes: [communes, communes], memes: true };
  }
  return { classes: c.mesures.map((m) => classerValeurs(m.valeurs.values(), reglageDe(c, m))), memes: false };
}

/** Les objets d'une mesure et sa légende. */
function composePanneau(c: Carte, m: MesureComposee, classes: Classes, montrees: ReadonlySet<string>): Panneau & { codes: Map<Aire | Cercle, string>; dits: string[] } {
  const valeur = (code: string): number | null => m.valeurs.get(code) ?? null;
  const couleur = (code: string): string | null => {
    const nom = classes.couleurs[classeDe(valeur(code), classes.bornes) ?? -1];
    return nom === undefined ? null : couleurImprimee(nom);
  };
  const max = c.lignes.reduce((n, l) => Math.max(n, l.logements), 1);
  const retenu = (code: string): boolean => c.selection?.codes.has(code) ?? false;
  const codes = new Map<Aire | Cercle, string>();
  const garder = <O extends Aire | Cercle>(code: string, o: O): O => {
    codes.set(o, code);
    return o;
  };
  const lignes = c.lignes.filter((l) => montrees.has(l.code));
  const surfaces = lignes.flatMap((l) => {
    const geometrie = c.traces.get(l.code);
    return geometrie === undefined ? [] : [garder<Aire>(l.code, { geometrie, couleur: couleur(l.code), retenu: retenu(l.code) })];
  });
  const cercles = lignes.flatMap((l) => {
    const lieu = c.lieux.get(l.code);
    if (lieu === undefined || c.traces.has(l.code)) return [];
    return [garder<Cercle>(l.code, { lon: lieu.lon, lat: lieu.lat, taille: Math.sqrt(l.logements / max), couleur: couleur(l.code), sur: lieu.foyer === null, foyer: lieu.foyer, retenu: retenu(l.code) })];
  });
  const legende = (lues: readonly LigneCarte[]) => buildLegende(lues.map((l) => ({ logements: l.logements, valeur: valeur(l.code) })), m.mesure, classes);
  const choisis = c.selection === null ? null : new Map(legende(c.lignes.filter((l) => retenu(l.code))).map((l) => [l.classe, l.logements]));
  return {
    titre: libelleDe(m), titreLegende: titreDe(c, m),
    surfaces, cercles, codes,
    legende: legende(c.lignes).map((l) => ({ libelle: l.libelle, cote: l.cote, couleur: l.couleur === null ? null : couleurImprimee(l.couleur), logements: l.logements, choisis: choisis === null ? null : (choisis.get(l.classe) ?? 0) })),
    dits: [`${m.nommee?.aide ?? mesureDe(m.mesure).aide}.`, ...m.precisions, ...direClasses(classes, reglageDe(c, m))],
  };
}

/** Les lignes des classes montrées, et ce qu'il faut en dire. */
function filtrer(c: Carte, { mesure, valeurs }: MesureComposee, classes: Classes): { montrees: Set<string>; dit: string[] } {
  if (c.retenues === null) return { montrees: new Set(c.lignes.map((l) => l.code)), dit: [] };
  const { retenues } = c;
  const montrees = new Set(c.lignes.filter((l) => retenues.has(classeDe(valeurs.get(l.code) ?? null, classes.bornes))).map((l) => l.code));
  const noms = buildLegende(c.lignes.map((l) => ({ logements: l.logements, valeur: valeurs.get(l.code) ?? null })), mesure, classes).filter((l) => retenues.has(l.classe)).map((l) => minuscule(l.libelle));
  return { montrees, dit: [`Seules sont dessinées les classes ${noms.join(' ; ')} : ${formatEntier(montrees.size)} sur ${formatEntier(c.lignes.length)}.`] };
}

/** Ce qu'il faut dessiner ; `null` quand rien n'a de place sur une carte. */
export function composeDessin(c: Carte): Dessin | null {
  const [premiere, seconde] = c.mesures;
  if (premiere === undefined) return null;
  const { classes, memes } = classerMesures(c);
  const [classesPremiere = { bornes: [], couleurs: [] }] = classes;
  const { montrees, dit } = filtrer(c, premiere, classesPremiere);
  const panneaux = c.mesures.map((m, i) => composePanneau(c, m, classes[i] ?? classesPremiere, montrees));
  const { surfaces = [], cercles = [], codes } = panneaux[0] ?? {};
  const garde = (o: Aire | Cercle): boolean => c.cadrer === null || c.cadrer.has(codes?.get(o) ?? '');
  const logementsDe = new Map(c.lignes.map((l) => [l.code, l.logements]));
  const points = [
    ...zonePrincipale(cercles.filter(garde).map((p) => ({ ...p, logements: logementsDe.get(codes?.get(p) ?? '') ?? 0 }))).map((p) => [p.lon, p.lat] as const),
    ...surfaces.filter(garde).flatMap((s) => [...pointsDe(s.geometrie)]),
  ];
  const etendue = c.etendue ?? etendueDePoints(points);
  if (etendue === null) return null;
  const [un, plusieurs] = MOTS[c.maille] ?? [c.maille, c.maille];
  const sansPlace = c.lignes.filter((l) => !c.lieux.has(l.code) && !c.traces.has(l.code)).length;
  const approches = cercles.filter((p) => !p.sur).length;
  const max = c.lignes.reduce((n, l) => Math.max(n, l.logements), 1);
  const objet = seconde === undefined ? minuscule(titreDe(c, premiere)) : `${minuscule(libelleDe(premiere))} et ${minuscule(libelleDe(seconde))}`;
  return {
    format: c.format,
    titre: `${c.organisme} : ${objet}${c.selection === null ? '' : `, sélection de ${pluriel(c.selection.codes.size, un, plusieurs)}`}`,
    sousTitre: `Convention d’utilité sociale ${c.periode} · ${pluriel(c.lignes.length, un, plusieurs)}, ${pluriel(c.lignes.reduce((n, l) => n + l.logements, 0), 'logement')}${c.selection === null ? '' : ` · Sélection : ${c.selection.totaux}`}`,
    etendue, contours: [...c.contours], quartiers: [...c.quartiers], communes: c.communes,
    panneaux: panneaux.map(({ titre, titreLegende, surfaces: s, cercles: p, legende }) => ({ titre, titreLegende, surfaces: s, cercles: p, legende })),
    plusGrand: `${pluriel(max, 'logement')} : le plus grand cercle`,
    notes: [
      ...new Set(panneaux.flatMap((p) => p.dits)), ...(memes ? [MEMES_CLASSES] : []), ...dit,
      ...(approches > 0 ? [`${formatEntier(approches)} ${approches > 1 ? 'positions approchées, en plus pâle : autour du centre de la commune.' : 'position approchée, en plus pâle : autour du centre de la commune.'}`] : []),
      ...(sansPlace > 0 ? [`${pluriel(sansPlace, un, plusieurs)} sans position, ${sansPlace > 1 ? 'comptés' : 'compté'} dans la légende.`] : []),
    ],
    source: joinPhrases([`Source : RPLS${c.annee === null ? '' : `, déclaration de ${c.annee}`}, calculs de l’organisme avec Atelier CUS, feuille du ${formatDate(c.date.slice(0, 10))}`, ...c.attributions]),
  };
}
