/** Ce qui se compte dans les attributions. Chaque mesure a sa base ; inconnu n'est ni oui ni non. */
import type { MesureAttributions } from '../../millesimes/types.ts';
import type { Comptee, Tri } from './types.ts';

export type Mesure = {
  code: MesureAttributions;
  libelle: string;
  /** Ce que la base compte. */
  sur: string;
  /** Formule en mots. */
  formule: string;
  base(a: Comptee): Tri;
  /** Ce que l'attribution ajoute au nombre : 0 ou 1, un nombre de refus ; `null` : inconnu. */
  valeur(a: Comptee): number | null;
};

export const et = (...tris: readonly Tri[]): Tri => (tris.includes(false) ? false : tris.includes(null) ? null : true);
export const ou = (...tris: readonly Tri[]): Tri => (tris.includes(true) ? true : tris.includes(null) ? null : false);
const non = (t: Tri): Tri => (t === null ? null : !t);
const un = (t: Tri): number | null => (t === null ? null : t ? 1 : 0);

const toutes = (): Tri => true;
const enQpv = (a: Comptee): Tri => (a.qpv === null ? null : a.qpv === 1);
const horsQpv = (a: Comptee): Tri => non(enQpv(a));
/** Hors QPV, parmi ceux qui ont la qualité ; une qualité inconnue le reste, même en QPV : rien n'en est su. */
const parmiHors = (qualite: Tri, a: Comptee): Tri => (qualite === null ? null : et(qualite, horsQpv(a)));
const reloge = (a: Comptee): Tri => (a.reloge === null ? null : a.reloge !== 'non');
const mute = (a: Comptee): Tri => (a.mutation === null ? null : a.mutation !== 'non');
const genreMutation = (a: Comptee, genre: 'interne' | 'externe'): Tri => (a.mutation === null || a.mutation === 'oui' ? null : a.mutation === genre);
/** Premier quartile, ou relogé : les ménages de l'obligation de L441-1. */
const vise = (a: Comptee): Tri => ou(a.premier, reloge(a));
const prioritaire = (a: Comptee): Tri => ou(a.dalo, a.prioritaire);
/** Réservé sans que l'échec du réservataire soit dit : peut-être. Non réservé, ou échoué, suffit, même sans l'autre. */
const nonReserve = (a: Comptee): Tri => ou(a.reserve === null ? null : a.reserve === 'non', a.echec);
const collectivite = (a: Comptee): Tri => (a.reserve === null || a.reserve === 'oui' ? null : a.reserve === 'collectivite');
/** Qui n'est ni muté ni relogé n'a pas besoin d'être dit hors de la rénovation urbaine. */
const renouvellement = (a: Comptee): Tri => ou(a.mutationRu ?? (mute(a) === false ? false : null), a.reloge === null || a.reloge === 'oui' ? null : a.reloge === 'ru');
const bouge = (a: Comptee): Tri => ou(mute(a), reloge(a));
const sortie = (a: Comptee): Tri => et(bouge(a), a.venant, horsQpv(a));
const entree = (a: Comptee): Tri => et(bouge(a), non(a.venant), enQpv(a));

const ATTRIBUTIONS = 'Attributions';
const HORS = 'Attributions hors QPV';

type Definition = readonly [libelle: string, sur: string, formule: string, base: (a: Comptee) => Tri, valeur: (a: Comptee) => number | null];
const tri = (libelle: string, sur: string, formule: string, base: (a: Comptee) => Tri, valeur: (a: Comptee) => Tri): Definition => [libelle, sur, formule, base, (a) => un(valeur(a))];

