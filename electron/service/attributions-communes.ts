import type { CommuneLue } from '../../shared/domain/attributions/lecture.ts';
import { normaliser } from '../../shared/domain/ensembles/cle.ts';
import { findCommune, resolveDepcom } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { readStockCommunes } from '../store/stock.ts';

/** La commune d'aujourd'hui que désigne un texte : un code INSEE, même d'hier, ou le nom d'une seule commune du parc. */
export function openCommunes(base: Base): (texte: string) => CommuneLue {
  const parNom = new Map<string, string | null>();
  for (const { commune } of readStockCommunes(base)) {
    const nom = normaliser(findCommune(commune)?.nom ?? '');
    parNom.set(nom, parNom.has(nom) ? null : commune);
  }
  return (texte) => {
    const dit = texte.trim().toUpperCase();
    // Un tableur retire le zéro de « 06088 ».
    const d = resolveDepcom(/^\d{4}$/u.test(dit) ? `0${dit}` : dit);
    if (d.commune !== null) return { commune: d.commune, fusionnee: d.statut === 'fusionnee' };
    const commune = parNom.get(normaliser(texte));
    return commune === undefined || commune === null ? null : { commune, fusionnee: false };
  };
}
