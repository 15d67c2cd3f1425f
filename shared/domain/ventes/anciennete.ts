import type { LogementParc } from './types.ts';

/** Ce que l'on peut dire de « depuis plus de N ans » quand seules les années sont connues. */
export type Anciennete =
  | { verdict: 'oui' }
  | { verdict: 'non'; quoi: string; annee: number }
  | { verdict: 'incertain'; raison: string };

const CONSTRUITS: ReadonlySet<number> = new Set([1, 4]);
const ACQUIS: ReadonlySet<number> = new Set([2, 3]);

/**
 * « Construits ou acquis depuis plus de dix ans par un organisme d'habitations à loyer modéré » (L443-7), à la
 * mise en vente, elle-même connue à l'année (`premiere` à `derniere` quand elle n'est pas dite). Un fait de
 * l'année A a plus de N ans à toute date de A + N + 1, et à aucune de A + N − 1 ; entre les deux, le jour manque.
 */
export function judgeAnciennete(parc: LogementParc, premiere: number, derniere: number, ans: number): Anciennete {
  if (parc.origine !== null && ACQUIS.has(parc.origine)) return judgeAcquis(parc, premiere, derniere, ans);
  if (parc.construct === null) return { verdict: 'incertain', raison: 'L’année de construction n’est pas connue.' };
  // Sans mode d'entrée connu, une acquisition tardive n'est pas exclue : l'année d'entrée au patrimoine départage.
  const entree = parc.origine !== null && CONSTRUITS.has(parc.origine) ? parc.construct : Math.max(parc.construct, parc.patrimoine ?? parc.construct);
  const verdict = compare(entree, premiere, derniere, ans);
  if (verdict === 'oui') return { verdict };
  if (entree !== parc.construct) return { verdict: 'incertain', raison: `Construit en ${parc.construct}, entré au patrimoine en ${entree}, sans mode d’entrée connu : vérifier s’il a été construit ou acquis par un organisme d’habitations à loyer modéré.` };
  if (verdict === 'non') return { verdict, quoi: 'Construit', annee: entree };
  return { verdict, raison: raisonAnnee('Construit', entree, premiere, derniere, ans) };
}

/** Acquis : l'acquisition compte ; mais un vendeur qui était un organisme HLM a pu construire ou acquérir avant. */
function judgeAcquis(parc: LogementParc, premiere: number, derniere: number, ans: number): Anciennete {
  if (parc.patrimoine === null) return { verdict: 'incertain', raison: 'Acquis, sans année d’entrée au patrimoine connue.' };
  const verdict = compare(parc.patrimoine, premiere, derniere, ans);
  if (verdict === 'oui') return { verdict };
  // Construit depuis moins de N ans, il ne peut avoir été construit ni acquis avant par personne.
  if (parc.construct !== null && compare(parc.construct, premiere, derniere, ans) === 'non') return { verdict: 'non', quoi: 'Construit', annee: parc.construct };
  const vendeur = parc.vendeur === null ? '' : ` auprès de « ${parc.vendeur} »`;
  const base = verdict === 'incertain' ? raisonAnnee('Acquis', parc.patrimoine, premiere, derniere, ans) : `Acquis en ${parc.patrimoine}${vendeur}.`;
  return { verdict: 'incertain', raison: `${base} La condition est remplie si un organisme d’habitations à loyer modéré l’avait construit ou acquis plus tôt.` };
}

function compare(annee: number, premiere: number, derniere: number, ans: number): 'oui' | 'non' | 'incertain' {
  if (premiere > annee + ans) return 'oui';
  return derniere < annee + ans ? 'non' : 'incertain';
}

function raisonAnnee(quoi: string, annee: number, premiere: number, derniere: number, ans: number): string {
  const vente = premiere === derniere ? `en ${premiere}` : `entre ${premiere} et ${derniere}`;
  return `${quoi} en ${annee}, mis en vente ${vente} : le jour n’est pas connu, plus de ${ans} ans n’est sûr qu’à partir de ${annee + ans + 1}.`;
}
