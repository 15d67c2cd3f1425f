import { compte } from '../tableau.ts';
import { optionObligatoire } from '../arguments.ts';
import { OPTIONS_SIGNATURE, readSignature } from '../secrets.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';
import { invalide } from '../../../shared/erreurs.ts';

export const verbe: Verbe = {
  nom: 'deposer',
  resume: 'fige un dépôt et écrit le paquet, signé ou non',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    sortie: { type: 'texte', valeur: 'REPERTOIRE', aide: 'où écrire le paquet (obligatoire)' },
    ...OPTIONS_SIGNATURE,
    'sans-signature': { type: 'drapeau', aide: 'écrit un paquet .zip sans signature' },
    malgre: { type: 'texte', valeur: '"MOTIF"', aide: 'passe outre les constats bloquants ; le motif est écrit dans le paquet' },
  },
  exemples: [
    'deposer convention.cus --sortie envoi --p12 signature.p12 --mot-de-passe-fichier secret.txt',
    'deposer convention.cus --sortie envoi --sans-signature',
    'deposer convention.cus --sortie envoi --sans-signature --malgre "Délibération attendue le 12 mars"',
  ],
  async run(appel) {
    const repertoire = appel.fichier('sortie');
    if (repertoire === undefined) throw optionObligatoire('deposer', 'sortie');
    const sansSignature = appel.drapeau('sans-signature');
    if (sansSignature === (appel.texte('p12') !== undefined)) {
      throw invalide('usage', sansSignature ? 'Un dépôt est signé ou sans signature, pas les deux.' : 'Il faut dire comment signer.', 'Donner --p12 F --mot-de-passe-fichier P, ou --sans-signature.');
    }
    const signature = readSignature(appel, 'deposer');
    const malgre = appel.texte('malgre');
    await openDossierDe(appel);
    const d = await appel.appeler('depot.deposer', { repertoire, sansSignature, ...signature, ...(malgre === undefined ? {} : { malgre }) });
    return {
      json: { paquet: d.paquet, version: d.version, empreinte: d.empreinte, fichiers: d.fichiers },
      texte: [
        `Dépôt v${d.version} figé, ${d.certificat === null ? 'sans signature' : `signé par ${d.certificat.nom}${d.certificat.autosigne ? ' (certificat autosigné)' : ''}`}.`,
        `Paquet : ${d.paquet} (${compte(d.fichiers.length, 'fichier')})`,
        `Empreinte : ${d.empreinte}`,
      ].join('\n'),
    };
  },
};
