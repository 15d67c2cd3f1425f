import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ProfilImport, TypeImport } from '../../../shared/contract.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { findNature } from '../../../shared/domain/tableaux/natures.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { assertCible } from '../../service/fichiers.ts';
import { refuserNonLues } from '../options.ts';
import { compte, nombre, tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Verbe } from '../verbe.ts';
import { aideChamps, completerProfil, direColonnes, direCorrespondance, montrerChamps } from './importer-champs.ts';

const MONTREES = 100;
const AFFICHEES = 20;

export const verbe: Verbe = {
  nom: 'importer',
  resume: 'lit une déclaration RPLS ou un tableau (CSV, XLSX, ODS, XLS)',
  arguments: [
    { nom: 'DOSSIER', aide: 'le fichier .cus' },
    { nom: 'FICHIER', aide: 'déclaration RPLS (texte « ; »), ou tableau : CSV de tout séparateur et encodage, XLSX, ODS, XLS, modèle de logements d’une convention APL' },
  ],
  options: {
    type: { type: 'texte', valeur: 'TYPE', aide: 'nature du fichier, reconnue d’après son contenu sinon', choix: TypeImport.options },
    origine: { type: 'texte', valeur: 'SIREN', aide: 'organisme du fichier, quand il ne le dit pas et que le dossier en réunit plusieurs (voir « cus origines »)' },
    profil: { type: 'texte', valeur: 'P.json', aide: 'correspondance des colonnes (JSON) ; nom RPLS pour chaque colonne' },
    anomalies: { type: 'texte', valeur: 'A.csv', aide: 'écrit toutes les anomalies, ligne d’origine comprise, et les lignes rejetées dans A.rejets.csv' },
    conflits: { type: 'texte', valeur: 'VALEUR', aide: 'garde, dans les cases corrigées à la main que le fichier contredit, la correction ou la valeur du fichier ; la correction sinon', choix: ['correction', 'fichier'] },
    champs: { type: 'drapeau', aide: 'montre les champs possibles, leurs codes, et ce que chaque colonne du fichier donnerait ; n’importe rien' },
    appliquer: { type: 'drapeau', aide: 'applique aussi un import qui suit un premier' },
  },
  exemples: [
    'importer convention.cus rpls-2026.csv --anomalies anomalies.csv',
    'importer convention.cus rpls-2027.csv --appliquer',
    'importer convention.cus anomalies.rejets.csv --appliquer',
    'importer convention.cus export.xlsx --profil profil.json',
    'importer convention.cus logements-apl.xlsx --appliquer',
    'importer convention.cus attributions-2025.csv --type attributions',
    'importer convention.cus attributions-2025.csv --type attributions --champs',
    'importer convention.cus parc.ods --type logements --anomalies anomalies.csv',
  ],
  notes: 'Le premier import d’une nature est appliqué tout de suite ; les suivants sont seulement comparés, sauf avec --appliquer.\nPour corriger des lignes : importer avec --anomalies A.csv, corriger A.rejets.csv (les lignes rejetées telles quelles) ou la colonne ligne_originale d’A.csv, puis importer ce fichier corrigé. Il complète le dossier : les autres logements restent, une ligne laissée sans correction est rejetée ou inchangée, et une ligne qui change un logement déjà accepté est signalée.\nUne case corrigée à la main reste corrigée quand le fichier dit autre chose : chaque conflit est une anomalie (correction-conservee), et --conflits fichier prend la valeur du fichier.\nNotes du service rendu (--type service-rendu) : une colonne « ensemble » (le code), ou « nom » et « commune » ; puis une colonne par critère de la grille, ou les colonnes « critere » et « note ». Une case vide laisse la note du dossier.\nEnquête d’occupation (--type ops) : une ligne par logement (IDENT_INT ou IDENT_REP) ou par ensemble immobilier ; un fichier qui nomme des personnes est refusé en entier.\nAttributions (--type attributions) : une ligne par attribution, avec sa date ; logement ou commune, QPV, quartile, relogement, priorité, DALO, réservation, mutation et refus s’ils sont connus. Ce qui manque reste inconnu : une case vide n’est pas un « non », sauf à le dire dans un profil (« valeurs » : { "ECHEC_RESERVATAIRE": { "": "non" } }). Quand le fichier date la décision (DATE) et le bail (DATE_BAIL), l’année est celle de la signature du bail s’il est daté, celle de la décision sinon, et le rapport le dit. --profil est complété : les champs qu’il ne nomme pas sont cherchés par les titres ; une colonne à ne pas lire s’y nomme avec un champ vide ("Titre": ""). Un fichier remplace les années civiles qu’il couvre, et elles seules.\nUn tableau sans communes complète des logements du dossier, retrouvés par leur identifiant ou celui du répertoire ; il n’en ajoute ni n’en retire. Les lignes de total et les notes sous les titres sont passées et dites. Les formules valent leur résultat enregistré, et ne sont jamais calculées ; une colonne dont la plupart des valeurs ne peuvent pas être celles de son champ est remarquée.\nChamps qu’une colonne peut donner (* : obligatoire, seul ou l’un de plusieurs ; --champs les montre avec leurs codes) :\n' + aideChamps(),
  async run(appel) {
    if (appel.drapeau('champs')) refuserNonLues(appel, verbe.options, 'champs', ['type', 'profil']);
    const donne = appel.texte('type');
    const type = TypeImport.safeParse(donne);
    const profil = appel.fichier('profil');
    const origineDite = appel.texte('origine');
    const anomaliesVers = appel.fichier('anomalies');
    if (anomaliesVers !== undefined) assertCible(anomaliesVers, { dossier: appel.chemin(appel.argument(0)), entrees: [appel.chemin(appel.argument(1)), profil] });
    const lu = profil === undefined ? undefined : readProfil(profil);
    await openDossierDe(appel);
    const chemin = appel.chemin(appel.argument(1));
    const tableauDit = type.success && type.data !== 'rpls' ? type.data : lu?.type;
    const complete = lu === undefined ? null : await completerProfil(appel, chemin, lu);
    if (appel.drapeau('champs')) return montrerChamps(appel, chemin, tableauDit, complete);
    const r = await appel.appeler('import.lire', {
      chemin,
      ...(origineDite === undefined ? {} : { origine: origineDite }),
      ...(type.success ? { type: type.data } : {}),
      ...(complete === null ? {} : { profil: complete.profil }),
      ...(anomaliesVers === undefined ? {} : { anomalies: anomaliesVers }),
      appliquer: appel.drapeau('appliquer'),
      conflits: appel.texte('conflits') === 'fichier' ? 'fichier' : 'correction',
    }).catch(async (cause: unknown) => {
      await direColonnes(appel, chemin, tableauDit, cause);
      throw cause;
    });
    const anomalies = r.anomalies.slice(0, MONTREES);
    const { lignes, acceptees, rejetees, signalees, ajoutes, modifies, disparus, inchanges, applique, logements, ensembles, dureeMs, rejets, origine } = r;
    const json = { lignes, acceptees, rejetees, signalees, ajoutes, modifies, disparus, inchanges, applique, anomalies, logements, ensembles, dureeMs, conflits: r.conflits ?? 0, ...(r.illisibles === undefined || r.illisibles.length === 0 ? {} : { illisibles: r.illisibles }), ...(r.corrections === undefined ? {} : { corrections: r.corrections }), ...(rejets === undefined ? {} : { rejets }), ...(origine === undefined ? {} : { origine }), ...(complete === null ? {} : { colonnes: complete.colonnes }) };
    return { json, texte: [...(complete === null ? [] : [direCorrespondance(complete), '']), describe(r, anomaliesVers)].join('\n') };
  },
};

