import { compte, comptesTries, nombre, tableau } from '../tableau.ts';
import { direFiche } from '../fiche.ts';
import { NOTES_REGLE, runRegle } from '../regle.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'ensembles',
  resume: 'liste les ensembles immobiliers (R445-3)',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    exporter: { type: 'texte', valeur: 'E.csv|E.xlsx', aide: 'écrit aussi la liste dans un fichier' },
    regle: { type: 'texte', valeur: 'REGLE', aide: 'ce que donnerait une règle de proposition ; « actuelle » : celle du dossier' },
    appliquer: { type: 'drapeau', aide: 'avec --regle, la change et refait les ensembles proposés (une opération, annulable)' },
    fiche: { type: 'texte', valeur: 'ID', aide: 'montre la fiche d’un seul ensemble, au lieu de la liste' },
  },
  exemples: ['ensembles convention.cus', 'ensembles convention.cus --exporter ensembles.xlsx', 'ensembles convention.cus --fiche 13055-3FA92C1B --json', 'ensembles convention.cus --regle segment+programme,programme,adresse --json', 'ensembles convention.cus --regle par-batiment --appliquer'],
  notes: NOTES_REGLE,
  async run(appel) {
    await openDossierDe(appel);
    const seul = appel.texte('fiche');
    if (seul !== undefined) {
      const fiche = await appel.appeler('ensembles.fiche', { id: seul });
      return { json: fiche, texte: direFiche(fiche) };
    }
    const regle = appel.texte('regle');
    if (regle !== undefined) return runRegle(appel, regle);
    const destination = appel.fichier('exporter');
    const ecrit = destination === undefined ? null : await appel.appeler('ensembles.exporter', { destination });
    const { ensembles } = await appel.appeler('ensembles.lister', {});
    const json = ensembles.map(({ id, nom, adresse, commune, logements, financements, qpv }) => ({ id, nom, adresse, commune, logements, financements, qpv }));
    const liste = tableau(
      [
        { titre: 'Identifiant', valeur: (e) => e.id },
        { titre: 'Nom', valeur: (e) => e.nom },
        { titre: 'Adresse', valeur: (e) => e.adresse },
        { titre: 'Commune', valeur: (e) => `${e.commune} ${e.nomCommune}` },
        { titre: 'Logements', valeur: (e) => nombre(e.logements), droite: true },
        { titre: 'QPV', valeur: (e) => `${nombre(e.qpv)} sur ${nombre(e.logements)}`, droite: true },
        { titre: 'Financements', valeur: (e) => comptesTries(e.financements).map(([f, n]) => `${f} × ${n}`).join(', ') },
      ],
      ensembles,
    );
    return {
      json: { ensembles: json, ...(ecrit === null ? {} : { exporte: ecrit.chemin }) },
      texte: ecrit === null ? `${liste}\n\n${compte(ensembles.length, 'ensemble')}` : `${compte(ecrit.lignes, 'ensemble écrit', 'ensembles écrits')} : ${ecrit.chemin}`,
    };
  },
};
