import { familleDe } from '../../../shared/domain/rpls/familles.ts';
import type { ComptesNpl } from '../../../shared/domain/rpls/comptes-npl.ts';
import { PLAFONDS } from '../../../shared/domain/loyers/npl/types.ts';
import type { EnsembleNpl, PartEnsemble, Plafond } from '../../../shared/domain/loyers/npl/types.ts';
import type { Base } from '../base.ts';

const CLE = ['ensemble', 'cus', 'finan', 'mode'] as const;
const SOMMES = ['logements', 'sans_surface', 'surface', 'avec_maximum', 'surface_max', 'maximum', 'pratiques', 'surface_pratiques', 'loyers_pratiques', 'sans_surface_max', 'maximum_sans_surface', 'sans_surface_pratiques', 'loyers_sans_surface', 'maximums_nuls', 'loyers_nuls', 'maximums_cus', 'maximums_cus_sans_surface'] as const;
/** Celles dont la masse se déduit, dans l'ordre de `LigneLue` après la clé. */
const SOMMES_LUES = SOMMES.filter((c) => c !== 'loyers_nuls');
type N = number;
type LigneLue = [ensemble: N, cus: N, finan: N, mode: N, logements: N, sansSurface: N, surface: N, avecMaximum: N, surfaceMax: N, maximum: N, pratiques: N, surfacePratiques: N, loyersPratiques: N, sansSurfaceMax: N, maximumSansSurface: N, sansSurfacePratiques: N, loyersSansSurface: N, maximumsNuls: N, maximumsCus: N, maximumsCusSansSurface: N];
const INSERER = (schema: string): string => `INSERT INTO ${schema}.resume_npl (${[...CLE, ...SOMMES].join(', ')}) VALUES (${[...CLE, ...SOMMES].map(() => '?').join(', ')})`;

/** Écrit les sommes dans le résumé, vide ou sans ces ensembles, du schéma `main` ou d'une base attachée. */
export function writeNpl(base: Base, schema: string, comptes: ComptesNpl): void {
  writeLignes(base, INSERER(schema), comptes, 1);
}

/** Ajoute (1) ou retranche (-1) ces sommes au résumé. */
export function addNpl(base: Base, comptes: ComptesNpl, signe: 1 | -1): void {
  writeLignes(base, `${INSERER('main')} ON CONFLICT DO UPDATE SET ${SOMMES.map((c) => `${c} = ${c} + excluded.${c}`).join(', ')}`, comptes, signe);
}

function writeLignes(base: Base, sql: string, comptes: ComptesNpl, signe: 1 | -1): void {
  const ecrire = base.prepare(sql);
  for (const l of comptes.lignes()) {
    const sommes = [l.logements, l.sansSurface, l.surface, l.avecMaximum, l.surfaceMax, l.maximum, l.pratiques, l.surfacePratiques, l.loyersPratiques, l.sansSurfaceMax, l.maximumSansSurface, l.sansSurfacePratiques, l.loyersSansSurface, l.maximumsNuls, l.loyersNuls, l.maximumsCus, l.maximumsCusSansSurface];
    ecrire.run(l.ensemble, l.cus, l.finan, l.mode, ...(signe === 1 ? sommes : sommes.map((n) => -n)));
  }
}

/** Retire du résumé les lignes de ces comptes tombées à rien : un recompte entier ne les écrirait pas. */
export function forgetNplVides(base: Base, comptes: ComptesNpl): void {
  const retirer = base.prepare(`DELETE FROM main.resume_npl WHERE ${CLE.map((c) => `${c} = ?`).join(' AND ')} AND logements = 0`);
  for (const l of comptes.lignes()) retirer.run(l.ensemble, l.cus, l.finan, l.mode);
}

const PLAFOND_CUS: Readonly<Record<number, Plafond>> = { 11: 'PLAI', 13: 'PLUS', 14: 'PLS', 16: 'PLI' };
const DE_FAMILLE: Readonly<Record<string, Plafond>> = { PLAI: 'PLAI', PLUS: 'PLUS', PLS: 'PLS', PLI: 'PLI' };

/** Plafond de ressources d'un logement : celui de la CUS (champ 47), sinon celui de son financement s'il en nomme un. */
const plafondDe = (cus: number, finan: number): Plafond => PLAFOND_CUS[cus] ?? DE_FAMILLE[familleDe(finan === 0 ? 'inconnu' : String(finan))] ?? 'INCONNU';

export type EnsembleParc = Omit<EnsembleNpl, 'zones'> & { commune: string };
/** Ensembles du parc, dans l'ordre des codes, avec leur compte en QPV déclaré ; leurs parts, celles d'un ensemble de suite. */
export type ParcNpl = { ensembles: EnsembleParc[]; parts: PartEnsemble[] };