function describe(r: Sortie<'import.lire'>, anomaliesVers: string | undefined): string {
  const texte = [
    `${compte(r.lignes, 'ligne')} : ${compte(r.acceptees, 'acceptée')} (dont ${compte(r.signalees, 'signalée')}), ${compte(r.rejetees, 'rejetée')}.`,
    `${compte(r.ajoutes, 'ajoutée')}, ${compte(r.modifies, 'modifiée')}, ${compte(r.inchanges, 'inchangée')}${r.type === 'service-rendu' ? '' : ` ; ${r.type === 'attributions' ? compte(r.disparus, 'attribution disparue', 'attributions disparues') : compte(r.disparus, 'logement disparu', 'logements disparus')}`}.`,
    ...direCorrections(r),
    r.applique && r.type === 'attributions' ? 'Appliqué : les attributions sont dans le dossier (voir « cus attributions »).'
    : r.applique && r.type === 'ops' ? 'Appliqué : l’enquête est dans le dossier (voir « cus occupation »).'
    : r.applique && r.type === 'service-rendu' ? 'Appliqué : les notes sont dans le dossier (voir « cus service-rendu »).'
    : r.applique
      ? `Appliqué : ${compte(r.logements, 'logement')} au parc, ${compte(r.ensembles, 'ensemble immobilier', 'ensembles immobiliers')}.`
      : 'Comparé seulement : le dossier n’a pas été changé. Ajouter --appliquer pour l’appliquer.',
  ];
  if (r.colonnesIgnorees.length > 0) texte.push(`Colonnes non lues : ${r.colonnesIgnorees.join(', ')}. Les champs possibles : --champs.`);
  const nature = r.type === 'rpls' ? null : findNature(r.type);
  const illisibles = (r.illisibles ?? []).map((v) => `${nature?.cibles.find((c) => c.nom === v.champ)?.libelle ?? v.champ} « ${v.valeur} » (${nombre(v.nombre)})`);
  if (illisibles.length > 0) texte.push(`Valeurs non comprises, tenues pour inconnues : ${illisibles.slice(0, AFFICHEES).join(', ')}${illisibles.length > AFFICHEES ? '…' : ''}. Les traduire dans un profil (« valeurs »), ou les corriger.`);
  if (r.anomalies.length > 0) {
    texte.push('', tableau(
      [
        { titre: 'Ligne', valeur: (a) => nombre(a.ligne), droite: true },
        { titre: 'Champ', valeur: (a) => a.champ },
        { titre: 'Valeur', valeur: (a) => a.valeur.slice(0, 30) },
        { titre: 'Anomalie', valeur: (a) => a.message },
      ],
      r.anomalies.slice(0, AFFICHEES),
    ));
    const total = Object.values(r.comptesAnomalies).reduce((s, n) => s + n, 0);
    if (total > AFFICHEES) texte.push(`… ${compte(total, 'anomalie')} en tout${anomaliesVers === undefined ? ' ; --anomalies A.csv les écrit toutes' : ''}.`);
  }
  if (anomaliesVers !== undefined) texte.push('', `Anomalies écrites : ${anomaliesVers}`);
  if (r.rejets !== undefined) texte.push(`Lignes rejetées à corriger, puis à importer : ${r.rejets}`);
  return texte.join('\n');
}

