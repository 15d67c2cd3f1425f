import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSelfSigned, describeCertificat, readP12 } from '../../../electron/paquet/index.ts';
import { INSTANT, codeOf, openssl, tempDir } from './aides/outils.ts';

const TYPES = {
  rsa: ['-newkey', 'rsa:2048'],
  p256: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  court: ['-newkey', 'rsa:1024'],
  p521: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  ed25519: ['-newkey', 'ed25519'],
} as const;

/** PKCS#12 fait par openssl ; `quand` : un instant où son certificat est valable. */
function forge(type: keyof typeof TYPES, motDePasse: string, exporter: string[] = [], requete: string[] = []): { p12: Buffer; quand: Date; certificat: X509Certificate } {
  const dossier = tempDir();
  openssl(dossier, 'req', '-x509', ...TYPES[type], '-nodes', '-keyout', 'c.pem', '-out', 'x.pem', '-days', '30', '-subj', '/C=FR/O=Bailleur/CN=Essai', ...requete);
  openssl(dossier, 'pkcs12', '-export', '-inkey', 'c.pem', '-in', 'x.pem', '-out', 'k.p12', '-passout', `pass:${motDePasse}`, ...exporter);
  const certificat = new X509Certificate(readFileSync(join(dossier, 'x.pem')));
  return { p12: readFileSync(join(dossier, 'k.p12')), quand: new Date(Date.parse(certificat.validFrom) + 60_000), certificat };
}

describe('PKCS#12 faits par openssl', () => {
  it.each([
    ['rsa', 'moderne', 'RSA', []],
    ['rsa', 'ancien', 'RSA', ['-legacy']],
    ['p256', 'moderne', 'EC', []],
    ['p256', 'ancien', 'EC', ['-legacy']],
    ['p384', 'moderne', 'EC', []],
    ['rsa', 'sans scellé', 'RSA', ['-nomac']],
    ['p256', 'certificat en clair', 'EC', ['-certpbe', 'NONE']],
    ['p256', 'clé en clair', 'EC', ['-keypbe', 'NONE']],
    ['rsa', 'scellé SHA-512', 'RSA', ['-macalg', 'sha512']],
    ['p256', 'mixte', 'EC', ['-certpbe', 'PBE-SHA1-3DES']],
  ] as const)('ouvre %s %s', (genre, _, type, exporter) => {
    for (const motDePasse of ['motdepasse', 'Élève à 5 €']) {
      const { p12, quand, certificat } = forge(genre, motDePasse, [...exporter]);
      const cle = readP12(p12, motDePasse, quand);
      expect({ type: cle.type, meme: Buffer.from(cle.certificat).equals(certificat.raw), paire: certificat.checkPrivateKey(cle.clePrivee), chaine: cle.chaine }).toEqual({ type, meme: true, paire: true, chaine: [] });
    }
  });

  it.each([
    ['rsa', []],
    ['rsa', ['-legacy']],
    ['p256', []],
    ['p256', ['-nomac']],
  ] as const)('faux mot de passe : %s %j', async (genre, exporter) => {
    const { p12, quand } = forge(genre, 'juste', [...exporter]);
    for (const faux of ['faux', '', 'Juste']) expect(await codeOf(() => readP12(p12, faux, quand))).toBe('p12-mot-de-passe');
  });

  it('certificat expiré, ou pas encore valable, à l’instant donné', async () => {
    const { p12, quand, certificat } = forge('p256', 'x');
    const [du, au] = [Date.parse(certificat.validFrom), Date.parse(certificat.validTo)];
    expect(await codeOf(() => readP12(p12, 'x', new Date(au + 1000)))).toBe('certificat-expire');
    expect(await codeOf(() => readP12(p12, 'x', new Date(du - 1000)))).toBe('certificat-futur');
    expect(readP12(p12, 'x', new Date(au)).type).toBe('EC');
    expect(readP12(p12, 'x', quand).type).toBe('EC');
  });

  it.each([
    ['court', 'cle-refusee'],
    ['p521', 'cle-refusee'],
    ['ed25519', 'cle-refusee'],
  ] as const)('clé %s : %s', async (genre, code) => {
    const { p12, quand } = forge(genre, 'x');
    expect(await codeOf(() => readP12(p12, 'x', quand))).toBe(code);
  });

  it('certificat sans clé, clé sans son certificat, certificat qui n’est pas fait pour signer', async () => {
    const { p12, quand } = forge('rsa', 'x', ['-nokeys']);
    expect(await codeOf(() => readP12(p12, 'x', quand))).toBe('p12-sans-cle');
    const seule = forge('rsa', 'x', ['-nocerts']);
    expect(await codeOf(() => readP12(seule.p12, 'x', seule.quand))).toBe('p12-sans-certificat');
    const autre = forge('rsa', 'x', [], ['-addext', 'keyUsage=critical,keyEncipherment']);
    expect(await codeOf(() => readP12(autre.p12, 'x', autre.quand))).toBe('certificat-usage');
  });

  it.each([
    ['vide', Buffer.alloc(0)],
    ['texte', Buffer.from('bonjour')],
    ['PEM', Buffer.from('-----BEGIN CERTIFICATE-----\n')],
    ['ASN.1 quelconque', Buffer.from('3003020105', 'hex')],
    ['autre version', Buffer.from('3003020103', 'hex')],
  ])('pas un PKCS#12 : %s', async (_, octets) => expect(await codeOf(() => readP12(octets, 'x', INSTANT))).toBe('p12-illisible'));

  it('un PKCS#12 tronqué est dit illisible', async () => {
    const { p12, quand } = forge('p256', 'x');
    expect(await codeOf(() => readP12(p12.subarray(0, -1), 'x', quand))).toBe('p12-illisible');
  });
});

describe('clé créée par l’application', () => {
  it.each(['EC', 'RSA'] as const)('%s : openssl ouvre le PKCS#12, le certificat est le sien', async (type) => {
    const motDePasse = 'Élève à 5 €';
    const creee = await createSelfSigned({ nom: 'Société d’HLM, « L’Été »', instant: INSTANT, type, validiteJours: 365, motDePasse });
    const dossier = tempDir();
    writeFileSync(join(dossier, 'k.p12'), creee.p12);
    const sortie = openssl(dossier, 'pkcs12', '-in', 'k.p12', '-passin', `pass:${motDePasse}`, '-nodes');
    const [pem = ''] = /-----BEGIN CERTIFICATE-----[^]*-----END CERTIFICATE-----\n/.exec(sortie) ?? [];
    expect(sortie).toContain('PRIVATE KEY');
    expect(pem).toBe(creee.certificatPem);
    expect(creee.description).toEqual({
      nom: 'Société d’HLM, « L’Été »',
      emetteur: 'Société d’HLM, « L’Été »',
      serie: new X509Certificate(pem).serialNumber,
      du: '2026-03-01T09:00:00.000Z',
      au: '2027-03-01T09:00:00.000Z',
      autosigne: true,
      algorithme: type === 'EC' ? 'EC P-256' : 'RSA 3072',
    });
    const cle = readP12(creee.p12, motDePasse, INSTANT);
    expect(describeCertificat(cle.certificat)).toEqual(creee.description);
    expect(await codeOf(() => readP12(creee.p12, 'autre', INSTANT))).toBe('p12-mot-de-passe');
  });

  it('deux clés ne se ressemblent pas', async () => {
    const options = { nom: 'A', instant: INSTANT, type: 'EC', validiteJours: 1, motDePasse: 'x' } as const;
    const [a, b] = [await createSelfSigned(options), await createSelfSigned(options)];
    expect(a.description.serie).not.toBe(b.description.serie);
  });
});
