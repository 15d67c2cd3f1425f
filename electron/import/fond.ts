import { readFile, stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { FeatureCollection } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { niveauDeCouche, readTraces } from '../../shared/domain/carte/fond.ts';
import type { TraceFond } from '../../shared/domain/carte/fond.ts';
import { invalide } from '../../shared/erreurs.ts';

const TAILLE_MAX = 200 * 1024 * 1024;

/**
 * Lit un fond de carte TopoJSON ou GeoJSON (compressé par gzip ou non). Rend ses tracés reconnus et le
 * nombre de ceux laissés de côté. Erreur `fond-illisible`, `fond-trop-gros` ou `fond-vide`.
 */
export async function readFond(chemin: string): Promise<{ traces: TraceFond[]; ignores: number }> {
  if ((await stat(chemin)).size > TAILLE_MAX) throw tropGros();
  const contenu = parse(decompress(await readFile(chemin)));
  const couches = listCouches(contenu);
  const lus = couches.map(({ nom, collection }) => readTraces(collection, niveauDeCouche(nom)));
  const traces = lus.flatMap((l) => l.traces);
  if (traces.length === 0) {
    throw invalide(
      'fond-vide',
      'Ce fond de carte ne contient aucun tracé de commune, d’EPCI ou de département reconnu par son code.',
      'Choisir un fichier dont les tracés portent un code Insee ou un SIREN d’EPCI (propriété « code »).',
    );
  }
  return { traces, ignores: lus.reduce((n, l) => n + l.ignores, 0) };
}

function decompress(octets: Buffer): string {
  const gz = octets[0] === 0x1f && octets[1] === 0x8b;
  try {
    return (gz ? gunzipSync(octets, { maxOutputLength: TAILLE_MAX }) : octets).toString('utf8');
  } catch (e) {
    throw (e as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tropGros() : illisible();
  }
}

function parse(texte: string): unknown {
  try {
    return JSON.parse(texte);
  } catch {
    throw illisible();
  }
}

function listCouches(contenu: unknown): { nom: string; collection: FeatureCollection }[] {
  if (typeof contenu === 'object' && contenu !== null && 'type' in contenu) {
    if (contenu.type === 'FeatureCollection') return [{ nom: '', collection: contenu as FeatureCollection }];
    if (contenu.type === 'Topology') {
      const topologie = contenu as Topology;
      return Object.entries(topologie.objects)
        .filter((o): o is [string, GeometryCollection] => o[1].type === 'GeometryCollection')
        .map(([nom, objet]) => ({ nom, collection: feature(topologie, objet) }));
    }
  }
  throw illisible();
}

const illisible = () =>
  invalide('fond-illisible', 'Ce fichier n’est ni un TopoJSON ni un GeoJSON.', 'Choisir un fond de carte .topojson, .geojson ou .json, compressé ou non.');
const tropGros = () =>
  invalide('fond-trop-gros', 'Ce fond de carte dépasse 200 Mo.', 'Choisir une version simplifiée (par exemple à 100 m ou 1 000 m).');
