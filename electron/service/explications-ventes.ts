import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { formatDate, formatEntier } from '../../shared/domain/nombres/format.ts';
import { ETATS_VENTE, LIBELLE_ETAT_VENTE } from '../../shared/domain/ventes/types.ts';
import type { EtatVente } from '../../shared/domain/ventes/types.ts';
import { isColonneVente } from '../../shared/domain/ventes/saisie.ts';
import { direSru } from '../documents/ventes.ts';
import { invalide } from '../../shared/erreurs.ts';
import { nomTerritoire } from '../../shared/territoires/index.ts';
import { deConsulte } from '../../shared/territoires/noms.ts';
import type { Contexte } from './contexte.ts';
import type { Fond } from './explications.ts';
import { listCommunes } from './ventes/communes.ts';
import { readToutes } from './ventes/consultations.ts';
import { direCaseVente, jourDe } from './ventes/ecriture.ts';
import { labelVentes, parseLogementVente } from './ventes/libelles.ts';
import { readPlan } from './ventes/plan.ts';
import type { LigneVente, Plan } from './ventes/plan.ts';

const GENRES = ['total', 'annee', 'acquereur', 'etat', 'drapeau', 'commune', 'epci', 'departement', 'communes', 'epcis', 'qpv', 'documents', 'logement', 'consultation'] as const;
const inconnu = (sujet: string) => invalide('sujet-inconnu', `« ${sujet} » ne désigne aucun chiffre du plan de mise en vente.`, 'Choisir un chiffre de l’écran.');

/** Vrai pour un chiffre du plan ; les champs `ventes/energie/…` et `ventes/aucune` s'expliquent comme les autres champs. */
export const isSujetVentes = (sujet: string): boolean => GENRES.some((g) => g === sujet.split('/')[1]);

/** D'où vient un chiffre du plan : `ventes/total`, `ventes/annee/2027`, `ventes/drapeau/<code>`, `ventes/commune/<code>`, `ventes/logement/<identifiant>/<colonne>`… */
export function explainVentes(contexte: Contexte, sujet: string): Fond {
  const { base } = contexte.dossier();
  const plan = readPlan(base, jourDe(contexte));
  const logement = parseLogementVente(sujet);
  if (logement !== null) return explainLogement(plan, sujet, logement, labelVentes(base, sujet));
  const [, genre = '', cle = ''] = sujet.split('/');
  if (genre === 'consultation') return explainConsultation(contexte, cle, sujet);
  const commune = genre === 'commune' ? listCommunes(base, jourDe(contexte)).lignes.find((c) => c.commune === cle) : undefined;
  const compte = compter(plan, genre, cle);
  if (compte === null) throw inconnu(sujet);
  const drapeau = genre === 'drapeau' ? plan.cadre.regles.drapeaux.find((d) => d.code === cle) : undefined;
  return {
    titre: compte.titre,
    valeur: compte.valeur ?? pluriel(compte.lignes.length, 'logement'),
    formule: [
      compte.formule,
      ...(commune === undefined ? [] : [`Taux de logements sociaux aujourd’hui : ${direSru(commune.actuel)}. Après le retrait de ${formatEntier(commune.retires)} logements du plan : ${direSru(commune.apres)}.${commune.source === '' ? '' : ` Source : ${commune.source}.`}`]),
    ].join(' '),
    articles: [drapeau?.article ?? plan.cadre.regles.article],
    sources: sourcesDe(genre, cle, compte.lignes),
    // Ce qui n'est pas certain tient aux conditions de vente et aux taux, non aux nombres de logements.
    incertitude: genre === 'commune' || genre === 'drapeau' ? plan.cadre.regles.incertitudes.join(' ') : '',
  };
}

const LISTE_MAX = 200;

/** Les logements comptés, dans la table du patrimoine : par des filtres, ou un à un s'ils sont peu. */
function sourcesDe(genre: string, cle: string, lignes: readonly LigneVente[]): Fond['sources'] {
  const auPlan = { colonne: 'plan_vente', vide: false };
  const parFiltre: Readonly<Record<string, Fond['sources'][number]['filtres']>> = {
    total: [auPlan], communes: [auPlan], epcis: [auPlan],
    annee: [{ colonne: 'plan_vente', valeurs: [cle === 'inconnu' ? 'sans année' : cle] }],
    commune: [auPlan, { colonne: 'commune', valeurs: [cle] }], epci: [auPlan, { colonne: 'epci', valeurs: [cle === 'aucun' ? '' : cle] }], departement: [auPlan, { colonne: 'departement', valeurs: [cle] }],
  };
  const filtres = parFiltre[genre] ?? (lignes.length <= LISTE_MAX ? [{ colonne: 'ident_int', valeurs: lignes.map((l) => l.identifiant) }] : null);
  // Un logement du plan qui n'est plus déclaré n'est pas dans cette table : son nombre n'y est pas promis.
  return filtres === null || lignes.length === 0 ? [] : [{ libelle: 'Logements déclarés', nombre: null, filtres }];
}

type Compte = { titre: string; formule: string; lignes: LigneVente[]; valeur?: string };

