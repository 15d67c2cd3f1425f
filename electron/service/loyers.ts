import type { Sortie } from '../../shared/contract.ts';
import { addSommes, computeLoyers, SOMMES_NULLES } from '../../shared/domain/loyers/taux.ts';
import type { SommesLoyers } from '../../shared/domain/loyers/taux.ts';
import { findCommune, nomTerritoire } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { countExclus, sumByCommune, sumByEnsemble } from '../store/loyers.ts';
import { listTranchesLogements } from '../store/tranches.ts';
import { readVersionParc } from '../store/version.ts';
import type { Handlers, Suivi } from './contexte.ts';
import { parTours } from './tours.ts';
import type { Tour } from './tours.ts';

type Lignes = Sortie<'loyers.lire'>['lignes'];
export type Par = 'ensemble' | 'commune' | 'epci' | 'departement' | 'organisme';

/** Sommes d'une maille, d'où les loyers se déduisent. */
export type SommesMaille = SommesLoyers & { code: string; nom: string };

/** Loyers par maille : la seule fonction d'où viennent écran, carte, fiche, terminal, documents et paquet. `ensemble` : le code d'un seul. */
export function readLoyers(base: Base, par: Par, surface: 'SH' | 'SU' | 'SC', ensemble: string | null = null): Lignes {
  return readSommes(base, par, surface, ensemble).map((s) => ({ code: s.code, nom: s.nom, ...computeLoyers(s) }));
}

/** Les sommes des mêmes lignes, dans le même ordre. */
export function readSommes(base: Base, par: Par, surface: 'SH' | 'SU' | 'SC', ensemble: string | null = null): SommesMaille[] {
  if (par === 'ensemble') return sumByEnsemble(base, surface, ensemble).map(({ cle, ...l }) => ({ ...l, code: cle }));
  const groupes = new Map<string, SommesLoyers>();
  for (const ligne of sumByCommune(base, surface)) {
    const code = codeDe(ligne.cle, par);
    groupes.set(code, addSommes(groupes.get(code) ?? SOMMES_NULLES, ligne));
  }
  return [...groupes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, sommes]) => ({ ...sommes, code, nom: nomDe(code, par) }));
}

/** Code de la maille d'une commune ; vide pour une commune sans EPCI. */
export function codeDe(commune: string, par: Exclude<Par, 'ensemble'>): string {
  switch (par) {
    case 'commune': return commune;
    case 'epci': return findCommune(commune)?.epci ?? '';
    case 'departement': return findCommune(commune)?.departement ?? '';
    case 'organisme': return 'organisme';
  }
}

function nomDe(code: string, par: Exclude<Par, 'ensemble'>): string {
  switch (par) {
    case 'commune': return nomTerritoire(`com-${code}`);
    case 'epci': return code === '' ? 'Hors EPCI' : nomTerritoire(`epci-${code}`);
    case 'departement': return nomTerritoire(`dep-${code}`);
    case 'organisme': return nomTerritoire(code);
  }
}

type ParSurface = Record<'SH' | 'SU' | 'SC', Record<string, number>>;
/** Les trois surfaces d'un seul parcours du parc : l'écran les demande ensemble. */
const exclus = parTours('Logements hors des moyennes', (base) => String(readVersionParc(base)), function* (base): Generator<Tour, ParSurface> {
  const comptes: ParSurface = { SH: {}, SU: {}, SC: {} };
  const tranches = listTranchesLogements(base);
  for (const [i, tranche] of tranches.entries()) {
    for (const c of countExclus(base, tranche)) for (const s of ['SH', 'SU', 'SC'] as const) if (c[s] !== '') comptes[s][c[s]] = (comptes[s][c[s]] ?? 0) + c.n;
    yield { fait: i + 1, total: tranches.length };
  }
  const ordonner = (c: Record<string, number>): Record<string, number> => Object.fromEntries(Object.entries(c).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { SH: ordonner(comptes.SH), SU: ordonner(comptes.SU), SC: ordonner(comptes.SC) };
});

/** Logements du parc que la moyenne exclut, par première raison rencontrée. */
export async function readExclus(base: Base, surface: 'SH' | 'SU' | 'SC', suivi: Suivi): Promise<Record<string, number>> {
  await exclus.preparer(base, suivi);
  return exclus.lire(base)[surface];
}

export const handlers = {
  'loyers.lire': async (contexte, { par, surface }, suivi) => {
    const { base } = contexte.dossier();
    const hors = await readExclus(base, surface, suivi);
    return { surface, lignes: readLoyers(base, par, surface), exclus: hors };
  },
} satisfies Partial<Handlers>;
