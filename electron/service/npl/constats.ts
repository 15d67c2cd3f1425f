import type { EntreeControles } from '../../../shared/domain/controles/types.ts';
import { findRetenu } from '../../store/npl/scenarios.ts';
import type { Base } from '../../store/base.ts';
import { readCalcul } from './etat.ts';

/** Ce que les contrôles disent du scénario retenu ; `null` sans scénario : rien n'est alors calculé. */
export function readConstatsNpl(base: Base): EntreeControles['npl'] {
  const s = findRetenu(base);
  if (s === null) return null;
  const { donnees, calcul: { masse, constats } } = readCalcul(base, s);
  const noms = new Map(donnees.ensembles.map((e) => [e.ensemble, e.nom]));
  return {
    nom: s.nom, comptes: masse.logements, exclus: Object.values(masse.exclus).reduce((n, x) => n + x, 0),
    bloquants: constats.filter((c) => c.bloquant).map((c) => ({ ensemble: c.ensemble, plafond: c.plafond, article: c.article, message: c.message, nom: c.ensemble === null ? null : (noms.get(c.ensemble) ?? c.ensemble) })),
  };
}
