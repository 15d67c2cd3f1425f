/** Les champs d'un tableau d'attributions. Ils sont de l'application : aucun texte lu n'en fixe le format. */
import type { Cible, GenreCible } from '../tableaux/nature.ts';

const cible = (nom: string, libelle: string, genre: GenreCible, codes: Cible['codes'] = null): Cible => ({ nom, libelle, genre, obligatoire: nom === 'DATE', codes });

const OUI_NON: Readonly<Record<string, string>> = { oui: 'oui', non: 'non' };

export const CHAMPS: readonly Cible[] = [
  cible('DATE', 'Date du bail ou de l’attribution', 'jour'),
  cible('BAIL_SIGNE', 'Bail signé', 'oui-non', OUI_NON),
  cible('DATE_BAIL', 'Date de signature du bail', 'jour'),
  cible('IDENT_INT', 'Identifiant du logement', 'texte'),
  cible('IDENT_REP', 'Identifiant au répertoire (RPLS)', 'texte'),
  cible('COMMUNE', 'Commune (code INSEE, ou nom d’une commune du parc)', 'texte'),
  cible('QPV', 'Logement en QPV (oui, non, ou code du quartier)', 'oui-non', OUI_NON),
  cible('QUARTILE', 'Quartile de ressources du demandeur', 'code', { '1': '1er quartile', '2': '2e quartile', '3': '3e quartile', '4': '4e quartile', autres: 'autre que le 1er' }),
  cible('PREMIER_QUARTILE', 'Demandeur du 1er quartile', 'oui-non', OUI_NON),
  cible('RELOGE', 'Personne relogée', 'code', { non: 'non', ru: 'renouvellement urbain', orcod: 'copropriété dégradée', oui: 'oui, sans précision' }),
  cible('PRIORITAIRE', 'Catégorie de personnes prioritaires', 'oui-non', OUI_NON),
  cible('CATEGORIE', 'Nom de la catégorie prioritaire', 'texte'),
  cible('DALO', 'Ménage reconnu par la commission de médiation (DALO)', 'oui-non', OUI_NON),
  cible('RESERVE', 'Logement réservé', 'code', { non: 'non réservé', etat: 'État', collectivite: 'collectivité territoriale ou groupement', 'action-logement': 'Action Logement', autre: 'autre réservataire', oui: 'oui, sans précision' }),
  cible('ECHEC_RESERVATAIRE', 'Attribution au candidat du réservataire échouée', 'oui-non', OUI_NON),
  cible('MUTATION', 'Mutation', 'code', { non: 'non', interne: 'interne', externe: 'externe', oui: 'oui, sans précision' }),
  cible('MUTATION_RU', 'Mutation ou relogement de la rénovation urbaine', 'oui-non', OUI_NON),
  cible('VENANT_QPV', 'Ménage venant d’un QPV', 'oui-non', OUI_NON),
  cible('QPV_VERS_HORS', 'De QPV vers hors QPV', 'oui-non', OUI_NON),
  cible('REFUS', 'Ménages ayant refusé avant l’attribution', 'nombre'),
];

export const findChampAttribution = (nom: string): Cible | null => CHAMPS.find((c) => c.nom === nom) ?? null;
