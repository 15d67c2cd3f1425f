/** Clé créée par l'application : certificat autosigné, pour essayer ou pour un échange interne. */
import { KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import type { DescriptionCertificat } from './certificat.ts';
import { describeCertificat } from './certificat.ts';
import { encodeP12 } from './p12-ecrire.ts';

const JOUR_MS = 86_400_000;

export type OptionsAutosigne = {
  /** Nom courant du certificat. */
  nom: string;
  instant: Date;
  type: 'EC' | 'RSA';
  validiteJours: number;
  motDePasse: string;
};

export type CleCreee = { p12: Uint8Array; certificatPem: string; description: DescriptionCertificat };

/** Une clé neuve (P-256, ou RSA de 3072 bits) et son certificat autosigné, dans un PKCS#12 protégé. */
export async function createSelfSigned(options: OptionsAutosigne): Promise<CleCreee> {
  const moteur = new pkijs.CryptoEngine({ name: 'node', crypto: globalThis.crypto });
  const algorithme =
    options.type === 'EC'
      ? { name: 'ECDSA', namedCurve: 'P-256' }
      : { name: 'RSASSA-PKCS1-v1_5', modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' };
  const paire = await globalThis.crypto.subtle.generateKey(algorithme, true, ['sign', 'verify']);
  if (!('privateKey' in paire)) throw new Error('paire de clés attendue');
  const certificat = await createCertificat(options, paire, moteur);
  const der = Buffer.from(certificat.toSchema(true).toBER());
  return {
    p12: encodeP12(KeyObject.from(paire.privateKey), der, options.motDePasse),
    certificatPem: new X509Certificate(der).toString(),
    description: describeCertificat(der),
  };
}

async function createCertificat(options: OptionsAutosigne, paire: CryptoKeyPair, moteur: pkijs.CryptoEngine): Promise<pkijs.Certificate> {
  const certificat = new pkijs.Certificate();
  certificat.version = 2;
  // Série positive de 16 octets au plus, imprévisible (RFC 5280, 4.1.2.2).
  const serie = randomBytes(16);
  serie[0] = ((serie[0] ?? 0) & 0x7f) | 0x40;
  certificat.serialNumber = new asn1js.Integer({ valueHex: Uint8Array.from(serie).buffer });
  for (const nom of [certificat.subject, certificat.issuer]) {
    nom.typesAndValues.push(new pkijs.AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1js.Utf8String({ value: options.nom }) }));
  }
  const debut = Math.floor(options.instant.getTime() / 1000) * 1000;
  certificat.notBefore = dateOf(new Date(debut));
  certificat.notAfter = dateOf(new Date(debut + options.validiteJours * JOUR_MS));
  await certificat.subjectPublicKeyInfo.importKey(paire.publicKey, moteur);
  const cle = await globalThis.crypto.subtle.digest('SHA-1', Uint8Array.from(certificat.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView));
  certificat.extensions = [
    createExtension('2.5.29.19', true, new pkijs.BasicConstraints({ cA: false }).toSchema().toBER()),
    // digitalSignature et nonRepudiation ; six bits inutilisés.
    createExtension('2.5.29.15', true, new asn1js.BitString({ valueHex: new Uint8Array([0xc0]).buffer, unusedBits: 6 }).toBER()),
    createExtension('2.5.29.14', false, new asn1js.OctetString({ valueHex: cle }).toBER()),
  ];
  await certificat.sign(paire.privateKey, 'SHA-256', moteur);
  return certificat;
}

function dateOf(date: Date): pkijs.Time {
  return new pkijs.Time({ type: date.getUTCFullYear() < 2050 ? pkijs.TimeType.UTCTime : pkijs.TimeType.GeneralizedTime, value: date });
}

function createExtension(extnID: string, critical: boolean, extnValue: ArrayBuffer): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical, extnValue });
}
