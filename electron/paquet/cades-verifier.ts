/** Vérification CAdES : valeur de signature, attributs obligatoires, algorithmes admis. */
import { constants, createHash, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { childrenOf, encodeSequence, encodeTlv, intOf, isTag, oidOf, SEQUENCE, type Noeud } from './asn1.ts';
import { encodeAttributs, encodeSignedData, readIdentite } from './cades-ecrire.ts';
import { parseCades, type IdCertificat, type SignedData, type Signataire } from './cades-lire.ts';
import { HACHAGES, OID, SIGNATURES } from './cades-oid.ts';
import { skiOf } from './certificat.ts';
import type { Algorithme } from './manifeste.ts';

export type SignataireVerifie = { certificat: Buffer; date: Date | null; autres: Buffer[] };

export type ResultatCades =
  /** `retouche` : signature de cette application, dont des octets que CMS ne protège pas ont changé. */
  | { etat: 'valide'; signataires: SignataireVerifie[]; retouche: boolean }
  /** La signature est bonne, mais ce n'est pas ce contenu qui a été signé. */
  | { etat: 'autre-contenu' }
  /** `raison` : phrase complète. */
  | { etat: 'invalide'; raison: string };

type Hash = (algorithme: Algorithme) => Promise<Buffer | null>;

/** Vérifie un .p7s détaché ; `empreinte` rend celle du contenu signé (`null` : contenu abîmé). */
export async function verifyCades(octets: Uint8Array, empreinte: Hash): Promise<ResultatCades> {
  let lu: SignedData;
  try {
    lu = parseCades(octets);
  } catch {
    return { etat: 'invalide', raison: 'La signature n’est pas une signature CAdES lisible.' };
  }
  const signataires: SignataireVerifie[] = [];
  for (const signataire of lu.signataires) {
    const verifie = verifySignataire(signataire, lu.certificats);
    if ('raison' in verifie) return { etat: 'invalide', raison: verifie.raison };
    const contenu = await empreinte(verifie.hachage);
    if (!contenu?.equals(signataire.messageDigest)) return { etat: 'autre-contenu' };
    signataires.push({ certificat: verifie.certificat, date: signataire.signingTime, autres: lu.certificats.filter((c) => c !== verifie.certificat) });
  }
  return { etat: 'valide', signataires, retouche: isRetouche(octets, lu) };
}

type Verifie = { certificat: Buffer; hachage: Algorithme } | { raison: string };

function verifySignataire(signataire: Signataire, certificats: Buffer[]): Verifie {
  const hachage = HACHAGES.get(signataire.hachage);
  if (!hachage) return { raison: 'La signature emploie un algorithme de hachage refusé.' };
  if (signataire.contentType !== OID.data) return { raison: 'L’attribut content-type de la signature contredit le contenu.' };
  try {
    const certificat = certificats.find((c) => isDesigne(c, signataire));
    if (!certificat) return { raison: 'Le certificat du signataire n’est pas dans la signature.' };
    if (!isIdentifie(certificat, signataire.certificats[0])) return { raison: 'L’attribut signing-certificate-v2 désigne un autre certificat.' };
    const cle = new X509Certificate(certificat).publicKey;
    const algorithme = readAlgorithme(signataire.algorithme, hachage);
    if (!algorithme || !isCleAdmise(cle, algorithme.type)) return { raison: 'La signature emploie une clé ou un algorithme refusé.' };
    const options = algorithme.sel === null ? { key: cle } : { key: cle, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithme.sel };
    if (!verify(hachage, signataire.attributs, options, signataire.signature)) return { raison: 'La valeur de la signature est fausse.' };
    return { certificat, hachage };
  } catch {
    return { raison: 'Le certificat ou la signature est mal formé.' };
  }
}

function isDesigne(certificat: Buffer, { sid }: Signataire): boolean {
  if ('cle' in sid) return skiOf(certificat)?.equals(sid.cle) ?? false;
  const { emetteur, serie } = readIdentite(certificat);
  return emetteur.equals(sid.emetteur) && serie.equals(sid.serie);
}

function isIdentifie(certificat: Buffer, id: IdCertificat | undefined): boolean {
  if (!id?.hachage || !createHash(id.hachage).update(certificat).digest().equals(id.empreinte)) return false;
  if (id.emetteurSerie === null) return true;
  const { emetteur, serie } = readIdentite(certificat);
  // IssuerSerial : GeneralNames réduit à un directoryName [4], puis la série.
  return encodeSequence(encodeSequence(encodeTlv(0xa4, emetteur)), serie).equals(id.emetteurSerie);
}

/** Le hachage de l'algorithme doit être celui annoncé par le signataire ; `sel` : longueur PSS, sinon `null`. */
function readAlgorithme(noeud: Noeud, hachage: Algorithme): { type: 'rsa' | 'ec'; sel: number | null } | null {
  const [nom, parametres] = childrenOf(noeud, SEQUENCE);
  const oid = oidOf(nom);
  if (oid === OID.rsaEncryption) return { type: 'rsa', sel: null };
  if (oid === OID.rsaPss) return readPss(parametres, hachage);
  const fixe = SIGNATURES.get(oid);
  return fixe?.hachage === hachage ? { type: fixe.type, sel: null } : null;
}

function readPss(parametres: Noeud | undefined, hachage: Algorithme): { type: 'rsa'; sel: number } | null {
  let [contenu, masque, sel] = [false, false, 20];
  for (const champ of childrenOf(parametres, SEQUENCE)) {
    const numero = champ.idBlock.tagNumber;
    const [valeur] = childrenOf(champ, numero, 3);
    if (numero === 0) contenu = HACHAGES.get(oidOf(childrenOf(valeur, SEQUENCE)[0])) === hachage;
    else if (numero === 1) {
      const [mgf, interne] = childrenOf(valeur, SEQUENCE);
      masque = oidOf(mgf) === OID.mgf1 && HACHAGES.get(oidOf(childrenOf(interne, SEQUENCE)[0])) === hachage;
    } else if (isTag(champ, 2, 3)) sel = intOf(valeur);
  }
  return contenu && masque && sel >= 20 ? { type: 'rsa', sel } : null;
}

/** RSA d'au moins 2048 bits ; courbes P-256, P-384 et, d'autres signataires, P-521. */
function isCleAdmise(cle: KeyObject, type: 'rsa' | 'ec'): boolean {
  const details = cle.asymmetricKeyDetails;
  if (type === 'rsa') return (cle.asymmetricKeyType === 'rsa' || cle.asymmetricKeyType === 'rsa-pss') && (details?.modulusLength ?? 0) >= 2048;
  return cle.asymmetricKeyType === 'ec' && ['prime256v1', 'secp384r1', 'secp521r1'].includes(details?.namedCurve ?? '');
}

/**
 * Une signature dont les attributs (eux, signés) sont exactement ceux que cette application écrit est
 * réécrite d'après ses parties protégées et comparée : aucun bit du .p7s n'échappe à la vérification,
 * même ceux que CMS laisse libres. Celle d'un autre outil n'est pas concernée.
 */
function isRetouche(octets: Uint8Array, lu: SignedData): boolean {
  const [signataire] = lu.signataires;
  if (!signataire?.signingTime) return false;
  const notres = encodeAttributs(signataire.messageDigest, signataire.signingTime, signataire.certificats.map((c) => c.empreinte));
  if (!notres.equals(signataire.attributs)) return false;
  const [premier] = lu.certificats;
  const memes = lu.certificats.length === signataire.certificats.length && lu.certificats.every((c, i) => isIdentifie(c, signataire.certificats[i]));
  if (!premier || !memes) return true;
  const type = new X509Certificate(premier).publicKey.asymmetricKeyType === 'rsa' ? 'RSA' : 'EC';
  return !encodeSignedData({ certificats: lu.certificats, attributs: signataire.attributs, signature: signataire.signature, type }).equals(octets);
}
