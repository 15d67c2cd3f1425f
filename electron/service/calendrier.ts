import { champsRemplacement, computeEcheances } from '../../shared/domain/calendrier/echeances.ts';
import { readChamps } from '../store/champs.ts';
import { readConstates } from './constates.ts';
import type { Handlers } from './contexte.ts';
import { millesimeDe } from './millesime.ts';

export const handlers = {
  'calendrier.lire': (contexte) => {
    const { base } = contexte.dossier();
    const aujourdhui = contexte.maintenant().toISOString().slice(0, 10);
    const echeances = computeEcheances(millesimeDe(base), Object.fromEntries(readChamps(base)), aujourdhui, readConstates(base));
    return {
      echeances: echeances.map((e) => {
        const noms = champsRemplacement(e.code);
        return { ...e, champDate: noms.date, champMotif: noms.motif };
      }),
    };
  },
} satisfies Partial<Handlers>;
