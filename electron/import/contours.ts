import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { LIBELLES_TRACE, readContours, readCrs } from '../../shared/domain/qpv/contours.ts';
import type { Contour, RaisonTrace } from '../../shared/domain/qpv/contours.ts';
import type { Generation } from '../../shared/domain/qpv/generations.ts';
import { findSysteme } from '../../shared/domain/positions/systemes.ts';
import { invalide } from '../../shared/erreurs.ts';

const TAILLE_MAX = 300 * 1024 * 1024;
const EXTENSION = /\.(geo)?json$/i;

export type FichierContours = {
  nom: string;
  generation: Generation;
  contours: Contour[];
  traces: number;
  ecartes: Partial<Record<RaisonTrace, number>>;
  epsg: number;
  empreinte: string;
};

/**
 * Lit les contours officiels des QPV : GeoJSON, compressé par gzip ou dans son archive ZIP. Un système de
 * coordonnées annoncé (`crs`) et reconnu est converti en longitude et latitude. Erreurs `qpv-illisible`,
 * `qpv-trop-gros`, `qpv-archive`, `qpv-projection`, `qpv-vide` : rien n'est alors chargé.
 */
export async function readFichierContours(chemin: string): Promise<FichierContours> {
  if ((await stat(chemin)).size > TAILLE_MAX) throw tropGros();
  const octets = await readFile(chemin);
  const { nom, texte } = await deballer(octets, basename(chemin));
  const collection = parse(texte);
  const epsg = readCrs(collection.crs);
  if (epsg === null || findSysteme(epsg) === null) {
    throw invalide('qpv-projection', `Ces contours sont dans un système de coordonnées que l’application ne lit pas${epsg === null ? '' : ` (EPSG ${epsg})`}.`, 'Choisir le fichier en longitude et latitude (son nom finit par WGS84).');
  }
  const lus = readContours(collection.features, epsg);
  if (lus.generation === null || lus.contours.length === 0) {
    const raisons = Object.entries(lus.ecartes).map(([r, n]) => `${LIBELLES_TRACE[r as RaisonTrace]} : ${n}`).join(' ; ');
    throw invalide('qpv-vide', `Ce fichier n’a aucun contour de QPV utilisable${raisons === '' ? '' : ` (${raisons})`}.`, 'Choisir le fichier officiel des quartiers prioritaires (propriétés code_qp, lib_qp, insee_com), en longitude et latitude.');
  }
  return { nom, generation: lus.generation, contours: lus.contours, traces: lus.traces, ecartes: lus.ecartes, epsg, empreinte: createHash('sha256').update(octets).digest('hex') };
}

/** Vrai si le fichier a des contours de QPV, lisibles ou non par la suite : ce n'est pas un fond de carte. */
export async function isContoursQpv(chemin: string): Promise<boolean> {
  try {
    if ((await stat(chemin)).size > TAILLE_MAX) return false;
    const octets = await readFile(chemin);
    const { texte } = await deballer(octets, basename(chemin));
    return /"code_qp(v)?"\s*:/iu.test(texte.slice(0, 1_000_000));
  } catch {
    return false;
  }
}

async function deballer(octets: Buffer, nom: string): Promise<{ nom: string; texte: string }> {
  if (octets[0] === 0x50 && octets[1] === 0x4b) return extraire(octets, nom);
  if (octets[0] !== 0x1f || octets[1] !== 0x8b) return { nom, texte: octets.toString('utf8') };
  try {
    return { nom, texte: gunzipSync(octets, { maxOutputLength: TAILLE_MAX }).toString('utf8') };
  } catch (e) {
    throw (e as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tropGros() : illisible();
  }
}

/** L'archive officielle porte plusieurs formats : un GeoJSON, et de préférence celui en WGS 84. */
async function extraire(octets: Buffer, archive: string): Promise<{ nom: string; texte: string }> {
  const { fromBufferPromise } = await import('yauzl');
  try {
    const zip = await fromBufferPromise(octets, { strictFileNames: true });
    const entrees = [];
    for await (const entree of zip.eachEntry()) if (EXTENSION.test(entree.fileName)) entrees.push(entree);
    const choisies = entrees.some((e) => /wgs_?84/i.test(e.fileName)) ? entrees.filter((e) => /wgs_?84/i.test(e.fileName)) : entrees;
    const [entree, autre] = choisies;
    if (entree === undefined || autre !== undefined) {
      throw invalide(
        'qpv-archive',
        entree === undefined ? 'Cette archive ne contient aucun GeoJSON.' : `Cette archive contient plusieurs GeoJSON : ${choisies.map((e) => e.fileName).join(', ')}.`,
        'En extraire le fichier des contours (GeoJSON, WGS 84), et charger celui-ci.',
      );
    }
    const morceaux: Uint8Array[] = [];
    let taille = 0;
    for await (const m of await zip.openReadStreamPromise(entree)) {
      if (!(m instanceof Uint8Array)) continue;
      taille += m.length;
      if (taille > TAILLE_MAX) throw tropGros();
      morceaux.push(m);
    }
    return { nom: `${archive} : ${basename(entree.fileName)}`, texte: Buffer.concat(morceaux).toString('utf8') };
  } catch (e) {
    if (e instanceof Error && e.name === 'ErreurCus') throw e;
    throw illisible();
  }
}

function parse(texte: string): { crs: unknown; features: unknown[] } {
  try {
    const lu: unknown = JSON.parse(texte.startsWith('\ufeff') ? texte.slice(1) : texte);
    if (typeof lu === 'object' && lu !== null && 'type' in lu && lu.type === 'FeatureCollection' && 'features' in lu && Array.isArray(lu.features)) {
      return { crs: 'crs' in lu ? lu.crs : undefined, features: lu.features };
    }
  } catch {
    // Dit ci-dessous.
  }
  throw illisible();
}

const illisible = (): Error => invalide('qpv-illisible', 'Ce fichier n’est pas un GeoJSON de contours.', 'Choisir le GeoJSON officiel des quartiers prioritaires, compressé ou non, ou son archive ZIP.');
const tropGros = (): Error => invalide('qpv-trop-gros', 'Ce fichier dépasse 300 Mo.', 'Choisir le seul fichier des contours de QPV (GeoJSON, WGS 84).');
