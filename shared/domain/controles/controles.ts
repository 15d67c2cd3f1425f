import { missingCase } from '../../erreurs.ts';
import { findControle } from '../../millesimes/index.ts';
import type { Millesime } from '../../millesimes/types.ts';
import { readSaisies } from '../engagements/lecture.ts';
import { checkAssociation } from './association.ts';
import { checkReferencesInconnues, checkSeuilsCibles, checkSeuilsObserves } from './attributions.ts';
import { checkDenominateurs } from './denominateurs.ts';
import { checkEchanges } from './echanges.ts';
import { checkCellules, checkHorsMatrice, checkReferences, checkTerritoires } from './engagements.ts';
import { checkIdentite } from './identite.ts';
import { checkChamps, checkChevauchement, checkEcheances, checkOrdres, checkPsp } from './organisme.ts';
import { checkLoyers } from './loyers.ts';
import { checkParc } from './parc.ts';
import { checkPatrimoine } from './patrimoine.ts';
import { checkQpv } from './qpv.ts';
import { checkVentes } from './ventes.ts';
import { cleJustification, type Constat, type Constats, type EntreeControles, type Regle, type Releve } from './types.ts';

const REGLES: readonly Regle[] = [
  checkChamps,
  checkIdentite,
  checkPsp,
  checkOrdres,
  checkChevauchement,
  checkEcheances,
  checkPatrimoine,
  checkQpv,
  checkLoyers,
  checkTerritoires,
  checkCellules,
  checkParc,
  checkDenominateurs,
  checkReferences,
  checkHorsMatrice,
  checkAssociation,
  checkSeuilsCibles,
  checkSeuilsObserves,
  checkReferencesInconnues,
  checkVentes,
  checkEchanges,
];

/** Remplit `{nom}` ; un nom sans valeur reste visible plutôt que de disparaître. */
function rediger(modele: string, valeurs: Readonly<Record<string, string>>): string {
  return modele.replace(/\{(\w+)\}/g, (trou, nom: string) => valeurs[nom] ?? trou);
}

function constater(millesime: Millesime, releve: Releve, justifications: ReadonlyMap<string, string>): Constat {
  const controle = findControle(millesime, releve.code);
  return {
    code: controle.code,
    niveau: controle.niveau,
    message: rediger(controle.message, releve.valeurs ?? {}),
    article: releve.article ?? controle.article,
    champ: releve.champ,
    etape: releve.etape ?? controle.etape,
    justification: justifications.get(cleJustification(controle.code, releve.champ)) ?? null,
  };
}

/**
 * Tous les constats d'un dossier, en trois piles, dans l'ordre des étapes. Un constat bloquant ne se
 * justifie pas : un motif enregistré pour lui n'est pas rendu (le passer est `--malgre`, au dépôt).
 */
export function runControles(entree: EntreeControles): Constats {
  const lecture = readSaisies(entree.saisies);
  const constats: Constats = { bloquants: [], aJustifier: [], informations: [] };
  for (const regle of REGLES) {
    for (const releve of regle(entree, lecture)) {
      const constat = constater(entree.millesime, releve, entree.justifications);
      switch (constat.niveau) {
        case 'bloquant':
          constats.bloquants.push({ ...constat, justification: null });
          break;
        case 'a-justifier':
          constats.aJustifier.push(constat);
          break;
        case 'information':
          constats.informations.push(constat);
          break;
        default:
          missingCase(constat.niveau);
      }
    }
  }
  return constats;
}
