import { extname, resolve } from 'node:path';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { EntreeLue, Sortie } from '../../shared/contract.ts';
import { composeDessin } from '../../shared/domain/carte/composer.ts';
import type { LieuCarte } from '../../shared/domain/carte/composer.ts';
import { drawCarte } from '../../shared/domain/carte/dessin.ts';
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

/** La feuille d'une carte, dessinée des mêmes opérations que l'écran. Erreurs : « carte-sans-valeur », « carte-vide », « territoire-inconnu ». */
export async function drawFeuille(contexte: Contexte, d: Demande): Promise<Feuille> {
  const { base } = contexte.dossier();
  if (d.territoire !== undefined && parseTerritoire(d.territoire) === null) {
    throw invalide('territoire-inconnu', `« ${d.territoire} » n’est pas un territoire connu.`, 'Donner un code comme « dep-13 », « epci-200054807 » ou « com-13055 ».');
  }
  const info = await contexte.appeler('dossier.info', {});
  const { lignes: loyers } = await contexte.appeler('loyers.lire', { par: d.par, surface: d.surface });
  const mesures = await contexte.appeler('carte.mesures', { par: d.par, surface: d.surface, ...(d.annee === undefined ? {} : { annee: d.annee }) });
  const absence = mesures.absences[d.mesure];
  const valeurs = new Map(mesures.lignes.map((l) => [l.code, l.valeurs[d.mesure] ?? null]));
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
    format: d.format, mesure: d.mesure, methode: d.methode, nombre: d.nombre, bornes: d.bornes ?? null,
    grille: readServiceRendu(base, 'organisme').grille, maille: d.par, surface: d.surface,
    lignes: loyers.map((l) => ({ code: l.code, logements: l.logements, valeur: valeurs.get(l.code) ?? null })),
    lieux: readLieux(carte, d.par),
    traces: new Map(traces.filter((f) => niveau(f) === d.par && codes.has(String(f.properties?.['code']))).map((f) => [String(f.properties?.['code']), f.geometry])),
    contours: traces.filter((f) => niveau(f) === 'departement' || niveau(f) === 'region').map((f) => ({ geometrie: f.geometry, nom: String(f.properties?.['nom'] ?? '') })),
    quartiers: quartiers.features.map((f) => f.geometry),
    etendue: d.etendue ?? null, cadrer,
    organisme: info.organisme.nom, periode: info.periode, annee: anneeEnVigueur(base), date: contexte.maintenant().toISOString(),
    precisions: [mesures.precisions[d.mesure]].filter((t) => t !== undefined),
    attribution: `${fond.attribution} ${carte.attribution}`.trim(),
  });
  if (dessin === null) throw invalide('carte-vide', 'Rien de cette maille n’a de place sur une carte.', 'Choisir la maille de l’ensemble, de la commune ou de l’EPCI ; aucun fichier n’a été écrit.');
  const { svg, denominateur, hors } = drawCarte(dessin);
  return { svg, echelle: denominateur, hors, titre: dessin.titre };
}

/** La feuille en PDF ou en SVG, selon l'extension. */
export async function printFeuille(contexte: Contexte, { destination, ...demande }: EntreeLue<'carte.imprimer'>): Promise<Sortie<'carte.imprimer'>> {
  const chemin = resolve(destination);
  const extension = extname(chemin).toLowerCase();
  if (extension !== '.pdf' && extension !== '.svg') throw invalide('format-inconnu', `L’extension de « ${chemin} » n’est pas reconnue.`, 'Donner un nom en .pdf ou .svg ; l’image .png s’écrit depuis l’écran.');
  const { svg, echelle, hors, titre } = await drawFeuille(contexte, demande);
  if (extension === '.svg') await writeFichier(contexte, chemin, svg);
  else {
    const { writeCartesPdf } = await import('../documents/carte.ts');
    const { organisme } = await contexte.appeler('dossier.info', {});
    await writeFichier(contexte, chemin, await writeCartesPdf([svg], demande.format, { titre, auteur: organisme.nom, date: contexte.maintenant() }));
  }
  return { chemin, echelle, hors };
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** L'image que la fenêtre a faite de la feuille, en base 64. */
export async function writeImage(contexte: Contexte, { destination, png }: EntreeLue<'carte.ecrireImage'>): Promise<Sortie<'carte.ecrireImage'>> {
  const octets = Buffer.from(png, 'base64');
  if (!octets.subarray(0, 8).equals(PNG)) throw invalide('image-illisible', 'L’image de la carte n’est pas un PNG.', 'Imprimer la carte à nouveau ; aucun fichier n’a été écrit.');
  const chemin = resolve(destination);
  await writeFichier(contexte, chemin, octets);
  return { chemin };
}
