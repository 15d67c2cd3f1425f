import { fromPointDecimal } from '../../../shared/domain/nombres/saisie.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'definir',
  resume: 'donne sa valeur à un champ, par son nom',
  arguments: [
    { nom: 'DOSSIER', aide: 'le fichier .cus' },
    { nom: 'CHAMP', aide: 'nom du champ, tel que « cus champs » les montre' },
    { nom: 'VALEUR', aide: 'sa valeur ; un texte vide ("") l’efface' },
  ],
  options: {},
  exemples: [
    'definir convention.cus organisme/psp/date 2024-06-18',
    'definir convention.cus engagement/PP-1/dep-13/3ans/total 120',
    'definir convention.cus engagement/PS-2/dep-13/2027/total "12/48"',
    'definir convention.cus logement/A12/LOYERPRINC 412.50',
  ],
  notes: 'Un constat à justifier se justifie par son nom : justification/<code>/<champ>.\nUne valeur incomplète ou mal formée est gardée telle que tapée ; « cus controler » la signale. Une case de logement (logement/<identifiant>/<CHAMP>), elle, refuse ce qui ne se lit pas.\nUne valeur qui commence par un tiret se met après « -- ».',
  async run(appel) {
    await openDossierDe(appel);
    const nom = appel.argument(1);
    const cible = nom.startsWith('engagement/') || nom.startsWith('reference/');
    // Au terminal le point est toujours celui des décimales : « 1.250 » n'y a qu'une lecture.
    const valeur = cible || nom.startsWith('logement/') ? fromPointDecimal(appel.argument(2)) : appel.argument(2);
    const { champ, avant, apres } = await appel.appeler('champs.definir', { champ: nom, valeur });
    return { json: { champ, avant, apres }, texte: `${champ} : ${apres ?? 'vide'} (avant : ${avant ?? 'vide'})` };
  },
};
