import type { Sortie } from '../../../shared/contract.ts';
import { definirBrouillon, lireBrouillon } from '../../app/brouillons.ts';
import { enregistrer } from '../../app/enregistrement.ts';
import { appeler } from '../../app/service.ts';

export type Constat = Sortie<'controles.lister'>['bloquants'][number];

/** Sous quelle clé attend le motif commencé d'un constat : propre à chaque dossier. */
export function cleMotif(dossier: string | null, c: Pick<Constat, 'code' | 'champ'>): string {
  return `motif ${dossier ?? ''} ${c.code} ${c.champ ?? ''}`;
}

/** Met en file le motif tapé pour un constat, s'il a changé. Le texte n'est oublié qu'une fois écrit. */
export function enregistrerMotif(dossier: string | null, c: Constat): void {
  const cle = cleMotif(dossier, c);
  const tape = lireBrouillon(cle);
  if (tape === null) return;
  const motif = tape.trim();
  if (motif === (c.justification ?? '')) return definirBrouillon(cle, null);
  enregistrer({
    cle,
    libelle: `Motif : ${c.message}`,
    valeur: motif,
    ecrire: async () => {
      const ecrit = await appeler('controles.justifier', { code: c.code, champ: c.champ, motif });
      // Retapé pendant l'écriture : la suite s'enregistrera à son tour.
      if (lireBrouillon(cle)?.trim() === motif) definirBrouillon(cle, null);
      return ecrit;
    },
  });
}

/** Avant un dépôt : aucun motif commencé ne reste hors du dossier. */
export function enregistrerMotifs(dossier: string | null, constats: readonly Constat[]): void {
  for (const c of constats) enregistrerMotif(dossier, c);
}
