/**
 * Contenu d'un fichier PKCS#12 (RFC 7292), moderne ou ancien, RSA ou EC. Les déchiffrements sont ceux de
 * node-forge ; la structure est lue ici, car forge code mal un mot de passe accentué (UTF-16 pour les
 * procédés de PKCS#12, UTF-8 pour PBES2) et ne garde pas les octets des certificats.
 */
import { createHmac, createPrivateKey, timingSafeEqual, X509Certificate, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { invalide } from '../../shared/erreurs.ts';
import type { ErreurCus } from '../../shared/erreurs.ts';
import { childrenOf, encodeOctets, encodeSequence, intOf, isTag, octetsOf, oidOf, parseAsn1, rawOf, SEQUENCE, type Noeud } from './asn1.ts';
import { OID } from './cades-oid.ts';

export type ContenuP12 = { cles: KeyObject[]; certificats: X509Certificate[] };

const MAX = 1_000_000;
const ITERATIONS_MAX = 2_000_000;
const MAC = 3;
const PBES2 = '1.2.840.113549.1.5.13';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const CERTIFICAT_X509 = '1.2.840.113549.1.9.22.1';
const SAC = {
  cle: '1.2.840.113549.1.12.10.1.1',
  cleChiffree: '1.2.840.113549.1.12.10.1.2',
  certificat: '1.2.840.113549.1.12.10.1.3',
  contenu: '1.2.840.113549.1.12.10.1.6',
} as const;

const HACHAGES_MAC: ReadonlyMap<string, { nom: string; taille: number; md: () => forge.md.MessageDigest }> = new Map([
  ['1.3.14.3.2.26', { nom: 'sha1', taille: 20, md: () => forge.md.sha1.create() }],
  [OID.sha256, { nom: 'sha256', taille: 32, md: () => forge.md.sha256.create() }],
  ['2.16.840.1.101.3.4.2.2', { nom: 'sha384', taille: 48, md: () => forge.md.sha384.create() }],
  ['2.16.840.1.101.3.4.2.3', { nom: 'sha512', taille: 64, md: () => forge.md.sha512.create() }],
]);

/** Clés et certificats du fichier. Erreurs « p12-illisible », « p12-mot-de-passe », « p12-protection ». */
export function openP12(octets: Uint8Array, motDePasse: string): ContenuP12 {
  try {
    if (octets.length > MAX) throw pasP12();
    const [version, contenu, mac] = childrenOf(parseAsn1(octets), SEQUENCE);
    if (intOf(version) !== 3) throw pasP12();
    const sur = readData(contenu);
    if (mac) checkMac(mac, sur, motDePasse);
    const lus: ContenuP12 = { cles: [], certificats: [] };
    for (const info of childrenOf(parseAsn1(sur), SEQUENCE)) readSacs(readInfo(info, motDePasse), motDePasse, lus);
    return lus;
  } catch (cause) {
    throw cause instanceof Error && cause.name === 'ErreurCus' ? cause : pasP12();
  }
}

/** ContentInfo de type data ; une intégrité par clé publique n'est pas lue. */
function readData(info: Noeud | undefined): Buffer {
  const [type, contenu] = childrenOf(info, SEQUENCE);
  if (oidOf(type) !== OID.data) throw protection();
  return octetsOf(childrenOf(contenu, 0, 3)[0]);
}

function readInfo(info: Noeud, motDePasse: string): Buffer {
  const [type, contenu] = childrenOf(info, SEQUENCE);
  if (oidOf(type) !== ENCRYPTED_DATA) return readData(info);
  const [, chiffre] = childrenOf(childrenOf(contenu, 0, 3)[0], SEQUENCE);
  const [, algorithme, donnees] = childrenOf(chiffre, SEQUENCE);
  if (!algorithme || !isTag(donnees, 0, 3)) throw pasP12();
  // [0] IMPLICIT OCTET STRING, en un ou plusieurs morceaux.
  const brut = donnees.idBlock.isConstructed ? Buffer.concat(childrenOf(donnees, 0, 3).map(octetsOf)) : primitiveOf(donnees);
  return decrypt(algorithme, brut, motDePasse);
}

function primitiveOf(noeud: Noeud): Buffer {
  return rawOf(noeud).subarray(noeud.idBlock.blockLength + noeud.lenBlock.blockLength);
}

function checkMac(mac: Noeud, contenu: Buffer, motDePasse: string): void {
  const [digestInfo, sel, tours] = childrenOf(mac, SEQUENCE);
  const [algorithme, attendu] = childrenOf(digestInfo, SEQUENCE);
  const hachage = HACHAGES_MAC.get(oidOf(childrenOf(algorithme, SEQUENCE)[0]));
  const iterations = tours ? intOf(tours) : 1;
  if (!hachage || iterations > ITERATIONS_MAX) throw protection();
  const cle = forge.pkcs12.generateKey(motDePasse, forge.util.createBuffer(octetsOf(sel).toString('binary')), MAC, iterations, hachage.taille, hachage.md());
  const calcule = createHmac(hachage.nom, Buffer.from(cle.getBytes(), 'binary')).update(contenu).digest();
  const dit = octetsOf(attendu);
  if (dit.length !== calcule.length || !timingSafeEqual(dit, calcule)) throw fauxMotDePasse();
}

/** Sacs d'un SafeContents, emboîtements compris ; ceux d'un autre type sont passés. */
function readSacs(contenu: Uint8Array, motDePasse: string, lus: ContenuP12, profondeur = 0): void {
  for (const sac of childrenOf(parseAsn1(contenu), SEQUENCE)) {
    const [type, enveloppe] = childrenOf(sac, SEQUENCE);
    const [valeur] = childrenOf(enveloppe, 0, 3);
    if (!valeur) throw pasP12();
    switch (oidOf(type)) {
      case SAC.cle:
        lus.cles.push(toCle(rawOf(valeur)));
        break;
      case SAC.cleChiffree: {
        const [algorithme, donnees] = childrenOf(valeur, SEQUENCE);
        if (!algorithme) throw pasP12();
        lus.cles.push(toCle(decrypt(algorithme, octetsOf(donnees), motDePasse)));
        break;
      }
      case SAC.certificat: {
        const [format, certificat] = childrenOf(valeur, SEQUENCE);
        if (oidOf(format) === CERTIFICAT_X509) lus.certificats.push(new X509Certificate(octetsOf(childrenOf(certificat, 0, 3)[0])));
        break;
      }
      case SAC.contenu:
        if (profondeur < 4) readSacs(rawOf(valeur), motDePasse, lus, profondeur + 1);
        break;
      default:
    }
  }
}

function toCle(pkcs8: Buffer): KeyObject {
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}

/** Octets déchiffrés d'un contenu ASN.1, par l'un des procédés que forge connaît (PBES2, 3DES, RC2). */
function decrypt(algorithme: Noeud, donnees: Buffer, motDePasse: string): Buffer {
  const pbes2 = oidOf(childrenOf(algorithme, SEQUENCE)[0]) === PBES2;
  const code = pbes2 ? Buffer.from(motDePasse, 'utf8').toString('binary') : motDePasse;
  const enveloppe = encodeSequence(rawOf(algorithme), encodeOctets(donnees));
  let clair: forge.asn1.Asn1 | null;
  try {
    clair = forge.pki.decryptPrivateKeyInfo(forge.asn1.fromDer(enveloppe.toString('binary')), code);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : '';
    throw /unsupported|unknown|cannot read/i.test(message) ? protection() : fauxMotDePasse();
  }
  if (clair === null) throw fauxMotDePasse();
  return Buffer.from(forge.asn1.toDer(clair).getBytes(), 'binary');
}

function fauxMotDePasse(): ErreurCus {
  return invalide('p12-mot-de-passe', 'Le mot de passe du fichier PKCS#12 est faux.', 'Saisir à nouveau le mot de passe, majuscules et chiffres compris.');
}

function protection(): ErreurCus {
  return invalide('p12-protection', 'Le fichier PKCS#12 emploie une protection qui n’est pas lue.', 'L’exporter à nouveau avec un chiffrement AES-256 et SHA-256, puis donner ce nouveau fichier.');
}

function pasP12(): ErreurCus {
  return invalide('p12-illisible', 'Ce fichier n’est pas un fichier PKCS#12 lisible (.p12 ou .pfx).', 'Choisir le fichier .p12 ou .pfx remis avec le certificat de signature.');
}
