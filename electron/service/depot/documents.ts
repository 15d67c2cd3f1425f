import { missingCase } from '../../../shared/erreurs.ts';
import type { DonneesPaquet, ModificationsPaquet } from '../../../shared/paquet/donnees.ts';
import { FICHIERS, sortFichiers } from '../../../shared/paquet/noms.ts';
import type { Fichier } from '../../paquet/index.ts';
import { empreinteDe, encodeDonnees } from './donnees.ts';

/** Ce qu'un dépôt a à dire, avant d'être mis en documents. */
export type Matiere = { donnees: DonneesPaquet; modifications: ModificationsPaquet | null; signe: boolean };

const ROLES = {
  [FICHIERS.lisezMoi]: 'Ce qu’est le paquet, quel fichier ouvrir, comment le vérifier',
  [FICHIERS.conventionPdf]: 'La convention : identité, chiffres, tableaux',
  [FICHIERS.engagementsXlsx]: 'Les tableaux d’engagements, pour Excel',
  [FICHIERS.engagementsOds]: 'Les tableaux d’engagements, pour LibreOffice',
  [FICHIERS.etatDesLieux]: 'L’état des lieux, une ligne par ensemble immobilier',
  [FICHIERS.planVentes]: 'Le plan de mise en vente : la liste des logements, par commune et EPCI',
  [FICHIERS.politiqueLoyers]: 'La nouvelle politique des loyers : masse, moyennes, maximums par ensemble',
  [FICHIERS.carteLoyers]: 'La carte des loyers par ensemble immobilier, en A3',
  [FICHIERS.avis]: 'Le formulaire que l’instructeur remplit',
  [FICHIERS.donnees]: 'Tous les chiffres, pour les machines',
  [FICHIERS.modifications]: 'Ce qui a changé depuis le dépôt précédent, et les réponses',
} as const;

export type NomDocument = keyof typeof ROLES;

/** Documents d'un paquet, dans leur ordre ; `modifications.json` à partir du deuxième dépôt ; la politique des loyers si la convention en fixe une ; la carte s'il y a des loyers ; le plan de mise en vente s'il y en a un. */
export function listDocuments({ version, npl, carte, ventes }: { version: number; npl: boolean; carte: boolean; ventes: boolean }): { nom: NomDocument; role: string }[] {
  const noms = (Object.keys(ROLES) as NomDocument[]).filter(
    (nom) => (nom !== FICHIERS.modifications || version > 1) && (nom !== FICHIERS.politiqueLoyers || npl) && (nom !== FICHIERS.carteLoyers || carte) && (nom !== FICHIERS.planVentes || ventes),
  );
  return sortFichiers(noms.map((nom) => ({ nom, role: ROLES[nom] })));
}

/** Les documents que ces données font. */
export const listDocumentsDe = (donnees: DonneesPaquet): { nom: NomDocument; role: string }[] =>
  listDocuments({ version: donnees.version, npl: donnees.npl !== undefined, carte: donnees.carte !== undefined, ventes: donnees.ventes !== undefined });

export const isDocument = (nom: string): nom is NomDocument => Object.hasOwn(ROLES, nom);

/** Octets d'un document, écrit d'après les données du dépôt et rien d'autre. */
export async function buildDocument(nom: NomDocument, { donnees, modifications, signe }: Matiere): Promise<Uint8Array> {
  switch (nom) {
    case 'LISEZ-MOI.txt': {
      const { lisezMoi } = await import('../../documents/lisez-moi.ts');
      return Buffer.from(lisezMoi(donnees, { signe }));
    }
    case 'convention.pdf':
      return (await import('../../documents/convention.ts')).writeConventionPdf(donnees);
    case 'engagements.xlsx':
      return (await import('../../documents/engagements.ts')).writeEngagementsXlsx(donnees);
    case 'engagements.ods':
      return (await import('../../documents/engagements.ts')).writeEngagementsOds(donnees);
    case 'etat-des-lieux.xlsx':
      return (await import('../../documents/etat.ts')).writeEtatXlsx(donnees);
    case 'politique-des-loyers.xlsx':
      return (await import('../../documents/npl.ts')).writeNplXlsx(donnees);
    case 'plan-de-mise-en-vente.xlsx':
      return (await import('../../documents/ventes.ts')).writeVentesXlsx(donnees);
    case 'carte-loyers.pdf':
      return (await import('../../documents/carte.ts')).writeCarteLoyers(donnees);
    case 'avis.xlsx':
      return (await import('../../documents/avis.ts')).buildAvis(donnees, empreinteDe(encodeDonnees(donnees)));
    case 'donnees.json':
      return encodeDonnees(donnees);
    case 'modifications.json':
      return Buffer.from(`${JSON.stringify(modifications, null, 1)}\n`);
    default:
      return missingCase(nom);
  }
}

/** Tous les documents d'un dépôt, dans l'ordre du paquet. */
export async function buildDocuments(matiere: Matiere, suivre: (fait: number, total: number) => void): Promise<Fichier[]> {
  const documents = listDocumentsDe(matiere.donnees);
  const fichiers: Fichier[] = [];
  for (const { nom } of documents) {
    suivre(fichiers.length, documents.length);
    fichiers.push({ nom, octets: await buildDocument(nom, matiere) });
  }
  return fichiers;
}
