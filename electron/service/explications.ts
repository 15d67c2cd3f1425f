import type { Sortie } from '../../shared/contract.ts';
import { invalide } from '../../shared/erreurs.ts';
import { readHistorique } from '../store/journal-lecture.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { direCase, explainCase } from './corrections-champ.ts';
import { explainAssociation } from './explications-association.ts';
import { explainAttributions } from './explications-attributions.ts';
import { explainCarte } from './explications-carte.ts';
import { explainCible } from './explications-cible.ts';
import { explainEnsemble } from './explications-ensemble.ts';
import { explainEtat } from './explications-etat.ts';
import { explainLoyers } from './explications-loyers.ts';
import { explainOccupation, isSujetOccupation } from './explications-occupation.ts';
import { explainNpl } from './explications-npl.ts';
import { explainQpv } from './explications-qpv.ts';
import { explainVentes, isSujetVentes } from './explications-ventes.ts';
import { explainServiceRendu } from './explications-service-rendu.ts';
import { findChamp } from '../../shared/millesimes/index.ts';
import type { Base } from '../store/base.ts';
import { readChamp } from '../store/champs.ts';
import { formatValeurChamp } from '../../shared/domain/organisme/champs.ts';
import { millesimeDe } from './millesime.ts';

export type Explication = Sortie<'explication.lire'>;
/** Ce qui est propre au sujet ; l'historique et les observations s'y ajoutent partout de la même façon. */
export type Fond = Pick<Explication, 'titre' | 'valeur' | 'formule' | 'articles' | 'sources' | 'incertitude' | 'correction' | 'precedent'>;

async function explain(contexte: Contexte, sujet: string): Promise<Fond> {
  const { base } = contexte.dossier();
  const [genre] = sujet.split('/');
  switch (genre) {
    case 'etat': return explainEtat(contexte, sujet);
    case 'qpv': return explainQpv(contexte, sujet);
    case 'ensemble': return explainEnsemble(contexte, sujet);
    case 'association': return explainAssociation(contexte, sujet);
    case 'attributions': return explainAttributions(contexte, sujet);
    case 'carte': return explainCarte(contexte, sujet);
    case 'loyers': return explainLoyers(contexte, sujet);
    case 'occupation':
      if (isSujetOccupation(sujet)) return explainOccupation(contexte, sujet);
      break;
    case 'ventes':
      if (isSujetVentes(sujet)) return explainVentes(contexte, sujet);
      break;
    case 'npl': return explainNpl(contexte, sujet);
    case 'service-rendu': return explainServiceRendu(contexte, sujet);
    case 'logement': return explainCase(contexte, sujet);
    case 'engagement':
    case 'reference': return explainCible(contexte, sujet);
    default:
  }
  return explainChamp(base, sujet);
}

function explainChamp(base: Base, sujet: string): Fond {
  const definition = findChamp(millesimeDe(base), sujet);
  if (definition === undefined) throw invalide('sujet-inconnu', `« ${sujet} » ne désigne aucun chiffre du dossier.`, 'Choisir un chiffre ou un champ de l’écran.');
  const valeur = readChamp(base, sujet);
  return {
    titre: definition.libelle,
    valeur: valeur === null ? '' : formatValeurChamp(definition, valeur),
    formule: `Saisi dans l’étape ${({ occupation: 'Occupation sociale', ventes: 'Ventes', associes: 'Associés' } as Readonly<Record<string, string>>)[definition.etape] ?? 'Organisme'}${definition.aide === '' ? '' : `. ${definition.aide}`}`,
    articles: definition.article === '' ? [] : [definition.article],
    sources: [],
    incertitude: '',
  };
}

export const handlers = {
  'explication.lire': async (contexte, { sujet }) => {
    const fond = await explain(contexte, sujet);
    const { observations } = await contexte.appeler('observations.lister', {});
    const historique = readHistorique(contexte.dossier().base, sujet);
    return {
      sujet,
      ...fond,
      historique: historique.map(({ quand, qui, avant, apres }) => direCase(sujet, { quand, qui, avant, apres })),
      observations: observations.filter((o) => o.champ === sujet),
    };
  },
} satisfies Partial<Handlers>;
