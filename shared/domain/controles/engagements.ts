import { checkCellule } from '../engagements/ecarts.ts';
import { checkCroisements } from '../engagements/ecarts-croises.ts';
import { parseChamp } from '../engagements/champ.ts';
import { isExigee, type LectureSaisies } from '../engagements/lecture.ts';
import { formatCellule, formatLigne } from '../engagements/matrice.ts';
import type { Matrice } from '../engagements/matrice.ts';
import type { Indicateur, RegleTerritoires } from '../../millesimes/types.ts';
import { pluriel } from '../nombres/accord.ts';
import { formatSaisie } from '../nombres/format.ts';
import { isSaisieVide } from '../nombres/saisie.ts';
import type { EntreeControles, Releve } from './types.ts';

const isSurParc = (matrice: Matrice, indicateur: Indicateur): boolean => matrice.millesime.tables.find((t) => t.code === indicateur.table)?.surParc ?? false;

/** Chaque cellule de la matrice : vide, illisible, incohérente, sur un territoire sans logement. */
export function checkCellules({ matrice, parc, saisies }: EntreeControles, lecture: LectureSaisies): Releve[] {
  const releves: Releve[] = [];
  for (const [champ, { ligne }] of matrice.index) {
    const { indicateur, ventilation, territoire } = ligne;
    const resultat = lecture.resultat(champ);
    if (!resultat.ok) {
      const valeur = saisies.get(champ) ?? '';
      releves.push({ code: 'cible-illisible', champ, valeurs: { cellule: formatCellule(matrice, champ), valeur, raison: resultat.message } });
      continue;
    }
    if (isSaisieVide(resultat.saisie)) {
      if (isExigee(matrice, champ, lecture)) {
        releves.push({ code: 'cible-vide', champ, article: indicateur.article, valeurs: { cellule: formatCellule(matrice, champ) } });
      }
      continue;
    }
    for (const e of checkCellule(indicateur, ventilation, resultat.saisie)) {
      releves.push({ code: e.code, champ, valeurs: { cellule: formatCellule(matrice, champ), ...e.valeurs } });
    }
    // Produire (PP-1) où le parc n'est pas encore est normal ; un taux « parmi le parc » d'un parc vide ne l'est pas.
    const horsParc = isSurParc(matrice, indicateur) && indicateur.denominateur !== null && territoire.code !== 'organisme' && parc.logements > 0;
    if (horsParc && parc.stockDe(territoire.code).parc === 0) {
      const valeur = formatSaisie(resultat.saisie);
      releves.push({ code: 'cible-sans-stock', champ, valeurs: { cellule: formatCellule(matrice, champ), valeur, territoire: territoire.nom } });
    }
  }
  for (const e of checkCroisements(matrice, lecture)) {
    releves.push({ code: e.code, champ: e.champ, valeurs: { cellule: formatCellule(matrice, e.champ), ...e.valeurs } });
  }
  return releves;
}

export function checkReferences({ matrice, saisies }: EntreeControles, lecture: LectureSaisies): Releve[] {
  const releves: Releve[] = [];
  for (const ligne of matrice.lignes) {
    const r = lecture.resultat(ligne.champReference);
    if (r.ok) continue;
    const valeur = saisies.get(ligne.champReference) ?? '';
    releves.push({ code: 'reference-illisible', champ: ligne.champReference, valeurs: { cellule: formatLigne(ligne), valeur, raison: r.message } });
  }
  return releves;
}

/** Cibles tapées que la matrice ne demande plus : gardées, jamais perdues de vue. */
export function checkHorsMatrice({ matrice, saisies, parc }: EntreeControles): Releve[] {
  if (matrice.premiereAnnee === null) return [];
  const releves: Releve[] = [];
  for (const [champ, valeur] of saisies) {
    if (valeur.trim() === '' || matrice.index.has(champ)) continue;
    const c = parseChamp(champ);
    if (c?.genre === 'reference') continue;
    const sansStock = c !== null && c.territoire !== 'organisme' && parc.logements > 0 && parc.stockDe(c.territoire).parc === 0;
    releves.push(
      sansStock
        ? { code: 'cible-sans-stock', champ, valeurs: { cellule: champ, valeur, territoire: c.territoire } }
        : { code: 'cible-hors-matrice', champ, valeurs: { champ, valeur } },
    );
  }
  return releves;
}

