import type { Millesime } from './types.ts';
import { association } from './2019/association.ts';
import { attributions, seuils } from './2019/attributions.ts';
import { champs, etapes } from './2019/champs.ts';
import { delais, obligations, ordres } from './2019/calendrier.ts';
import { controles } from './2019/controles.ts';
import { tables } from './2019/autres-tables.ts';
import { indicateurs, politiques } from './2019/indicateurs.ts';
import { npl } from './2019/npl.ts';
import { plan } from './2019/plan.ts';
import { ventes } from './2019/ventes.ts';

/** Droit issu du décret n° 2019-801 du 26 juillet 2019 (convention locative). */
export const millesime2019: Millesime = {
  nom: '2019',
  libelle: 'Convention d’utilité sociale, décret du 26 juillet 2019',
  texte: 'Décret n° 2019-801 du 26 juillet 2019 (articles R445-1 et suivants du CCH)',
  enVigueurDepuis: '2019-07-29',
  dureeAnnees: 6,
  horizons: [
    { code: '3ans', libelle: '3 ans', annees: 3 },
    { code: '6ans', libelle: '6 ans', annees: 6 },
  ],
  etat: { signataire: 'préfet de la région du siège', destinataire: 'préfet du département du siège', article: 'R*445-1' },
  politiques,
  tables,
  indicateurs,
  etapes,
  champs,
  delais,
  obligations,
  ordres,
  association,
  plan,
  controles,
  attributions,
  seuils,
  ecartsDenominateur: { signale: 10, justifie: 50, source: 'seuil proposé par Atelier CUS, non réglementaire' },
  psp: { champ: 'organisme/psp/date', maxAnnees: 3, article: 'R445-2-2' },
  ventes,
  loyerAccessoire: {
    article: 'D353-16', texte: 'celui d’annexes qui n’entrent pas dans la surface utile (D353-16, 2°)',
    incertitude: 'Les limites de ce loyer sont celles de chaque convention, que le répertoire ne dit pas.',
  },
  npl,
  incertitudes: [
    'Annexes de l’arrêté du 19 octobre 2017 (format des tableaux, définition des références) : non obtenues.',
    'Les engagements en années civiles suivent l’usage des conventions publiées ; aucun texte lu ne le prescrit.',
    'Articles lus dans leur état de fin 2023 ; aucune modification de R445-5 trouvée depuis 2019.',
  ],
};
