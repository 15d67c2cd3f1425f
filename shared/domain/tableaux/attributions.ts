import { CHAMPS, findChampAttribution } from '../attributions/champs.ts';
import { codeAttribution } from '../attributions/codes.ts';
import { normaliser } from '../ensembles/cle.ts';
import { isVide } from '../occupation/lecture.ts';
import { titrePersonnel } from '../occupation/personnel.ts';
import type { NatureTableau } from './nature.ts';

/** Titres rencontrés (normalisés), par champ. */
const TITRES: Readonly<Record<string, readonly string[]>> = {
  DATE: ['DATE ATTRIBUTION', 'DATE D ATTRIBUTION', 'DATE DE L ATTRIBUTION', 'DATE DU BAIL', 'DATE BAIL', 'DATE SIGNATURE', 'DATE DE SIGNATURE', 'DATE DE SIGNATURE DU BAIL', 'DATE SIGNATURE BAIL', 'DATE CALEOL', 'DATE CAL', 'DATE DE CAL', 'DATE COMMISSION', 'DATE DE COMMISSION', 'DATE EFFET BAIL'],
  BAIL_SIGNE: ['BAIL SIGNE O N', 'SIGNATURE DU BAIL', 'SUIVIE D UN BAIL SIGNE', 'SUIVI DE BAIL SIGNE'],
  IDENT_INT: ['IDENTIFIANT', 'ID LOGEMENT', 'LOGEMENT', 'REFERENCE LOGEMENT', 'REF LOGEMENT', 'NUMERO LOGEMENT', 'N LOGEMENT', 'CODE LOGEMENT', 'IDENTIFIANT LOGEMENT', 'UG', 'NUMERO UG', 'MODULE', 'LOT', 'CODE UG'],
  IDENT_REP: ['IDENTIFIANT RPLS', 'NUMERO RPLS', 'N RPLS', 'ID RPLS', 'RPLS', 'IDENTIFIANT REPERTOIRE'],
  COMMUNE: ['CODE COMMUNE', 'INSEE', 'CODE INSEE', 'CODE INSEE COMMUNE', 'VILLE', 'NOM COMMUNE', 'DEPCOM'],
  QPV: ['EN QPV', 'CODE QPV', 'QPV O N', 'SITUATION QPV', 'QPV HORS QPV', 'LOGEMENT EN QPV'],
  QUARTILE: ['QUARTILE RESSOURCES', 'QUARTILE DE RESSOURCES', 'QUARTILE DU DEMANDEUR', 'QUARTILE DEMANDEUR', 'N QUARTILE', 'NUMERO DE QUARTILE'],
  PREMIER_QUARTILE: ['1ER QUARTILE', 'PREMIER QUARTILE', 'Q1', '1ER QUARTILE O N', 'DEMANDEUR 1ER QUARTILE', 'DEMANDEUR Q1'],
  RELOGE: ['RELOGE', 'RELOGEMENT', 'RELOGEMENTS', 'RELOGEMENT RU', 'RELOGEMENT ANRU', 'RELOGEMENT NPNRU', 'RELOGE RU', 'RELOGE RU ORCOD', 'RELOGEMENT RU ORCOD', 'RELOGEMENT ORCOD', 'ORCOD'],
  PRIORITAIRE: ['PRIORITAIRE O N', 'MENAGE PRIORITAIRE', 'PUBLIC PRIORITAIRE', 'PRIORITE'],
  CATEGORIE: ['CATEGORIE', 'CATEGORIE PRIORITAIRE', 'CATEGORIE DE PRIORITE', 'MOTIF DE PRIORITE', 'TYPE DE PRIORITE'],
  DALO: ['DALO O N', 'MENAGE DALO', 'RECONNU DALO', 'RECONNAISSANCE DALO'],
  RESERVE: ['RESERVATAIRE', 'CONTINGENT', 'TYPE DE RESERVATAIRE', 'TYPE RESERVATAIRE', 'TYPE DE CONTINGENT', 'RESERVATION', 'RESERVE', 'LOGEMENT RESERVE'],
  ECHEC_RESERVATAIRE: ['ECHEC RESERVATAIRE', 'ECHEC DU RESERVATAIRE', 'ECHEC DU CANDIDAT', 'CANDIDAT RESERVATAIRE ECHOUE', 'REMIS AU BAILLEUR'],
  MUTATION: ['TYPE DE MUTATION', 'TYPE MUTATION', 'MUTATION O N', 'MUTATION INTERNE EXTERNE', 'DEJA LOCATAIRE HLM', 'DEJA LOCATAIRE'],
  MUTATION_RU: ['MUTATION RU', 'MUTATION ANRU', 'MUTATION NPNRU', 'RENOVATION URBAINE', 'RU'],
  VENANT_QPV: ['VENANT QPV', 'VENANT D UN QPV', 'ORIGINE QPV', 'PROVENANCE QPV', 'QPV ORIGINE', 'QPV D ORIGINE', 'QPV DE PROVENANCE'],
  QPV_VERS_HORS: ['QPV VERS HORS QPV', 'SORTIE DE QPV'],
  REFUS: ['NOMBRE DE REFUS', 'NB REFUS', 'REFUS AVANT ATTRIBUTION', 'NOMBRE DE REFUS AVANT ATTRIBUTION', 'REFUS DES MENAGES'],
};

const parTitre = new Map<string, string>();
for (const c of CHAMPS) for (const t of [c.nom, c.libelle, ...(TITRES[c.nom] ?? [])]) if (!parTitre.has(normaliser(t))) parTitre.set(normaliser(t), c.nom);

/** Un tableau d'attributions, une ligne par attribution : ses champs sont de l'application, aucun texte n'en fixe le format. */
export const ATTRIBUTIONS: NatureTableau = {
  type: 'attributions',
  nom: 'tableau d’attributions',
  cibles: CHAMPS,
  specifiques: new Set(['QUARTILE', 'PREMIER_QUARTILE', 'RELOGE', 'PRIORITAIRE', 'DALO', 'ECHEC_RESERVATAIRE', 'MUTATION', 'MUTATION_RU', 'VENANT_QPV', 'QPV_VERS_HORS', 'REFUS']),
  champDuTitre: (titre) => (titrePersonnel(titre) !== null ? null : (parTitre.get(normaliser(titre)) ?? parTitre.get(normaliser(titre.replace(/\([^)]*\)/gu, ''))) ?? null)),
  comprend(cible, texte) {
    if (isVide(texte)) return true;
    const champ = findChampAttribution(cible);
    if (champ?.codes != null) return codeAttribution(cible, texte) !== null;
    return champ?.genre !== 'nombre' || /^\d+(?:[.,]0+)?$/u.test(texte);
  },
  valeursUsuelles: {},
  manque: (champs) => (champs.has('DATE') ? [] : ['Date du bail ou de l’attribution (DATE)']),
  exigences: () => [['DATE']],
  refusees: (titre) => titrePersonnel(titre) !== null,
};
