import { assurerBibliotheques } from '../outils/bibliotheques.ts';
import { conclure, lancerEssais } from '../outils/essais.ts';
import { lancer } from '../outils/messages.ts';

/** `npm run preuves` : les preuves longues (interruptions au hasard, gros fichiers), hors de `npm test`. */
await lancer(async () => {
  await assurerBibliotheques('juges');
  return conclure(await lancerEssais('preuves'));
});
