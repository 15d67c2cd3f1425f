/**
 * Les QPV d'un grand parc : placer tous les logements et chercher leur quartier, contre un parcours entier
 * de la table des logements dans le même processus. Des immeubles de douze logements, la moitié en Lambert 93.
 */
import { execFileSync } from 'node:child_process';
import { createWriteStream, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import proj4 from 'proj4';
import { findSysteme } from '../../shared/domain/positions/systemes.ts';
import { communesDe } from '../../shared/territoires/index.ts';
import { centreCommune } from '../../shared/territoires/carte.ts';

export const CIBLES_QPV = { rapport: 80 };
export type MesureQpv = { logements: number; situesMs: number; parcoursMs: number; tourMs: number };

const ENFANT = fileURLToPath(new URL('./situer.ts', import.meta.url));
const QUARTIERS = 1500;
const SOMMETS = 60;
const LETTRES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SIREN = '913000006';

type Lieu = { commune: string; lon: number; lat: number };
const lieux = (): Lieu[] => ['13', '59', '69', '93'].flatMap((d) => communesDe(`dep-${d}`)).flatMap((commune): Lieu[] => {
  const c = centreCommune(commune);
  return c?.precision === 'commune' ? [{ commune, lon: c.lon, lat: c.lat }] : [];
});

/** Des polygones de la taille et de la finesse des officiels, autour des communes du parc. */
function writeContours(chemin: string, ou: readonly Lieu[]): void {
  const features = Array.from({ length: QUARTIERS }, (_, i) => {
    const l = ou[i % ou.length] ?? { commune: '13055', lon: 5.37, lat: 43.3 };
    const [lon, lat] = [l.lon + ((i * 7919) % 41) / 2000 - 0.01, l.lat + ((i * 104_729) % 41) / 2000 - 0.01];
    const anneau = Array.from({ length: SOMMETS + 1 }, (__, k) => {
      const angle = ((k % SOMMETS) * 2 * Math.PI) / SOMMETS;
      const rayon = 0.004 + 0.001 * Math.sin(5 * angle);
      return [lon + rayon * Math.cos(angle), lat + rayon * Math.sin(angle)];
    });
    const code = `QN0${l.commune.slice(0, 2)}${String(i % 100).padStart(2, '0')}${LETTRES[Math.floor(i / 100) % 26] ?? 'A'}`;
    return { type: 'Feature', properties: { code_qp: code, lib_qp: `Quartier ${i}`, insee_com: l.commune }, geometry: { type: 'Polygon', coordinates: [anneau] } };
  });
  writeFileSync(chemin, JSON.stringify({ type: 'FeatureCollection', features }));
}

async function writeParc(chemin: string, logements: number, ou: readonly Lieu[]): Promise<void> {
  const lambert = proj4(findSysteme(2154)?.definition ?? '');
  function* lignes(): Generator<string> {
    yield 'Identifiant;DEPCOM;NUMVOIE;TYPVOIE;NOMVOIE;QPV;X;Y;EPSG\n';
    for (let i = 0; i < logements; i++) {
      const immeuble = Math.floor(i / 12);
      const l = ou[immeuble % ou.length] ?? { commune: '13055', lon: 5.37, lat: 43.3 };
      const [lon, lat] = [l.lon + ((immeuble * 31) % 97) / 5000 - 0.01, l.lat + ((immeuble * 17) % 89) / 5000 - 0.01];
      const [x, y, epsg] = immeuble % 2 === 0 ? [lon.toFixed(6), lat.toFixed(6), '4326'] : [...lambert.forward([lon, lat]).map((v) => v.toFixed(2)), '2154'];
      yield `L${i};${l.commune};${(immeuble % 180) + 1};RUE;DU BANC ${immeuble % 997};${(i % 2) + 1};${x};${y};${epsg}\n`;
    }
  }
  await pipeline(Readable.from(lignes()), createWriteStream(chemin));
}

export async function mesurerQpv(logements: number, essais: number, repertoire: string): Promise<MesureQpv[]> {
  const ou = lieux();
  const [contours, parc] = [join(repertoire, 'contours.geojson'), join(repertoire, 'parc-qpv.csv')];
  writeContours(contours, ou);
  await writeParc(parc, logements, ou);
  const mesures = Array.from({ length: essais }, () => JSON.parse(execFileSync(process.execPath, [ENFANT, repertoire, parc, contours, SIREN], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as MesureQpv);
  for (const m of mesures) if (m.logements !== logements) throw new Error(`${m.logements} logements situés sur ${logements}`);
  for (const f of [contours, parc]) rmSync(f);
  return mesures;
}
