import { divideArrondi, parseDecimal, ratioPourcentage, writeDecimal } from '../nombres/decimal.ts';
import { nombreDe, type LectureSaisies } from './lecture.ts';
import { proposeDenominateur, type StockDe } from './denominateur.ts';
import type { LigneMatrice, Matrice } from './matrice.ts';

/** Ce que valent, pour l'organisme, les engagements pris territoire par territoire. */
export type Consolidation = {
  indicateur: string;
  ventilation: string;
  horizon: string;
  /** Somme des nombres ; `null` si un territoire n'en a pas. */
  nombre: number | null;
  denominateur: number | null;
  /** Σ nombres / Σ dénominateurs, arrondi à deux décimales pour l'affichage. */
  pourcentage: string | null;
  /** `somme` : tout est compté. `ponderee` : un taux seul a été pondéré par le dénominateur connu. */
  methode: 'somme' | 'ponderee' | 'incomplete';
  territoires: number;
  /** Codes des territoires sans valeur exploitable. */
  manquants: string[];
};

const DECIMALES = 2;
// Un taux pondéré ne donne pas un nombre entier de logements : les sommes se font au millionième.
const PRECISION = 10n ** 6n;

type Terme = { nombre: bigint | null; micro: bigint | null; denominateur: bigint | null };

function termeDe(ligne: LigneMatrice, horizon: string, champ: string, stockDe: StockDe, lecture: LectureSaisies): Terme | null {
  const saisie = lecture.lire(champ);
  if (saisie === null) return null;
  const propose = proposeDenominateur(ligne, horizon, stockDe, lecture);
  const denominateur =
    saisie.denominateur !== null ? BigInt(saisie.denominateur) : propose === null ? null : BigInt(propose.valeur);
  const nombre = nombreDe(saisie, ligne.indicateur);
  if (nombre !== null) return { nombre, micro: nombre * PRECISION, denominateur };
  const taux = saisie.pourcentage === null ? null : parseDecimal(saisie.pourcentage);
  if (taux === null || denominateur === null) return { nombre: null, micro: null, denominateur };
  const micro = divideArrondi(taux.mantisse * denominateur * PRECISION, 100n * 10n ** BigInt(taux.echelle));
  return { nombre: null, micro, denominateur };
}

function consolideLignes(lignes: readonly LigneMatrice[], rang: number, stockDe: StockDe, lecture: LectureSaisies): Consolidation | null {
  const premiere = lignes[0];
  const cellule = premiere?.cellules[rang];
  if (premiere === undefined || cellule === undefined || !cellule.ouvert) return null;
  const manquants: string[] = [];
  let nombre = 0n;
  let micro = 0n;
  let denominateur = 0n;
  let tousNombres = true;
  let tousDenominateurs = true;
  for (const ligne of lignes) {
    const champ = ligne.cellules[rang]?.champ ?? '';
    const t = termeDe(ligne, cellule.horizon, champ, stockDe, lecture);
    if (t === null || t.micro === null) {
      manquants.push(ligne.territoire.code);
      continue;
    }
    micro += t.micro;
    if (t.nombre === null) tousNombres = false;
    else nombre += t.nombre;
    if (t.denominateur === null) tousDenominateurs = false;
    else denominateur += t.denominateur;
  }
  const complet = manquants.length === 0;
  const taux = complet && tousDenominateurs ? ratioPourcentage(micro, denominateur * PRECISION, DECIMALES) : null;
  return {
    indicateur: premiere.indicateur.code,
    ventilation: premiere.ventilation.code,
    horizon: cellule.horizon,
    nombre: complet && tousNombres ? Number(nombre) : null,
    denominateur: complet && tousDenominateurs ? Number(denominateur) : null,
    pourcentage: taux === null ? null : writeDecimal(taux),
    methode: !complet ? 'incomplete' : tousNombres ? 'somme' : 'ponderee',
    territoires: lignes.length,
    manquants,
  };
}

/**
 * Consolide à l'échelle de l'organisme les lignes du découpage de la loi. Les collectivités demandées
 * par le préfet recouvrent ce découpage : les ajouter compterait deux fois. G-1, déjà à cette échelle,
 * et les taux dont on ignore le dénominateur ne sont pas consolidés.
 */
export function consolidate(matrice: Matrice, stockDe: StockDe, lecture: LectureSaisies): Consolidation[] {
  const groupes = new Map<string, LigneMatrice[]>();
  for (const ligne of matrice.lignes) {
    if (!ligne.base || ligne.territoire.code === 'organisme') continue;
    const cle = `${ligne.indicateur.code}/${ligne.ventilation.code}`;
    const groupe = groupes.get(cle);
    if (groupe === undefined) groupes.set(cle, [ligne]);
    else groupe.push(ligne);
  }
  return [...groupes.values()].flatMap((lignes) =>
    matrice.colonnes.flatMap((_, rang) => {
      const c = consolideLignes(lignes, rang, stockDe, lecture);
      return c === null ? [] : [c];
    }),
  );
}
