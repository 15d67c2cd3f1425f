import { formatPart } from '../documents/format.ts';
import { MENTION_USUELLES } from '../../shared/domain/occupation/bandes.ts';
import { LIBELLE_SITUATION, SITUATIONS } from '../../shared/domain/occupation/modalites.ts';
import type { Situation } from '../../shared/domain/occupation/modalites.ts';
import { EXCLUS } from '../../shared/domain/occupation/rpls.ts';
import { formatDate, formatEntier } from '../../shared/domain/nombres/format.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { Contexte } from './contexte.ts';
import type { Fond } from './explications.ts';
import { filtresTerritoire } from './filtres.ts';
import { MAILLES_OCCUPATION, readOccupation } from './occupation-resultats.ts';
import type { Lu } from './occupation-resultats.ts';

type Filtres = Fond['sources'][number]['filtres'];
type Cumul = Lu['lignes'][number]['total'];

const QPV: Record<Situation, string | null> = { total: null, qpv: '1', horsQpv: '2', qpvInconnu: '' };
const TERRITOIRES: Record<string, string> = { commune: 'com', epci: 'epci', departement: 'dep' };
const ORIGINE = 'Formule d’un traitement publié d’une direction régionale ; R445-3 nomme ces taux sans les définir.';
const oui = (colonne: string): Filtres => [{ colonne, valeurs: ['oui'] }];

type Mesure = { titre: string; n: number | null; sur: number | null; formule: string; articles: string[]; libelle: string; filtres: Filtres; base?: { libelle: string; filtres: Filtres }; incertitude: string };

/** Vrai d'un sujet `occupation/MAILLE/…` ; les autres `occupation/…` sont des champs. */
export const isSujetOccupation = (sujet: string): boolean => MAILLES_OCCUPATION.some((m) => sujet.startsWith(`occupation/${m}/`));

/** D'où vient un chiffre : `occupation/MAILLE/CODE/SITUATION/MESURE`, MESURE étant `repondants`, `concernes`, `occupants`, `vacance`, `vacance3`, `rotation`, ou `VARIABLE-RANG`. */
export function explainOccupation(contexte: Contexte, sujet: string): Fond {
  const [, maille = '', code = '', situation = '', mesure = ''] = sujet.split('/');
  const par = MAILLES_OCCUPATION.find((m) => m === maille);
  const s = SITUATIONS.find((x) => x === situation);
  if (par === undefined || s === undefined) throw inconnu(sujet);
  const lu = readOccupation(contexte.dossier().base, par, { code });
  const [ligne] = lu.lignes;
  const m = ligne === undefined ? null : mesureDe(lu, ligne[s], mesure);
  if (ligne === undefined || m === null) throw inconnu(sujet);
  const qpv = QPV[s];
  const lieu: Filtres = [
    ...(par === 'ensemble' ? [{ colonne: 'parc', valeurs: ['oui'] }, { colonne: 'code_ensemble', valeurs: [code] }]
      : par === 'epci' && code === '' ? [{ colonne: 'parc', valeurs: ['oui'] }, { colonne: 'epci', valeurs: [''] }]
      : filtresTerritoire(par === 'organisme' ? 'organisme' : `${TERRITOIRES[par] ?? ''}-${code}`)),
    ...(qpv === null ? [] : [{ colonne: 'qpv', valeurs: [qpv] }]),
  ];
  // Une enquête réunie par ensemble n'a pas de réponse logement par logement : ses lignes sont celles des ensembles.
  const reunie = lu.enquete?.maille === 'ensemble' && m.filtres.some((f) => f.colonne.startsWith('ops_'));
  const { base } = m;
  return {
    titre: `${m.titre}, ${ligne.nom}${s === 'total' ? '' : `, ${LIBELLE_SITUATION[s].toLowerCase()}`}`,
    valeur: m.sur === null ? formatEntier(m.n ?? 0) : `${formatEntier(m.n ?? 0)} sur ${formatEntier(m.sur)}${m.sur === 0 ? '' : ` (${formatPart(m.n ?? 0, m.sur)})`}`,
    formule: m.formule,
    articles: m.articles,
    sources: reunie
      ? [{ libelle: 'Logements du parc de ces ensembles (l’enquête est réunie par ensemble)', nombre: ligne[s].logements, filtres: lieu }]
      : [
          { libelle: m.libelle, nombre: m.n, filtres: [...lieu, ...m.filtres] },
          ...(base === undefined || m.sur === null ? [] : [{ libelle: base.libelle, nombre: m.sur, filtres: [...lieu, ...base.filtres] }]),
        ],
    incertitude: m.incertitude,
  };
}

