import { champsRemplacement } from '../../shared/domain/calendrier/echeances.ts';
import { findChamp } from '../../shared/millesimes/index.ts';
import type { DefinitionChamp, Millesime } from '../../shared/millesimes/types.ts';

/** Champs par lesquels une date légale du calendrier se remplace, avec son motif. */
export function champsEcheances(millesime: Millesime): DefinitionChamp[] {
  return millesime.delais.flatMap((d) => {
    const noms = champsRemplacement(d.code);
    const commun = { groupe: 'Échéances modifiées', etape: 'organisme', article: d.article, choix: [], siVide: null } as const;
    return [
      { ...commun, champ: noms.date, libelle: `${d.libelle} : date retenue`, type: 'date', aide: 'Vide : la date calculée par la loi.' },
      { ...commun, champ: noms.motif, libelle: `${d.libelle} : motif de la date retenue`, type: 'texte', aide: '' },
    ] satisfies DefinitionChamp[];
  });
}

/** Définition d'un champ simple du dossier ; `undefined` s'il n'existe pas. */
export function findDefinition(millesime: Millesime, nom: string): DefinitionChamp | undefined {
  return findChamp(millesime, nom) ?? champsEcheances(millesime).find((c) => c.champ === nom);
}
