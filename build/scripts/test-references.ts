import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { assurerBibliotheques } from '../outils/bibliotheques.ts';
import { racine } from '../outils/chemins.ts';
import { conclure, lancerEssais } from '../outils/essais.ts';
import { arreter, lancer } from '../outils/messages.ts';

/** `npm run test:references` : les essais qui lisent le dossier des références, voisin du projet. */
await lancer(async () => {
  const references = resolve(racine, '..', 'shared');
  if (!existsSync(references))
    arreter(
      `Le dossier des références manque : ${references}`,
      'Placez-le à côté du projet, puis recommencez ; npm test n’en a pas besoin.',
    );
  await assurerBibliotheques('juges');
  return conclure(await lancerEssais('references'));
});
