import { formatDecimal2, formatEuros } from '../documents/format.ts';
import { direExclusNpl, direFixes, direOrigines, libelleBase } from '../../shared/domain/loyers/npl/libelles.ts';
import { formatTaux } from '../../shared/domain/carte/classes.ts';
import { formatEntier } from '../../shared/domain/nombres/format.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { Sortie } from '../../shared/contract.ts';
import type { Contexte } from './contexte.ts';
import { millesimeDe } from './millesime.ts';
import type { Fond } from './explications.ts';

type Resultat = Sortie<'npl.lire'>;
type Ligne = Resultat['lignes'][number];

const taux = (v: number | null): string => (v === null ? 'inconnu' : `${formatTaux(v)} €/m²`);
const inconnu = (sujet: string) => invalide('sujet-inconnu', `« ${sujet} » ne désigne aucun chiffre de la politique des loyers.`, 'Choisir un chiffre de l’écran.');

/** D'où vient un chiffre d'un scénario : `npl/<scenario>/masse/<avant|apres|reste>`, `npl/<scenario>/mixite/<hors-qpv|qpv>`, `npl/<scenario>/ensemble/<code>/<plafond>`. */
export async function explainNpl(contexte: Contexte, sujet: string): Promise<Fond> {
  const [, numero = '', genre = '', code = '', plafond = ''] = sujet.split('/');
  const scenario = Number(numero);
  if (!Number.isSafeInteger(scenario) || scenario <= 0) throw inconnu(sujet);
  const r = await contexte.appeler('npl.lire', { scenario });
  if (genre === 'masse') {
    const fond = masse(r, code);
    if (fond !== null) return fond;
  }
  if (genre === 'mixite' && (code === 'hors-qpv' || code === 'qpv')) return mixite(contexte, r, code);
  const ligne = genre === 'ensemble' ? r.lignes.find((l) => l.ensemble === code && l.plafond === plafond) : undefined;
  if (ligne === undefined) throw inconnu(sujet);
  return ensemble(r, ligne);
}

const AVANT = 'pour chaque ensemble, le maximum des conventions APL ou d’une ancienne CUS (déclaré au RPLS, ou saisi avec sa source : L445-3-1) ; sans plafond réglementaire, la somme des loyers pratiqués, révisée, dans la limite par m² fixée par arrêté (R445-10), qui vaut telle qu’écrite';
const APRES = 'surface × moyenne maximale de chaque plafond de ressources si elle est fixée (IV), sinon × maximum de l’ensemble (III) ; un ensemble que le scénario ne fixe pas garde son maximum d’aujourd’hui';

function masse(r: Resultat, grandeur: string): Fond | null {
  const exclus = Object.entries(r.exclus).map(([raison, n]) => direExclusNpl(raison, n, formatEntier));
  const portee = `Sur ${formatEntier(r.logements)} logements${exclus.length === 0 ? '' : ` ; hors du calcul, avant comme après : ${exclus.join(', ')}`}.`;
  const venus = direOrigines(r.origines ?? [], formatEntier);
  const detail = r.parBase.map((b) => `${libelleBase(b.base).toLowerCase()} ${formatDecimal2(b.surface)} m², ${taux(b.avantM2)} avant, ${taux(b.apresM2)} après`).join(' ; ');
  const commun = {
    articles: ['L445-3', 'R445-9', 'R445-10'],
    sources: [{ libelle: 'Logements du parc', nombre: null, filtres: [{ colonne: 'parc', valeurs: ['oui'] }] }],
    incertitude: 'L’arrêté qui fixe la limite de R445-10 en vigueur n’a pas été retrouvé : elle est saisie dans les barèmes, avec sa source.',
  };
  const titre = (t: string): string => `${t}, « ${r.scenario.nom} »`;
  const somme = (quoi: string, arrondi: string): string => `Σ par mois, ${quoi}. ${portee} Par base : ${detail}. ${r.anneeMontants === null ? 'Un indice manque : aucun montant n’est révisé (L445-3, V).' : `Montants en valeur de ${r.anneeMontants}, révisés par l’IRL (L445-3, V).`} Aucun arrondi avant l’affichage ; ici au centime ${arrondi}.${r.parBase.length > 1 ? ' Arrondie de la somme exacte des deux surfaces : celle de leurs montants arrondis peut en différer d’un centime.' : ''}`;
  switch (grandeur) {
    case 'avant': return { ...commun, titre: titre('Masse maximale avant'), valeur: `${formatEuros(r.avant)} par mois`, formule: `${somme(AVANT, 'inférieur')}${venus.length === 0 ? '' : ` Maximums d’aujourd’hui : ${venus.join(' ; ')}.`}` };
    case 'apres': return { ...commun, titre: titre('Masse maximale après'), valeur: `${formatEuros(r.apres)} par mois`, formule: somme(APRES, 'supérieur') };
    case 'reste': return {
      ...commun, titre: titre(r.respectee ? 'Reste de la masse' : 'Dépassement de la masse'), valeur: `${formatEuros(r.reste)} par mois`,
      formule: `Masse avant − masse après, sur les mêmes logements et la même surface (L445-3, II). ${r.resteM2 === null ? 'Surfaces utile et corrigée ne s’additionnent pas : le reste ne se lit pas en un seul €/m².' : `Rapporté à la surface : ${taux(r.resteM2)}.`} ${portee} Arrondi vers le bas : un dépassement ne disparaît jamais à l’affichage.`,
    };
    default: return null;
  }
}

