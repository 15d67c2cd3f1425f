import { normaliser } from '../ensembles/cle.ts';
import { parseRessources } from '../occupation/bandes.ts';
import { BANDES_USUELLES, CHAMPS, EFFECTIFS } from '../occupation/champs.ts';
import { codeDe } from '../occupation/codes.ts';
import { isVide } from '../occupation/lecture.ts';
import { titrePersonnel } from '../occupation/personnel.ts';
import type { NatureTableau } from './nature.ts';

/** Titres rencontrés (normalisés), par champ. */
const TITRES: Readonly<Record<string, readonly string[]>> = {
  IDENT_INT: ['IDENTIFIANT', 'ID LOGEMENT', 'LOGEMENT', 'REFERENCE', 'REFERENCE LOGEMENT', 'REF LOGEMENT', 'NUMERO LOGEMENT', 'N LOGEMENT', 'CODE LOGEMENT', 'IDENTIFIANT LOGEMENT', 'UG', 'NUMERO UG', 'MODULE', 'LOT', 'ESI', 'CODE UG'],
  IDENT_REP: ['IDENTIFIANT RPLS', 'NUMERO RPLS', 'N RPLS', 'ID RPLS', 'RPLS', 'IDENTIFIANT REPERTOIRE'],
  ENSEMBLE: ['CODE ENSEMBLE', 'ID ENSEMBLE', 'ENSEMBLE IMMOBILIER', 'RESIDENCE', 'PROGRAMME', 'NOM ENSEMBLE', 'NOM DE L ENSEMBLE', 'NOM DU PROGRAMME', 'GROUPE'],
  COMMUNE: ['CODE COMMUNE', 'INSEE', 'CODE INSEE', 'VILLE', 'NOM COMMUNE', 'DEPCOM'],
  REPONDANT: ['REPONSE', 'A REPONDU', 'REPONDANT O N', 'REPONDU'],
  NB_OCCUPANTS: ['OCCUPANTS', 'NOMBRE OCCUPANTS', 'NOMBRE D OCCUPANTS', 'NB PERSONNES', 'NOMBRE DE PERSONNES', 'TAILLE DU MENAGE'],
  NB_MAJEURS: ['MAJEURS', 'NOMBRE DE MAJEURS', 'NB ADULTES', 'ADULTES'],
  NB_MINEURS: ['MINEURS', 'NOMBRE DE MINEURS', 'NB ENFANTS', 'ENFANTS'],
  TYPE_MENAGE: ['TYPE DE MENAGE', 'COMPOSITION', 'COMPOSITION FAMILIALE', 'SITUATION FAMILIALE', 'TYPE MENAGE'],
  AGE_TITULAIRE: ['AGE', 'AGE DU TITULAIRE', 'AGE LOCATAIRE', 'AGE DU LOCATAIRE'],
  RESSOURCES_PCT_PLUS: ['RESSOURCES', 'RESSOURCES PLUS', 'RESSOURCES EN DU PLUS', 'RESSOURCES EN DES PLAFONDS PLUS', 'RESSOURCES EN PLAFOND PLUS', 'RESSOURCES EN PLAFONDS PLUS', 'RESSOURCES EN DU PLAFOND PLUS', 'RESSOURCES EN DES PLAFONDS DU PLUS', 'RESSOURCES PLAFOND PLUS', 'RESSOURCES EN POURCENTAGE DU PLAFOND PLUS', 'PCT PLUS', 'PLAFOND PLUS', 'TRANCHE', 'TRANCHE DE RESSOURCES', 'TAUX PLUS', 'NIVEAU DE RESSOURCES'],
  APL: ['AIDE AU LOGEMENT', 'AL', 'APL O N', 'BENEFICIAIRE APL', 'AIDE PERSONNELLE'],
  ACTIVITE: ['ACTIVITE DU TITULAIRE', 'SITUATION PROFESSIONNELLE', 'ACTIVITE PROFESSIONNELLE', 'STATUT PROFESSIONNEL'],
  DATE_BAIL: ['DATE DU BAIL', 'DATE D EMMENAGEMENT', 'DATE EMMENAGEMENT', 'DATE D ENTREE', 'DATE ENTREE', 'ENTREE DANS LES LIEUX'],
  QPV: ['EN QPV'],
  ENQUETES: ['LOGEMENTS ENQUETES', 'LOGEMENTS CONCERNES', 'NB ENQUETES', 'CONCERNES'],
  REPONDANTS: ['NB REPONDANTS', 'NOMBRE DE REPONDANTS', 'MENAGES REPONDANTS', 'REPONSES'],
  APL_OUI: ['BENEFICIAIRES APL', 'NB APL', 'ALLOCATAIRES'],
  EMMENAGES_RECENTS: ['EMMENAGES RECENTS', 'EMMENAGEMENT RECENT', 'EMMENAGEMENTS RECENTS', 'NOMBRE D EMMENAGEMENTS RECENTS', 'NB EMMENAGEMENTS RECENTS', 'NB EMMENAGES RECENTS'],
};

