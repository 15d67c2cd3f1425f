import { parseDecimal, ratioPourcentage, writeDecimal } from '../nombres/decimal.ts';
import { formatEntier, formatPourcentage } from '../nombres/format.ts';
import { compareRationnel, fraction, parseRationnel } from '../nombres/rationnel.ts';
import type { Rationnel } from '../nombres/rationnel.ts';
import type { CommuneVente } from './types.ts';

/** Un taux au regard de l'objectif : atteint ou non, `null` si on ne peut pas le dire. */
export type EtatSru = {
  atteint: boolean | null;
  /** Le taux, en mots : `950 sur 5 000, 19 % pour 20 %`. */
  dit: string;
  /** Ce qu'il manque pour le dire. */
  manque: readonly string[];
};

export type AnalyseSru = { actuel: EtatSru; /** Les logements du plan retirés. */ apres: EtatSru; retires: number; incoherent: { calcule: string } | null };

const pourcent = (r: Rationnel): Rationnel => ({ n: r.n * 100n, d: r.d });

/**
 * Le taux de logements sociaux d'une commune (L302-5) avant et après le retrait de `retires` logements. Les
 * nombres saisis font le taux exact ; sans eux, le taux saisi ne vaut que pour aujourd'hui.
 */
export function computeSru(commune: CommuneVente | null, retires: number): AnalyseSru {
  const objectif = lire(commune?.objectif);
  const taux = lire(commune?.taux);
  const { residences, sociaux } = commune ?? { residences: null, sociaux: null };
  const nombres = residences !== null && sociaux !== null && residences > 0 ? { residences, sociaux } : null;
  const manqueObjectif = objectif === null ? ['le taux à atteindre'] : [];
  const manqueNombres = [...(residences === null || residences <= 0 ? ['le nombre de résidences principales'] : []), ...(sociaux === null ? ['le nombre de logements sociaux'] : [])];
  const actuel: EtatSru = { ...juger(nombres === null ? taux : tauxDe(nombres.sociaux, nombres.residences), objectif), dit: direActuel(commune, nombres), manque: [...manqueObjectif, ...(nombres === null && taux === null ? ['le taux de logements sociaux'] : [])] };
  // Ce qui est retiré ne peut dépasser ce qui est compté : au-delà, les nombres saisis sont faux, le taux serait négatif.
  const reste = nombres === null ? null : Math.max(0, nombres.sociaux - retires);
  const apres: EtatSru = {
    ...juger(nombres === null || reste === null ? null : tauxDe(reste, nombres.residences), objectif),
    dit: nombres === null || reste === null ? '' : `${direTaux(reste, nombres.residences)}${commune?.objectif == null ? '' : ` pour ${formatPourcentage(commune.objectif)}`}`,
    manque: [...manqueObjectif, ...manqueNombres],
  };
  // Déjà sous son taux, une commune l'est encore après.
  const suite = actuel.atteint === false ? { ...apres, atteint: false, manque: [] } : apres;
  return { actuel, apres: suite, retires, incoherent: comparer(commune, nombres) };
}

const lire = (texte: string | null | undefined): Rationnel | null => (texte == null ? null : parseRationnel(texte));
const tauxDe = (sociaux: number, residences: number): Rationnel => pourcent(fraction(BigInt(sociaux), BigInt(residences)));
const juger = (taux: Rationnel | null, objectif: Rationnel | null): { atteint: boolean | null } => ({ atteint: taux === null || objectif === null ? null : compareRationnel(taux, objectif) >= 0 });

function direTaux(sociaux: number, residences: number): string {
  const p = ratioPourcentage(sociaux, residences, 2);
  return `${formatEntier(sociaux)} sur ${formatEntier(residences)}${p === null ? '' : `, ${formatPourcentage(writeDecimal(p))}`}`;
}

function direActuel(commune: CommuneVente | null, nombres: { residences: number; sociaux: number } | null): string {
  const taux = nombres === null ? (commune?.taux == null ? '' : formatPourcentage(commune.taux)) : direTaux(nombres.sociaux, nombres.residences);
  return taux === '' || commune?.objectif == null ? taux : `${taux} pour ${formatPourcentage(commune.objectif)}`;
}

/** Le taux saisi et celui des nombres, comparés à la précision du taux saisi. */
function comparer(commune: CommuneVente | null, nombres: { residences: number; sociaux: number } | null): { calcule: string } | null {
  const saisi = commune?.taux == null ? null : parseDecimal(commune.taux);
  if (saisi === null || nombres === null) return null;
  const calcule = ratioPourcentage(nombres.sociaux, nombres.residences, saisi.echelle);
  return calcule === null || calcule.mantisse === saisi.mantisse ? null : { calcule: writeDecimal(calcule) };
}
