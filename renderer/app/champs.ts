import { typographie } from '../ui/format.ts';

/** Un champ par son libellé ; un nom stable sans libellé n'est jamais montré seul, comme s'il en était un. */
export function nomDuChamp(libelle: string, champ: string): string {
  return libelle && libelle !== champ ? typographie(libelle) : `Champ absent de ce dossier (${champ})`;
}
