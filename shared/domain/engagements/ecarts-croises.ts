import { compareDecimal, parseDecimal } from '../nombres/decimal.ts';
import { formatEntier, formatPourcentage } from '../nombres/format.ts';
import type { Ecart } from './ecarts.ts';
import { champVoisin, nombreDe, type LectureSaisies } from './lecture.ts';
import type { LigneMatrice, Matrice } from './matrice.ts';

export type EcartSitue = Ecart & { champ: string };

/** Une part ne dépasse pas le nombre dont elle est la part (nombres seulement : les taux n'ont pas la même base). */
function checkPart(ligne: LigneMatrice, horizon: string, champ: string, lecture: LectureSaisies): EcartSitue[] {
  const { indicateur, ventilation } = ligne;
  if (ventilation.partDe === null) return [];
  const part = nombreDe(lecture.lire(champ), indicateur);
  const parent = nombreDe(lecture.lire(champVoisin(ligne, horizon, ventilation.partDe)), indicateur);
  if (part === null || parent === null || part <= parent) return [];
  const libelle = indicateur.ventilations.find((v) => v.code === ventilation.partDe)?.libelle ?? ventilation.partDe;
  return [{ code: 'part-superieure', champ, valeurs: { valeur: formatEntier(part), parent: libelle, valeurParent: formatEntier(parent) } }];
}

/** Un total tapé vaut la somme de ses modes ; s'il en manque, il ne peut être au-dessous de ceux connus. */
function checkTotal(ligne: LigneMatrice, horizon: string, champ: string, lecture: LectureSaisies): EcartSitue[] {
  const { indicateur, ventilation } = ligne;
  const total = nombreDe(lecture.lire(champ), indicateur);
  if (ventilation.sommeDe.length === 0 || total === null) return [];
  const connus = ventilation.sommeDe
    .map((code) => nombreDe(lecture.lire(champVoisin(ligne, horizon, code)), indicateur))
    .filter((n) => n !== null);
  const somme = connus.reduce((s, n) => s + n, 0n);
  const complet = connus.length === ventilation.sommeDe.length;
  if (complet ? total === somme : total >= somme) return [];
  return [{ code: 'total-different', champ, valeurs: { valeur: formatEntier(total), somme: `${complet ? '' : 'au moins '}${formatEntier(somme)}` } }];
}

/** Un cumul ne décroît pas d'un horizon au suivant. Les parts de PP-1 ne se comparent qu'en nombre. */
function checkCumul(matrice: Matrice, ligne: LigneMatrice, lecture: LectureSaisies): EcartSitue[] {
  const { cumul } = ligne.indicateur;
  if (cumul === null) return [];
  const code = cumul.niveau === 'bloquant' ? 'cumul-decroissant' : 'cumul-decroissant-a-justifier';
  const horizons = [...matrice.millesime.horizons].sort((a, b) => a.annees - b.annees).map((h) => h.code);
  const ecarts: EcartSitue[] = [];
  for (let i = 1; i < horizons.length; i++) {
    const avant = lecture.lire(champVoisin(ligne, horizons[i - 1] ?? '', ligne.ventilation.code));
    const champ = champVoisin(ligne, horizons[i] ?? '', ligne.ventilation.code);
    const apres = lecture.lire(champ);
    if (avant === null || apres === null) continue;
    const n = nombreDe(avant, ligne.indicateur);
    const m = nombreDe(apres, ligne.indicateur);
    if (n !== null && m !== null) {
      if (m < n) ecarts.push({ code, champ, valeurs: { valeur: formatEntier(m), valeurTrois: formatEntier(n) } });
      continue;
    }
    const p = avant.pourcentage === null ? null : parseDecimal(avant.pourcentage);
    const q = apres.pourcentage === null ? null : parseDecimal(apres.pourcentage);
    if (ligne.ventilation.partDe === null && p !== null && q !== null && compareDecimal(q, p) < 0) {
      ecarts.push({ code, champ, valeurs: { valeur: formatPourcentage(apres.pourcentage ?? ''), valeurTrois: formatPourcentage(avant.pourcentage ?? '') } });
    }
  }
  return ecarts;
}

/** Incohérences entre cellules : parts, totaux, cumuls. */
export function checkCroisements(matrice: Matrice, lecture: LectureSaisies): EcartSitue[] {
  return matrice.lignes.flatMap((ligne) => [
    ...ligne.cellules
      .filter((c) => c.ouvert)
      .flatMap((c) => [...checkPart(ligne, c.horizon, c.champ, lecture), ...checkTotal(ligne, c.horizon, c.champ, lecture)]),
    ...checkCumul(matrice, ligne, lecture),
  ]);
}
