import { tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'champs',
  resume: 'liste les champs du dossier et leurs valeurs',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {},
  exemples: ['champs convention.cus', 'champs convention.cus --json'],
  async run(appel) {
    await openDossierDe(appel);
    const { champs } = await appel.appeler('champs.lister', {});
    const lignes = champs.map(({ champ, libelle, valeur, obligatoire }) => ({ champ, libelle, valeur, obligatoire }));
    return {
      json: { champs: lignes },
      texte: tableau(
        [
          { titre: 'Champ', valeur: (c) => c.champ },
          { titre: '', valeur: (c) => (c.obligatoire ? '*' : '') },
          { titre: 'Valeur', valeur: (c) => c.valeur ?? '—' },
          { titre: 'Libellé', valeur: (c) => c.libelle },
        ],
        lignes,
      ).concat('\n\n* obligatoire'),
    };
  },
};
