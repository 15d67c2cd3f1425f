import { invalide } from '../../shared/erreurs.ts';
import { readDepots } from '../store/depots.ts';
import type { Handlers } from './contexte.ts';
import { buildDonnees } from './depot/donnees.ts';
import { listModifications, readDepotFige } from './depot/modifications.ts';

export const handlers = {
  'modifications.lister': async (contexte, { de, a }) => {
    const { base } = contexte.dossier();
    const dernier = readDepots(base).at(-1);
    const depart = de ?? dernier?.version;
    // Sans dépôt il n'y a rien à quoi comparer, donc rien qui ait changé.
    if (depart === undefined && a === undefined) return { modifications: [] };
    if (depart === undefined || (a !== undefined && a <= depart)) {
      throw invalide('depots-a-comparer', `Il n’y a rien à comparer du dépôt v${depart ?? '?'} au dépôt v${a ?? '?'}.`, 'Donner deux dépôts du dossier, le plus ancien d’abord.');
    }
    const avant = readDepotFige(base, depart);
    const apres =
      a === undefined
        ? await buildDonnees(contexte, { version: (dernier?.version ?? 0) + 1, instant: contexte.maintenant(), malgre: null, precedent: dernier?.empreinte ?? null })
        : readDepotFige(base, a);
    return { modifications: listModifications(base, avant, apres, a ?? null) };
  },
} satisfies Partial<Handlers>;
