import { generateAttributions } from './attributions.ts';
import { sirenFictif } from './identite.ts';
import type { Logement } from './logements.ts';
import { generateOps } from './ops.ts';
import { generateBailleur, generateEvolution } from './rpls.ts';
import type { GenerationEvolution, GenerationRpls, OptionsBailleur } from './rpls.ts';

const GRAINE = 2026;
const ANNEE = 2026;
const NOM = 'Habitat du Littoral';
const SIREN = sirenFictif(GRAINE);

const options: OptionsBailleur = {
  graine: GRAINE,
  logements: 2_400,
  annee: ANNEE,
  siren: SIREN,
  raisonSociale: `${NOM.toUpperCase()} (BAILLEUR FICTIF)`,
  salete: 0.01,
  format: { encodage: 'windows-1252', finDeLigne: 'CRLF' },
  departements: ['13', '83', '06', '69'],
  nombreCommunes: 24,
};

function listLogements(): Logement[] {
  const logements: Logement[] = [];
  const { blocs } = generateBailleur({ ...options, surAccepte: (l) => void logements.push(l) });
  for (const _ of blocs);
  return logements;
}

/** Le bailleur fictif de la démonstration : toujours le même, dans quatre départements. */
export const bailleurDemonstration = {
  siren: SIREN,
  nom: NOM,
  nature: 'OPH',
  /** Date d'effet de la convention. */
  effet: '2026-01-01',
  millesime: '2019',
  nomFichier: `${ANNEE}_01_${SIREN}_001.CSV`,
  options,
  generer: (): GenerationRpls => generateBailleur(options),
  nomEnquete: `enquete-occupation-${ANNEE}.csv`,
  dateReferenceEnquete: `${ANNEE}-01-01`,
  /** L'enquête d'occupation de ses locataires, et ses totaux. */
  genererOps: (): ReturnType<typeof generateOps> => {
    return generateOps(GRAINE, listLogements(), ANNEE, `${ANNEE}-01-01`);
  },
  nomAttributions: `attributions-${ANNEE - 3}-${ANNEE - 1}.csv`,
  /** Ses attributions des trois années qui précèdent la convention, et leurs totaux. */
  genererAttributions: (): ReturnType<typeof generateAttributions> => generateAttributions(GRAINE, listLogements(), [ANNEE - 3, ANNEE - 2, ANNEE - 1]),
  /** Sa déclaration suivante, pour montrer la comparaison. */
  genererEvolution: (): GenerationEvolution => generateEvolution(options),
} as const;

/**
 * Champs de l'organisme et du calendrier : complets, dans l'ordre de la procédure, antérieurs au 1er mars 2026.
 * Échéance précédente vide (première convention) ; dépôt et signature restent à venir.
 */
export const champsDemonstration: Readonly<Record<string, string>> = {
  'organisme/siege/adresse': '1 rue Fictive, 13000 Exemple',
  'organisme/siege/commune': '13055',
  'organisme/rattachement': 'Collectivité fictive de rattachement',
  'organisme/contact/nom': 'Camille Exemple',
  'organisme/contact/courriel': 'cus@habitat-du-littoral.example',
  'organisme/psp/date': '2024-06-20',
  'organisme/psp/transmission': '2024-07-05',
  'calendrier/date-effet': '2026-01-01',
  'calendrier/deliberation-lancement': '2025-03-13',
  'calendrier/transmission-deliberation': '2025-03-27',
  'calendrier/transmission-elements': '2025-06-02',
  'calendrier/reunion-association': '2025-07-10',
  'calendrier/concertation-locative': '2025-09-18',
  'calendrier/consultation-communes': '2025-09-25',
  'calendrier/deliberation-adoption': '2025-12-11',
};
