import type { Sortie } from '../../../shared/contract.ts';
import { compareDonnees } from '../../../shared/domain/modifications/comparer.ts';
import { invalide } from '../../../shared/erreurs.ts';
import type { DonneesPaquet, ModificationsPaquet } from '../../../shared/paquet/donnees.ts';
import type { Base } from '../../store/base.ts';
import { lastChanges, readDonneesDepot } from '../../store/depots.ts';
import { readObservations, readReponses } from '../../store/retours.ts';
import { parseDonnees } from './donnees.ts';

type Modification = Sortie<'modifications.lister'>['modifications'][number];

/** Données d'un dépôt figé. Erreur « depot-inconnu ». */
export function readDepotFige(base: Base, version: number): DonneesPaquet {
  const octets = readDonneesDepot(base, version);
  if (octets === null) throw invalide('depot-inconnu', `Le dossier n’a pas de dépôt v${version}.`, 'Choisir l’un des dépôts du dossier.');
  return parseDonnees(octets);
}

/**
 * Ce qui a changé du dépôt `de` à `apres` ; `a` : le dépôt qu'est `apres`, nul pour le dossier
 * d'aujourd'hui. La date vient du journal ; un chiffre du parc a celle du dernier import.
 */
export function listModifications(base: Base, de: DonneesPaquet, apres: DonneesPaquet, a: number | null): Modification[] {
  const quand = lastChanges(base, de.version, a);
  const dernierImport = [...quand].findLast(([champ]) => champ.startsWith('import/'))?.[1] ?? null;
  return compareDonnees(de, apres).map((d) => ({
    ...d,
    quand: quand.get(d.champ) ?? (/^(?:etat|ensemble|loyers)\//u.test(d.champ) ? dernierImport : null),
  }));
}

/** modifications.json : ce qui a changé depuis le dépôt précédent, et les réponses aux observations. */
export function buildModifications(base: Base, precedent: DonneesPaquet, empreintePrecedente: string, donnees: DonneesPaquet): ModificationsPaquet {
  const reponses = readReponses(base);
  const auteur = donnees.champs.find((c) => c.champ === 'organisme/contact/nom')?.valeur?.trim() || donnees.organisme.nom;
  return {
    schema: 'atelier-cus/modifications/1',
    de: precedent.version,
    a: donnees.version,
    empreintePrecedente,
    modifications: listModifications(base, precedent, donnees, null),
    reponses: readObservations(base).map((o) => ({
      observation: o.id,
      champ: o.champ,
      nature: o.nature,
      texte: o.texte,
      etat: o.etat,
      // Le compte de l'ordinateur reste au journal : ce qui part dit qui répond pour l'organisme.
      reponses: (reponses.get(o.id) ?? []).map((r) => ({ ...r, auteur })),
    })),
  };
}
