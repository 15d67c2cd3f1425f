import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ouvrirAtelier } from '../import/aide.ts';
import type { Atelier } from '../import/aide.ts';

/** Marseille : un carré de 0,02° autour de 5,37 / 43,30 est le quartier ; un trou au milieu n'en est pas. */
export const carre = (lon: number, lat: number, c: number): number[][] => [[lon, lat], [lon + c, lat], [lon + c, lat + c], [lon, lat + c], [lon, lat]];
export const contours = (...features: unknown[]): string => JSON.stringify({ type: 'FeatureCollection', features });
export const quartier = (code: string, nom: string, ...anneaux: number[][][]) => ({
  type: 'Feature', properties: { code_qp: code, lib_qp: nom, insee_com: '13055' }, geometry: { type: 'Polygon', coordinates: anneaux },
});
export const NORD = quartier('QN01301M', 'Nord', carre(5.36, 43.29, 0.02), carre(5.369, 43.299, 0.002));

export const TITRES = ['Identifiant', 'DEPCOM', 'NUMVOIE', 'INDREP', 'TYPVOIE', 'NOMVOIE', 'COMPLGEO', 'QPV', 'X', 'Y', 'EPSG'];
type Champs = Partial<Record<(typeof TITRES)[number], string>>;
export const logement = (Identifiant: string, champs: Champs = {}): string =>
  TITRES.map((t) => ({ Identifiant, DEPCOM: '13055', QPV: '2', ...champs })[t] ?? '').join(';');
export const tableau = (...lignes: string[]): string => [TITRES.join(';'), ...lignes, ''].join('\n');

export const BAN_TITRES = 'id;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;nom_ancienne_commune;x;y;lon;lat;type_position';
export const ban = (...lignes: [numero: string, rep: string, voie: string, lon: number, lat: number, insee?: string][]): string =>
  `\ufeff${[BAN_TITRES, ...lignes.map(([n, r, v, lon, lat, insee = '13201'], i) => `${insee}_${i};${n};${r};${v};13001;${insee};Marseille;;;;;${lon};${lat};entrée`), ''].join('\n')}`;

export async function importerTableau(atelier: Atelier, nom: string, ...lignes: string[]) {
  const chemin = join(atelier.repertoire, nom);
  writeFileSync(chemin, tableau(...lignes));
  const { profil } = await atelier.faire('import.analyser', { chemin });
  if (profil === null) throw new Error('profil attendu');
  return atelier.faire('import.lire', { chemin, profil, appliquer: true });
}

/** Un bailleur dont la vraie réponse est connue, logement par logement. */
export const PARC = [
  // Par le fichier : Lambert 93, degrés, système deviné ; dedans, dehors, dans le trou, sur la limite.
  logement('F-oui-dedans', { QPV: '1', X: '892313', Y: '6246987', EPSG: '2154', COMPLGEO: 'A' }),
  logement('F-non-dedans', { X: '5.3625', Y: '43.2925', EPSG: '4326', COMPLGEO: 'A' }),
  logement('F-oui-trou', { QPV: '1', X: '5,37', Y: '43,30', EPSG: 'EPSG:4326', COMPLGEO: 'A' }),
  logement('F-non-limite', { X: '5.36', Y: '43.295', EPSG: '4326', COMPLGEO: 'B' }),
  logement('F-inconnu-dedans', { QPV: '', X: '5.3625', Y: '43.2925', COMPLGEO: 'B' }),
  logement('F-non-dehors', { X: '5.40', Y: '43.30', EPSG: '4326', COMPLGEO: 'B' }),
  // Coordonnées écartées : rien n'en est conclu.
  logement('F-loin', { QPV: '1', X: '2.35', Y: '48.85', EPSG: '4326', COMPLGEO: 'B' }),
  // Par la BAN.
  logement('B-oui-dehors', { QPV: '1', NUMVOIE: '12', INDREP: 'B', TYPVOIE: 'RUE', NOMVOIE: 'DU STADE', COMPLGEO: 'C' }),
  logement('B-voie', { QPV: '1', NUMVOIE: '99', TYPVOIE: 'RUE', NOMVOIE: 'DU STADE', COMPLGEO: 'C' }),
  logement('B-absente', { NUMVOIE: '1', TYPVOIE: 'RUE', NOMVOIE: 'INCONNUE', COMPLGEO: 'C' }),
  // Sans rien ; puis dans un département sans contour.
  logement('R-non', { COMPLGEO: 'D' }),
  logement('H-oui', { QPV: '1', DEPCOM: '69381', X: '4.83', Y: '45.77', EPSG: '4326', COMPLGEO: 'E' }),
];

export async function preparer(): Promise<Atelier> {
  const atelier = await ouvrirAtelier();
  await importerTableau(atelier, 'parc.csv', ...PARC);
  return atelier;
}

export const charger = (atelier: Atelier, nom = 'qpv.geojson', contenu: string | Uint8Array = contours(NORD)) => atelier.faire('qpv.charger', { chemin: atelier.fichier(nom, contenu) });
