import { compareRationnel } from '../nombres/rationnel.ts';
import { pluriel } from '../nombres/accord.ts';
import { formatSaisie } from '../nombres/format.ts';
import { direCalcul, formatRequis, isAtteint, parseObjectif, tauxDe, tauxRequis } from '../attributions/seuils.ts';
import type { Objectif } from '../attributions/seuils.ts';
import { formatCellule } from '../engagements/matrice.ts';
import type { Seuil } from '../../millesimes/types.ts';
import { nomTerritoire } from '../../territoires/index.ts';
import type { EntreeControles, Releve } from './types.ts';
import type { LectureSaisies } from '../engagements/lecture.ts';

const origine = (objectif: Objectif | null, seuil: Seuil): string =>
  objectif === null ? seuil.texte : `Objectif de ${objectif.saisie} fixé pour ce territoire${objectif.source === '' ? '' : ` (${objectif.source})`}, à la place du minimum de ${formatRequis({ n: BigInt(seuil.minimum.n), d: BigInt(seuil.minimum.d) })}.`;

/** Les cibles annuelles sous un minimum de la loi, ou sous l'objectif qui le remplace (L441-1). */
export function checkSeuilsCibles({ millesime, matrice, attributions }: EntreeControles, lecture: LectureSaisies): Releve[] {
  const releves: Releve[] = [];
  for (const seuil of millesime.seuils) {
    const { cible } = seuil;
    if (cible === null) continue;
    for (const { indicateur, ventilation, territoire, cellules } of matrice.lignes) {
      if (indicateur.code !== cible.indicateur || ventilation.accompagnement !== null || ventilation.partDe !== null) continue;
      const { taux, objectif } = tauxRequis(seuil, territoire.code, attributions?.objectifs ?? []);
      for (const { champ, ouvert } of cellules) {
        const saisie = ouvert ? lecture.lire(champ) : null;
        const vise = saisie === null ? null : tauxDe(saisie);
        if (saisie === null || vise === null || compareRationnel(vise, taux) >= 0) continue;
        const { numerateur, denominateur } = saisie;
        const calcul = numerateur === null || denominateur === null ? `${formatSaisie(saisie)}, sous ${formatRequis(taux)}` : direCalcul(BigInt(numerateur), BigInt(denominateur), taux);
        releves.push({ code: 'seuil-cible', champ, article: seuil.article, valeurs: { cellule: formatCellule(matrice, champ), calcul, texte: `${origine(objectif, seuil)} ${cible.reserve}` } });
      }
    }
  }
  return releves;
}

/** Ce que les attributions importées montrent sous un minimum, un constat par territoire ; et les objectifs à revoir. */
export function checkSeuilsObserves({ millesime, attributions }: EntreeControles): Releve[] {
  if (attributions === undefined || attributions === null) return [];
  const releves: Releve[] = [];
  for (const o of attributions.objectifs) {
    const seuil = millesime.seuils.find((s) => s.code === o.seuil);
    if (seuil === undefined) continue;
    const lu = parseObjectif(o.saisie);
    const valeurs = { libelle: seuil.libelle, territoire: nomTerritoire(o.territoire), valeur: o.saisie };
    const champ = `attributions/${o.territoire}/toutes/${seuil.mesure}`;
    if (!lu.ok) releves.push({ code: 'objectif-illisible', champ, article: seuil.article, valeurs: { ...valeurs, raison: lu.message } });
    else if (o.source === '') releves.push({ code: 'objectif-sans-source', champ, article: seuil.article, valeurs });
  }
  for (const { seuil: code, territoire, annees } of attributions.observations) {
    const seuil = millesime.seuils.find((s) => s.code === code);
    if (seuil === undefined) continue;
    const { taux, objectif } = tauxRequis(seuil, territoire.code, attributions.objectifs);
    const dessous = annees.filter(({ compte: c }) => c.base > c.inconnu && !isAtteint(BigInt(c.nombre), BigInt(c.base), taux));
    if (dessous.length === 0) continue;
    const calcul = dessous
      .map(({ annee, compte: c }) => {
        const peut = c.inconnu > 0 && isAtteint(BigInt(c.nombre + c.inconnu), BigInt(c.base), taux);
        const inconnus = c.inconnu + c.baseInconnue;
        return `${annee}, ${direCalcul(BigInt(c.nombre), BigInt(c.base), taux)}${inconnus === 0 ? '' : ` (${pluriel(inconnus, 'attribution inconnue', 'attributions inconnues')}${peut ? ', qui peuvent changer la conclusion' : ''})`}`;
      })
      .join(' ; ');
    releves.push({ code: 'seuil-observe', champ: `attributions/${territoire.code}/toutes/${seuil.mesure}`, article: seuil.article, valeurs: { libelle: seuil.libelle, territoire: territoire.nom, calcul, texte: origine(objectif, seuil) } });
  }
  return releves;
}
