import { missingCase } from '../../erreurs.ts';
import type { DonneeParc } from '../../millesimes/types.ts';
import { champVoisin, nombreDe, type LectureSaisies } from './lecture.ts';
import type { LigneMatrice } from './matrice.ts';

/** Logements du parc dans un territoire : tous, et ceux classés F ou G. */
export type Stock = { parc: number; parcFG: number };
export type StockDe = (territoire: string) => Stock;

export type Proposition = { valeur: number; formule: string; source: string };

const SOURCE = 'Logements en stock du dernier import';

function proposeParc(donnee: DonneeParc, stock: Stock, ou: string): Proposition {
  switch (donnee) {
    case 'parc':
      return { valeur: stock.parc, formule: `Logements du parc, ${ou}`, source: SOURCE };
    case 'parcFG':
      return {
        valeur: stock.parcFG,
        formule: `Logements du parc de classe énergétique F ou G, ${ou} (les logements sans classe connue n’y sont pas)`,
        source: SOURCE,
      };
    default:
      return missingCase(donnee);
  }
}

/**
 * Dénominateur que les données connaissent pour une cellule : parc total (PP-3, PP-4, SR-1), parc F et G
 * (PP-2), nombre dont une part de PP-1 est la part. `null` quand elles ne le disent pas : rien n'est
 * inventé pour les attributions ni pour le coût de gestion.
 */
export function proposeDenominateur(
  ligne: LigneMatrice,
  horizon: string,
  stockDe: StockDe,
  lecture: LectureSaisies,
): Proposition | null {
  const { indicateur, ventilation, territoire } = ligne;
  if (indicateur.denominateur === null && ventilation.partDe !== null) {
    const parent = ventilation.partDe;
    const nombre = nombreDe(lecture.lire(champVoisin(ligne, horizon, parent)), indicateur);
    if (nombre === null) return null;
    const libelle = indicateur.ventilations.find((v) => v.code === parent)?.libelle ?? parent;
    return { valeur: Number(nombre), formule: `Nombre saisi pour ${libelle} au même horizon`, source: `Engagement ${indicateur.code}, ${territoire.nom}` };
  }
  const donnee = ventilation.partDe === null && ventilation.accompagnement === null ? (indicateur.denominateur?.donnee ?? null) : null;
  return donnee === null ? null : proposeParc(donnee, stockDe(territoire.code), territoire.nom);
}

/** Somme des ventilations d'une ligne de total (PP-1) ; `null` s'il en manque une. */
export function proposeSomme(ligne: LigneMatrice, horizon: string, lecture: LectureSaisies): Proposition | null {
  const { indicateur, ventilation } = ligne;
  if (ventilation.sommeDe.length === 0) return null;
  let somme = 0n;
  for (const code of ventilation.sommeDe) {
    const n = nombreDe(lecture.lire(champVoisin(ligne, horizon, code)), indicateur);
    if (n === null) return null;
    somme += n;
  }
  const libelles = ventilation.sommeDe.map((c) => indicateur.ventilations.find((v) => v.code === c)?.libelle ?? c);
  return { valeur: Number(somme), formule: libelles.join(' + '), source: `Engagement ${indicateur.code}, ${ligne.territoire.nom}` };
}
