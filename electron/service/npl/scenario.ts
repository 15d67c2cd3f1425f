import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { writeTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import type { BaseSurface, ChoixEnsemble, LimiteSansPlafond, PlafondLoyer } from '../../../shared/domain/loyers/npl/types.ts';
import { zonageDe } from '../../../shared/domain/loyers/npl/plafonds.ts';
import { grouperParts } from '../../../shared/domain/loyers/npl/rangement.ts';
import type { Irl } from '../../../shared/domain/loyers/npl/revision.ts';
import { baseDominante } from '../../../shared/domain/loyers/npl/surfaces.ts';
import { resolveDepcom } from '../../../shared/territoires/index.ts';
import { findScenario } from '../../store/npl/scenarios.ts';
import type { ScenarioGarde } from '../../store/npl/scenarios.ts';
import type { Base } from '../../store/base.ts';
import type { DonneesNpl } from './donnees.ts';
import { codeCommune, normalizeZone } from './zones.ts';
import { mergeChoix, readTaux } from './lecture.ts';

type Ecrit = EntreeLue<'npl.calculer'>['scenario'];

export function requireScenario(base: Base, id: number): ScenarioGarde {
  const s = findScenario(base, id);
  if (s === null) throw invalide('scenario-inconnu', `Le scénario n° ${id} n’existe pas.`, 'Choisir un scénario de la liste.');
  return s;
}

const illisible = (quoi: string) => invalide('scenario-illisible', `Le scénario ne se lit pas : ${quoi}`, 'Corriger le fichier ; rien n’a été changé.');

/** Une valeur de barème : 0 € n'en est pas une. */
function tauxOuErreur(v: string | number, quoi: string): bigint {
  const t = readTaux(v);
  if (t === null || t === 0n) throw illisible(`« ${String(v)} » n’est pas ${quoi}.`);
  return t;
}

/** La base d'un ensemble que le scénario ne fixe pas encore : celle que la masse lui donne. */
export function basesDuParc(donnees: DonneesNpl): (ensemble: string) => BaseSurface {
  const parts = grouperParts(donnees.parts);
  return (ensemble) => baseDominante(parts.get(ensemble) ?? []);
}

/** Choix d'un scénario écrit dans un fichier ; erreur « scenario-illisible » à la première valeur fausse. */
export function readChoixEcrits(donnees: DonneesNpl, ecrit: Ecrit): ChoixEnsemble[] {
  const baseDe = basesDuParc(donnees);
  return ecrit.choix.map((c) => {
    const { choix, refus } = mergeChoix(null, c, { base: baseDe(c.ensemble), annee: ecrit.annee });
    const [premier] = refus;
    if (premier !== undefined || choix === null) throw illisible(`ensemble « ${c.ensemble} »${premier?.plafond == null ? '' : `, ${premier.plafond}`}, ${premier?.raison ?? ''}`);
    return choix;
  });
}

/** Les barèmes d'un fichier, écrits comme ceux du dossier ; `null` : il ne donne pas cette nature. */
export type BaremesEcrits = { plafonds: PlafondLoyer[] | null; limites: LimiteSansPlafond[] | null; irl: Irl[] | null; zones: Map<string, string[]> | null };

/** Erreur « scenario-illisible » à la première valeur fausse, ou donnée deux fois différemment. */
export function readBaremesEcrits(ecrit: Ecrit): BaremesEcrits {
  const zone = (z: string, ou: string): string => {
    const lue = normalizeZone(z);
    if (lue === null) throw illisible(`${ou}, « ${z} » n’est pas une zone (1, 1bis, 2, 3 ; Abis, A, B1, B2, C).`);
    return lue;
  };
  return {
    plafonds: ecrit.plafonds?.map((p) => ({ annee: p.annee, produit: p.produit, zone: zone(p.zone, `plafond ${p.produit} de ${p.annee}`), source: p.source, taux: tauxOuErreur(p.maximum, 'un plafond de loyer') })) ?? null,
    limites: uniques(ecrit.limites?.map((l) => ({ base: l.base, source: l.source, annee: l.annee ?? null, taux: tauxOuErreur(l.maximum, 'une limite') })), (l) => `limite de R445-10 en ${l.base}`, (l) => l.taux),
    irl: uniques(ecrit.irl?.map((i) => ({ annee: i.annee, source: i.source, indice: indiceOuErreur(i.indice) })), (i) => `IRL de ${i.annee}`, (i) => BigInt(i.indice)),
    zones: ecrit.zones === undefined ? null : readZonesEcrites(ecrit.zones, zone),
  };
}

function indiceOuErreur(v: string | number): number {
  const t = tauxOuErreur(v, 'un indice');
  if (t % 100n !== 0n) throw illisible(`« ${String(v)} » n’est pas un indice à deux décimales.`);
  return Number(t / 100n);
}

/** Une valeur par case : la même deux fois ne compte qu'une fois, deux valeurs sont refusées. */
function uniques<T>(lues: readonly T[] | undefined, cle: (l: T) => string, valeur: (l: T) => bigint): T[] | null {
  if (lues === undefined) return null;
  const cases = new Map<string, T>();
  for (const l of lues) {
    const deja = cases.get(cle(l));
    if (deja !== undefined && valeur(deja) !== valeur(l)) throw illisible(`${cle(l)}, deux valeurs sont données.`);
    if (deja === undefined) cases.set(cle(l), l);
  }
  return [...cases.values()];
}

function readZonesEcrites(zones: Readonly<Record<string, readonly string[]>>, zoneDe: (z: string, ou: string) => string): Map<string, string[]> {
  const lues = new Map<string, string[]>();
  for (const [code, siennes] of Object.entries(zones)) {
    const { commune } = resolveDepcom(codeCommune(code.trim()));
    if (commune === null) throw illisible(`zones, commune « ${code} » inconnue.`);
    const toutes = new Set([...(lues.get(commune) ?? []), ...siennes.map((z) => zoneDe(z, `commune ${code}`))]);
    for (const zonage of ['123', 'ABC'] as const) {
      const du = [...toutes].filter((z) => zonageDe(z) === zonage);
      if (du.length > 1) throw illisible(`commune ${code}, deux zones du même zonage (${du.join(', ')}).`);
    }
    // Comme celles du dossier : le zonage 1, 2, 3 d'abord.
    lues.set(commune, [...toutes].sort((a, b) => (zonageDe(a) < zonageDe(b) ? -1 : 1)));
  }
  return lues;
}

/** Les barèmes qu'un fichier donne priment sur ceux du dossier, case par case : ce qu'il ne nomme pas reste. */
export function withBaremes(donnees: DonneesNpl, { plafonds, limites, irl, zones }: BaremesEcrits): DonneesNpl {
  const fondre = <T>(avant: readonly T[], lus: readonly T[] | null, cle: (x: T) => string): T[] => {
    const nommees = new Set(lus?.map(cle));
    return lus === null ? [...avant] : [...avant.filter((x) => !nommees.has(cle(x))), ...lus];
  };
  const zonesDe = ({ commune, zones: avant }: DonneesNpl['ensembles'][number]): readonly string[] => {
    const lues = zones?.get(commune);
    return lues === undefined ? avant : [...fondre(avant, lues, zonageDe)].sort((a, b) => (zonageDe(a) < zonageDe(b) ? -1 : 1));
  };
  return {
    ...donnees,
    ensembles: zones === null ? donnees.ensembles : donnees.ensembles.map((e) => ({ ...e, zones: zonesDe(e) })),
    plafonds: fondre(donnees.plafonds, plafonds, (p) => `${p.annee}/${p.produit}/${p.zone}`), limites: fondre(donnees.limites, limites, (l) => l.base), irl: fondre(donnees.irl, irl, (i) => String(i.annee)),
  };
}

const m2 = (centiemes: number): number => centiemes / 100;

/** Le scénario gardé et les barèmes du dossier, tels qu'un fichier les écrit : relu, il donne le même calcul dans un dossier de même parc. */
export function writeScenario(s: ScenarioGarde, choix: readonly ChoixEnsemble[], donnees: DonneesNpl): Sortie<'npl.ecrire'>['scenario'] {
  const zones = Object.fromEntries(donnees.ensembles.filter((e) => e.zones.length > 0).map((e) => [e.commune, [...e.zones]]));
  return {
    version: 1, nom: s.nom, annee: s.annee,
    choix: choix.map((c) => ({
      ensemble: c.ensemble, base: c.base,
      ...(c.surface === undefined ? {} : { surface: m2(c.surface) }), ...(c.habitable === undefined ? {} : { habitable: m2(c.habitable) }), ...(c.annexes === undefined ? {} : { annexes: m2(c.annexes) }),
      ...(c.inconnus === undefined ? {} : { inconnus: c.inconnus }), ...(c.travaux === undefined ? {} : { travaux: c.travaux }),
      ...(c.connu === undefined ? {} : { connu: { maximum: writeTaux(c.connu.taux), base: c.connu.base, source: c.connu.source, ...(c.connu.annee === undefined ? {} : { annee: c.connu.annee }) } }),
      plafonds: c.plafonds.map((p) => ({
        plafond: p.plafond, maximum: writeTaux(p.maximum), ...(p.moyenne === undefined ? {} : { moyenne: writeTaux(p.moyenne) }),
        ...(p.annee === undefined || p.annee === s.annee ? {} : { annee: p.annee }), ...(p.precedent === undefined ? {} : { avant: writeTaux(p.precedent) }),
        ...(p.logements === undefined ? {} : { logements: p.logements }), ...(p.surface === undefined ? {} : { surface: m2(p.surface) }),
      })),
    })),
    ...(donnees.plafonds.length === 0 ? {} : { plafonds: donnees.plafonds.flatMap(({ annee, produit, zone, taux, source }) => (produit === 'INCONNU' ? [] : [{ annee, produit, zone, maximum: writeTaux(taux), source }])) }),
    ...(donnees.limites.length === 0 ? {} : { limites: donnees.limites.map(({ base, taux, source, annee }) => ({ base, maximum: writeTaux(taux), source, ...(annee === null ? {} : { annee }) })) }),
    ...(donnees.irl.length === 0 ? {} : { irl: donnees.irl.map(({ annee, indice, source }) => ({ annee, indice: indice / 100, source })) }),
    ...(Object.keys(zones).length === 0 ? {} : { zones }),
  };
}
