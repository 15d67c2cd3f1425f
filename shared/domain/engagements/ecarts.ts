import { compareDecimal, isEntier, isRatioArrondi, parseDecimal, ratioPourcentage, writeDecimal } from '../nombres/decimal.ts';
import { formatDecimal, formatEntier, formatPourcentage, formatSaisie } from '../nombres/format.ts';
import type { Saisie } from '../nombres/saisie.ts';
import type { Forme, Indicateur, Ventilation } from '../../millesimes/types.ts';
import { nombreDe } from './lecture.ts';

/** Une incohérence dans une saisie : code du constat et de quoi écrire sa phrase. */
export type Ecart = { code: string; valeurs: Readonly<Record<string, string>> };

const NOMS: Record<Forme, string> = { nombre: 'un nombre', pourcentage: 'un pourcentage', fraction: 'une fraction' };

function formesDe(s: Saisie): Forme[] {
  const formes: Forme[] = [];
  if (s.valeur !== null) formes.push('nombre');
  if (s.numerateur !== null) formes.push('fraction');
  if (s.pourcentage !== null) formes.push('pourcentage');
  return formes;
}

const CENT = { mantisse: 100n, echelle: 0 };

/** Numérateur au-dessus du dénominateur, ou pourcentage au-dessus de cent. */
function isSuperieur(s: Saisie, nombre: bigint | null): boolean {
  if (nombre !== null && s.denominateur !== null && nombre > BigInt(s.denominateur)) return true;
  const p = s.pourcentage === null ? null : parseDecimal(s.pourcentage);
  return p !== null && compareDecimal(p, CENT) > 0;
}

/** Pourquoi la saisie se contredit, ou `null`. La tolérance est l'arrondi de ce qui a été tapé. */
function contradiction(s: Saisie, indicateur: Indicateur, nombre: bigint | null): string | null {
  const valeur = s.valeur === null ? null : parseDecimal(s.valeur);
  const { numerateur, denominateur } = s;
  if (indicateur.entier && valeur !== null && numerateur !== null) {
    if (compareDecimal(valeur, { mantisse: BigInt(numerateur), echelle: 0 }) !== 0) {
      return `Le nombre (${formatDecimal(s.valeur ?? '')}) n’est pas le numérateur (${formatEntier(numerateur)}).`;
    }
  }
  if (!indicateur.entier && valeur !== null && numerateur !== null && denominateur !== null) {
    if (!isRatioArrondi(valeur, BigInt(numerateur), BigInt(denominateur), 1n)) {
      return `${formatEntier(numerateur)}/${formatEntier(denominateur)} ne donne pas ${formatDecimal(s.valeur ?? '')}.`;
    }
  }
  const pourcentage = s.pourcentage === null ? null : parseDecimal(s.pourcentage);
  if (pourcentage === null || nombre === null || denominateur === null) return null;
  if (isRatioArrondi(pourcentage, nombre, BigInt(denominateur), 100n)) return null;
  const calcule = ratioPourcentage(nombre, denominateur, Math.max(2, pourcentage.echelle));
  return calcule === null
    ? 'Un pourcentage ne se calcule pas sur un dénominateur nul.'
    : `${formatEntier(nombre)}/${formatEntier(denominateur)} donne ${formatPourcentage(writeDecimal(calcule))}.`;
}

/**
 * Incohérences internes d'une saisie : nombre non entier, numérateur supérieur (sauf G-1), écart entre
 * nombre, fraction et pourcentage, forme que la loi ne demande pas. Calculs exacts, sans flottant.
 */
export function checkCellule(indicateur: Indicateur, ventilation: Ventilation, s: Saisie): Ecart[] {
  const ecarts: Ecart[] = [];
  const valeur = formatSaisie(s, ventilation.accompagnement?.unite ?? indicateur.unite);
  const decimal = s.valeur === null ? null : parseDecimal(s.valeur);
  if (indicateur.entier && decimal !== null && !isEntier(decimal)) {
    ecarts.push({ code: 'valeur-non-entiere', valeurs: { valeur } });
  }
  const nombre = nombreDe(s, indicateur);
  if (indicateur.partDuDenominateur && isSuperieur(s, nombre)) {
    ecarts.push({ code: 'numerateur-superieur', valeurs: { valeur } });
  }
  const raison = contradiction(s, indicateur, nombre);
  if (raison !== null) ecarts.push({ code: 'ecart-pourcentage', valeurs: { valeur, raison } });
  const inattendue = formesDe(s).find((f) => !ventilation.formes.includes(f));
  if (inattendue !== undefined) {
    const attendues = ventilation.formes.map((f) => NOMS[f]).join(' ou ');
    ecarts.push({ code: 'forme-inattendue', valeurs: { valeur, raison: `${indicateur.code} attend ${attendues}, pas ${NOMS[inattendue]}.` } });
  }
  return ecarts;
}
