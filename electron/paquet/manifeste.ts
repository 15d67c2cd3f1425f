/** Manifeste ASiC-E (EN 319 162-1, annexe A) : l'empreinte de chaque fichier, signée par le CAdES. */
import { MANIFESTE, SIGNATURE } from '../../shared/paquet/noms.ts';
import { ErreurXml, parseXml, type Element } from './xml.ts';

export type Algorithme = 'sha256' | 'sha384' | 'sha512';
export type Reference = { nom: string; algorithme: Algorithme; empreinte: Buffer };
export type Manifeste = { signature: string; references: Reference[] };

const ASIC = 'http://uri.etsi.org/02918/v1.2.1#';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const ALGORITHMES: ReadonlyMap<string, Algorithme> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
]);

/** Octets du manifeste, toujours les mêmes pour les mêmes fichiers dans le même ordre. */
export function writeManifeste(references: readonly { nom: string; empreinte: Uint8Array }[]): Buffer {
  const lignes = references.flatMap(({ nom, empreinte }) => [
    `  <asic:DataObjectReference URI="${encodeUri(nom)}">`,
    '    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>',
    `    <ds:DigestValue>${Buffer.from(empreinte).toString('base64')}</ds:DigestValue>`,
    '  </asic:DataObjectReference>',
  ]);
  return Buffer.from(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<asic:ASiCManifest xmlns:asic="${ASIC}" xmlns:ds="${DSIG}">`,
      `  <asic:SigReference URI="${SIGNATURE}" MimeType="application/pkcs7-signature"/>`,
      ...lignes,
      '</asic:ASiCManifest>',
      '',
    ].join('\n'),
  );
}

/** Le manifeste est-il, à l'octet près, celui que l'application écrit ? (Alors tout le reste doit l'être.) */
export function isNotreManifeste(nom: string, octets: Uint8Array, lu: Manifeste): boolean {
  if (nom !== MANIFESTE || lu.signature !== SIGNATURE) return false;
  return writeManifeste(lu.references).equals(octets);
}

/** Manifeste lu. `ErreurXml` s'il n'est pas conforme (structure, adresse, algorithme). */
export function parseManifeste(octets: Uint8Array): Manifeste {
  const racine = parseXml(octets);
  check(racine.espace === ASIC && racine.nom === 'ASiCManifest', 'racine inattendue');
  let signature: string | undefined;
  const references: Reference[] = [];
  for (const enfant of racine.enfants) {
    check(enfant.espace === ASIC, `élément ${enfant.nom} inattendu`);
    if (enfant.nom === 'SigReference') {
      check(signature === undefined && enfant.enfants.length === 0, 'référence de signature mal formée');
      signature = decodeUri(enfant);
    } else if (enfant.nom === 'DataObjectReference') references.push(parseReference(enfant));
    else check(enfant.nom === 'ASiCManifestExtensions', `élément ${enfant.nom} inattendu`);
  }
  check(references.length > 0, 'aucun fichier référencé');
  check(new Set(references.map((r) => r.nom)).size === references.length, 'fichier référencé deux fois');
  if (signature === undefined) throw new ErreurXml('signature non référencée');
  return { signature, references };
}

function parseReference(element: Element): Reference {
  const [methode, valeur, ...extensions] = element.enfants;
  check(methode?.espace === DSIG && methode.nom === 'DigestMethod', 'algorithme d’empreinte absent');
  check(valeur?.espace === DSIG && valeur.nom === 'DigestValue' && valeur.enfants.length === 0, 'empreinte absente');
  check(extensions.every((e) => e.espace === ASIC && e.nom === 'DataObjectReferenceExtensions'), 'élément inattendu');
  const algorithme = ALGORITHMES.get(methode?.attributs.get('Algorithm') ?? '');
  if (algorithme === undefined) throw new ErreurXml('algorithme d’empreinte refusé');
  const texte = (valeur?.texte ?? '').replaceAll(/[ \t\r\n]/g, '');
  const empreinte = Buffer.from(texte, 'base64');
  check(empreinte.toString('base64') === texte, 'empreinte mal écrite');
  return { nom: decodeUri(element), algorithme, empreinte };
}

function check(vrai: boolean, raison: string): void {
  if (!vrai) throw new ErreurXml(raison);
}

function encodeUri(nom: string): string {
  // encodeURIComponent laisse l'apostrophe, permise entre guillemets doubles.
  return nom.split('/').map(encodeURIComponent).join('/');
}

function decodeUri(element: Element): string {
  const uri = element.attributs.get('URI');
  if (uri === undefined || uri === '') throw new ErreurXml('adresse absente');
  try {
    return decodeURIComponent(uri);
  } catch {
    throw new ErreurXml('adresse mal écrite');
  }
}
