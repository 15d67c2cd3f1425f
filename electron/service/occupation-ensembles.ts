import { normaliser } from '../../shared/domain/ensembles/cle.ts';
import { findCommune } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { readEnsemblesParc } from '../store/occupation.ts';

/** Codes des ensembles du parc que désigne un texte (leur code, sinon leur nom), dans une commune si elle est dite (code ou nom). */
export function openDesignations(base: Base): (ensemble: string, commune: string) => string[] {
  const parCode = new Map<string, string>();
  const parNom = new Map<string, { code: string; communes: string[] }[]>();
  for (const e of readEnsemblesParc(base)) {
    parCode.set(e.code.toUpperCase(), e.code);
    const nom = normaliser(e.nom);
    parNom.set(nom, [...(parNom.get(nom) ?? []), { code: e.code, communes: [normaliser(e.commune), normaliser(findCommune(e.commune)?.nom ?? '')] }]);
  }
  return (ensemble, commune) => {
    const code = parCode.get(ensemble.trim().toUpperCase());
    if (code !== undefined) return [code];
    // Un tableur retire le zéro de « 06088 ».
    const voulue = normaliser(/^\d{4}$/u.test(commune.trim()) ? `0${commune.trim()}` : commune);
    return (parNom.get(normaliser(ensemble)) ?? []).filter((e) => voulue === '' || e.communes.includes(voulue)).map((e) => e.code);
  };
}
