import { assertCible } from '../../service/fichiers.ts';
import { compte, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Appel, Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'engagements',
  resume: 'montre, écrit ou lit la matrice des engagements',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    exporter: { type: 'texte', valeur: 'F', aide: 'écrit la matrice (.csv ou .xlsx)' },
    importer: { type: 'texte', valeur: 'F', aide: 'lit des cibles (.csv ou .xlsx)' },
  },
  exemples: ['engagements convention.cus', 'engagements convention.cus --exporter cibles.csv', 'engagements convention.cus --importer cibles.csv'],
  notes: 'Colonnes du fichier (« ; », UTF-8) :\n  indicateur;territoire;horizon;ventilation;reference;valeur;pourcentage;numerateur;denominateur;commentaire',
  async run(appel) {
    const destination = appel.fichier('exporter');
    const dossier = appel.chemin(appel.argument(0));
    // Avant de lire : un refus après l'import laisserait le dossier changé.
    if (destination !== undefined) assertCible(destination, { dossier, entrees: [appel.fichier('importer')] });
    await openDossierDe(appel);
    const importees = await importFichier(appel);
    const ecrit = destination === undefined ? null : await appel.appeler('engagements.exporter', { destination });
    const { attendus, renseignes, lignes } = await appel.appeler('engagements.matrice', {});
    const cellules = lignes.flatMap((l) =>
      l.cellules.map(({ champ, reference, valeur, pourcentage, numerateur, denominateur }) => ({ champ, reference, valeur, pourcentage, numerateur, denominateur })),
    );
    const saisies = lignes.flatMap((l) => l.cellules.map((c) => ({ champ: c.champ, saisie: c.saisie, obligatoire: c.obligatoire })));
    const table = tableau(
      [
        { titre: 'Champ', valeur: (c) => c.champ },
        { titre: '', valeur: (c) => (c.obligatoire ? '*' : '') },
        { titre: 'Cible', valeur: (c) => c.saisie ?? '—', droite: true },
      ],
      saisies,
    );
    return {
      json: { attendus, renseignes, cellules, ...(importees === null ? {} : { import: importees }), ...(ecrit === null ? {} : { exporte: ecrit.chemin }) },
      texte: [
        ...(importees === null ? [table, ''] : [`${compte(importees.enregistrees, 'cible enregistrée', 'cibles enregistrées')} sur ${compte(importees.lignes, 'ligne')}, ${compte(importees.vides, 'vide')}.`]),
        ...(ecrit === null ? [] : [`${compte(ecrit.lignes, 'ligne écrite', 'lignes écrites')} : ${ecrit.chemin}`]),
        `${compte(renseignes, 'cible renseignée', 'cibles renseignées')} sur ${compte(attendus, 'attendue')}.`,
      ].join('\n'),
    };
  },
};

async function importFichier(appel: Appel) {
  const chemin = appel.fichier('importer');
  if (chemin === undefined) return null;
  const lu = await appel.appeler('engagements.importer', { chemin });
  for (const r of lu.refusees) appel.avertir(`Ligne ${r.ligne} refusée (${r.champ}) : ${r.raison}`);
  return lu;
}