const DEFINITIONS: Readonly<Record<MesureAttributions, Definition>> = {
  signes: tri('Suivies d’un bail signé', ATTRIBUTIONS, 'Attributions suivies d’un bail signé / attributions.', toutes, (a) => a.bail),
  'hors-qpv': tri('Hors QPV', ATTRIBUTIONS, 'Attributions de logements hors QPV / attributions.', toutes, horsQpv),
  ps1: tri(
    '1er quartile ou relogés (PS-1)', HORS,
    'Attributions hors QPV suivies d’un bail signé, à un demandeur du premier quartile ou à une personne relogée / attributions hors QPV.', horsQpv, (a) => et(a.bail, vise(a)),
  ),
  'quartile-hors-qpv': tri('1er quartile, hors QPV', HORS, 'Attributions hors QPV à un demandeur du premier quartile / attributions hors QPV.', horsQpv, (a) => a.premier),
  reloges: tri('Relogés', ATTRIBUTIONS, 'Attributions à des personnes relogées (renouvellement urbain, copropriétés dégradées) / attributions.', toutes, reloge),
  'reloges-hors-qpv': tri('Relogés, hors QPV', HORS, 'Attributions hors QPV à des personnes relogées / attributions hors QPV.', horsQpv, reloge),
  'l441-quartile': tri(
    '1er quartile ou relogés, des baux signés hors QPV', 'Baux signés hors QPV',
    'Attributions hors QPV suivies d’un bail signé, à un demandeur du premier quartile ou à une personne relogée / attributions hors QPV suivies d’un bail signé.', (a) => et(a.bail, horsQpv(a)), vise,
  ),
  'l441-mixite': tri('Autres quartiles, en QPV', 'Attributions en QPV', 'Attributions en QPV à un demandeur d’un autre quartile que le premier / attributions en QPV.', enQpv, (a) => non(a.premier)),
  'l441-prioritaires': tri(
    'DALO ou prioritaires, des non réservés', 'Attributions de logements non réservés',
    'Attributions à un ménage DALO ou prioritaire / attributions de logements non réservés, ou réservés dont l’attribution à un candidat du réservataire a échoué. D’un logement réservé dont l’échec n’est pas dit, rien ne dit s’il en est.',
    nonReserve, prioritaire,
  ),
  'l441-collectivites': tri(
    'DALO ou prioritaires, des réservés par une collectivité', 'Attributions de logements réservés par une collectivité',
    'Attributions à un ménage DALO ou prioritaire / attributions de logements réservés par une collectivité territoriale ou un groupement.', collectivite, prioritaire,
  ),
  prioritaires: tri('Prioritaires', ATTRIBUTIONS, 'Attributions à un ménage d’une catégorie de personnes prioritaires / attributions.', toutes, (a) => a.prioritaire),
  'prioritaires-hors-qpv': tri('Prioritaires, hors QPV', ATTRIBUTIONS, 'Attributions hors QPV à un ménage d’une catégorie de personnes prioritaires / attributions.', toutes, (a) => parmiHors(a.prioritaire, a)),
  dalo: tri('DALO', ATTRIBUTIONS, 'Attributions à un ménage reconnu prioritaire par la commission de médiation (DALO) / attributions.', toutes, (a) => a.dalo),
  'dalo-hors-qpv': tri('DALO, hors QPV', ATTRIBUTIONS, 'Attributions hors QPV à un ménage reconnu prioritaire par la commission de médiation (DALO) / attributions.', toutes, (a) => parmiHors(a.dalo, a)),
  'non-reserves': tri(
    'Logements non réservés', ATTRIBUTIONS,
    'Attributions de logements non réservés, ou réservés dont l’attribution à un candidat du réservataire a échoué / attributions. D’un logement réservé dont l’échec n’est pas dit, rien ne dit s’il en est.', toutes, nonReserve,
  ),
  mutations: tri('Mutations', ATTRIBUTIONS, 'Attributions à un ménage déjà logé dans le parc de l’organisme ou d’un autre organisme de logement social / attributions.', toutes, mute),
  'mutations-internes': tri('Mutations internes', ATTRIBUTIONS, 'Attributions à un ménage déjà logé dans le parc de l’organisme / attributions. Une mutation dont le genre n’est pas dit reste inconnue.', toutes, (a) => genreMutation(a, 'interne')),
  'mutations-externes': tri(
    'Mutations externes', ATTRIBUTIONS, 'Attributions à un ménage déjà logé dans le parc d’un autre organisme de logement social / attributions. Une mutation dont le genre n’est pas dit reste inconnue.', toutes,
    (a) => genreMutation(a, 'externe'),
  ),
  'renouvellement-urbain': tri('Rénovation urbaine', ATTRIBUTIONS, 'Mutations et relogements opérés dans le cadre de la rénovation urbaine / attributions.', toutes, renouvellement),
  'qpv-vers-hors': tri('De QPV vers hors QPV', ATTRIBUTIONS, 'Mutations et relogements d’un ménage venant d’un QPV, vers un logement hors QPV / attributions.', toutes, sortie),
  'hors-vers-qpv': tri('De hors QPV vers QPV', ATTRIBUTIONS, 'Mutations et relogements d’un ménage ne venant pas d’un QPV, vers un logement en QPV / attributions.', toutes, entree),
  'qpv-hors-qpv': tri('Entre QPV et hors QPV', ATTRIBUTIONS, 'Mutations et relogements de QPV vers hors QPV, ou de hors QPV vers QPV / attributions.', toutes, (a) => ou(sortie(a), entree(a))),
  refus: ['Refus, en tout', ATTRIBUTIONS, 'Somme des ménages qui ont refusé le logement avant son attribution, en QPV et hors QPV.', toutes, (a) => a.refus],
  'refus-hors-qpv': ['Refus, hors QPV', HORS, 'Somme des ménages qui ont refusé, avant son attribution, un logement hors QPV.', horsQpv, (a) => a.refus],
};

export const CODES_MESURES = Object.keys(DEFINITIONS) as readonly MesureAttributions[];

export const MESURES: readonly Mesure[] = CODES_MESURES.map((code) => {
  const [libelle, sur, formule, base, valeur] = DEFINITIONS[code];
  return { code, libelle, sur, formule, base, valeur };
});

export const findMesure = (code: string): Mesure | undefined => MESURES.find((m) => m.code === code);

/** Vrai d'une somme (des refus), qui n'est pas une part de sa base. */
export const isSomme = (code: MesureAttributions): boolean => code === 'refus' || code === 'refus-hors-qpv';

/** La mesure dont celle-ci ne dit qu'une partie, et qui se montre à côté d'elle. */
export const ensembleDe = (code: MesureAttributions): MesureAttributions | null => (code === 'refus-hors-qpv' ? 'refus' : null);
