import { compte } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'retour',
  resume: 'lit un Retour de l’État : chaque remarque à sa place',
  arguments: [
    { nom: 'DOSSIER', aide: 'le fichier .cus' },
    { nom: 'RETOUR', aide: 'avis.xlsx rempli, ou paquet RETOUR (.asice, .zip)' },
  ],
  options: {},
  exemples: ['retour convention.cus avis.xlsx', 'retour convention.cus RETOUR_782824114_v01.asice --json'],
  notes: 'Lu deux fois, un même Retour ne double rien. Celui d’un autre dépôt ou d’un autre organisme est refusé (sortie 1).',
  async run(appel) {
    await openDossierDe(appel);
    const r = await appel.appeler('retour.lire', { chemin: appel.chemin(appel.argument(1)) });
    for (const x of r.refusees) appel.avertir(`Ligne ${x.ligne} refusée : ${x.raison}`);
    return {
      json: { version: r.version, nouvelles: r.nouvelles, dejaConnues: r.dejaConnues, refusees: r.refusees },
      texte: `Retour sur le dépôt v${r.version} : ${compte(r.nouvelles, 'observation nouvelle', 'observations nouvelles')}, ${compte(r.dejaConnues, 'déjà connue', 'déjà connues')}, ${compte(r.refusees.length, 'refusée')}.`,
    };
  },
};
