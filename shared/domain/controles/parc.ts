import { proposeDenominateur } from '../engagements/denominateur.ts';
import { nombreDe, type LectureSaisies } from '../engagements/lecture.ts';
import { formatCellule, formatLigne, type LigneMatrice } from '../engagements/matrice.ts';
import { formatEntier, formatSaisie } from '../nombres/format.ts';
import type { EntreeControles, Releve } from './types.ts';

const CODE = 'au-dela-du-parc';

/**
 * Nombres au-dessus du parc que donne le dernier import, là où la loi les rapporte à ce parc. À justifier
 * seulement : le parc peut grandir, et un dénominateur tapé dit ce que l'organisme en attend.
 */
export function checkParc(entree: EntreeControles, lecture: LectureSaisies): Releve[] {
  const { parc } = entree;
  if (parc.logements === 0) return [];
  return entree.matrice.lignes.flatMap((ligne) => {
    const parcConnu = ligne.indicateur.denominateur?.donnee != null && parc.stockDe(ligne.territoire.code).parc > 0;
    if (!parcConnu) return [];
    const cellules = checkNombres(entree, lecture, ligne);
    return cellules.length > 0 ? cellules : checkSomme(entree, lecture, ligne);
  });
}

function checkNombres({ matrice, parc }: EntreeControles, lecture: LectureSaisies, ligne: LigneMatrice): Releve[] {
  return ligne.cellules.flatMap(({ champ, horizon, ouvert }) => {
    const saisie = ouvert ? lecture.lire(champ) : null;
    const nombre = nombreDe(saisie, ligne.indicateur);
    if (saisie === null || nombre === null || saisie.denominateur !== null) return [];
    const connu = proposeDenominateur(ligne, horizon, parc.stockDe, lecture);
    if (connu === null || nombre <= BigInt(connu.valeur)) return [];
    return [releve(ligne, champ, formatCellule(matrice, champ), formatSaisie(saisie), connu)];
  });
}

/** Travaux transmis chaque année (R445-2-9) : chaque année compte d'autres logements que les précédentes. */
function checkSomme({ parc }: EntreeControles, lecture: LectureSaisies, ligne: LigneMatrice): Releve[] {
  if (ligne.indicateur.transmissionAnnuelle === null) return [];
  const ouvertes = ligne.cellules.filter((c) => c.ouvert);
  const nombres = ouvertes.map(({ champ, horizon }) => ({ champ, horizon, nombre: nombreDe(lecture.lire(champ), ligne.indicateur) ?? 0n }));
  const premiere = nombres[0];
  const derniere = nombres.at(-1);
  if (premiere === undefined || derniere === undefined) return [];
  const connu = proposeDenominateur(ligne, derniere.horizon, parc.stockDe, lecture);
  const somme = nombres.reduce((s, n) => s + n.nombre, 0n);
  if (connu === null || somme <= BigInt(connu.valeur)) return [];
  // Le champ à ouvrir est la dernière année qui porte un nombre.
  const champ = nombres.findLast((n) => n.nombre > 0n)?.champ ?? derniere.champ;
  const periode = `${premiere.horizon} à ${derniere.horizon}`;
  return [releve(ligne, champ, formatLigne(ligne, periode), `la somme des années, ${formatEntier(somme)},`, connu)];
}

function releve(ligne: LigneMatrice, champ: string, cellule: string, valeur: string, connu: { valeur: number; formule: string }): Releve {
  const formule = connu.formule.charAt(0).toLowerCase() + connu.formule.slice(1);
  return { code: CODE, champ, article: ligne.indicateur.article, valeurs: { cellule, valeur, parc: formatEntier(connu.valeur), formule } };
}
