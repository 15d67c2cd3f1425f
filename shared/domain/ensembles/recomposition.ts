import { chooseDefaut } from './decisions.ts';

/** Ce que la recomposition doit savoir d'un ensemble d'aujourd'hui. */
export type EnsembleActuel = { id: number; cle: string; nomDecide: boolean; compositionDecidee: boolean };

/** Logements d'un même ensemble d'aujourd'hui qui ont la même clé suivant la nouvelle règle ; `parc` : ceux qui comptent. */
export type Paire = { cle: string; ensemble: number; logements: number; parc: number };

export type Recomposition = {
  /** Ensemble où vont les logements de cette paire. */
  cible: (cle: string, ensemble: number) => number;
  /** Ensemble que rejoindra un logement nouveau de chaque clé. */
  defauts: ReadonlyMap<string, number>;
  /** Ensembles proposés d'après la règle, et la clé de chacun ; ceux qui n'existaient pas ont un numéro à partir de `premierLibre`. */
  proposes: ReadonlyMap<number, string>;
  /** Ensembles nommés que la règle aurait réunis à un autre ensemble nommé. */
  nommesAPart: readonly number[];
};

type Groupe = { cle: string; libres: Paire[]; cible: number | null };

const lier = (cle: string, ensemble: number): string => `${ensemble}|${cle}`;
const parTaille = (a: Paire, b: Paire): number => b.logements - a.logements || a.ensemble - b.ensemble || (a.cle < b.cle ? -1 : a.cle > b.cle ? 1 : 0);

/**
 * Ce que devient chaque ensemble quand la règle change :
 * - composition décidée par l'organisme : ses logements ne bougent pas, aucun n'y entre ;
 * - nommé : il suit la règle avec sa plus grande part, et son nom avec elle. Si cette part revient déjà à
 *   un autre ensemble nommé (le plus grand, à égalité le plus ancien), elle reste à part sous son nom ;
 * - proposé : chaque clé reprend l'ensemble qui y a le plus de logements, et garde ainsi son code.
 * Appliquer deux fois la même règle ne change rien la seconde fois.
 */
export function planRecomposition(ensembles: readonly EnsembleActuel[], paires: readonly Paire[], premierLibre: number): Recomposition {
  const parId = new Map(ensembles.map((e) => [e.id, e]));
  const groupes = new Map<string, Groupe>();
  const occupes = new Set(paires.map((p) => p.ensemble));
  const libres = paires.filter((p) => parId.get(p.ensemble)?.compositionDecidee !== true).toSorted(parTaille);
  for (const p of libres) {
    const g = groupes.get(p.cle);
    if (g === undefined) groupes.set(p.cle, { cle: p.cle, libres: [p], cible: null });
    else g.libres.push(p);
  }
  const pris = new Set<number>();
  const prendre = (g: Groupe, ensemble: number): void => {
    g.cible = ensemble;
    pris.add(ensemble);
  };
  const aPart = placeNommes(libres, groupes, parId, prendre);
  // La clé que l'ensemble porte déjà passe devant à nombre égal.
  const porte = (p: Paire): number => (parId.get(p.ensemble)?.cle === p.cle ? 0 : 1);
  for (const p of libres.toSorted((a, b) => b.logements - a.logements || porte(a) - porte(b) || parTaille(a, b))) {
    const g = groupes.get(p.cle);
    if (g !== undefined && g.cible === null && !pris.has(p.ensemble) && parId.get(p.ensemble)?.nomDecide !== true) prendre(g, p.ensemble);
  }
  const vides = new Map(ensembles.filter((e) => !occupes.has(e.id) && !e.compositionDecidee).map((e) => [e.cle, e.id]));
  let prochain = premierLibre;
  for (const g of groupes.values()) {
    if (g.cible !== null) continue;
    // Un ensemble sans logement qui portait cette clé revient avec son code.
    const ancien = vides.get(g.cle);
    prendre(g, ancien === undefined || pris.has(ancien) ? prochain++ : ancien);
  }
  const cible = (cle: string, ensemble: number): number =>
    parId.get(ensemble)?.compositionDecidee === true || aPart.has(lier(cle, ensemble)) ? ensemble : (groupes.get(cle)?.cible ?? ensemble);
  return {
    cible,
    defauts: computeDefauts(paires, groupes, cible),
    proposes: new Map([...groupes.values()].flatMap((g) => (g.cible === null ? [] : [[g.cible, g.cle]]))),
    nommesAPart: [...aPart.values()],
  };
}

/** Donne à chaque ensemble nommé sa plus grande part ; rend celles qui restent à part, `libres` étant rangées par taille. */
function placeNommes(libres: readonly Paire[], groupes: ReadonlyMap<string, Groupe>, parId: ReadonlyMap<number, EnsembleActuel>, prendre: (g: Groupe, ensemble: number) => void): Map<string, number> {
  const aPart = new Map<string, number>();
  const places = new Set<number>();
  for (const p of libres) {
    if (parId.get(p.ensemble)?.nomDecide !== true || places.has(p.ensemble)) continue;
    places.add(p.ensemble);
    const g = groupes.get(p.cle);
    if (g === undefined) continue;
    if (g.cible === null) prendre(g, p.ensemble);
    else aPart.set(lier(p.cle, p.ensemble), p.ensemble);
  }
  return aPart;
}

function computeDefauts(paires: readonly Paire[], groupes: ReadonlyMap<string, Groupe>, cible: Recomposition['cible']): Map<string, number> {
  const comptes = new Map<string, Map<number, number>>();
  for (const p of paires) {
    let c = comptes.get(p.cle);
    if (c === undefined) comptes.set(p.cle, (c = new Map<number, number>()));
    const ensemble = cible(p.cle, p.ensemble);
    c.set(ensemble, (c.get(ensemble) ?? 0) + p.logements);
  }
  return new Map([...comptes].map(([cle, c]) => [cle, chooseDefaut(groupes.get(cle)?.cible ?? -1, [...c].map(([id, logements]) => ({ id, logements })))]));
}

export type BilanRecomposition = {
  ensembles: number;
  logements: number;
  moyenne: number | null;
  maximum: number;
  seuls: number;
  actuels: number;
  changes: number;
  disparus: number;
  nouveaux: number;
};

/** Ce que la recomposition donnerait, en logements du parc : les autres ne font pas un ensemble. */
export function summarizeRecomposition(paires: readonly Paire[], { cible }: Recomposition): BilanRecomposition {
  const avant = new Map<number, number>();
  const apres = new Map<number, number>();
  const changes = new Set<number>();
  for (const p of paires) {
    if (p.parc === 0) continue;
    const vers = cible(p.cle, p.ensemble);
    avant.set(p.ensemble, (avant.get(p.ensemble) ?? 0) + p.parc);
    apres.set(vers, (apres.get(vers) ?? 0) + p.parc);
    if (vers !== p.ensemble) changes.add(p.ensemble).add(vers);
  }
  const tailles = [...apres.values()];
  const logements = tailles.reduce((n, t) => n + t, 0);
  return {
    ensembles: apres.size, logements, moyenne: apres.size === 0 ? null : logements / apres.size, maximum: tailles.reduce((m, t) => Math.max(m, t), 0),
    seuls: tailles.filter((t) => t === 1).length, actuels: avant.size,
    changes: [...changes].filter((e) => avant.has(e)).length,
    disparus: [...avant.keys()].filter((e) => !apres.has(e)).length,
    nouveaux: [...apres.keys()].filter((e) => !avant.has(e)).length,
  };
}