type RegleSansImmeuble = NonNullable<RegleTerritoires['sansImmeuble']>;
/** Un territoire sans logement : les indicateurs que l'article n'y exige pas, ceux que le préfet y nomme, et les autres, exigés. */
type SansStock = { nom: string; champ: string | null; dispenses: Map<RegleSansImmeuble, Set<string>>; nommes: Set<string>; exiges: Set<string> };

function direSansStock({ dispenses, nommes, exiges }: SansStock): string {
  const dits = [...dispenses].map(([{ texte, lecture }, codes]) => `Aucune cible n’y est exigée pour ${[...codes].join(', ')} : ${texte.replace('{indicateurs}', codes.size > 1 ? 'ces indicateurs' : 'cet indicateur')} (${lecture}).`);
  if (nommes.size > 0) dits.push(`Les cibles de ${[...nommes].join(', ')}, que le préfet y demande nommément, sont exigées.`);
  if (exiges.size > 0) dits.push(`Les cibles de ${[...exiges].join(', ')} y sont exigées : l’article ne dit rien d’un territoire sans immeuble.`);
  return dits.join(' ');
}

/** Territoires : sans logement, oubliés, PS-1 sans EPCI ; indicateurs demandés inconnus. */
export function checkTerritoires({ matrice, parc, millesime }: EntreeControles): Releve[] {
  const releves: Releve[] = [];
  for (const code of matrice.indicateursInconnus) {
    releves.push({ code: 'indicateur-inconnu', champ: null, valeurs: { indicateur: code, millesime: millesime.nom } });
  }
  if (matrice.premiereAnnee === null || parc.logements === 0) return releves;
  const vus = new Set<string>();
  const declines = new Set<string>();
  const vides = new Map<string, SansStock>();
  for (const { territoire, indicateur, ventilation, cellules, dispensee, nomme } of matrice.lignes) {
    declines.add(indicateur.code);
    vus.add(territoire.code);
    if (territoire.code === 'organisme' || !isSurParc(matrice, indicateur) || parc.stockDe(territoire.code).parc > 0) continue;
    const vide: SansStock = vides.get(territoire.code) ?? { nom: territoire.nom, champ: cellules.find((c) => c.ouvert)?.champ ?? null, dispenses: new Map(), nommes: new Set(), exiges: new Set() };
    const regle = indicateur.territoires.sansImmeuble;
    vides.set(territoire.code, vide);
    // Une donnée facultative n'est exigée nulle part : en dispenser n'aurait pas de sens.
    if (!ventilation.obligatoire) continue;
    if (!dispensee) (nomme ? vide.nommes : vide.exiges).add(indicateur.code);
    else if (regle !== null) vide.dispenses.set(regle, (vide.dispenses.get(regle) ?? new Set<string>()).add(indicateur.code));
  }
  for (const vide of vides.values()) releves.push({ code: 'territoire-sans-stock', champ: vide.champ, valeurs: { territoire: vide.nom, suite: direSansStock(vide) } });
  for (const d of parc.departements) {
    if (d.logements > 0 && !vus.has(d.code)) {
      releves.push({ code: 'departement-absent', champ: null, valeurs: { territoire: d.nom, logements: pluriel(d.logements, 'logement') } });
    }
  }
  const ps1 = millesime.indicateurs.find((i) => i.obligatoire && i.territoires.base === 'epci-ps1');
  if (ps1 !== undefined && !declines.has(ps1.code)) {
    releves.push({ code: 'ps1-sans-territoire', champ: 'options/territoires-ps1', article: ps1.article });
  }
  return releves;
}
