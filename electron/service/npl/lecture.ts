import type { z } from 'zod';
import type { ChoixNpl } from '../../../shared/contract.ts';
import { parseSurface } from '../../../shared/domain/nombres/mesures.ts';
import { parseTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import type { ChoixEnsemble, ChoixPlafond, Plafond } from '../../../shared/domain/loyers/npl/types.ts';

export type ChoixLu = z.output<typeof ChoixNpl>;
export type Refus = { ensemble: string; plafond: Plafond | null; raison: string };

/** Nombre JSON → texte décimal, sans notation scientifique : `1e-7` n'est pas un taux. */
const texteDe = (v: string | number): string => (typeof v === 'number' ? String(v) : v);

/** Taux d'un fichier ou d'une saisie ; `null` s'il n'en est pas un (texte vide compris). */
export const readTaux = (v: string | number): bigint | null => parseTaux(texteDe(v).trim());

/** Taux en nombre d'euros, pour le contrat : le nombre le plus proche du taux écrit, comme s'il était relu. */
export const eurosM2 = (taux: bigint): number => Number(taux) / 10_000;

const readAnnexes = (v: string | number): number | null => {
  const s = parseSurface(texteDe(v));
  return s === null || s < 0 ? null : s;
};
/** Surface d'un ensemble ou d'une part, en centièmes de m² : 0 n'en est pas une. */
const readSurface = (v: string | number): number | null => readAnnexes(v) || null;

const isVide = (v: string | number | null | undefined): v is null | undefined | '' => v === null || v === undefined || (typeof v === 'string' && v.trim() === '');

/**
 * Le choix d'après, d'après celui d'avant et ce qui est demandé : un champ absent ne change pas, un vide
 * efface. Ce qui ne se lit pas est refusé avec sa raison, et le choix d'avant reste entier. Un maximum nouveau est
 * écrit dans l'année du scénario, sauf à dire laquelle ; celui qu'on corrige reste dans la sienne.
 */
export function mergeChoix(avant: ChoixEnsemble | null, demande: ChoixLu, defaut: { base: 'SU' | 'SC'; annee: number }): { choix: ChoixEnsemble | null; refus: Refus[] } {
  const refus: Refus[] = [];
  const refuser = (plafond: Plafond | null, raison: string): null => {
    refus.push({ ensemble: demande.ensemble, plafond, raison });
    return null;
  };
  const plafonds = new Map<Plafond, ChoixPlafond>((avant?.plafonds ?? []).map((p) => [p.plafond, p]));
  const vus = new Set<Plafond>();
  for (const p of demande.plafonds) {
    if (vus.has(p.plafond)) refuser(p.plafond, 'Ce plafond de ressources est donné deux fois.');
    vus.add(p.plafond);
    if (isVide(p.maximum)) plafonds.delete(p.plafond);
    else {
      const lu = mergePlafond(plafonds.get(p.plafond) ?? null, { ...p, maximum: p.maximum }, defaut.annee, (raison) => refuser(p.plafond, raison));
      if (lu !== null) plafonds.set(p.plafond, lu);
    }
  }
  const pasUneSurface = (v: unknown) => () => refuser(null, `« ${String(v)} » n’est pas une surface en m².`);
  const surface = readOption(demande.surface, avant?.surface, readSurface, pasUneSurface(demande.surface));
  const habitable = readOption(demande.habitable, avant?.habitable, readSurface, pasUneSurface(demande.habitable));
  const annexes = readOption(demande.annexes, avant?.annexes, readAnnexes, pasUneSurface(demande.annexes));
  const inconnus = demande.inconnus === undefined ? avant?.inconnus : (demande.inconnus ?? undefined);
  const travaux = demande.travaux === undefined ? avant?.travaux : (demande.travaux ?? undefined);
  const connu = demande.connu === undefined ? avant?.connu : demande.connu === null ? undefined : readConnu(demande.connu, () => refuser(null, `« ${String(demande.connu?.maximum)} » n’est pas un loyer en €/m².`));
  const base = demande.base ?? avant?.base ?? defaut.base;
  if (base === 'SU' && surface !== undefined && (habitable !== undefined || annexes !== undefined)) {
    refuser(null, 'Donner la surface utile de l’ensemble, ou sa surface habitable et ses annexes, dont elle se déduit : pas les deux.');
  }
  if (refus.length > 0) return { choix: avant, refus };
  const choix: ChoixEnsemble = {
    ensemble: demande.ensemble, base, plafonds: [...plafonds.values()],
    ...(surface === undefined ? {} : { surface }), ...(habitable === undefined ? {} : { habitable }), ...(annexes === undefined ? {} : { annexes }),
    ...(inconnus === undefined ? {} : { inconnus }), ...(travaux === undefined ? {} : { travaux }), ...(connu === undefined ? {} : { connu }),
  };
  return { choix, refus };
}

function readConnu(connu: NonNullable<ChoixLu['connu']>, refuser: () => null): ChoixEnsemble['connu'] {
  const taux = readTaux(connu.maximum);
  if (taux !== null) return { taux, base: connu.base, source: connu.source, ...(connu.annee === undefined ? {} : { annee: connu.annee }) };
  refuser();
  return undefined;
}

function readOption<T>(demande: string | number | null | undefined, avant: T | undefined, lire: (v: string | number) => T | null, refuser: () => null): T | undefined {
  if (demande === undefined) return avant;
  if (isVide(demande)) return undefined;
  return lire(demande) ?? refuser() ?? undefined;
}

type PlafondDemande = Omit<ChoixLu['plafonds'][number], 'maximum'> & { maximum: string | number };

function mergePlafond(avant: ChoixPlafond | null, p: PlafondDemande, anneeScenario: number, refuser: (raison: string) => null): ChoixPlafond | null {
  const maximum = readTaux(p.maximum);
  if (maximum === null) return refuser(`« ${texteDe(p.maximum)} » n’est pas un loyer en €/m² (quatre décimales au plus).`);
  let faux = false;
  const moyenne = readOption(p.moyenne, avant?.moyenne, readTaux, () => {
    faux = true;
    return refuser(`« ${String(p.moyenne)} » n’est pas une moyenne en €/m².`);
  });
  const surface = readOption(p.surface, avant?.surface, readSurface, () => {
    faux = true;
    return refuser(`« ${String(p.surface)} » n’est pas une surface en m².`);
  });
  const precedent = readOption(p.avant, avant?.precedent, readTaux, () => {
    faux = true;
    return refuser(`« ${String(p.avant)} » n’est pas un loyer en €/m².`);
  });
  if (faux) return null;
  const annee = p.annee ?? avant?.annee ?? anneeScenario;
  const logements = p.logements === undefined ? avant?.logements : (p.logements ?? undefined);
  return { plafond: p.plafond, maximum, annee, ...(precedent === undefined ? {} : { precedent }), ...(moyenne === undefined ? {} : { moyenne }), ...(logements === undefined ? {} : { logements }), ...(surface === undefined ? {} : { surface }) };
}