function mesureDe(lu: Lu, c: Cumul, mesure: string): Mesure | null {
  const repondants = { libelle: 'Ménages répondants', filtres: oui('ops_repondant') };
  const concernes = { libelle: 'Logements concernés', filtres: oui('ops_concerne') };
  const offerts = { libelle: 'Loués ou proposés (modes 1 et 2)', filtres: [{ colonne: 'mode', valeurs: ['1', '2'] }] };
  const annees = `Déclaration ${lu.annees.join(', ') || 'sans année'}`;
  switch (mesure) {
    case 'repondants':
      return {
        titre: 'Réponses à l’enquête', n: c.repondants, sur: c.concernes, articles: ['L442-5', 'R442-14'], ...repondants, base: concernes, incertitude: reserve(lu),
        formule: 'Ménages répondants / logements concernés : ceux loués au RPLS (mode 1), ou présents dans l’enquête. Sans colonne « répondant », un ménage répond si une de ses valeurs est connue.',
      };
    case 'concernes':
      return { titre: 'Logements concernés par l’enquête', n: c.concernes, sur: c.logements, articles: ['L442-5'], ...concernes, base: { libelle: 'Logements du parc', filtres: [] }, incertitude: '', formule: 'Logements du parc loués au RPLS (mode 1), ou présents dans l’enquête.' };
    case 'occupants':
      return { titre: 'Occupants', n: c.occupants, sur: null, articles: ['R442-14', 'R445-3'], ...repondants, incertitude: reserve(lu), formule: 'Somme des occupants des ménages répondants dont le nombre d’occupants est connu.' };
    case 'vacance':
      return { titre: 'Vacance', n: c.vacants, sur: c.offerts, articles: ['R445-3'], libelle: 'Vacants (mode 2)', filtres: [{ colonne: 'mode', valeurs: ['2'] }], base: offerts, incertitude: ORIGINE, formule: `MODE 2 / MODE 1 et 2. ${annees}. Hors du calcul, dans tout le parc : ${exclus(lu.exclus.vacance)}.` };
    case 'vacance3':
      return {
        titre: 'Vacance de plus de trois mois', n: c.vacantsTroisMois, sur: c.offerts, articles: ['R445-3'], libelle: 'Vacants depuis plus de trois mois', filtres: oui('vacant_trois_mois'), base: offerts, incertitude: ORIGINE,
        formule: `MODE 2 et dernière date d’offre (champ 62) à plus de trois mois du 1er janvier de la déclaration / MODE 1 et 2. ${annees}. Durée inconnue, non comptés au numérateur, dans tout le parc : ${exclus(lu.exclus.duree)}.`,
      };
    case 'rotation':
      return {
        titre: 'Rotation', n: c.rotation, sur: c.baseRotation, articles: ['R445-3'], libelle: 'Emménagements', filtres: oui('rotation'), base: { libelle: 'Mis en location avant N − 1, modes 1 et 2', filtres: oui('base_rotation') }, incertitude: ORIGINE,
        formule: `(année du bail ≥ N − 1 et première mise en location < N − 1) / (première mise en location < N − 1 et MODE 1 et 2), N étant l’année de la déclaration. ${annees}. Hors du calcul, dans tout le parc : ${exclus(lu.exclus.rotation)}.`,
      };
    default: {
      const [code = '', rang = ''] = mesure.split('-');
      const i = lu.variables.findIndex((v) => v.code === code);
      const variable = lu.variables[i];
      const k = Number(rang);
      const modalite = variable?.modalites[k];
      if (variable === undefined || modalite === undefined || !/^\d+$/u.test(rang)) return null;
      const inconnue = k === variable.modalites.length - 1;
      return {
        titre: `${variable.libelle} : ${modalite}`, n: c.variables[i]?.[k] ?? 0, sur: c.repondants, articles: ['L442-5', 'R442-14', 'R445-3'], libelle: 'Ménages répondants de cette modalité',
        filtres: [...repondants.filtres, { colonne: `ops_${code}`, valeurs: [inconnue ? '' : rang] }], base: repondants, incertitude: reserve(lu), formule: formuleDe(lu, code, modalite, inconnue),
      };
    }
  }
}

function formuleDe(lu: Lu, code: string, modalite: string, inconnue: boolean): string {
  const tete = `Ménages répondants, ${modalite} / ménages répondants.`;
  if (inconnue) return `Ménages répondants dont la valeur manque, ou ne se range dans aucune modalité / ménages répondants.${code === 'emmenagements' && lu.dateReference === null ? ' La date de référence de l’enquête n’est pas donnée.' : ''}`;
  if (code === 'ressources') return `${tete} Bandes en pour cent des plafonds du PLUS ; une borne appartient à la bande qui finit par elle.`;
  if (code === 'emmenagements') return `${tete} Deux dernières années à la date de référence${lu.dateReference === null ? '' : `, le ${formatDate(lu.dateReference)}`}.`;
  return tete;
}

const reserve = (lu: Lu): string =>
  [
    lu.bornesUsuelles ? `Bandes de ressources ${MENTION_USUELLES}.` : 'Bandes de ressources fixées par l’organisme.',
    'Modalités proposées par l’application : la trame annexée à l’arrêté du 13 février 2020 n’a pas été obtenue. La périodicité de l’enquête diffère selon les sources : la date de référence est celle que donne l’organisme.',
  ].join(' ');

const exclus = (comptes: Record<string, number>): string => Object.entries(comptes).map(([r, n]) => `${EXCLUS[r] ?? r}, ${formatEntier(n)}`).join(' ; ') || 'aucun';

const inconnu = (sujet: string) => invalide('sujet-inconnu', `« ${sujet} » ne désigne aucun chiffre de l’occupation sociale.`, 'Choisir un chiffre de l’écran.');
