import { A_JUSTIFIER } from '../../../shared/domain/loyers/npl/types.ts';
import type { ConstatNpl } from '../../../shared/domain/loyers/npl/types.ts';
import type { ConstatLoyers, EntreeControles } from '../../../shared/domain/controles/types.ts';
import { findRetenu } from '../../store/npl/scenarios.ts';
import type { Base } from '../../store/base.ts';
import { readCalcul } from './etat.ts';

/** Ce que les contrôles disent du scénario retenu ; `null` sans scénario : rien n'est alors calculé. */
export function readConstatsNpl(base: Base): EntreeControles['npl'] {
  const s = findRetenu(base);
  if (s === null) return null;
  const { donnees, calcul: { masse, constats } } = readCalcul(base, s);
  const noms = new Map(donnees.ensembles.map((e) => [e.ensemble, e.nom]));
  const dire = (c: ConstatNpl): ConstatLoyers => ({ code: c.code, ensemble: c.ensemble, plafond: c.plafond, article: c.article, message: c.message, nom: c.ensemble === null ? null : (noms.get(c.ensemble) ?? c.ensemble) });
  return {
    nom: s.nom, comptes: masse.logements, exclus: Object.values(masse.exclus).reduce((n, x) => n + x, 0),
    bloquants: constats.filter((c) => c.bloquant).map(dire), aJustifier: constats.filter((c) => !c.bloquant && A_JUSTIFIER.has(c.code)).map(dire),
  };
}
