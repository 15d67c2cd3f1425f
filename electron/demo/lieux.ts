import { centreDepartement } from '../../shared/territoires/carte.ts';
import { anciensCodesDe, communesDe, departements, findCommune } from '../../shared/territoires/index.ts';
import type { Commune } from '../../shared/territoires/index.ts';
import codesPostaux from './codes-postaux.json' with { type: 'json' };
import type { Hasard } from './hasard.ts';

const CODES_POSTAUX: Record<string, string> = codesPostaux;

/** Arrondissements : premier code, nombre. Le bailleur y déclare presque toujours l'arrondissement. */
const ARRONDISSEMENTS: Record<string, [number, number]> = { '13055': [13201, 16], '69123': [69381, 9], '75056': [75101, 20] };

export type Lieu = {
  commune: Commune;
  /** Code tel que déclaré : d'aujourd'hui, d'hier, ou d'arrondissement. */
  depcom: string;
  codePostal: string;
  statut: 'actuelle' | 'fusionnee' | 'arrondissement';
};

/** Interpolation entre deux ordres de grandeur, en logarithme du nombre de logements. */
function interpoler(logements: number, points: readonly (readonly [number, number])[]): number {
  let avant = points[0];
  for (const point of points) {
    if (avant && logements < point[0]) {
      const part = Math.max(0, Math.log(logements / avant[0]) / Math.log(point[0] / avant[0]));
      return Math.round(avant[1] + part * (point[1] - avant[1]));
    }
    avant = point;
  }
  return avant?.[1] ?? 1;
}

export const nombreDepartements = (logements: number): number =>
  interpoler(logements, [[19_000, 1], [191_000, 12], [540_000, 30]]);
export const nombreCommunes = (logements: number): number =>
  interpoler(logements, [[300, 6], [2_400, 16], [19_000, 40], [191_000, 300], [540_000, 700]]);

/** Le siège, puis ses voisins par distance ; au-delà de douze départements, Lyon, Paris et sa couronne. */
function departementsAutour(siege: string, nombre: number): string[] {
  const centre = centreDepartement(siege);
  const proches = departements()
    .flatMap((d) => {
      const c = centreDepartement(d.code);
      if (!c || !centre) return [];
      return [{ code: d.code, distance: Math.hypot((c.lon - centre.lon) * 0.7, c.lat - centre.lat) }];
    })
    .sort((a, b) => a.distance - b.distance)
    .map((d) => d.code);
  const lointains = (nombre < 12 ? [] : nombre < 20 ? ['69', '75'] : ['69', '75', '93', '92', '94']).filter((d) => !proches.slice(0, nombre).includes(d));
  return [siege, ...proches.filter((d) => d !== siege).slice(0, nombre - 1 - lointains.length), ...lointains].slice(0, Math.max(1, nombre));
}

export type Implantation = { communes: { commune: Commune; anciens: string[]; poids: number }[]; cumul: number[] };

/** Communes où le bailleur est présent : les plus peuplées de chaque département, avec leur poids. */
export function choisirImplantation(logements: number, siege: string, imposes?: readonly string[], combien?: number): Implantation {
  const deps = imposes ?? departementsAutour(siege, nombreDepartements(logements));
  const total = combien ?? nombreCommunes(logements);
  const parts = deps.map((_, rang) => 1 / (1 + 0.35 * rang));
  const somme = parts.reduce((a, b) => a + b, 0);
  const communes = deps.flatMap((dep, rang) => {
    const part = (parts[rang] ?? 0) / somme;
    const candidates = communesDe(`dep-${dep}`)
      .flatMap((code) => findCommune(code) ?? [])
      .filter((c) => CODES_POSTAUX[c.code] !== undefined)
      .sort((a, b) => (b.population ?? 0) - (a.population ?? 0) || (a.code < b.code ? -1 : 1))
      .slice(0, Math.max(2, Math.round(total * part)));
    const poids = candidates.map((c) => (c.population ?? 0) ** 0.75);
    const sommePoids = poids.reduce((a, b) => a + b, 0);
    return candidates.map((commune, i) => ({ commune, anciens: anciensCodesDe(commune.code), poids: (part * (poids[i] ?? 0)) / sommePoids }));
  });
  let cumul = 0;
  return { communes, cumul: communes.map((c) => (cumul += c.poids)) };
}

export function tirerLieu(implantation: Implantation, h: Hasard): Lieu {
  const cible = h.reel() * (implantation.cumul.at(-1) ?? 1);
  let bas = 0;
  let haut = implantation.cumul.length - 1;
  while (bas < haut) {
    const milieu = (bas + haut) >> 1;
    if ((implantation.cumul[milieu] ?? 0) > cible) haut = milieu;
    else bas = milieu + 1;
  }
  const choisie = implantation.communes[bas];
  if (!choisie) throw new Error('aucune commune à plus de 3 000 habitants dans ces départements');
  const { commune, anciens } = choisie;
  const codePostal = CODES_POSTAUX[commune.code] ?? '';
  const arrondissement = ARRONDISSEMENTS[commune.code];
  if (arrondissement && h.chance(0.9)) {
    const depcom = String(arrondissement[0] + h.entier(0, arrondissement[1] - 1));
    return { commune, depcom, codePostal: CODES_POSTAUX[depcom] ?? codePostal, statut: 'arrondissement' };
  }
  const ancien = anciens[h.entier(0, Math.max(0, anciens.length - 1))];
  if (ancien !== undefined && h.chance(0.15)) return { commune, depcom: ancien, codePostal, statut: 'fusionnee' };
  return { commune, depcom: commune.code, codePostal, statut: 'actuelle' };
}
