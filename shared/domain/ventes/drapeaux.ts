import type { ReglesVentes } from '../../millesimes/types.ts';
import type { Decimal } from '../nombres/decimal.ts';
import { writeDecimal } from '../nombres/decimal.ts';
import { formatDate, formatDecimal } from '../nombres/format.ts';
import { judgeAnciennete } from './anciennete.ts';
import type { EtatAvis } from './avis.ts';
import { judgeEnergie } from './energie.ts';
import type { AnalyseSru } from './sru.ts';
import { LIBELLE_ETAT_VENTE } from './types.ts';
import type { CommuneVente, Drapeau, LogementVente } from './types.ts';

/** Ce qui vaut pour tout le plan. `annees` : les années civiles de la convention, vide sans date d'effet. */
export type CadreVentes = { regles: ReglesVentes; annees: readonly number[]; seuil: Decimal; /** Aujourd'hui, date ISO ; son année vaut à défaut de convention. */ aujourdhui: string };
/** Ce qui vaut pour tous les logements d'une commune. */
export type ContexteCommune = { nom: string; saisie: CommuneVente | null; sru: AnalyseSru; avis: EtatAvis | null };

/** Tout ce qu'il faut signaler d'un logement du plan, dans l'ordre des drapeaux du millésime. Un logement vendu ne se juge plus. */
export function computeDrapeaux(l: LogementVente, cadre: CadreVentes, commune: ContexteCommune): Drapeau[] {
  const poses = [...(l.etat === 'vendu' ? [] : [...checkAnciennete(l, cadre), ...checkEnergie(l, cadre), ...checkCommune(l, cadre, commune), ...checkAcquereur(l, cadre)]), ...checkPlan(l, cadre)];
  const rang = new Map(cadre.regles.drapeaux.map((d, i) => [d.code, i]));
  return poses.toSorted((a, b) => (rang.get(a.code) ?? 0) - (rang.get(b.code) ?? 0));
}

/** Une vente à un autre organisme HLM : une simple déclaration, sans l'autorisation de L443-7 (L443-11, I). */
export const isSansAutorisation = ({ acquereur }: { acquereur: string | null }, regles: ReglesVentes): boolean => regles.acquereurs.find((a) => a.code === acquereur)?.hlm === 'oui';

const drapeau = (code: string, mots: Record<string, string> = {}): Drapeau => ({ code, mots });
const hlmDe = ({ regles }: CadreVentes, acquereur: string | null) => regles.acquereurs.find((a) => a.code === acquereur)?.hlm ?? null;

/** Années où la vente peut se faire : celle qui est dite, sinon toutes celles de la convention. */
function anneesVente({ annee }: LogementVente, cadre: CadreVentes): { premiere: number; derniere: number } {
  if (annee !== null) return { premiere: annee, derniere: annee };
  return { premiere: cadre.annees[0] ?? Number(cadre.aujourdhui.slice(0, 4)), derniere: cadre.annees.at(-1) ?? Number(cadre.aujourdhui.slice(0, 4)) };
}

function checkAnciennete(l: LogementVente, cadre: CadreVentes): Drapeau[] {
  if (l.parc === null || hlmDe(cadre, l.acquereur) === 'oui') return [];
  const { premiere, derniere } = anneesVente(l, cadre);
  const { annees } = cadre.regles.anciennete;
  const r = judgeAnciennete(l.parc, premiere, derniere, annees);
  if (r.verdict === 'oui') return [];
  if (r.verdict === 'incertain') return [drapeau('vente-anciennete-a-verifier', { raison: r.raison })];
  return [drapeau('vente-trop-recente', { quoi: r.quoi, annee: String(r.annee), ans: String(annees), vente: String(derniere) })];
}

function checkEnergie(l: LogementVente, cadre: CadreVentes): Drapeau[] {
  if (l.parc === null || hlmDe(cadre, l.acquereur) === 'oui') return [];
  const r = judgeEnergie({ classe: l.parc.dpe, mois: l.parc.dpeDate, conso: l.conso }, cadre.seuil, cadre.regles.energie.bornes);
  if (r.verdict === 'oui') return [];
  if (r.verdict === 'incertain') return [drapeau('vente-energie-a-verifier', { raison: r.raison })];
  return [drapeau('vente-energie-au-dessus', { classe: r.classe, seuil: formatDecimal(writeDecimal(cadre.seuil)) })];
}

function checkCommune(l: LogementVente, cadre: CadreVentes, commune: ContexteCommune): Drapeau[] {
  return [...checkCarence(l, cadre, commune), ...checkSru(l, cadre, commune)];
}

function checkCarence(l: LogementVente, cadre: CadreVentes, { nom, saisie }: ContexteCommune): Drapeau[] {
  const hlm = hlmDe(cadre, l.acquereur);
  if (saisie?.carence !== true || saisie.mixite === true || hlm === 'oui') return [];
  const verifier = (raison: string): Drapeau[] => [drapeau('vente-carence-a-verifier', { commune: nom, raison })];
  if (saisie.mixite === null) return verifier('dire si un contrat de mixité sociale y est conclu ; sinon la vente n’est possible qu’à un autre organisme d’habitations à loyer modéré.');
  if (l.acquereur === null) return verifier('la vente n’y est possible qu’à un autre organisme d’habitations à loyer modéré, et l’acquéreur n’est pas dit.');
  if (hlm === 'incertain') return verifier('vérifier qu’une société de vente est un « autre organisme d’habitations à loyer modéré » au sens de l’article.');
  return [drapeau('vente-carence', { commune: nom, acquereur: cadre.regles.acquereurs.find((a) => a.code === l.acquereur)?.libelle ?? l.acquereur })];
}