const parTitre = new Map<string, string>();
for (const c of CHAMPS) for (const t of [c.nom, c.libelle, ...(TITRES[c.nom] ?? [])]) if (!parTitre.has(normaliser(t))) parTitre.set(normaliser(t), c.nom);

/** « 20-40 % », « plus de 150 » : l'effectif d'une bande usuelle. */
function bandeDuTitre(titre: string): string | null {
  if (!/\d/u.test(titre)) return null;
  const lu = parseRessources(titre.replace(/^R(?:ESSOURCES)?[ _:]+/iu, ''));
  if (lu === null || lu.min === lu.max) return null;
  const rang = BANDES_USUELLES.findIndex((b) => b.min === lu.min && b.max === lu.max);
  return EFFECTIFS.find((e) => e.variable === 'ressources' && e.rang === rang)?.champ ?? null;
}

const CLES_LOGEMENT = ['IDENT_INT', 'IDENT_REP'];

/** L'enquête sur l'occupation du parc social (L442-5), une ligne par logement, ou par ensemble immobilier. */
export const OPS: NatureTableau = {
  type: 'ops',
  nom: 'enquête d’occupation du parc social',
  cibles: CHAMPS,
  specifiques: new Set([
    'REPONDANT', 'NB_OCCUPANTS', 'NB_MAJEURS', 'NB_MINEURS', 'TYPE_MENAGE', 'AGE_TITULAIRE', 'RESSOURCES_PCT_PLUS', 'ACTIVITE', 'REPONDANTS', 'ENQUETES', ...EFFECTIFS.map((e) => e.champ),
  ]),
  champDuTitre: (titre) => (titrePersonnel(titre) !== null ? null : (parTitre.get(normaliser(titre)) ?? parTitre.get(normaliser(titre.replace(/\([^)]*\)/gu, ''))) ?? bandeDuTitre(titre))),
  comprend(cible, texte) {
    if (isVide(texte)) return true;
    const champ = CHAMPS.find((c) => c.nom === cible);
    if (champ?.codes != null) return codeDe(cible, texte) !== null;
    if (champ?.genre === 'pourcentage') return parseRessources(texte) !== null;
    return champ?.genre !== 'nombre' || /^\d[\d\s\u00a0\u202f]*(?:[.,]0+)?$/u.test(texte);
  },
  valeursUsuelles: {},
  manque(champs) {
    if (CLES_LOGEMENT.some((c) => champs.has(c))) return [];
    if (!champs.has('ENSEMBLE')) return ['Identifiant du logement (IDENT_INT ou IDENT_REP), ou ensemble immobilier (ENSEMBLE)'];
    return champs.has('REPONDANTS') ? [] : ['Ménages répondants (REPONDANTS), pour un tableau par ensemble'];
  },
  exigences: () => [['IDENT_INT', 'IDENT_REP', 'ENSEMBLE']],
  refusees: (titre) => titrePersonnel(titre) !== null,
};
