import { normaliser, normaliserSansRetenir } from '../ensembles/cle.ts';
import { isVide } from '../occupation/lecture.ts';
import { findChampAttribution } from './champs.ts';
import { codeReservataire, isUnPourCent } from './reservataires.ts';
import { USUELLES } from './usuelles.ts';

const OUI_NON: Readonly<Record<string, string>> = {
  O: 'oui', OUI: 'oui', VRAI: 'oui', TRUE: 'oui', Y: 'oui', YES: 'oui', X: 'oui', '1': 'oui', N: 'non', NON: 'non', FAUX: 'non', FALSE: 'non', NO: 'non', '0': 'non', '2': 'non',
};
/** Une absence dite en toutes lettres : ni un oui, ni un non, ni une faute. */
const ABSENTES: ReadonlySet<string> = new Set(['INCONNU', 'INCONNUE', 'NON RENSEIGNE', 'NON RENSEIGNEE', 'NON CONNU', 'NON CONNUE', 'NSP', 'NE SAIT PAS', 'INDETERMINE', 'VIDE']);
export const isAbsente = (texte: string): boolean => isVide(texte) || (!/^\d/u.test(texte) && (/^\?+$/u.test(texte) || ABSENTES.has(normaliser(texte))));

/** Un quartier prioritaire, par son code (« QP013001 », « QN01301M »), suivi ou non de son nom : on y est. */
const CODE_QPV = /^Q[PN][0-9A-Z]{6}(?:[ :–-].*)?$/iu;
const QUARTIER = new Set(['QPV', 'VENANT_QPV']);

// Les mêmes quelques écritures reviennent à chaque ligne : un raccourci, vidé quand il grandit trop. Ce qui n'est pas
// reconnu, qui peut être un nom, n'y entre pas.
const connus = new Map<string, string>();
const CONNUS_MAX = 2_000;

/** Code d'un texte, dans un champ fermé : le code, son libellé, ou une écriture usuelle ; `null` : inconnu. */
export function codeAttribution(champ: string, texte: string): string | null {
  const cle = `${champ} ${texte}`;
  const connu = connus.get(cle);
  if (connu !== undefined) return connu;
  const code = chercherCode(champ, texte);
  if (code === null) return null;
  if (connus.size >= CONNUS_MAX) connus.clear();
  connus.set(cle, code);
  return code;
}

function chercherCode(champ: string, texte: string): string | null {
  const codes = findChampAttribution(champ)?.codes ?? {};
  const t = normaliserSansRetenir(texte);
  // « Oui ? » est un doute : à la personne de le lever.
  if (texte.includes('?')) return null;
  const usuel = USUELLES[champ]?.[t];
  if (usuel !== undefined) return usuel;
  // « 1 % » n'est pas « 1 » : le signe compte, avant toute autre lecture.
  const reservataire = champ !== 'RESERVE' ? null : isUnPourCent(texte.trim()) ? 'action-logement' : codeReservataire(t);
  if (reservataire !== null) return reservataire;
  // Dans un quartile, « 2 » est un quartile ; partout ailleurs, c'est un « non ».
  const dit = champ === 'QUARTILE' ? undefined : OUI_NON[t];
  if (dit !== undefined && Object.hasOwn(codes, dit)) return dit;
  if (QUARTIER.has(champ) && CODE_QPV.test(texte.trim())) return 'oui';
  const propre = texte.trim().toLowerCase();
  if (Object.hasOwn(codes, propre)) return propre;
  return Object.entries(codes).find(([, libelle]) => normaliser(libelle) === t)?.[0] ?? null;
}
