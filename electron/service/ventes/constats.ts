import { countHorizon, anneesDe } from '../../../shared/domain/ventes/horizons.ts';
import type { EntreeVentes } from '../../../shared/domain/controles/ventes.ts';
import { writeDecimal } from '../../../shared/domain/nombres/decimal.ts';
import { formatCellule } from '../../../shared/domain/engagements/matrice.ts';
import { nombreDe } from '../../../shared/domain/engagements/lecture.ts';
import type { Base } from '../../store/base.ts';
import { readChamp } from '../../store/champs.ts';
import type { EtatEngagements } from '../matrice.ts';
import { toConsultation, listConsultations } from './consultations.ts';
import { readPlan } from './plan.ts';
import { isAucune } from './resume.ts';
import type { Plan } from './plan.ts';
import { venteesDans } from './territoire.ts';

/** Ce que les contrôles lisent du plan. */
export function readConstatsVentes(base: Base, aujourdhui: string, etat: EtatEngagements): EntreeVentes {
  const plan = readPlan(base, aujourdhui);
  const groupes = new Map<string, { nombre: number; exemples: string[] }>();
  for (const l of plan.lignes) {
    for (const d of l.drapeaux) {
      const g = groupes.get(d.code) ?? { nombre: 0, exemples: [] };
      g.nombre++;
      if (g.exemples.length < 3) g.exemples.push(l.identifiant);
      groupes.set(d.code, g);
    }
  }
  return {
    drapeaux: plan.cadre.regles.drapeaux.flatMap(({ code, article }) => {
      const g = groupes.get(code);
      return g === undefined ? [] : [{ code, article, ...g }];
    }),
    consultations: listConsultations(plan).map((c) => toConsultation(plan, c, aujourdhui)).filter((c) => c.logements > 0),
    communes: [...plan.communes].flatMap(([commune, c]) => (c.logements === 0 || c.saisie === null ? [] : [{ commune, nom: c.nom, saisie: c.saisie, calcule: c.sru.incoherent?.calcule ?? null, retires: c.sru.retires, atteint: c.sru.actuel.atteint }])),
    contredits: isAucune(base) ? plan.lignes.length : 0,
    seuilSansSource: readSeuilSansSource(base, plan),
    ...(plan.lignes.length === 0 ? { vide: countCibles(plan, etat), cibles: [] } : { vide: null, cibles: readEcarts(plan, etat) }),
  };
}

/** Une consommation maximale lisible, autre que celle de l'article, et sans source ; illisible, elle est déjà un champ invalide. */
function readSeuilSansSource(base: Base, { cadre }: Plan): EntreeVentes['seuilSansSource'] {
  const { champSource, seuil } = cadre.regles.energie;
  const retenu = writeDecimal(cadre.seuil);
  return retenu === seuil || (readChamp(base, champSource) ?? '').trim() !== '' ? null : { seuil: retenu, lu: seuil };
}

/** Cibles non nulles de l'indicateur du plan ; `null` s'il n'y en a pas. */
function countCibles(plan: Plan, { matrice, lecture }: EtatEngagements): EntreeVentes['vide'] {
  const indicateur = plan.cadre.regles.indicateur;
  if (indicateur === null) return null;
  const lignes = matrice.lignes.filter((l) => l.indicateur.code === indicateur.code && l.ventilation.code === indicateur.mises);
  const cellules = lignes.flatMap((l) => l.cellules.filter((c) => c.ouvert && (nombreDe(lecture.lire(c.champ), l.indicateur) ?? 0n) > 0n)).length;
  return cellules === 0 ? null : { indicateur: indicateur.code, cellules };
}

/** Cibles et plan, là où leurs nombres ne peuvent pas s'accorder, quelle que soit l'année des logements qui n'en ont pas. */
function readEcarts(plan: Plan, { matrice, lecture, millesime }: EtatEngagements): EntreeVentes['cibles'] {
  const { regles } = plan.cadre;
  const premiere = matrice.premiereAnnee;
  if (regles.indicateur === null || premiere === null) return [];
  const { code } = regles.indicateur;
  return matrice.lignes
    .filter((l) => l.indicateur.code === code)
    .flatMap((ligne) => {
      const dedans = venteesDans(plan.lignes, ligne.territoire.code);
      return ligne.cellules.flatMap(({ champ, horizon, ouvert }) => {
        const cible = ouvert ? nombreDe(lecture.lire(champ), ligne.indicateur) : null;
        const compte = cible === null ? null : countHorizon(dedans, regles, ligne.ventilation.code, anneesDe(horizon, millesime.horizons, premiere));
        if (cible === null || compte === null) return [];
        // Qu'une vente à un autre organisme HLM n'y compte pas est une lecture : la compter ne se reproche pas.
        if (cible >= BigInt(compte.retenus) && cible <= BigInt(compte.retenus + compte.sansAnnee + compte.sansAutorisation)) return [];
        return [{ champ, cellule: formatCellule(matrice, champ), cible: Number(cible), plan: compte.retenus, sansAnnee: compte.sansAnnee }];
      });
    });
}
