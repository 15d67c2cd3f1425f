import { Avis } from '../../../shared/contract.ts';
import { optionObligatoire } from '../arguments.ts';
import { OPTIONS_SIGNATURE, readSignature } from '../secrets.ts';
import { compte } from '../tableau.ts';
import type { Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'annoter',
  resume: 'côté État : fait un Retour à partir d’une liste de remarques',
  arguments: [{ nom: 'PAQUET', aide: 'le paquet reçu, .asice ou .zip' }],
  options: {
    observations: { type: 'texte', valeur: 'O.csv', aide: 'remarques : champ;nature;texte;valeur_proposee (obligatoire)' },
    sortie: { type: 'texte', valeur: 'R', aide: 'le Retour : .xlsx, .asice (avec --p12) ou .zip (obligatoire)' },
    avis: { type: 'texte', valeur: 'AVIS', aide: 'avis d’ensemble', choix: Avis.options },
    ...OPTIONS_SIGNATURE,
  },
  exemples: [
    'annoter CUS_782824114_2019_v01.asice --observations remarques.csv --sortie retour.xlsx --avis reserve',
    'annoter CUS_782824114_2019_v01.asice --observations remarques.csv --sortie RETOUR_782824114_v01.asice --p12 ddtm.p12 --mot-de-passe-fichier secret.txt',
  ],
  notes: 'Natures : a-corriger, a-completer, question, proposition, favorable.\nUne remarque sur un champ qui n’est pas dans le paquet est refusée avec sa ligne ; rien n’est alors écrit.',
  async run(appel) {
    const fichierObservations = appel.fichier('observations');
    const sortie = appel.fichier('sortie');
    if (fichierObservations === undefined) throw optionObligatoire('annoter', 'observations');
    if (sortie === undefined) throw optionObligatoire('annoter', 'sortie');
    const avis = Avis.optional().parse(appel.texte('avis'));
    const { retour, observations } = await appel.appeler('paquet.annoter', {
      paquet: appel.chemin(appel.argument(0)),
      sortie,
      fichierObservations,
      ...(avis === undefined ? {} : { avis }),
      ...readSignature(appel, 'annoter'),
    });
    return { json: { retour, observations }, texte: `Retour écrit : ${retour} (${compte(observations, 'observation')})` };
  },
};
