import { lancerEssais } from '../outils/essais.ts';
import { lancer } from '../outils/messages.ts';
import { verifier } from '../outils/verifications.ts';

/** `npm run check` : types, écriture (aucun avertissement), essais unitaires. */
await lancer(async () => {
  const manquees = await verifier();
  const unitaires = await lancerEssais('unit');
  return manquees === 0 && unitaires.echecs === 0 ? 0 : 1;
});
