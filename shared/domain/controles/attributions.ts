import { compareRationnel } from '../nombres/rationnel.ts';
import { pluriel } from '../nombres/accord.ts';
import { formatSaisie } from '../nombres/format.ts';
import { direBornes } from '../attributions/part.ts';
import { direCalcul, direCalculConnu, formatRequis, juger, parseObjectif, tauxDe, tauxRequis } from '../attributions/seuils.ts';
import type { Objectif } from '../attributions/seuils.ts';
import { formatCellule, formatLigne } from '../engagements/matrice.ts';
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
  const injugeables = new Map<Seuil, Injugeable[]>();
  for (const { seuil: code, territoire, annees } of attributions.observations) {
    const seuil = millesime.seuils.find((s) => s.code === code);
    if (seuil === undefined) continue;
    const { taux, objectif } = tauxRequis(seuil, territoire.code, attributions.objectifs);
    const muettes = annees.filter(({ compte }) => juger(compte, taux) === 'inconnu').map((a) => a.annee);
    if (muettes.length > 0) injugeables.set(seuil, [...(injugeables.get(seuil) ?? []), { territoire, annees: muettes }]);
    const douteuses = annees.filter(({ compte }) => ['sous', 'indecis'].includes(juger(compte, taux)));
    if (douteuses.length === 0) continue;
    const calcul = douteuses.map(({ annee, compte }) => `${annee}, ${direCalculConnu(compte, taux)}`).join(' ; ');
    releves.push({ code: 'seuil-observe', champ: `attributions/${territoire.code}/toutes/${seuil.mesure}`, article: seuil.article, valeurs: { libelle: seuil.libelle, territoire: territoire.nom, calcul, texte: origine(objectif, seuil) } });
  }
  for (const [seuil, ou] of injugeables) releves.push(releverInjugeable(seuil, ou));
  return releves;
}

type Injugeable = { territoire: { code: string; nom: string }; annees: readonly number[] };
const NOMMES = 5;

/** Un minimum dont aucune valeur n'est connue : un seul constat, qui nomme ses territoires. */
function releverInjugeable(seuil: Seuil, ou: readonly Injugeable[]): Releve {
  const noms = ou.slice(0, NOMMES).map(({ territoire, annees }) => `${territoire.nom} (${annees.join(', ')})`);
  const suite = ou.length > NOMMES ? ` et ${pluriel(ou.length - NOMMES, 'autre territoire', 'autres territoires')}` : '';
  return { code: 'seuil-inconnu', champ: `attributions/${ou[0]?.territoire.code ?? 'organisme'}/toutes/${seuil.mesure}`, article: seuil.article, valeurs: { libelle: seuil.libelle, territoires: `${noms.join(', ')}${suite}`, texte: seuil.texte } };
}

/** Les références reprises des attributions, dont une part est inconnue : la valeur écrite n'est peut-être pas la vraie. Un constat par indicateur. */
export function checkReferencesInconnues({ matrice, attributions }: EntreeControles, lecture: LectureSaisies): Releve[] {
  const comptes = new Map((attributions?.references ?? []).map((r) => [r.champ, r]));
  const parIndicateur = new Map<string, { article: string; champ: string; cellules: string[] }>();
  for (const ligne of comptes.size === 0 ? [] : matrice.lignes) {
    const r = comptes.get(ligne.champReference);
    const saisie = r === undefined ? null : lecture.lire(ligne.champReference);
    if (r === undefined || saisie === null) continue;
    const { compte: c } = r;
    const reprise = r.fraction ? saisie.numerateur === c.nombre && saisie.denominateur === c.base : saisie.numerateur === null && saisie.valeur === String(c.nombre);
    if (!reprise) continue;
    const { code, article } = ligne.indicateur;
    const garde = parIndicateur.get(code) ?? { article, champ: ligne.champReference, cellules: [] };
    const inconnues = pluriel(c.inconnu + c.baseInconnue, 'attribution inconnue', 'attributions inconnues');
    garde.cellules.push(`${formatLigne(ligne)}, ${formatSaisie(saisie)} (${inconnues}${r.fraction ? `, ${direBornes(c)}` : ''})`);
    parIndicateur.set(code, garde);
  }
  return [...parIndicateur.values()].map(({ article, champ, cellules }) => ({
    code: 'reference-inconnues', champ, article,
    valeurs: { cellules: `${cellules.slice(0, NOMMES).join(' ; ')}${cellules.length > NOMMES ? ` ; et ${pluriel(cellules.length - NOMMES, 'autre référence', 'autres références')}` : ''}` },
  }));
}
