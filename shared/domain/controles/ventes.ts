import { accord, pluriel } from '../nombres/accord.ts';
import { formatDate, formatDecimal, formatEntier } from '../nombres/format.ts';
import { deConsulte } from '../../territoires/noms.ts';
import { isAbrege } from '../ventes/avis.ts';
import type { EtatAvis } from '../ventes/avis.ts';
import type { CommuneVente } from '../ventes/types.ts';
import type { Regle, Releve } from './types.ts';

/** Ce que les contrôles lisent du plan de mise en vente. */
export type EntreeVentes = {
  drapeaux: readonly { code: string; article: string; nombre: number; exemples: readonly string[] }[];
  /** Consultations sur des logements du plan. */
  consultations: readonly { cle: string; nom: string; delaiLegal: boolean; etat: EtatAvis; libelleEtat: string; calculee: string | null; limite: string | null; repondue: string | null; tardif: boolean; logements: number; echeance: string | null; motif: string; aVerifier: readonly string[] }[];
  /** Communes du plan dont un chiffre est saisi. `calcule` : le taux des nombres, s'il n'est pas celui qui est saisi ; `retires` : logements que les ventes retireraient. */
  communes: readonly { commune: string; nom: string; saisie: CommuneVente; calcule: string | null; retires: number; atteint: boolean | null }[];
  /** Logements du plan, quand l'organisme a dit ne rien mettre en vente ; sinon zéro. */
  contredits: number;
  /** Consommation maximale saisie à la place de celle de l'article, sans sa source ; sinon `null`. */
  seuilSansSource: { seuil: string; lu: string } | null;
  /** Indicateur que le plan nourrit, et ses cibles non nulles quand le plan est vide. */
  vide: { indicateur: string; cellules: number } | null;
  /** Cibles que le plan contredit. */
  cibles: readonly { champ: string; cellule: string; cible: number; plan: number; sansAnnee: number }[];
};

/** Plan de mise en vente : conditions de vente, consultations, taux des communes, accord avec les engagements. */
export const checkVentes: Regle = ({ ventes }) => {
  if (ventes === undefined) return [];
  return [
    ...ventes.drapeaux.map(({ code, article, nombre, exemples }): Releve => ({
      code, article, champ: `ventes/drapeau/${code}`,
      valeurs: { logements: pluriel(nombre, 'logement'), exemples: `${exemples.join(', ')}${nombre > exemples.length ? '…' : ''}` },
    })),
    ...ventes.consultations.flatMap(releveConsultation),
    ...ventes.consultations.flatMap((c) => c.aVerifier.map((raison): Releve => ({ code: 'vente-avis-a-verifier', champ: `ventes/consultation/${c.cle}`, valeurs: { de: deConsulte(c.delaiLegal, c.nom), raison } }))),
    ...ventes.consultations.flatMap(releveDateRetenue),
    ...ventes.communes.flatMap(releveCommune),
    ...(ventes.contredits === 0 ? [] : [{ code: 'vente-aucune-contredite', champ: 'ventes/aucune', valeurs: { logements: pluriel(ventes.contredits, 'logement') } }]),
    ...(ventes.seuilSansSource === null ? [] : [{ code: 'vente-seuil-sans-source', champ: 'ventes/energie/source', valeurs: { seuil: formatDecimal(ventes.seuilSansSource.seuil), lu: formatDecimal(ventes.seuilSansSource.lu) } }]),
    ...(ventes.vide === null ? [] : [{ code: 'vente-plan-vide', champ: 'ventes/total', valeurs: { indicateur: ventes.vide.indicateur, cellules: pluriel(ventes.vide.cellules, 'cellule'), portent: accord(ventes.vide.cellules, 'porte', 'portent') } }]),
    ...ventes.cibles.map(({ champ, cellule, cible, plan, sansAnnee }): Releve => ({
      code: 'vente-cible', champ,
      valeurs: { cellule, cible: formatEntier(cible), plan: formatEntier(plan), sansAnnee: sansAnnee === 0 ? '' : `, ${formatEntier(sansAnnee)} ${accord(sansAnnee, 'autre y est', 'autres y sont')} sans année` },
    })),
  ];
};

/** Des chiffres d'une commune qui ne peuvent pas être vrais ensemble. */
function releveCommune({ commune, nom, saisie, calcule, retires, atteint }: EntreeVentes['communes'][number]): Releve[] {
  const champ = `ventes/commune/${commune}`;
  const { sociaux, residences } = saisie;
  const nombres = { sociaux: formatEntier(sociaux ?? 0), residences: formatEntier(residences ?? 0) };
  const impossible = (raison: string): Releve => ({ code: 'vente-sru-impossible', champ, valeurs: { commune: nom, raison } });
  return [
    ...(calcule === null ? [] : [{ code: 'vente-sru-incoherent', champ, valeurs: { commune: nom, taux: formatDecimal(saisie.taux ?? ''), ...nombres, calcule: formatDecimal(calcule) } }]),
    ...(sociaux !== null && residences !== null && sociaux > residences ? [impossible(`${nombres.sociaux} logements sociaux pour ${pluriel(residences, 'résidence principale', 'résidences principales')}, soit plus de 100 %`)] : []),
    ...(sociaux !== null && sociaux < retires ? [impossible(`${pluriel(sociaux, 'logement social', 'logements sociaux')}, moins que les ${formatEntier(retires)} du plan que les ventes y retireraient`)] : []),
    ...(saisie.carence === true && atteint === true ? [{ code: 'vente-carence-atteint', champ, valeurs: { commune: nom } }] : []),
  ];
}

function releveConsultation(c: EntreeVentes['consultations'][number]): Releve[] {
  const champ = `ventes/consultation/${c.cle}`;
  const releve = (code: string, valeurs: Record<string, string> = {}): Releve => ({ code, champ, valeurs: { de: deConsulte(c.delaiLegal, c.nom), ...valeurs } });
  const date = c.limite === null ? '' : formatDate(c.limite);
  if (c.tardif) return [releve('vente-avis-tardif', { date, repondue: formatDate(c.repondue ?? '') })];
  switch (c.etat) {
    case 'a-envoyer': return [releve('vente-consultation', { etat: 'elle n’est pas envoyée' })];
    case 'a-recevoir': return [releve('vente-consultation', { etat: 'la date de réception, d’où court le délai, n’est pas dite' })];
    case 'sans-reponse': return [releve('vente-consultation', { etat: 'aucune réponse, et L445-1 ne dit pas ce que vaut ce silence' })];
    case 'en-cours': return [releve('vente-avis-en-cours', { date })];
    case 'defavorable': case 'reserves': return [releve('vente-avis-reserve', { avis: c.libelleEtat })];
    case 'favorable': case 'repute-favorable': return [];
  }
}

/** Une date limite retenue à la place de la calculée : abrégée elle ne vaut pas, sans motif elle ne s'explique pas. */
function releveDateRetenue(c: EntreeVentes['consultations'][number]): Releve[] {
  if (c.echeance === null) return [];
  const valeurs = { de: deConsulte(c.delaiLegal, c.nom), retenue: formatDate(c.echeance), date: c.calculee === null ? '' : formatDate(c.calculee) };
  const releve = (code: string): Releve => ({ code, champ: `ventes/consultation/${c.cle}`, valeurs });
  if (isAbrege({ commune: c.delaiLegal, echeance: c.echeance }, c.calculee)) return [releve('vente-delai-abrege')];
  return c.motif.trim() === '' ? [releve('vente-delai-sans-motif')] : [];
}
