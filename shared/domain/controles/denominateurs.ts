import { proposeDenominateur } from '../engagements/denominateur.ts';
import type { LectureSaisies } from '../engagements/lecture.ts';
import { formatCellule } from '../engagements/matrice.ts';
import { formatEntier, formatSaisie } from '../nombres/format.ts';
import type { EntreeControles, Releve } from './types.ts';

/**
 * Dénominateurs tapés loin de ce que les données connaissent : parc du territoire, parc F et G, ou nombre dont une part
 * de PP-1 est la part. Le parc d'une année à venir peut différer : rien ne bloque, les seuils sont du millésime, et de
 * nous. Un territoire sans logement a déjà son constat.
 */
export function checkDenominateurs({ matrice, parc }: EntreeControles, lecture: LectureSaisies): Releve[] {
  const { signale, justifie, source } = matrice.millesime.ecartsDenominateur;
  return [...matrice.index].flatMap(([champ, { ligne, cellule }]) => {
    const saisie = lecture.lire(champ);
    const tape = saisie?.denominateur ?? null;
    if (saisie === null || tape === null) return [];
    const part = ligne.indicateur.denominateur === null;
    if (!part && parc.stockDe(ligne.territoire.code).parc === 0) return [];
    const connu = proposeDenominateur(ligne, cellule.horizon, parc.stockDe, lecture);
    if (connu === null) return [];
    const ecart = Math.abs(tape - connu.valeur) * 100;
    // Le nombre dont une part est la part est tapé au même horizon : il n'a pas à différer.
    const loin = part ? ecart > 0 : ecart > justifie * connu.valeur;
    if (!loin && ecart <= signale * connu.valeur) return [];
    const regle = part ? 'Une part se rapporte au nombre dont elle est la part.' : `Plus de ${loin ? justifie : signale}\u202f% d’écart, ${source}.`;
    const valeurs = { cellule: formatCellule(matrice, champ), valeur: formatEntier(tape), saisie: formatSaisie(saisie), connu: formatEntier(connu.valeur), connuFormule: connu.formule, source: connu.source, regle };
    return [{ code: loin ? 'denominateur-eloigne' : 'denominateur-different', champ, valeurs }];
  });
}