function compter({ lignes, cadre }: Plan, genre: string, cle: string): Compte | null {
  const { regles } = cadre;
  const vide = cle === 'inconnu';
  switch (genre) {
    case 'total': return { titre: 'Logements du plan de mise en vente', formule: `Logements inscrits au plan : ${ETATS_VENTE.map((e) => `${LIBELLE_ETAT_VENTE[e].toLowerCase()} ${formatEntier(lignes.filter((l) => l.etat === e).length)}`).join(', ')}. Un logement vendu y reste, avec l’année et l’acquéreur de sa vente.`, lignes };
    case 'annee': return { titre: vide ? 'Année de mise en vente à dire' : `Mise en vente en ${cle}`, formule: 'Logements du plan dont c’est l’année civile de mise en vente.', lignes: lignes.filter((l) => (vide ? l.annee === null : String(l.annee) === cle)) };
    case 'acquereur': {
      const a = regles.acquereurs.find((x) => x.code === cle);
      return a === undefined && !vide ? null : { titre: a?.libelle ?? 'Acquéreur à dire', formule: 'Logements du plan prévus pour cette catégorie d’acquéreurs (R445-5).', lignes: lignes.filter((l) => (vide ? l.acquereur === null : l.acquereur === cle)) };
    }
    case 'etat': return Object.hasOwn(LIBELLE_ETAT_VENTE, cle) ? { titre: LIBELLE_ETAT_VENTE[cle as EtatVente], formule: 'Logements du plan dans cet état, tel que saisi.', lignes: lignes.filter((l) => l.etat === cle) } : null;
    case 'drapeau': {
      const d = regles.drapeaux.find((x) => x.code === cle);
      return d === undefined ? null : { titre: `À signaler : ${d.court}`, formule: 'Logements du plan où cette condition est levée ; chaque logement dit pourquoi.', lignes: lignes.filter((l) => l.drapeaux.some((x) => x.code === cle)) };
    }
    case 'communes': return { titre: 'Communes du plan', formule: 'Communes d’aujourd’hui où le plan a au moins un logement.', lignes, valeur: pluriel(new Set(lignes.map((l) => l.commune)).size, 'commune') };
    case 'epcis': return { titre: 'EPCI du plan', formule: 'Établissements publics de coopération intercommunale où le plan a au moins un logement.', lignes, valeur: `${new Set(lignes.flatMap((l) => l.epci ?? [])).size} EPCI` };
    case 'qpv': return { titre: 'Logements du plan en QPV', formule: 'Logements du plan déclarés en quartier prioritaire (champ 22 du RPLS).', lignes: lignes.filter((l) => l.qpv === true) };
    case 'documents': return { titre: 'Documents réunis', formule: 'Logements du plan dont les documents d’habitabilité et d’énergie sont dits réunis.', lignes: lignes.filter((l) => l.documents) };
    case 'commune': return { titre: `Plan de mise en vente, ${nomTerritoire(`com-${cle}`)}`, formule: 'Logements du plan dans cette commune.', lignes: lignes.filter((l) => l.commune === cle) };
    case 'epci': return { titre: `Plan de mise en vente, ${cle === 'aucun' ? 'hors de tout EPCI' : nomTerritoire(`epci-${cle}`)}`, formule: 'Logements du plan dans cet EPCI.', lignes: lignes.filter((l) => (l.epci ?? 'aucun') === cle) };
    case 'departement': return { titre: `Plan de mise en vente, ${nomTerritoire(`dep-${cle}`)}`, formule: 'Logements du plan dans ce département.', lignes: lignes.filter((l) => l.departement === cle) };
    default: return null;
  }
}

function explainLogement({ parIdentifiant, cadre }: Plan, sujet: string, { identifiant, colonne }: { identifiant: string; colonne: string | null }, titre: string): Fond {
  const l = parIdentifiant.get(identifiant);
  if (l === undefined) throw inconnu(sujet);
  const { energie } = cadre.regles;
  const valeur = colonne !== null && isColonneVente(colonne) ? (direCaseVente(cadre.regles, colonne, colonne === 'documents' ? (l.documents ? 1 : 0) : l[colonne]) ?? 'vide') : l.drapeaux.length === 0 ? 'Rien à signaler' : l.drapeaux.map((d) => d.court).join(', ');
  return {
    titre,
    valeur,
    formule: [`${l.adresse === '' ? 'Adresse inconnue' : l.adresse}, ${l.nomCommune}.`, ...l.drapeaux.map((d) => `${d.texte} (${d.article})`), ...(colonne === 'conso' ? [`Consommation maximale : ${energie.article}. ${energie.sourceBornes}`] : [])].join(' '),
    articles: [...new Set([cadre.regles.article, ...l.drapeaux.map((d) => d.article)])],
    sources: l.auParc ? [{ libelle: 'Ce logement', nombre: 1, filtres: [{ colonne: 'ident_int', valeurs: [identifiant] }] }] : [],
    incertitude: '',
  };
}

function explainConsultation(contexte: Contexte, cle: string, sujet: string): Fond {
  const { lignes, silence, opposition, sansDelai, article } = readToutes(contexte.dossier().base, jourDe(contexte));
  const c = lignes.find((x) => x.cle === cle);
  if (c === undefined) throw inconnu(sujet);
  const dates = [c.recue === null ? 'Réception à dire' : `Reçue le ${formatDate(c.recue)}`, c.limite === null ? '' : `délai jusqu’au ${formatDate(c.limite)}${c.echeance === null || c.echeance !== c.limite ? ' (réception + deux mois)' : ` (retenu : ${c.motif === '' ? 'sans motif' : c.motif})`}`, c.echeance !== null && c.echeance !== c.limite ? `la date retenue, ${formatDate(c.echeance)}, l’abrégerait et ne vaut pas` : ''].filter((t) => t !== '').join(', ');
  return {
    titre: `Consultation ${deConsulte(c.delaiLegal, c.nom)} sur le plan de mise en vente`, valeur: c.libelleEtat,
    formule: `${[`${dates}.`, ...c.aVerifier].join(' ')} ${c.delaiLegal ? `${silence} ${opposition}` : sansDelai} Elle porte sur ${pluriel(c.logements, 'logement')} du plan.`,
    articles: [article], sources: [], incertitude: '',
  };
}