function direCorrections({ corrections: c }: Sortie<'import.lire'>): string[] {
  if (c === undefined) return [];
  const dire: [number, string, string][] = [
    [c.conservees, 'correction faite à la main est conservée contre le fichier', 'corrections faites à la main sont conservées contre le fichier'],
    [c.remplacees, 'correction faite à la main est remplacée par le fichier', 'corrections faites à la main sont remplacées par le fichier'],
    [c.confirmees, 'correction faite à la main est confirmée par le fichier', 'corrections faites à la main sont confirmées par le fichier'],
    [c.sansLogement, 'correction porte sur un logement absent du fichier : elle est gardée', 'corrections portent sur des logements absents du fichier : elles sont gardées'],
  ];
  return dire.flatMap(([n, un, plusieurs]) => (n === 0 ? [] : `${compte(n, un, plusieurs)}.`));
}

function readProfil(chemin: string): z.input<typeof ProfilImport> {
  let brut: unknown;
  try {
    brut = JSON.parse(readFileSync(chemin, 'utf8').replace(/^\ufeff/u, ''));
  } catch (e) {
    if (!(e instanceof SyntaxError)) throw e;
    throw profilInvalide(chemin, 'ce n’est pas du JSON');
  }
  const lu = ProfilImport.safeParse(brut);
  if (!lu.success) throw profilInvalide(chemin, lu.error.issues.map((i) => i.path.join('.') || 'objet').join(', '));
  return lu.data;
}

const profilInvalide = (chemin: string, raison: string) =>
  invalide('profil-invalide', `Le profil « ${chemin} » n’a pas la forme attendue (${raison}).`, 'Voir la forme d’un profil dans le README, ou en refaire un depuis l’écran d’import.');
