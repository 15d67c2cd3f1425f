import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';
import { formatInstant } from './format.ts';

const fichiersDe = (consolidation: boolean): [string, string][] => [
  ['convention.pdf', 'le document à lire : identité, état des lieux, loyers, engagements, signatures'],
  ['engagements.xlsx, engagements.ods', `les tableaux d’engagements (arrêté du 19 octobre 2017)${consolidation ? ' et leur consolidation' : ''}, pour tableur`],
  ['etat-des-lieux.xlsx', 'une ligne par ensemble immobilier, les territoires, le service rendu, les loyers'],
  ['avis.xlsx', 'le formulaire où l’État écrit ses remarques, champ par champ'],
  ['donnees.json', 'tous les chiffres et textes, pour un programme ; son SHA-256 est l’empreinte du dépôt'],
];

const POLITIQUE: [string, string] = ['politique-des-loyers.xlsx', 'la nouvelle politique des loyers : masse, moyennes, maximums par ensemble'];
const VENTES: [string, string] = ['plan-de-mise-en-vente.xlsx', 'le plan de mise en vente : les logements par commune et EPCI, les consultations'];
const CARTE: [string, string] = ['carte-loyers.pdf', 'la carte des loyers par ensemble immobilier, en A3'];
const MODIFICATIONS: [string, string] = ['modifications.json', 'ce qui a changé depuis le dépôt précédent, et les réponses aux remarques'];

/**
 * LISEZ-MOI.txt : ce qu'est ce fichier, qui l'a fait, quoi ouvrir, comment vérifier sans Atelier CUS.
 * `signe` choisit entre la vérification d'un `.asice` et celle d'un `.zip` sans signature.
 */
export function lisezMoi(donnees: DonneesPaquet, { signe }: { signe: boolean }): string {
  const { organisme: o, version } = donnees;
  const fichiers = [...fichiersDe((donnees.consolidation ?? []).length > 0), ...(donnees.npl === undefined ? [] : [POLITIQUE]), ...(donnees.ventes === undefined ? [] : [VENTES]), ...(donnees.carte === undefined ? [] : [CARTE]), ...(version > 1 ? [MODIFICATIONS] : [])];
  const lignes = [
    `CONVENTION D’UTILITÉ SOCIALE ${donnees.periode}`,
    `${o.nom}, SIREN ${o.siren}`,
    `Dépôt v${version} du ${formatInstant(donnees.date)} (heure de Paris), règles du millésime ${donnees.millesime}`,
    ...(donnees.malgre === null ? [] : ['', `Déposé malgré des constats bloquants. Motif : ${donnees.malgre}`]),
    '',
    'CE QUE C’EST',
    'Le projet de convention d’utilité sociale (article L445-1 du code de la construction et de',
    `l’habitation) que ${o.nom} remet à l’État. Fait avec Atelier CUS.`,
    ...(signe
      ? ['Ce fichier .asice est un ZIP : tout outil qui ouvre les ZIP l’ouvre. Il est scellé : le modifier', 'rend sa signature invalide.']
      : ['Ce fichier est un ZIP sans signature : les empreintes disent si un fichier a été abîmé, elles ne', 'disent pas qui l’a fait.']),
    '',
    'QUEL FICHIER OUVRIR',
    ...fichiers.map(([nom, role]) => `- ${nom} : ${role}.`),
    'Pour répondre : remplir avis.xlsx avec un tableur, l’enregistrer au format XLSX, le renvoyer.',
    '',
    'VÉRIFIER',
    'Avec Atelier CUS : ouvrir ce fichier. Sans lui, après avoir décompressé le contenu dans un dossier',
    'et ouvert un terminal dans ce dossier :',
    '',
    ...(signe ? verifySigne() : verifyNonSigne()),
  ];
  return `${lignes.join('\r\n').replaceAll('\u202F', '\u00A0')}\r\n`;
}

function verifySigne(): string[] {
  return [
    '1. La signature (le certificat ou l’autorité du signataire est dans certificat.pem) :',
    '',
    '   openssl cms -verify -cades -binary -inform DER -in META-INF/signature.p7s -content META-INF/ASiCManifest.xml -CAfile certificat.pem -purpose any -out verifie.xml',
    '',
    '   « Verification successful » : META-INF/ASiCManifest.xml est celui qui a été signé.',
    '   Sans certificat.pem (le contenu est vérifié, l’identité du signataire ne l’est pas) :',
    '',
    '   openssl cms -verify -binary -inform DER -in META-INF/signature.p7s -content META-INF/ASiCManifest.xml -noverify -out verifie.xml',
    '',
    '2. Qui a signé :',
    '',
    '   openssl cms -cmsout -print -noout -inform DER -in META-INF/signature.p7s',
    '',
    '3. Chaque fichier : son empreinte doit être celle que META-INF/ASiCManifest.xml donne pour lui',
    '   (DigestValue). Par exemple :',
    '',
    '   openssl dgst -sha256 -binary convention.pdf | openssl base64',
  ];
}

function verifyNonSigne(): string[] {
  return [
    'Chaque fichier : son empreinte doit être celle que META-INF/empreintes.json donne pour lui.',
    'Par exemple :',
    '',
    '   openssl dgst -sha256 convention.pdf',
  ];
}