/** Le parc tel que les résumés le disent : aucun logement n'est lu. */
export function readParc(base: Base): ParcNpl {
  const comptes = new Map<number, [number, number, number]>();
  for (const [id, qpv, inconnu, logements] of base.prepare<[], [number, number, number, number]>(`SELECT ensemble, sum(qpv), sum(qpv_inconnu), sum(logements) FROM resume_ensemble WHERE surface = 'SH' GROUP BY ensemble`).raw().all()) {
    comptes.set(id, [qpv, inconnu, logements]);
  }
  const codes = new Map<number, string>();
  const ensembles: EnsembleParc[] = [];
  for (const [id, ensemble, nom, commune] of base.prepare<[], [number, string, string, string]>('SELECT id, code, nom, commune FROM ensemble ORDER BY code').raw().all()) {
    codes.set(id, ensemble);
    const [qpv, qpvInconnu, logements] = comptes.get(id) ?? AUCUN;
    if (logements !== null) ensembles.push({ ensemble, nom, commune, qpv, qpvInconnu, logements });
  }
  if (ensembles.length !== comptes.size) throw new Error('résumé d’un ensemble absent');
  return { ensembles, parts: readParts(base, codes) };
}
const AUCUN: readonly [number, number, null] = [0, 0, null];

const RANG = new Map<string, number>(PLAFONDS.map((p, i) => [p, i]));
const rang = (p: PartEnsemble): number => (RANG.get(p.plafond) ?? 0) * 10 + p.mode;

/** Les sommes dont la masse se déduit, par ensemble, plafond de ressources et mode de surface. */
function readParts(base: Base, codes: ReadonlyMap<number, string>): PartEnsemble[] {
  const parts: PartEnsemble[] = [];
  let [courant, debut, code] = [-1, 0, ''];
  // Par rang de colonne : décomposer chaque ligne coûterait plus que sa lecture.
  for (const l of base.prepare<[], LigneLue>(`SELECT ${[...CLE, ...SOMMES_LUES].join(', ')} FROM resume_npl ORDER BY ensemble`).raw().all()) {
    if (l[0] !== courant) {
      courant = l[0];
      debut = parts.length;
      code = codes.get(courant) ?? sansEnsemble(courant);
    }
    const m = l[3];
    ranger(parts, debut, {
      ensemble: code, plafond: plafondDe(l[1], l[2]), mode: m === 1 || m === 2 || m === 3 ? m : 0,
      logements: l[4], sansSurface: l[5], surface: l[6], avecMaximum: l[7], surfaceMax: l[8], maximum: l[9], pratiques: l[10], surfacePratiques: l[11], loyersPratiques: l[12],
      sansSurfaceMax: l[13], maximumSansSurface: l[14], sansSurfacePratiques: l[15], loyersSansSurface: l[16], maximumsNuls: l[17], maximumsCus: l[18], maximumsCusSansSurface: l[19],
    });
  }
  return parts;
}

/** Met une part à son rang parmi celles de son ensemble, les dernières depuis `debut`, ou l'ajoute à celle de même plafond et de même mode. */
function ranger(parts: PartEnsemble[], debut: number, p: PartEnsemble): void {
  const r = rang(p);
  let i = parts.length;
  for (let avant = parts[i - 1]; i > debut && avant !== undefined && rang(avant) >= r; avant = parts[i - 1]) i--;
  const deja = parts[i];
  if (deja !== undefined && rang(deja) === r) parts[i] = ajouter(deja, p);
  else if (i === parts.length) parts.push(p);
  else parts.splice(i, 0, p);
}

function sansEnsemble(id: number): never {
  throw new Error(`résumé d’un ensemble absent : ${id}`);
}

function ajouter(a: PartEnsemble, b: PartEnsemble): PartEnsemble {
  return {
    ...a, logements: a.logements + b.logements, sansSurface: a.sansSurface + b.sansSurface, surface: a.surface + b.surface, avecMaximum: a.avecMaximum + b.avecMaximum,
    surfaceMax: a.surfaceMax + b.surfaceMax, maximum: a.maximum + b.maximum, pratiques: a.pratiques + b.pratiques,
    surfacePratiques: a.surfacePratiques + b.surfacePratiques, loyersPratiques: a.loyersPratiques + b.loyersPratiques,
    sansSurfaceMax: a.sansSurfaceMax + b.sansSurfaceMax, maximumSansSurface: a.maximumSansSurface + b.maximumSansSurface,
    sansSurfacePratiques: a.sansSurfacePratiques + b.sansSurfacePratiques, loyersSansSurface: a.loyersSansSurface + b.loyersSansSurface, maximumsNuls: a.maximumsNuls + b.maximumsNuls,
    maximumsCus: a.maximumsCus + b.maximumsCus, maximumsCusSansSurface: a.maximumsCusSansSurface + b.maximumsCusSansSurface,
  };
}

/** Logements du parc loués déclarés à 0 €, et logements dont un maximum est déclaré à 0 € : d'après le résumé. */
export const countNuls = (base: Base): { loyers: number; maximums: number } =>
  base.prepare<[], { loyers: number; maximums: number }>('SELECT coalesce(sum(loyers_nuls), 0) AS loyers, coalesce(sum(maximums_nuls), 0) AS maximums FROM resume_npl').get() ?? { loyers: 0, maximums: 0 };
