import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import { FICHIERS } from '../../shared/paquet/noms.ts';
import { findMillesime } from '../../shared/millesimes/index.ts';
import { champsObservables } from '../documents/champs.ts';
import { openPaquet, verifyPaquet } from '../paquet/index.ts';
import type { Handlers } from './contexte.ts';
import { findChamp } from '../../shared/millesimes/index.ts';
import { annoter } from './depot/annoter.ts';
import { readDepotDe } from './depot/paquet-lu.ts';

type Lu = Sortie<'paquet.lire'>;

export const handlers = {
  'paquet.verifier': async (contexte, { chemin, autorites }, suivi) =>
    verifyPaquet(resolve(chemin), {
      instant: contexte.maintenant(),
      signal: suivi.signal,
      ...(autorites === undefined ? {} : { autorites: await readFile(resolve(autorites), 'utf8') }),
    }),

  'paquet.lire': async (contexte, { chemin }, suivi) => {
    const absolu = resolve(chemin);
    const options = { instant: contexte.maintenant(), signal: suivi.signal };
    // Ouvert une fois : ce qui est vérifié est ce qui est lu, même si le fichier change entre-temps.
    const paquet = await openPaquet(absolu, options).catch(() => null);
    const verdict = await verifyPaquet(paquet ?? absolu, options);
    const integre = verdict.verdict === 'signe' || verdict.verdict === 'non-signe';
    if (paquet === null || !integre || !paquet.entrees.has(FICHIERS.donnees)) {
      return { verdict, organisme: null, version: null, empreinte: null, champs: [] };
    }
    const { donnees, empreinte } = await readDepotDe(absolu, paquet, suivi.signal);
    return { verdict, organisme: donnees.organisme, version: donnees.version, empreinte, champs: listChamps(donnees) };
  },

  'paquet.annoter': annoter,
} satisfies Partial<Handlers>;

function listChamps(donnees: DonneesPaquet): Lu['champs'] {
  return champsObservables(donnees).map(({ champ, libelle, valeur }) => ({ champ, libelle, valeur, etape: etapeDe(donnees, champ) }));
}

function etapeDe(donnees: DonneesPaquet, champ: string): string {
  if (champ.startsWith('engagement/') || champ.startsWith('reference/')) return 'engagements';
  return findChamp(findMillesime(donnees.millesime), champ)?.etape ?? 'patrimoine';
}
