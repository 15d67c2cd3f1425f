import { assertCible } from '../../service/fichiers.ts';
import { compte, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Appel, Verbe } from '../verbe.ts';
import { consolider, proposer, repartir } from './engagements-aides.ts';

export const verbe: Verbe = {
  nom: 'engagements',
  resume: 'montre, écrit ou lit la matrice des engagements',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    exporter: { type: 'texte', valeur: 'F', aide: 'écrit la matrice (.csv ou .xlsx)' },
    importer: { type: 'texte', valeur: 'F', aide: 'lit des cibles (.csv ou .xlsx)' },
    propositions: { type: 'drapeau', aide: 'montre ce que les données proposent, case par case' },
    reprendre: { type: 'texte', valeur: 'CHAMP|vides', repetable: true, aide: 'reprend la proposition de cette case, même déjà tapée ; « vides » : celles de toutes les cases vides' },
    consolidation: { type: 'drapeau', aide: 'montre ce que les territoires font ensemble pour l’organisme' },
    repartir: { type: 'texte', valeur: 'N', aide: 'répartit ce nombre entre les territoires de --case ; montre seulement, sauf --appliquer' },
    case: { type: 'texte', valeur: 'IND/HORIZON[/VENTILATION]', aide: 'ce qui est réparti, par exemple PP-3/2027' },
    selon: { type: 'texte', valeur: 'CLÉ', choix: ['stock', 'reference', 'poids'], aide: 'clé de répartition (stock par défaut)' },
    poids: { type: 'texte', valeur: 'TERRITOIRE=N', repetable: true, aide: 'poids d’un territoire, avec --selon poids' },
    appliquer: { type: 'drapeau', aide: 'écrit la répartition, en une opération' },
  },
  exemples: ['engagements convention.cus', 'engagements convention.cus --exporter cibles.csv', 'engagements convention.cus --importer cibles.csv', 'engagements convention.cus --propositions --reprendre vides', 'engagements convention.cus --repartir 240 --case PP-3/2027 --appliquer'],
  notes: 'Colonnes du fichier (« ; », UTF-8) :\n  indicateur;territoire;horizon;ventilation;reference;valeur;pourcentage;numerateur;denominateur;commentaire;saisie\nsaisie est ce qui a été tapé (« 7,25 % », « 12/48 ») : seule, elle suffit ; donnée avec les colonnes de valeurs, elle doit dire la même chose.',
  async run(appel) {
    const destination = appel.fichier('exporter');
    const dossier = appel.chemin(appel.argument(0));
    // Avant de lire : un refus après l'import laisserait le dossier changé.
    if (destination !== undefined) assertCible(destination, { dossier, entrees: [appel.fichier('importer')] });
    await openDossierDe(appel);
    if (appel.textes('reprendre').length > 0 || appel.drapeau('propositions')) return proposer(appel);
    if (appel.texte('repartir') !== undefined) return repartir(appel);
    if (appel.drapeau('consolidation')) return consolider(appel);
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
  for (const r of lu.refusees) appel.avertir(r.garde === undefined ? `Ligne ${r.ligne} refusée (${r.champ}) : ${r.raison}` : `Ligne ${r.ligne} en partie refusée (${r.champ}) : ${r.raison} Gardé : ${r.garde}.`);
  return lu;
}
