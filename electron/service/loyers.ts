import type { Sortie } from '../../shared/contract.ts';
import { addSommes, computeLoyers, SOMMES_NULLES } from '../../shared/domain/loyers/taux.ts';
import type { SommesLoyers } from '../../shared/domain/loyers/taux.ts';
import { findCommune, nomTerritoire } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { countExclus, sumByCommune, sumByEnsemble } from '../store/loyers.ts';
import type { Handlers } from './contexte.ts';

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

export const handlers = {
  'loyers.lire': (contexte, { par, surface }) => {
    const { base } = contexte.dossier();
    return { surface, lignes: readLoyers(base, par, surface), exclus: countExclus(base, surface) };
  },
} satisfies Partial<Handlers>;
