import { extname, resolve } from 'node:path';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { composeDessin } from '../../shared/domain/carte/composer.ts';
import type { LieuCarte } from '../../shared/domain/carte/composer.ts';
import { drawCarte, tailleFeuille } from '../../shared/domain/carte/dessin.ts';
import type { Mesure } from '../../shared/domain/carte/mesures.ts';
import { isMesureNpl } from '../../shared/domain/carte/npl.ts';
import { isPng, sizePng } from '../../shared/domain/carte/png.ts';
import { direTotaux } from '../../shared/domain/carte/totaux.ts';
import { totalLignes } from '../../shared/domain/loyers/taux.ts';
import { invalide } from '../../shared/erreurs.ts';
import { communesDe, parseTerritoire } from '../../shared/territoires/index.ts';
import { anneeEnVigueur } from '../store/carte.ts';
import type { Contexte } from './contexte.ts';
import { writeFichier } from './fichiers.ts';
import { readServiceRendu } from './service-rendu-resultats.ts';

type Demande = EntreeLue<'carte.dessiner'>;
type Feuille = Sortie<'carte.dessiner'>;

/** Place de chaque ligne d'une maille : l'ensemble, la commune, ou le milieu des communes d'un territoire. */
function readLieux(carte: Sortie<'carte.lire'>, par: Demande['par']): Map<string, LieuCarte> {
  if (par === 'ensemble') return new Map(carte.ensembles.map((e) => [e.id, { lon: e.lon, lat: e.lat, foyer: e.precision === 'commune' || e.precision === 'departement' ? e.commune : null }]));
  const sommes = new Map<string, { lon: number; lat: number; poids: number }>();
  for (const c of carte.communes) {
    const code = par === 'commune' ? c.code : par === 'epci' ? c.epci : '';
    if (code === '') continue;
    const poids = Math.max(1, c.logements);
    const s = sommes.get(code) ?? { lon: 0, lat: 0, poids: 0 };
    sommes.set(code, { lon: s.lon + c.lon * poids, lat: s.lat + c.lat * poids, poids: s.poids + poids });
  }
  return new Map([...sommes].map(([code, s]) => [code, { lon: s.lon / s.poids, lat: s.lat / s.poids, foyer: code }]));
}

/** Les lignes sélectionnées qui existent à cette maille, et leurs totaux : ceux de l'écran. */
function readSelection(loyers: Sortie<'loyers.lire'>['lignes'], { par, surface, selection = [] }: Demande): { codes: Set<string>; totaux: string } | null {
  const voulus = new Set(selection);
  const choisies = loyers.filter((l) => voulus.has(l.code));
  return choisies.length === 0 ? null : { codes: new Set(choisies.map((l) => l.code)), totaux: direTotaux(totalLignes(choisies), par, surface) };
}

type Voulue = { mesure: Mesure; lues: Sortie<'carte.mesures'> };

/** La mesure demandée et celle qui lui est comparée, chacune avec les chiffres de son scénario. Erreur : « scenario-sans-mesure ». */
async function readVoulues(contexte: Contexte, { par, surface, mesure, comparee, annee, scenario, scenarioCompare }: Demande): Promise<Voulue[]> {
  const lire = (choisi: number | undefined) => contexte.appeler('carte.mesures', { par, surface, ...(annee === undefined ? {} : { annee }), ...(choisi === undefined ? {} : { scenario: choisi }) });
  if (scenarioCompare !== undefined && (comparee === undefined || !isMesureNpl(comparee))) {
    throw invalide('scenario-sans-mesure', 'Le scénario de la seconde carte ne sert à rien : aucune mesure d’un scénario ne lui est demandée.', 'Comparer à une mesure d’un scénario de politique des loyers, ou ne pas donner ce scénario ; aucun fichier n’a été écrit.');
  }
  const lues = await lire(scenario);
  const autre = scenarioCompare !== undefined && scenarioCompare !== lues.scenario;
  if (comparee === undefined || (comparee === mesure && !autre)) return [{ mesure, lues }];
  return [{ mesure, lues }, { mesure: comparee, lues: autre ? await lire(scenarioCompare) : lues }];
}

