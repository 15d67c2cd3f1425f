/**
 * Les natures de tableaux que l'on importe, et ce que chacune attend. L'analyse d'un fichier
 * (`import.analyser`), les profils et l'écran des correspondances n'en connaissent rien d'autre.
 *
 * Ajouter une nature : un fichier qui exporte une `NatureTableau`, une ligne dans `NATURES`, et son lecteur
 * dans `electron/service/imports-lecteurs.ts`. Les rangées, déjà traduites suivant le profil, se lisent par
 * `iterateLignes` (`electron/service/rangees.ts`). `champDuTitre` reconnaît un champ au titre de sa colonne,
 * `champDuContenu` à ses valeurs quand le titre n'a rien dit ; `specifiques` sont les champs qui ne peuvent
 * venir que de cette nature : d'un fichier sans nature donnée, ils la font reconnaître. `manque` dit ce sans
 * quoi rien ne peut être lu ; `refusees`, les colonnes dont rien ne doit être gardé (noms, numéros de
 * sécurité sociale) : elles ne peuvent avoir de champ, et l'écran le dit.
 */
import { ATTRIBUTIONS } from './attributions.ts';
import { LOGEMENTS } from './logements.ts';
import { OPS } from './ops.ts';
import { SERVICE_RENDU } from './service-rendu.ts';
import type { NatureTableau, TypeTableau } from './nature.ts';

export type { Cible, NatureTableau, TypeTableau } from './nature.ts';

export const NATURES: readonly NatureTableau[] = [LOGEMENTS, OPS, SERVICE_RENDU, ATTRIBUTIONS];

export const findNature = (type: TypeTableau): NatureTableau | null => NATURES.find((n) => n.type === type) ?? null;

/** Ce qu'un titre veut dire pour une nature : le champ des titres qu'elle connaît, chacun au plus une fois. */
export function champsDesTitres(nature: NatureTableau, titres: readonly string[]): (string | null)[] {
  const pris = new Set<string>();
  const prendre = (champ: string | null): string | null => {
    if (champ === null || pris.has(champ)) return null;
    pris.add(champ);
    return champ;
  };
  const lus = titres.map((titre) => (nature.refusees?.(titre) === true ? null : prendre(nature.champDuTitre(titre))));
  const champs = lus.map((champ, i) => champ ?? prendre(nature.champSecond?.(titres[i] ?? '') ?? null));
  return nature.arranger?.(titres, champs) ?? champs;
}

/** La nature que des titres montrent : celle dont ils nomment un champ spécifique, sinon la première. */
export function natureDesTitres(titres: readonly string[]): NatureTableau {
  let meilleure = LOGEMENTS;
  let note = 0;
  for (const nature of NATURES) {
    const champs = champsDesTitres(nature, titres).filter((c) => c !== null);
    // Les champs d'un logement sont ceux de toutes : sans rien de propre, c'est un tableau de logements.
    const propre = champs.filter((c) => nature.specifiques.has(c)).length;
    if (propre === 0 && nature !== LOGEMENTS) continue;
    // Un champ propre à une nature dit plus que tous ceux qu'elles ont en commun.
    const valeur = (propre > 0 ? 1000 : 0) + champs.length;
    if (valeur > note) [meilleure, note] = [nature, valeur];
  }
  return meilleure;
}
