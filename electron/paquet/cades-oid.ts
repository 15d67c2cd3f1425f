import type { Algorithme } from './manifeste.ts';

export const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaSha256: '1.2.840.113549.1.1.11',
  rsaPss: '1.2.840.113549.1.1.10',
  mgf1: '1.2.840.113549.1.1.8',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const;

/** Fonctions de hachage admises ; SHA-1 et MD5 n'y sont pas. */
export const HACHAGES: ReadonlyMap<string, Algorithme> = new Map([
  [OID.sha256, 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

/** Signatures admises dont l'identifiant fixe le hachage. */
export const SIGNATURES: ReadonlyMap<string, { type: 'rsa' | 'ec'; hachage: Algorithme }> = new Map([
  [OID.rsaSha256, { type: 'rsa', hachage: 'sha256' }],
  ['1.2.840.113549.1.1.12', { type: 'rsa', hachage: 'sha384' }],
  ['1.2.840.113549.1.1.13', { type: 'rsa', hachage: 'sha512' }],
  [OID.ecdsaSha256, { type: 'ec', hachage: 'sha256' }],
  ['1.2.840.10045.4.3.3', { type: 'ec', hachage: 'sha384' }],
  ['1.2.840.10045.4.3.4', { type: 'ec', hachage: 'sha512' }],
]);