/** La feuille d'une carte, dessinée des mêmes opérations que l'écran. Erreurs : « carte-sans-valeur », « carte-vide », « scenario-sans-mesure », « territoire-inconnu ». */
export async function drawFeuille(contexte: Contexte, d: Demande): Promise<Feuille> {
  const { base } = contexte.dossier();
  if (d.territoire !== undefined && parseTerritoire(d.territoire) === null) {
    throw invalide('territoire-inconnu', `« ${d.territoire} » n’est pas un territoire connu.`, 'Donner un code comme « dep-13 », « epci-200054807 » ou « com-13055 ».');
  }
  const info = await contexte.appeler('dossier.info', {});
  const { lignes: loyers } = await contexte.appeler('loyers.lire', { par: d.par, surface: d.surface });
  const voulues = await readVoulues(contexte, d);
  const absence = voulues.map(({ mesure, lues }) => lues.absences[mesure]).find((t) => t !== undefined);
  if (absence !== undefined) throw invalide('carte-sans-valeur', absence, 'Choisir une autre mesure ; aucun fichier n’a été écrit.');
  const carte = await contexte.appeler('carte.lire', { surface: d.surface });
  const fond = await contexte.appeler('carte.fond', {});
  const traces = (fond.geojson as FeatureCollection<Polygon | MultiPolygon>).features;
  const quartiers = (await contexte.appeler('qpv.tracer', {})).geojson as FeatureCollection<MultiPolygon>;
  const niveau = (f: (typeof traces)[number]): unknown => f.properties?.['niveau'];
  const codes = new Set(loyers.map((l) => l.code));
  const communes = d.territoire === undefined || d.territoire === 'organisme' ? null : new Set(communesDe(d.territoire));
  const cadrer = communes === null ? null : new Set(carte.ensembles.filter((e) => communes.has(e.commune)).flatMap((e) => [e.id, e.commune, e.epci]));
  const dessin = composeDessin({
    format: d.format, methode: d.methode, nombre: d.nombre,
    mesures: voulues.map(({ mesure, lues }, i) => ({
      mesure, bornes: i === 0 ? (d.bornes ?? null) : null, valeurs: new Map(lues.lignes.map((l) => [l.code, l.valeurs[mesure] ?? null])),
      scenario: lues.scenarios.find((s) => s.id === lues.scenario) ?? null,
      precisions: [lues.precisions[mesure]].filter((t) => t !== undefined),
    })),
    grille: readServiceRendu(base, 'organisme').grille, maille: d.par, surface: d.surface,
    lignes: loyers.map((l) => ({ code: l.code, logements: l.logements })),
    lieux: readLieux(carte, d.par),
    traces: new Map(traces.filter((f) => niveau(f) === d.par && codes.has(String(f.properties?.['code']))).map((f) => [String(f.properties?.['code']), f.geometry])),
    contours: traces.filter((f) => niveau(f) === 'departement' || niveau(f) === 'region').map((f) => ({ geometrie: f.geometry, nom: String(f.properties?.['nom'] ?? '') })),
    quartiers: quartiers.features.map((f) => f.geometry),
    communes: { traces: d.par === 'commune' ? [] : traces.filter((f) => niveau(f) === 'commune').map((f) => f.geometry), noms: carte.communes.map((c) => ({ lon: c.lon, lat: c.lat, nom: c.nom, poids: c.logements })) },
    etendue: d.etendue ?? null, cadrer, selection: readSelection(loyers, d), retenues: d.retenues === undefined || d.retenues.length === 0 ? null : new Set(d.retenues),
    organisme: info.organisme.nom, periode: info.periode, annee: anneeEnVigueur(base), date: contexte.maintenant().toISOString(),
    attributions: [fond.attribution, carte.attribution],
  });
  if (dessin === null) throw invalide('carte-vide', 'Rien de cette maille n’a de place sur une carte.', 'Choisir la maille de l’ensemble, de la commune ou de l’EPCI ; aucun fichier n’a été écrit.');
  const { svg, denominateur, hors } = drawCarte(dessin);
  return { svg, echelle: denominateur, hors, titre: dessin.titre };
}

/** La feuille en PDF ou en SVG, selon l'extension. */
export async function printFeuille(contexte: Contexte, { destination, ...demande }: EntreeLue<'carte.imprimer'>): Promise<Sortie<'carte.imprimer'>> {
  const chemin = resolve(destination);
  const extension = extname(chemin).toLowerCase();
  if (extension !== '.pdf' && extension !== '.svg') throw invalide('format-inconnu', `L’extension de « ${chemin} » n’est pas reconnue.`, extension === '.png' ? 'Donner un nom en .pdf ou .svg : une image .png se peint, et se fait à l’écran (Loyers, Imprimer la carte).' : 'Donner un nom en .pdf ou .svg.');
  const { svg, echelle, hors, titre } = await drawFeuille(contexte, demande);
  if (extension === '.svg') await writeFichier(contexte, chemin, svg);
  else {
    const { writeCartesPdf } = await import('../documents/carte.ts');
    const { organisme } = await contexte.appeler('dossier.info', {});
    await writeFichier(contexte, chemin, await writeCartesPdf([svg], demande.format, { titre, auteur: organisme.nom, date: contexte.maintenant() }));
  }
  return { chemin, echelle, hors, titre };
}

/** L'image que la fenêtre a faite de la feuille, en base 64 ; elle s'imprime à la taille de sa feuille, donc à son échelle. */
export async function writeImage(contexte: Contexte, { destination, format, png }: EntreeLue<'carte.ecrireImage'>): Promise<Sortie<'carte.ecrireImage'>> {
  const octets = Buffer.from(png, 'base64');
  if (!isPng(octets)) throw invalide('image-illisible', 'L’image de la carte n’est pas un PNG.', 'Imprimer la carte à nouveau ; aucun fichier n’a été écrit.');
  const chemin = resolve(destination);
  await writeFichier(contexte, chemin, sizePng(octets, tailleFeuille(format)));
  return { chemin };
}