/** Ce que les maximums offrent d'un côté des QPV, et ce que L441-1 demande des attributions : deux choses, dites l'une à côté de l'autre. */
function mixite(contexte: Contexte, { scenario, mixite: m }: Resultat, cote: 'hors-qpv' | 'qpv'): Fond {
  const hors = cote === 'hors-qpv';
  const { compares, fixes } = hors ? m.horsQpv : m.qpv;
  const n = hors ? m.horsQpv.auNiveauPlai : m.qpv.auDessusPlai;
  const seuil = millesimeDe(contexte.dossier().base).seuils.find((s) => s.code === (hors ? 'quartile-hors-qpv' : 'mixite-qpv'));
  return {
    titre: `${hors ? 'Hors QPV, maximum au niveau PLAI ou au-dessous' : 'En QPV, maximum au-dessus du niveau PLAI'}, « ${scenario.nom} »`,
    valeur: `${formatEntier(n)} sur ${formatEntier(compares)} logements comparés`,
    formule: `Logements comptés des ensembles tout entiers ${hors ? 'hors QPV' : 'en QPV'} dont le maximum ${hors ? 'ne dépasse pas' : 'dépasse'} le plafond de loyer PLAI de leur zone en ${scenario.annee}. Le maximum est celui que le scénario fixe, sinon celui d’aujourd’hui : sur ${formatEntier(compares)} comparés, ${direFixes(fixes, formatEntier)}, ${formatEntier(compares - fixes)} à celui d’aujourd’hui. Non comparés des deux côtés : ${formatEntier(m.nonCompares)} (zone ou plafond PLAI inconnu, surface corrigée, ensemble à cheval sur un QPV ou de situation inconnue).${seuil === undefined ? '' : ` ${seuil.texte}`}`,
    articles: ['L445-2', 'L441-1'],
    sources: [{ libelle: hors ? 'Logements du parc hors QPV' : 'Logements du parc en QPV', nombre: null, filtres: [{ colonne: 'parc', valeurs: ['oui'] }, { colonne: 'qpv', valeurs: [hors ? '2' : '1'] }] }],
    incertitude: 'Ce sont des logements, non des attributions : un maximum de loyer n’attribue aucun logement. La part de L441-1 se compte dans les attributions, jamais ici.',
  };
}

const ans = (annee: number | null): string => (annee === null ? '' : ` de ${annee}`);
/** D'où vient le maximum d'aujourd'hui, et ce qui en est révisé. */
const direAvant = (r: Resultat, l: Ligne): string => `${origineAvant(r, l)}${l.repartie === true ? '. Répartition décidée entre plafonds de ressources : la masse d’avant est celle de l’ensemble, partagée par surface, et le taux d’aujourd’hui le même pour tous ; aucun champ du RPLS ne le porte' : ''}`;

function origineAvant(r: Resultat, l: Ligne): string {
  if (l.plafonne === true) return `Sans plafond réglementaire : les loyers pratiqués dépassent la limite par m²${ans(l.anneeAvant)} saisie dans les barèmes (R445-10) ; c’est elle qui compte, telle qu’écrite, sans révision`;
  const revise = l.irlAvant === null ? (r.anneeMontants === null ? 'non révisé, un indice manquant' : `de ${r.anneeMontants}, sans révision à faire`) : `révisé à ${r.anneeMontants ?? r.scenario.annee} par l’IRL, × ${formatDecimal2(l.irlAvant[0])} / ${formatDecimal2(l.irlAvant[1])} (V)`;
  const [apl = 0, cus = 0] = [l.maximumsApl, l.maximumsCus];
  const deux = apl > 0 && cus > 0 ? `, ${formatEntier(cus)} de l’ancienne CUS et ${formatEntier(apl)} de la convention APL dans l’ensemble` : '';
  const formule = r.origines?.find((o) => o.origine === l.origine)?.formule ?? '';
  return `${formule}${deux} ; montant${ans(l.anneeAvant)}, ${revise}${l.origine === 'R445-10' ? ' ; la limite, elle, vaut telle qu’écrite' : ''}`;
}

function ensemble(r: Resultat, l: Ligne): Fond {
  const fixe = l.maximum === null
    ? `Le scénario ne fixe pas de maximum${r.lignes.some((x) => x.ensemble === l.ensemble && x.maximum !== null) ? ' pour ce plafond de ressources, alors qu’il en fixe pour l’ensemble' : ''} : celui d’aujourd’hui est gardé.`
    : `Nouveau maximum ${taux(l.maximum)}${l.moyenne === null ? '' : `, moyenne maximale ${taux(l.moyenne)} (IV), qui fait la masse`}.`;
  const origine = r.origines?.find((o) => o.origine === l.origine);
  const filtres = [{ colonne: 'parc', valeurs: ['oui'] }, { colonne: 'code_ensemble', valeurs: [l.ensemble] }];
  return {
    titre: `${l.nom}, plafond de ressources ${l.plafond === 'INCONNU' ? 'non renseigné' : l.plafond}, « ${r.scenario.nom} »`,
    valeur: `${taux(l.avantM2)} aujourd’hui, ${taux(l.apresM2)} après`,
    formule: `${direAvant(r, l)}. ${formatEntier(l.comptes)} logements comptés, ${libelleBase(l.base).toLowerCase()} ${formatDecimal2(l.surface)} m². Masse par mois : ${formatEuros(l.avant)} avant, ${formatEuros(l.apres)} après. ${fixe}`,
    articles: [...new Set(['L445-3', ...(origine?.articles ?? [])])],
    sources: [{ libelle: `Logements de ${l.nom}`, nombre: l.logements, filtres }],
    incertitude: origine?.incertitude ?? '',
  };
}
