/** Signature CAdES baseline-B détachée (EN 319 122-1) : attributs signés, puis SignedData en DER. */
import { createHash, sign, type KeyObject } from 'node:crypto';
import { childrenOf, encodeInt, encodeNull, encodeOctets, encodeOid, encodeSequence, encodeSet, encodeSetOf, encodeTime, encodeTlv, isTag, parseAsn1, rawOf, SEQUENCE } from './asn1.ts';
import { OID } from './cades-oid.ts';

export type CleSignature = {
  type: 'RSA' | 'EC';
  clePrivee: KeyObject;
  /** Certificat du signataire, DER. */
  certificat: Uint8Array;
  /** Intermédiaires jusqu'à la racine exclue, DER. */
  chaine: Uint8Array[];
};

/** Octets du fichier .p7s : signature détachée de `contenu`, datée de `instant`. */
export function signCades(contenu: Uint8Array, cle: CleSignature, instant: Date): Buffer {
  const certificats = [cle.certificat, ...cle.chaine];
  const attributs = encodeAttributs(sha256(contenu), instant, certificats.map(sha256));
  return encodeSignedData({ certificats, attributs, signature: sign('sha256', attributs, cle.clePrivee), type: cle.type });
}

/** Attributs signés (SET en DER) : type et empreinte du contenu, date, SHA-256 des certificats. */
export function encodeAttributs(empreinte: Uint8Array, instant: Date, certificats: readonly Uint8Array[]): Buffer {
  return encodeSetOf([
    encodeAttribut(OID.contentType, encodeOid(OID.data)),
    encodeAttribut(OID.signingTime, encodeTime(instant)),
    encodeAttribut(OID.messageDigest, encodeOctets(empreinte)),
    // SHA-256 est l'algorithme par défaut d'ESSCertIDv2 : il ne s'écrit pas. Les intermédiaires y sont
    // aussi : leurs octets, sinon, ne seraient protégés par rien.
    encodeAttribut(OID.signingCertificateV2, encodeSequence(encodeSequence(...certificats.map((c) => encodeSequence(encodeOctets(c)))))),
  ]);
}

/** Le SignedData de cette application, entièrement déterminé par ces quatre parties. */
export function encodeSignedData(parties: { certificats: Uint8Array[]; attributs: Uint8Array; signature: Uint8Array; type: 'RSA' | 'EC' }): Buffer {
  const { certificats, attributs, signature, type } = parties;
  const hachage = encodeSequence(encodeOid(OID.sha256));
  const algorithme = type === 'RSA' ? encodeSequence(encodeOid(OID.rsaSha256), encodeNull()) : encodeSequence(encodeOid(OID.ecdsaSha256));
  const { emetteur, serie } = readIdentite(certificats[0] ?? new Uint8Array());
  // Dans SignerInfo les attributs portent l'étiquette [0] à la place de SET.
  const attributsImplicites = Buffer.concat([Buffer.from([0xa0]), attributs.subarray(1)]);
  const signataire = encodeSequence(encodeInt(1), encodeSequence(emetteur, serie), hachage, attributsImplicites, algorithme, encodeOctets(signature));
  const signedData = encodeSequence(
    encodeInt(1),
    encodeSet(hachage),
    encodeSequence(encodeOid(OID.data)),
    encodeTlv(0xa0, ...certificats),
    encodeSet(signataire),
  );
  return encodeSequence(encodeOid(OID.signedData), encodeTlv(0xa0, signedData));
}

function encodeAttribut(oid: string, valeur: Uint8Array): Buffer {
  return encodeSequence(encodeOid(oid), encodeSet(valeur));
}

/** Émetteur et numéro de série d'un certificat, octets exacts. */
export function readIdentite(certificat: Uint8Array): { emetteur: Buffer; serie: Buffer } {
  const [tbs] = childrenOf(parseAsn1(certificat), SEQUENCE);
  const champs = childrenOf(tbs, SEQUENCE);
  const debut = isTag(champs[0], 0, 3) ? 1 : 0;
  const [serie, , emetteur] = champs.slice(debut);
  if (!serie || !emetteur) throw new Error('certificat mal formé');
  return { emetteur: rawOf(emetteur), serie: rawOf(serie) };
}

function sha256(octets: Uint8Array): Buffer {
  return createHash('sha256').update(octets).digest();
}
