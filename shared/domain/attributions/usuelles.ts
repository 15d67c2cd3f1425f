/** Ce que les fichiers écrivent à la place des codes (normalisé), par champ : ce qui n'a qu'un sens dans sa colonne, et rien d'autre. */
const EN_QPV: Readonly<Record<string, string>> = {
  QPV: 'oui', QP: 'oui', 'EN QPV': 'oui', 'EN QP': 'oui', 'QUARTIER PRIORITAIRE': 'oui', 'EN QUARTIER PRIORITAIRE': 'oui', 'QUARTIER PRIORITAIRE DE LA VILLE': 'oui', 'HORS QPV': 'non', 'HORS QP': 'non', HQPV: 'non', HQP: 'non', HORS: 'non', 'NON QPV': 'non', 'NON QP': 'non',
  'HORS QUARTIER PRIORITAIRE': 'non',
};

/** Les quatre quartiles, de toutes les façons de les nommer. */
function quartiles(): Record<string, string> {
  const noms = [['1', '1ER', 'PREMIER', '1ERE'], ['2', '2E', '2EME', '2ND', 'DEUXIEME', 'SECOND'], ['3', '3E', '3EME', 'TROISIEME'], ['4', '4E', '4EME', 'QUATRIEME', 'DERNIER']];
  const tous: Record<string, string> = {};
  for (const [i, liste] of noms.entries()) {
    const code = String(i + 1);
    for (const n of liste) Object.assign(tous, { [n]: code, [`${n} QUARTILE`]: code, [`${n} Q`]: code, [`${n} QUARTILE DE RESSOURCES`]: code });
    Object.assign(tous, { [`Q${code}`]: code, [`Q ${code}`]: code, [`QUARTILE ${code}`]: code, [`QUARTILE Q${code}`]: code });
  }
  return tous;
}

export const USUELLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  BAIL_SIGNE: { SIGNE: 'oui', 'BAIL SIGNE': 'oui', 'NON SIGNE': 'non', 'BAIL NON SIGNE': 'non', 'PAS DE BAIL': 'non', 'SANS BAIL': 'non' },
  QPV: EN_QPV,
  VENANT_QPV: EN_QPV,
  QUARTILE: {
    ...quartiles(), AUTRE: 'autres', AUTRES: 'autres', 'AUTRE QUARTILE': 'autres', 'AUTRES QUARTILES': 'autres', 'HORS Q1': 'autres', 'HORS 1ER QUARTILE': 'autres', 'Q2 Q4': 'autres', 'Q2 A Q4': 'autres', 'Q2 Q3 Q4': 'autres', 'QUARTILES 2 A 4': 'autres', 'QUARTILES 2 3 ET 4': 'autres',
  },
  RELOGE: {
    RU: 'ru', ANRU: 'ru', NPNRU: 'ru', PNRU: 'ru', NPRU: 'ru', 'RENOVATION URBAINE': 'ru', 'RENOUVELLEMENT URBAIN': 'ru', ORU: 'ru', 'RELOGEMENT RU': 'ru', 'RELOGEMENT ANRU': 'ru', 'RELOGEMENT NPNRU': 'ru', 'RELOGE ANRU': 'ru', 'RELOGE NPNRU': 'ru', ORCOD: 'orcod',
    'ORCOD IN': 'orcod', 'RELOGEMENT ORCOD': 'orcod', 'COPROPRIETE DEGRADEE': 'orcod', RELOGE: 'oui', RELOGEMENT: 'oui', 'NON RELOGE': 'non', AUCUN: 'non',
  },
  PRIORITAIRE: { PRIORITAIRE: 'oui', 'NON PRIORITAIRE': 'non' },
  DALO: { DALO: 'oui', 'RECONNU DALO': 'oui', 'DALO RECONNU': 'oui', 'DROIT AU LOGEMENT OPPOSABLE': 'oui', 'NON DALO': 'non', 'HORS DALO': 'non', 'PAS DALO': 'non' },
  RESERVE: {
    'NON RESERVE': 'non', 'NON RESERVEE': 'non', LIBRE: 'non', AUCUN: 'non', AUCUNE: 'non', BAILLEUR: 'non', ORGANISME: 'non', 'CONTINGENT BAILLEUR': 'non', 'CONTINGENT PROPRE': 'non', 'CONTINGENT LIBRE': 'non', 'PROPRE CONTINGENT': 'non', 'HORS CONTINGENT': 'non', 'HORS RESERVATION': 'non',
    'SANS RESERVATAIRE': 'non', 'SANS RESERVATION': 'non', 'SANS CONTINGENT': 'non', 'LOGEMENT NON RESERVE': 'non', COMMUNE: 'collectivite', EPCI: 'collectivite', COLLECTIVITE: 'collectivite', COLLECTIVITES: 'collectivite', 'COLLECTIVITE TERRITORIALE': 'collectivite',
    'COLLECTIVITES TERRITORIALES': 'collectivite', 'COLLECTIVITE LOCALE': 'collectivite', 'COLLECTIVITES LOCALES': 'collectivite', AL: 'action-logement', ALS: 'action-logement', PEEC: 'action-logement', RESERVE: 'oui', AUTRE: 'autre', AUTRES: 'autre',
    'AUTRE RESERVATAIRE': 'autre', 'AUTRES RESERVATAIRES': 'autre',
  },
  ECHEC_RESERVATAIRE: { ECHEC: 'oui', REMIS: 'oui', 'REMIS AU BAILLEUR': 'oui', 'REPRIS PAR LE BAILLEUR': 'oui', 'RENDU AU BAILLEUR': 'oui' },
  MUTATION: {
    I: 'interne', INT: 'interne', INTERNE: 'interne', 'MUTATION INTERNE': 'interne', E: 'externe', EXT: 'externe', EXTERNE: 'externe', 'MUTATION EXTERNE': 'externe', 'INTER BAILLEURS': 'externe', INTERBAILLEURS: 'externe', 'MUTATION INTER BAILLEURS': 'externe', 'MUTATION INTERBAILLEURS': 'externe',
    AUCUNE: 'non', 'PAS DE MUTATION': 'non', 'HORS MUTATION': 'non', MUTATION: 'oui',
  },
  MUTATION_RU: { RU: 'oui', ANRU: 'oui', NPNRU: 'oui', 'RENOVATION URBAINE': 'oui', 'RENOUVELLEMENT URBAIN': 'oui' },
};
