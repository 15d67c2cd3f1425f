/** Certificats X.509 : ce qu'on en dit, et la chaîne jusqu'à une autorité fournie. */
import { X509Certificate } from 'node:crypto';
import { BasicConstraints, Certificate, type Extension } from 'pkijs';
import type { z } from 'zod';
import type { Certificat } from '../../shared/contract.ts';
import { invalide } from '../../shared/erreurs.ts';
import { SIGNATURES } from './cades-oid.ts';

export type DescriptionCertificat = z.output<typeof Certificat>;

const EXT = { ski: '2.5.29.14', usage: '2.5.29.15', base: '2.5.29.19' } as const;
/** Extensions critiques comprises ici ; toute autre rend la chaîne non vérifiable. */
const COMPRISES = new Set<string>([EXT.ski, EXT.usage, EXT.base, '2.5.29.17', '2.5.29.32', '2.5.29.37']);
const MAX_CHAINE = 8;
const TOLERANCE_MS = 300_000;

/** Identité lisible d'un certificat (DER ou PEM) ; dates ISO, série en hexadécimal. */
export function describeCertificat(source: Uint8Array | string): DescriptionCertificat {
  const certificat = new X509Certificate(source);
  const cle = certificat.publicKey;
  const courbe = cle.asymmetricKeyDetails?.namedCurve;
  const courbes: Record<string, string> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };
  return {
    nom: nomDe(certificat.subject),
    emetteur: nomDe(certificat.issuer),
    serie: certificat.serialNumber,
    du: new Date(certificat.validFrom).toISOString(),
    au: new Date(certificat.validTo).toISOString(),
    autosigne: isAutosigne(certificat),
    algorithme: courbe === undefined ? `RSA ${cle.asymmetricKeyDetails?.modulusLength ?? ''}`.trim() : `EC ${courbes[courbe] ?? courbe}`,
  };
}

/** Nom courant d'un sujet, à défaut son organisation, à défaut le sujet entier. */
function nomDe(sujet: string | undefined): string {
  const champs = (sujet ?? '').split('\n');
  const find = (cle: string): string | undefined => champs.findLast((c) => c.startsWith(`${cle}=`))?.slice(cle.length + 1);
  // Node rend la forme échappée de la RFC 2253.
  const unescape = (t: string): string => t.replaceAll(/\\([,+"\\<>;=# ])/g, '$1');
  return unescape(find('CN') ?? find('O') ?? champs.join(', '));
}

export function isAutosigne(certificat: X509Certificate): boolean {
  return certificat.subject === certificat.issuer && verifies(certificat, certificat);
}

/** Identifiant de clé d'un certificat, ou `null`. */
export function skiOf(certificat: Uint8Array): Buffer | null {
  const extension = extensionsOf(certificat).find((e) => e.extnID === EXT.ski);
  // Extension : OCTET STRING qui contient l'OCTET STRING de l'identifiant.
  return extension ? Buffer.from(extension.extnValue.valueBlock.valueHexView).subarray(2) : null;
}

/** Le certificat peut-il signer ? (keyUsage absent, ou digitalSignature, ou nonRepudiation.) */
export function canSign(certificat: Uint8Array): boolean {
  return allowsUsage(certificat, 0b1100_0000);
}

/** Certificats d'un texte PEM. Erreur « autorites-illisibles » s'il n'en contient aucun, ou un mauvais. */
export function parseAutorites(pem: string): X509Certificate[] {
  const blocs = pem.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
  try {
    if (blocs.length > 0) return blocs.map((b) => new X509Certificate(b));
  } catch {
    // Dit ci-dessous.
  }
  throw invalide('autorites-illisibles', 'Le fichier des autorités ne contient pas de certificats PEM lisibles.', 'Choisir un fichier .pem qui contient les certificats des autorités reconnues.');
}

/**
 * Le certificat remonte-t-il à l'une des autorités, toute la chaîne étant valable à la date de
 * signature ? Sans horodatage cette date est celle que le signataire déclare ; dans l'avenir, elle est refusée.
 */
export function isAutoriteVerifiee(
  certificat: Uint8Array,
  intermediaires: readonly Uint8Array[],
  autorites: readonly X509Certificate[],
  date: Date | null,
  instant: Date,
): boolean {
  const quand = date ?? instant;
  if (quand.getTime() > instant.getTime() + TOLERANCE_MS) return false;
  try {
    const feuille = new X509Certificate(certificat);
    if (!isValable(feuille, quand) || !canSign(certificat)) return false;
    if (autorites.some((a) => a.raw.equals(feuille.raw))) return true;
    return climb(feuille, intermediaires.map((i) => new X509Certificate(i)), autorites, quand, 0);
  } catch {
    return false;
  }
}

/** `sous` : nombre d'intermédiaires déjà franchis, que pathLenConstraint limite. */
function climb(enfant: X509Certificate, reste: readonly X509Certificate[], autorites: readonly X509Certificate[], quand: Date, sous: number): boolean {
  if (sous > MAX_CHAINE || !SIGNATURES.has(signatureOf(enfant.raw))) return false;
  const issues = (parent: X509Certificate): boolean =>
    enfant.checkIssued(parent) && verifies(enfant, parent) && isValable(parent, quand) && isCa(parent.raw, sous);
  if (autorites.some(issues)) return true;
  return reste.some((parent) => issues(parent) && climb(parent, reste.filter((r) => r !== parent), autorites, quand, sous + 1));
}

function isValable(certificat: X509Certificate, quand: Date): boolean {
  const compris = extensionsOf(certificat.raw).every((e) => !e.critical || COMPRISES.has(e.extnID));
  return compris && new Date(certificat.validFrom) <= quand && quand <= new Date(certificat.validTo);
}

function isCa(certificat: Uint8Array, sous: number): boolean {
  const base = extensionsOf(certificat).find((e) => e.extnID === EXT.base)?.parsedValue;
  if (!(base instanceof BasicConstraints) || !base.cA) return false;
  const max = base.pathLenConstraint;
  return (max === undefined || Number(max) >= sous) && allowsUsage(certificat, 0b0000_0100);
}

function allowsUsage(certificat: Uint8Array, bits: number): boolean {
  const extension = extensionsOf(certificat).find((e) => e.extnID === EXT.usage);
  if (!extension) return true;
  // BIT STRING : étiquette, longueur, bits inutilisés, puis le premier octet d'usages.
  const usages = Buffer.from(extension.extnValue.valueBlock.valueHexView)[3] ?? 0;
  return (usages & bits) !== 0;
}

function verifies(enfant: X509Certificate, parent: X509Certificate): boolean {
  try {
    return enfant.verify(parent.publicKey);
  } catch {
    return false;
  }
}

function extensionsOf(certificat: Uint8Array): Extension[] {
  return Certificate.fromBER(Uint8Array.from(certificat)).extensions ?? [];
}

function signatureOf(certificat: Uint8Array): string {
  return Certificate.fromBER(Uint8Array.from(certificat)).signatureAlgorithm.algorithmId;
}