/** L'opposition interdit la vente si la commune est sous son taux, ou si la vente le lui ferait perdre (L445-1). */
function checkSru(l: LogementVente, cadre: CadreVentes, { nom, sru, avis }: ContexteCommune): Drapeau[] {
  // La vente à un autre organisme n'est pas soumise à cette autorisation (L443-11, I).
  if (hlmDe(cadre, l.acquereur) === 'oui') return [];
  const { actuel, apres } = sru;
  const sous = actuel.atteint === false;
  const perdu = !sous && apres.atteint === false;
  if (avis === 'defavorable') {
    if (sous) return [drapeau('vente-opposition', { commune: nom, raison: `n’a pas atteint son taux de logements sociaux (${actuel.dit})` })];
    if (perdu) return [drapeau('vente-opposition', { commune: nom, raison: `n’atteindrait plus son taux après les ventes du plan (${apres.dit})` })];
    if (actuel.atteint === null || apres.atteint === null) {
      return [drapeau('vente-opposition-a-verifier', { commune: nom, raison: [...new Set([...actuel.manque, ...apres.manque])].join(', ') })];
    }
    return [drapeau('vente-opposition-sans-effet', { commune: nom, raison: apres.dit })];
  }
  if (actuel.atteint === null) return [drapeau('vente-sru-non-saisi', { commune: nom, raison: actuel.manque.join(', ') })];
  if (sous) return [drapeau('vente-commune-sru', { commune: nom, raison: actuel.dit })];
  return perdu ? [drapeau('vente-commune-sru-apres', { commune: nom, raison: apres.dit })] : [];
}

function checkAcquereur(l: LogementVente, cadre: CadreVentes): Drapeau[] {
  const acquereur = cadre.regles.acquereurs.find((a) => a.code === l.acquereur);
  if (acquereur === undefined) return [drapeau('vente-sans-acquereur')];
  if (acquereur.hlm === 'oui') return [drapeau('vente-sans-autorisation')];
  if (!acquereur.personneMorale || l.parc === null) return [];
  const { annees, cus, financements } = cadre.regles.personnesMorales;
  const pls = l.parc.cus === null ? (l.parc.finan === null ? null : financements.includes(l.parc.finan)) : cus.includes(l.parc.cus);
  if (pls !== true) {
    const raison = pls === null ? 'Plafond de ressources inconnu : une vente à une personne morale de droit privé suppose les plafonds du PLS.' : 'Les plafonds de ressources du PLS ne s’y appliquent pas d’après la déclaration : hors des cas VI et VII, une vente à une personne morale de droit privé les suppose.';
    return [drapeau('vente-personne-morale', { raison })];
  }
  const { premiere, derniere } = anneesVente(l, cadre);
  const r = judgeAnciennete(l.parc, premiere, derniere, annees);
  if (r.verdict === 'oui') return [];
  return [drapeau('vente-personne-morale', { raison: r.verdict === 'non' ? `${r.quoi} en ${r.annee} : une vente à une personne morale de droit privé suppose plus de ${annees} ans.` : `Plus de ${annees} ans à vérifier. ${r.raison}` })];
}

/** Ce que le plan lui-même doit dire. */
function checkPlan(l: LogementVente, cadre: CadreVentes): Drapeau[] {
  const poses: Drapeau[] = [];
  if (l.etat !== 'vendu' && l.parc === null) poses.push(drapeau('vente-hors-parc', { raison: 'Aucun logement de la déclaration en vigueur n’a cet identifiant : ce qui s’en montre est ce qu’elle en disait à son entrée au plan. Il y reste, hors des lettres de consultation : le dire vendu, le retirer, ou corriger l’identifiant.' }));
  if (l.etat !== 'vendu' && l.parc !== null && l.parc.sortie !== null) poses.push(drapeau('vente-hors-parc', { raison: 'Sorti du patrimoine d’après la déclaration en vigueur, et hors des lettres de consultation : dire s’il est vendu, ou le retirer du plan.' }));
  if (l.etat !== 'vendu' && !l.documents) poses.push(drapeau('vente-documents'));
  if (l.etat !== 'a-vendre' && l.date !== null && l.date > cadre.aujourdhui) poses.push(drapeau('vente-date-future', { etat: LIBELLE_ETAT_VENTE[l.etat], date: formatDate(l.date) }));
  // Sans année, un logement en commercialisation ou vendu compte à celle de sa date.
  if (l.annee === null) poses.push(...(l.etat !== 'a-vendre' && l.date !== null ? [] : [drapeau('vente-sans-annee')]));
  else if (cadre.annees.length > 0 && !cadre.annees.includes(l.annee)) poses.push(drapeau('vente-hors-periode', { annee: String(l.annee), periode: `${cadre.annees[0]}-${cadre.annees.at(-1)}` }));
  if (l.parc?.qpv === 1) poses.push(drapeau('vente-qpv'));
  return poses;
}

/** Texte d'un drapeau : le modèle du millésime, rempli. */
export function formatDrapeau(regles: ReglesVentes, { code, mots }: Drapeau): { code: string; court: string; article: string; texte: string } {
  const d = regles.drapeaux.find((x) => x.code === code);
  if (d === undefined) throw new Error(`drapeau inconnu : ${code}`);
  return { code, court: d.court, article: d.article, texte: d.texte.replace(/\{(\w+)\}/gu, (trou, nom: string) => mots[nom] ?? trou) };
}
