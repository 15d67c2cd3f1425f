/** SignedData d'un .p7s (RFC 5652) : seulement ce qu'une signature CAdES détachée doit porter. */
import { childrenOf, dateOf, encodeSet, ErreurAsn1, isTag, octetsOf, oidOf, parseAsn1, rawOf, SEQUENCE, SET, type Noeud } from './asn1.ts';
import { HACHAGES, OID } from './cades-oid.ts';
import type { Algorithme } from './manifeste.ts';

export type IdCertificat = { hachage: Algorithme | null; empreinte: Buffer; emetteurSerie: Buffer | null };

export type Signataire = {
  /** Émetteur et série, ou identifiant de clé. */
  sid: { emetteur: Buffer; serie: Buffer } | { cle: Buffer };
  hachage: string;
  /** Attributs signés, ré-étiquetés SET : ce qui est signé. */
  attributs: Buffer;
  algorithme: Noeud;
  signature: Buffer;
  contentType: string;
  messageDigest: Buffer;
  signingTime: Date | null;
  /** ESSCertIDv2, le signataire d'abord. */
  certificats: IdCertificat[];
};

export type SignedData = { certificats: Buffer[]; signataires: Signataire[] };

/** `ErreurAsn1` si la structure n'est pas celle d'une signature CAdES détachée. */
export function parseCades(octets: Uint8Array): SignedData {
  const [type, contenu] = childrenOf(parseAsn1(octets), SEQUENCE);
  if (oidOf(type) !== OID.signedData) throw new ErreurAsn1('pas une signature CMS');
  const [signedData] = childrenOf(contenu, 0, 3);
  const champs = childrenOf(signedData, SEQUENCE);
  const encapsule = childrenOf(champs[2], SEQUENCE);
  if (encapsule.length !== 1 || oidOf(encapsule[0]) !== OID.data) throw new ErreurAsn1('signature non détachée');
  const certificats = champs.filter((c) => isTag(c, 0, 3)).flatMap((c) => childrenOf(c, 0, 3).map(rawOf));
  const signataires = childrenOf(champs.at(-1), SET).map(parseSignataire);
  if (signataires.length === 0) throw new ErreurAsn1('aucun signataire');
  return { certificats, signataires };
}

function parseSignataire(noeud: Noeud): Signataire {
  const [, sid, hachage, attributs, algorithme, signature] = childrenOf(noeud, SEQUENCE);
  if (!algorithme) throw new ErreurAsn1('signataire incomplet');
  const lus = readAttributs(childrenOf(attributs, 0, 3));
  const temps = lus.get(OID.signingTime);
  return {
    sid: parseSid(sid),
    hachage: oidOf(childrenOf(hachage, SEQUENCE)[0]),
    attributs: encodeSet(...childrenOf(attributs, 0, 3).map(rawOf)),
    algorithme,
    signature: octetsOf(signature),
    contentType: oidOf(lus.get(OID.contentType)),
    messageDigest: octetsOf(lus.get(OID.messageDigest)),
    signingTime: temps ? dateOf(temps) : null,
    certificats: parseCertificats(lus.get(OID.signingCertificateV2)),
  };
}

/** Valeur de chaque attribut ; un attribut en double, ou à deux valeurs, est refusé là où il compte. */
function readAttributs(noeuds: Noeud[]): Map<string, Noeud> {
  const uniques: string[] = [OID.contentType, OID.messageDigest, OID.signingTime, OID.signingCertificateV2];
  const lus = new Map<string, Noeud>();
  for (const noeud of noeuds) {
    const [type, valeurs] = childrenOf(noeud, SEQUENCE);
    const oid = oidOf(type);
    if (!uniques.includes(oid)) continue;
    const [valeur, ...autres] = childrenOf(valeurs, SET);
    if (lus.has(oid) || !valeur || autres.length > 0) throw new ErreurAsn1('attribut signé en double');
    lus.set(oid, valeur);
  }
  return lus;
}

function parseSid(noeud: Noeud | undefined): Signataire['sid'] {
  if (isTag(noeud, 0, 3)) {
    // [0] IMPLICIT OCTET STRING : deux octets d'en-tête suffisent à un identifiant de clé.
    return { cle: rawOf(noeud).subarray(2) };
  }
  const [emetteur, serie] = childrenOf(noeud, SEQUENCE);
  if (!emetteur || !serie) throw new ErreurAsn1('signataire non désigné');
  return { emetteur: rawOf(emetteur), serie: rawOf(serie) };
}

function parseCertificats(noeud: Noeud | undefined): IdCertificat[] {
  if (!noeud) throw new ErreurAsn1('attribut signing-certificate-v2 absent');
  const ids = childrenOf(childrenOf(noeud, SEQUENCE)[0], SEQUENCE).map((id) => {
    const champs = childrenOf(id, SEQUENCE);
    const nomme = isTag(champs[0], SEQUENCE);
    const hachage = nomme ? (HACHAGES.get(oidOf(childrenOf(champs[0], SEQUENCE)[0])) ?? null) : 'sha256';
    const emetteurSerie = champs[nomme ? 2 : 1];
    return { hachage, empreinte: octetsOf(champs[nomme ? 1 : 0]), emetteurSerie: emetteurSerie ? rawOf(emetteurSerie) : null };
  });
  if (ids.length === 0) throw new ErreurAsn1('attribut signing-certificate-v2 vide');
  return ids;
}
