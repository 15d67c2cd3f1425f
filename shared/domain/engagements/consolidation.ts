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
  /** Territoires non comptés : un autre, compté, les recouvre. */
  recouverts: string[];
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
  // Une fraction impossible (douze sur zéro, plus que son dénominateur) ne se compte pas : le contrôle la signale.
  if (nombre !== null && denominateur !== null && ligne.indicateur.partDuDenominateur && saisie.numerateur !== null && nombre > denominateur) return null;
  if (nombre !== null) return { nombre, micro: nombre * PRECISION, denominateur };
  const taux = saisie.pourcentage === null ? null : parseDecimal(saisie.pourcentage);
  if (taux === null || denominateur === null) return { nombre: null, micro: null, denominateur };
  const micro = divideArrondi(taux.mantisse * denominateur * PRECISION, 100n * 10n ** BigInt(taux.echelle));
  return { nombre: null, micro, denominateur };
}

function consolideLignes(lignes: readonly LigneMatrice[], recouverts: readonly string[], rang: number, stockDe: StockDe, lecture: LectureSaisies): Consolidation | null {
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
    recouverts: [...recouverts],
  };
}

/** Communes d'un territoire ; un code sans commune connue ne recouvre rien. */
export type CommunesDe = (territoire: string) => readonly string[];

/**
 * Les territoires dont un autre, plus grand, contient déjà une commune : un établissement public territorial et sa
 * métropole, une commune et son EPCI. Additionnés, leurs logements compteraient deux fois.
 */
function listRecouverts(lignes: readonly LigneMatrice[], communesDe: CommunesDe): string[] {
  const avec = lignes.map((ligne) => ({ ligne, communes: communesDe(ligne.territoire.code) }));
  const prises = new Set<string>();
  const recouverts: string[] = [];
  for (const { ligne, communes } of avec.toSorted((a, b) => b.communes.length - a.communes.length || (a.ligne.territoire.code < b.ligne.territoire.code ? -1 : 1))) {
    if (communes.some((c) => prises.has(c))) recouverts.push(ligne.territoire.code);
    else for (const c of communes) prises.add(c);
  }
  return recouverts.toSorted();
}

/**
 * Consolide à l'échelle de l'organisme les lignes du découpage de la loi. Les collectivités demandées
 * par le préfet recouvrent ce découpage : les ajouter compterait deux fois. G-1, déjà à cette échelle,
 * et les taux dont on ignore le dénominateur ne sont pas consolidés. `communesDe` écarte ce qu'une liste donnée à
 * la main ferait compter deux fois ; `une` donnée, une seule ligne de la matrice est consolidée.
 */
export function consolidate(matrice: Matrice, stockDe: StockDe, lecture: LectureSaisies, communesDe: CommunesDe = () => [], une?: { indicateur: string; ventilation: string }): Consolidation[] {
  const groupes = new Map<string, LigneMatrice[]>();
  for (const ligne of matrice.lignes) {
    if (!ligne.base || ligne.territoire.code === 'organisme') continue;
    if (une !== undefined && (ligne.indicateur.code !== une.indicateur || ligne.ventilation.code !== une.ventilation)) continue;
    const cle = `${ligne.indicateur.code}/${ligne.ventilation.code}`;
    const groupe = groupes.get(cle);
    if (groupe === undefined) groupes.set(cle, [ligne]);
    else groupe.push(ligne);
  }
  // Les lignes d'un même indicateur ont les mêmes territoires : leur recouvrement se calcule une fois.
  const separations = new Map<string, string[]>();
  return [...groupes.values()].flatMap((toutes) => {
    const cle = toutes.map((l) => l.territoire.code).join();
    const vus = separations.get(cle) ?? listRecouverts(toutes, communesDe);
    separations.set(cle, vus);
    const hors = new Set(vus);
    const lignes = toutes.filter((l) => !hors.has(l.territoire.code));
    return matrice.colonnes.flatMap((_, rang) => {
      const c = consolideLignes(lignes, vus, rang, stockDe, lecture);
      return c === null ? [] : [c];
    });
  });
}
