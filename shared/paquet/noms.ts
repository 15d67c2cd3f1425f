/** Noms des fichiers d'un paquet, dans l'ordre où ils y sont rangés. */
export const FICHIERS = {
  lisezMoi: 'LISEZ-MOI.txt',
  conventionPdf: 'convention.pdf',
  conventionDocx: 'convention.docx',
  engagementsXlsx: 'engagements.xlsx',
  engagementsOds: 'engagements.ods',
  etatDesLieux: 'etat-des-lieux.xlsx',
  planVentes: 'plan-de-mise-en-vente.xlsx',
  politiqueLoyers: 'politique-des-loyers.xlsx',
  carteLoyers: 'carte-loyers.pdf',
  avis: 'avis.xlsx',
  donnees: 'donnees.json',
  ficheInstruction: 'fiche-instruction.pdf',
  modifications: 'modifications.json',
} as const;

/** Pièces jointes (délibérations, PSP…), après les documents. */
export const PIECES = 'pieces/';

/** Observations d'un paquet RETOUR. */
export const RETOUR = 'retour.json';

export const MIMETYPE = 'mimetype';
export const META_INF = 'META-INF/';
export const MANIFESTE = 'META-INF/ASiCManifest.xml';
export const SIGNATURE = 'META-INF/signature.p7s';
export const EMPREINTES = 'META-INF/empreintes.json';

export const MIME_ASICE = 'application/vnd.etsi.asic-e+zip';
export const MIME_ASICS = 'application/vnd.etsi.asic-s+zip';

/** `.asice` porte une signature, `.zip` n'en porte pas. */
export function extensionPaquet(signe: boolean): '.asice' | '.zip' {
  return signe ? '.asice' : '.zip';
}

/** Nom du paquet d'un dépôt : `CUS_<SIREN>_<millésime>_v<NN>.asice`. */
export function nomPaquet(siren: string, millesime: string, version: number, signe: boolean): string {
  return `CUS_${siren}_${millesime}_v${String(version).padStart(2, '0')}${extensionPaquet(signe)}`;
}

/** Nom du paquet d'un Retour sur le dépôt `version` : `RETOUR_<SIREN>_v<NN>.asice`. */
export function nomRetour(siren: string, version: number, signe: boolean): string {
  return `RETOUR_${siren}_v${String(version).padStart(2, '0')}${extensionPaquet(signe)}`;
}

/** Range des fichiers dans l'ordre du paquet ; les noms inconnus viennent après, puis les pièces, par nom. */
export function sortFichiers<F extends { nom: string }>(fichiers: readonly F[]): F[] {
  const ordre: string[] = Object.values(FICHIERS);
  const rang = (nom: string): number => {
    const connu = ordre.indexOf(nom);
    if (connu >= 0) return connu;
    return nom.startsWith(PIECES) ? ordre.length + 1 : ordre.length;
  };
  return [...fichiers].sort((a, b) => rang(a.nom) - rang(b.nom) || (a.nom < b.nom ? -1 : a.nom > b.nom ? 1 : 0));
}
