import type { DonneesPaquet } from '../../paquet/donnees.ts';
import { valeursAssociation } from './association.ts';
import { compareParc } from './parc.ts';
import { compareValeurs } from './valeurs.ts';
import type { Difference, ValeurNommee } from './valeurs.ts';

/**
 * Ce qui a changé de `avant` à `apres` : champs, cibles, références, puis chiffres du parc et des
 * loyers. Dans l'ordre du dépôt d'arrivée ; ce qui n'y est plus vient à la fin de sa partie.
 */
export function compareDonnees(avant: DonneesPaquet, apres: DonneesPaquet): Difference[] {
  return [
    ...compareValeurs(valeursChamps(avant), valeursChamps(apres)),
    ...compareValeurs(valeursEngagements(avant), valeursEngagements(apres)),
    // Un dépôt d'avant n'en dit rien : rien n'y a changé.
    ...(avant.association === undefined || apres.association === undefined ? [] : compareValeurs(valeursAssociation(avant.association), valeursAssociation(apres.association))),
    ...compareParc(avant, apres),
  ];
}

function valeursChamps(d: DonneesPaquet): ValeurNommee[] {
  return [
    { champ: 'dossier/millesime', libelle: 'Millésime des règles', valeur: d.millesime },
    ...d.champs.map(({ champ, libelle, valeur }) => ({ champ, libelle, valeur })),
  ];
}

function valeursEngagements(d: DonneesPaquet): ValeurNommee[] {
  const references = new Set<string>();
  return d.engagements.flatMap((e) => {
    const cible = [
      { champ: e.champ, libelle: labelEngagement(e), valeur: e.saisie },
      { champ: `${e.champ}#commentaire`, libelle: `${labelEngagement(e)}, commentaire`, valeur: e.commentaire },
    ];
    const reference = `reference/${e.indicateur}/${e.territoire}/${e.ventilation}`;
    if (references.has(reference)) return cible;
    references.add(reference);
    return [{ champ: reference, libelle: labelLigne(e, 'référence'), valeur: e.reference }, ...cible];
  });
}

type Engagement = DonneesPaquet['engagements'][number];

const labelEngagement = (e: Engagement): string => labelLigne(e, e.horizon.replace(/^(\d+)ans$/u, 'cumul à $1 ans'));

function labelLigne(e: Engagement, horizon: string): string {
  return [e.indicateur, e.nomTerritoire, horizon, ...(e.ventilation === 'total' ? [] : [e.libelleVentilation])].filter((t) => t !== '').join(', ');
}
