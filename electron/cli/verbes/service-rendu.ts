import { Maille } from '../../../shared/contract.ts';
import { MENTION_PROPOSEE } from '../../../shared/domain/service-rendu/proposee.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { assertCible } from '../../service/fichiers.ts';
import { compte, nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Appel, Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'service-rendu',
  resume: 'montre l’état du service rendu : grille, résultats par ensemble et par territoire (R445-3)',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    par: { type: 'texte', valeur: 'MAILLE', aide: 'regroupement ; ensemble par défaut', choix: Maille.options },
    grille: { type: 'texte', valeur: 'G.json', aide: 'écrit la grille dans ce fichier ; avec --appliquer, la lit et en fait celle du dossier' },
    proposee: { type: 'drapeau', aide: `avec --appliquer, part de la grille ${MENTION_PROPOSEE}` },
    appliquer: { type: 'drapeau', aide: 'change la grille du dossier' },
    exporter: { type: 'texte', valeur: 'F', aide: 'écrit notes et résultats (.csv, .xlsx ou .ods), une colonne par critère ; se réimporte' },
  },
  exemples: [
    'service-rendu convention.cus --proposee --appliquer',
    'service-rendu convention.cus --par commune --json',
    'service-rendu convention.cus --grille grille.json',
    'service-rendu convention.cus --exporter notes.csv',
  ],
  notes: 'Un résultat est la moyenne pondérée des notes par famille, puis des familles ; il n’est donné qu’au-dessus du seuil de complétude.\nUn territoire a la moyenne de ses ensembles notés, pondérée par leurs logements. Résultats arrondis à deux décimales.\nLes notes s’importent par « importer --type service-rendu ».',
  async run(appel) {
    const par = Maille.parse(appel.texte('par') ?? 'ensemble');
    const fichier = appel.fichier('grille');
    const destination = appel.fichier('exporter');
    const appliquer = appel.drapeau('appliquer');
    checkOptions(appliquer, fichier, appel.drapeau('proposee'));
    const dossier = appel.chemin(appel.argument(0));
    // Avant de changer la grille : un refus après elle laisserait le dossier changé.
    if (destination !== undefined) assertCible(destination, { dossier, entrees: appliquer ? [fichier] : [] });
    if (fichier !== undefined && !appliquer) assertCible(fichier, { dossier });
    await openDossierDe(appel);
    const passage = appliquer ? await applyGrille(appel, fichier) : null;
    const grilleEcrite = fichier === undefined || appliquer ? null : await appel.appeler('serviceRendu.exporterGrille', { destination: fichier });
    const ecrit = destination === undefined ? null : await appel.appeler('serviceRendu.exporter', { destination });
    const { grille, lignes, organisme, qpv, notes, illisibles, horsParc } = await appel.appeler('serviceRendu.lire', { par });
    const dites = passage === null ? [] : [`Grille enregistrée : ${compte(passage.gardees + passage.deplacees, 'note gardée', 'notes gardées')}, ${compte(passage.perdues, 'retirée')}.`];
    if (grilleEcrite !== null) dites.push(`Grille écrite : ${grilleEcrite.chemin}`);
    if (ecrit !== null) dites.push(`${compte(ecrit.lignes, 'ensemble écrit', 'ensembles écrits')} : ${ecrit.chemin}`);
    const couvert = organisme === null ? 'Aucune grille : la définir, ou partir de celle qui est proposée (--proposee --appliquer).'
      : `${nombre(organisme.ensemblesNotes)} sur ${compte(organisme.ensembles, 'ensemble noté', 'ensembles notés')}, ${nombre(organisme.logementsNotes)} logements sur ${nombre(organisme.logements)}. Résultat de l’organisme : ${nombre(organisme.resultat, 2)}.${
          illisibles > 0 ? ` ${compte(illisibles, 'note illisible', 'notes illisibles')}, non ${illisibles > 1 ? 'comptées' : 'comptée'}.` : ''}`;
    const liste = grille === null ? [] : [
      tableau(
        [
          { titre: 'Code', valeur: (l) => l.code },
          { titre: 'Nom', valeur: (l) => l.nom },
          { titre: 'Ensembles notés', valeur: (l) => `${nombre(l.ensemblesNotes)} sur ${nombre(l.ensembles)}`, droite: true },
          { titre: 'Logements notés', valeur: (l) => `${nombre(l.logementsNotes)} sur ${nombre(l.logements)}`, droite: true },
          { titre: 'Résultat', valeur: (l) => nombre(l.resultat, 2), droite: true },
          { titre: 'Classe', valeur: (l) => (l.classe === null ? '—' : (grille.classes[l.classe]?.libelle ?? '')) },
          ...grille.familles.map((f, i) => ({ titre: f.libelle, valeur: (l: (typeof lignes)[number]) => nombre(l.familles[i]?.resultat ?? null, 2), droite: true })),
        ],
        par === 'organisme' ? [...lignes, ...qpv] : lignes,
      ),
    ];
    return {
      json: {
        grille, par, lignes, organisme, qpv, notes, illisibles, horsParc,
        ...(passage === null ? {} : { passage }), ...(grilleEcrite === null ? {} : { grilleEcrite: grilleEcrite.chemin }), ...(ecrit === null ? {} : { exporte: ecrit.chemin }),
      },
      texte: [...dites, ...liste, '', couvert].join('\n').trim(),
    };
  },
};

function checkOptions(appliquer: boolean, fichier: string | undefined, proposee: boolean): void {
  if (appliquer && (fichier === undefined) === !proposee) {
    throw invalide('grille-a-choisir', '--appliquer demande une grille, et une seule.', 'Donner --grille G.json, ou --proposee ; rien n’a été changé.');
  }
  if (proposee && !appliquer) throw invalide('grille-a-choisir', '--proposee change la grille du dossier : il faut le demander.', 'Ajouter --appliquer ; rien n’a été changé.');
}

async function applyGrille(appel: Appel, fichier: string | undefined) {
  const grille = fichier === undefined ? (await appel.appeler('serviceRendu.grille', {})).proposee : (await appel.appeler('serviceRendu.lireGrille', { chemin: fichier })).grille;
  const { passage } = await appel.appeler('serviceRendu.definirGrille', { grille });
  for (const c of passage.criteres) {
    if (c.quoi === 'perdu' && c.notes > 0) appel.avertir(`Critère « ${c.libelle} » retiré de la grille, avec ${compte(c.notes, 'note')}.`);
    if (c.illisibles > 0) appel.avertir(`Critère « ${c.libelle} » : ${compte(c.illisibles, 'note ne se lit plus', 'notes ne se lisent plus')} sur cette échelle ; gardées, non comptées.`);
  }
  return passage;
}
