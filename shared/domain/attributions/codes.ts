import { normaliser } from '../ensembles/cle.ts';
import { findChampAttribution } from './champs.ts';

const OUI_NON: Readonly<Record<string, string>> = {
  O: 'oui', OUI: 'oui', VRAI: 'oui', TRUE: 'oui', Y: 'oui', YES: 'oui', X: 'oui', '1': 'oui', N: 'non', NON: 'non', FAUX: 'non', FALSE: 'non', NO: 'non', '0': 'non', '2': 'non',
};
/** Ce que les fichiers écrivent à la place des codes (normalisé), par champ. */
const USUELLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  BAIL_SIGNE: { SIGNE: 'oui', 'BAIL SIGNE': 'oui', 'NON SIGNE': 'non' },
  QPV: { QPV: 'oui', 'EN QPV': 'oui', 'HORS QPV': 'non', HQPV: 'non', HORS: 'non' },
  QUARTILE: {
    '1': '1', '2': '2', '3': '3', '4': '4', Q1: '1', Q2: '2', Q3: '3', Q4: '4', '1ER': '1', '2E': '2', '3E': '3', '4E': '4', '1ER QUARTILE': '1', PREMIER: '1', 'PREMIER QUARTILE': '1',
    '2E QUARTILE': '2', '2EME QUARTILE': '2', '3E QUARTILE': '3', '3EME QUARTILE': '3', '4E QUARTILE': '4', '4EME QUARTILE': '4', 'QUARTILE 1': '1', 'QUARTILE 2': '2', 'QUARTILE 3': '3', 'QUARTILE 4': '4',
    AUTRE: 'autres', AUTRES: 'autres', 'AUTRE QUARTILE': 'autres', 'AUTRES QUARTILES': 'autres', 'HORS Q1': 'autres', 'Q2 Q4': 'autres', 'Q2 A Q4': 'autres',
  },
  RELOGE: {
    RU: 'ru', ANRU: 'ru', NPNRU: 'ru', PNRU: 'ru', NPRU: 'ru', 'RENOVATION URBAINE': 'ru', 'RENOUVELLEMENT URBAIN': 'ru', ORU: 'ru', ORCOD: 'orcod', 'ORCOD IN': 'orcod', 'COPROPRIETE DEGRADEE': 'orcod',
  },
  RESERVE: {
    'NON RESERVE': 'non', LIBRE: 'non', AUCUN: 'non', BAILLEUR: 'non', PREFET: 'etat', PREFECTURE: 'etat', 'CONTINGENT PREFECTORAL': 'etat', ETAT: 'etat', COMMUNE: 'collectivite', VILLE: 'collectivite', MAIRIE: 'collectivite',
    EPCI: 'collectivite', DEPARTEMENT: 'collectivite', REGION: 'collectivite', COLLECTIVITE: 'collectivite', COLLECTIVITES: 'collectivite', 'COLLECTIVITE TERRITORIALE': 'collectivite', METROPOLE: 'collectivite',
    AL: 'action-logement', ALS: 'action-logement', 'ACTION LOGEMENT': 'action-logement', '1': 'oui', RESERVE: 'oui', AUTRE: 'autre', AUTRES: 'autre', 'AUTRE RESERVATAIRE': 'autre',
  },
  MUTATION: { I: 'interne', INT: 'interne', INTERNE: 'interne', 'MUTATION INTERNE': 'interne', E: 'externe', EXT: 'externe', EXTERNE: 'externe', 'MUTATION EXTERNE': 'externe', AUCUNE: 'non', MUTATION: 'oui' },
};
/** Un quartier prioritaire, par son code (« QP013001 », « QN01301M ») : le logement y est. */
const CODE_QPV = /^Q[PN][0-9A-Z]{6}$/iu;

/** Code d'un texte, dans un champ fermé : le code, son libellé, ou une écriture usuelle ; `null` : inconnu. */
export function codeAttribution(champ: string, texte: string): string | null {
  const codes = findChampAttribution(champ)?.codes ?? {};
  const t = normaliser(texte);
  const usuel = USUELLES[champ]?.[t];
  if (usuel !== undefined) return usuel;
  // Dans un quartile, « 2 » est un quartile ; partout ailleurs, c'est un « non ».
  const dit = champ === 'QUARTILE' ? undefined : OUI_NON[t];
  if (dit !== undefined && Object.hasOwn(codes, dit)) return dit;
  if (champ === 'QPV' && CODE_QPV.test(texte.trim())) return 'oui';
  const propre = texte.trim().toLowerCase();
  if (Object.hasOwn(codes, propre)) return propre;
  return Object.entries(codes).find(([, libelle]) => normaliser(libelle) === t)?.[0] ?? null;
}
