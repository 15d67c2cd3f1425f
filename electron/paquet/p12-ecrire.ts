/**
 * PKCS#12 protégé par mot de passe (RFC 7292), lisible par openssl, Windows et node-forge. Assemblé ici :
 * pkijs y met des chaînes d'octets construites, que forge et Windows refusent.
 */
import { createHash, createHmac, randomBytes, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { encodeInt, encodeNull, encodeOctets, encodeOid, encodeSequence, encodeSet, encodeTlv } from './asn1.ts';
import { OID } from './cades-oid.ts';

const ITERATIONS = 10_000;
const MAC = 3;
const SAC_CLE = '1.2.840.113549.1.12.10.1.2';
const SAC_CERTIFICAT = '1.2.840.113549.1.12.10.1.3';
const CERTIFICAT_X509 = '1.2.840.113549.1.9.22.1';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';

/** Octets du .p12 : la clé chiffrée en AES-256, le certificat en clair, le tout scellé par HMAC-SHA256. */
export function encodeP12(cle: KeyObject, certificat: Uint8Array, motDePasse: string): Buffer {
  const lien = encodeSet(encodeSequence(encodeOid(LOCAL_KEY_ID), encodeSet(encodeOctets(createHash('sha256').update(certificat).digest()))));
  const chiffree = cle.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: motDePasse });
  const sacCertificat = encodeSequence(encodeOid(CERTIFICAT_X509), encodeTlv(0xa0, encodeOctets(certificat)));
  const contenu = encodeSequence(encodeSac(SAC_CLE, chiffree, lien), encodeSac(SAC_CERTIFICAT, sacCertificat, lien));
  return encodeSequence(encodeInt(3), encodeData(contenu), encodeMac(contenu, motDePasse));
}

function encodeSac(type: string, valeur: Uint8Array, attributs: Uint8Array): Buffer {
  return encodeData(encodeSequence(encodeSequence(encodeOid(type), encodeTlv(0xa0, valeur), attributs)));
}

function encodeData(contenu: Uint8Array): Buffer {
  return encodeSequence(encodeOid(OID.data), encodeTlv(0xa0, encodeOctets(contenu)));
}

function encodeMac(contenu: Uint8Array, motDePasse: string): Buffer {
  const sel = randomBytes(16);
  const cle = forge.pkcs12.generateKey(motDePasse, forge.util.createBuffer(sel.toString('binary')), MAC, ITERATIONS, 32, forge.md.sha256.create());
  const mac = createHmac('sha256', Buffer.from(cle.getBytes(), 'binary')).update(contenu).digest();
  const algorithme = encodeSequence(encodeOid(OID.sha256), encodeNull());
  return encodeSequence(encodeSequence(algorithme, encodeOctets(mac)), encodeOctets(sel), encodeInt(ITERATIONS));
}
