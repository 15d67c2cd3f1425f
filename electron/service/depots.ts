import { resolve } from 'node:path';
import { invalide } from '../../shared/erreurs.ts';
import { nomPaquet } from '../../shared/paquet/noms.ts';
import { explainEcriture } from '../paquet/index.ts';
import { readDepot, readDepots } from '../store/depots.ts';
import { thawDepot } from '../store/gel.ts';
import type { Handlers } from './contexte.ts';
import { buildMatiere, deposer } from './depot/deposer.ts';
import { buildDocument, isDocument, listDocuments, listDocumentsDe } from './depot/documents.ts';
import { finishDepots } from './depot/place.ts';
import { readInfo } from './etapes.ts';
import { assertCible, writeFichier } from './fichiers.ts';
import { noteRecent } from './recents.ts';

export const handlers = {
  'depot.apercu': async (contexte) => {
    const { base } = contexte.dossier();
    const info = await contexte.appeler('dossier.info', {});
    const version = (readDepots(base).at(-1)?.version ?? 0) + 1;
    const { bloquants } = await contexte.appeler('controles.lister', {});
    return {
      version,
      nomPaquet: nomPaquet(info.organisme.siren, info.millesime, version, true),
      fichiers: listDocuments({
        version,
        npl: (await contexte.appeler('npl.scenarios', {})).scenarios.some((s) => s.retenu),
        carte: (await contexte.appeler('carte.lire', { surface: 'SH' })).ensembles.length > 0 && (await contexte.appeler('loyers.lire', { par: 'ensemble', surface: 'SH' })).lignes.some((l) => l.loyerM2 !== null),
        ventes: (await contexte.appeler('ventes.resume', {})).logements > 0,
      }),
      bloquants: bloquants.length,
    };
  },

  'depot.previsualiser': async (contexte, { fichier, destination }, suivi) => {
    const matiere = await buildMatiere(contexte, contexte.maintenant(), null, true);
    const connu = listDocumentsDe(matiere.donnees).find((d) => d.nom === fichier);
    if (connu === undefined || !isDocument(fichier)) {
      throw invalide('document-inconnu', `Le document « ${fichier} » n’est pas de ce dépôt.`, 'Choisir l’un des documents de l’aperçu.');
    }
    const chemin = resolve(destination);
    await writeFichier(contexte, chemin, await buildDocument(fichier, matiere), { signal: suivi.signal });
    return { chemin };
  },

  'depot.deposer': async (contexte, demande, suivi) => {
    const fait = await deposer(contexte, demande, suivi);
    try {
      noteRecent(contexte, readInfo(contexte.dossier(), contexte.maintenant()));
    } catch {
      // Le dépôt est fait et enregistré : rien de ce qui suit ne doit le dire échoué.
    }
    return fait;
  },

  'depot.lister': async (contexte) => {
    const depots = readDepots(contexte.dossier().base);
    await finishDepots(depots);
    return { depots };
  },

  'depot.extraire': async (contexte, { version, destination }, suivi) => {
    const { base } = contexte.dossier();
    if (readDepot(base, version) === null) {
      throw invalide('depot-inconnu', `Le dossier n’a pas de dépôt v${version}.`, 'Choisir l’un des dépôts du dossier.');
    }
    const chemin = resolve(destination);
    assertCible(chemin, { dossier: contexte.dossier().chemin });
    await thawDepot(base, version, chemin, suivi.signal).catch((cause: unknown) => {
      throw explainEcriture(cause, chemin, suivi.signal);
    });
    return { chemin };
  },
} satisfies Partial<Handlers>;
