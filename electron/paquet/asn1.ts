/** Lecture et écriture ASN.1 : asn1js, avec des accès qui échouent au lieu de rendre `undefined`. */
import * as asn1js from 'asn1js';

export type Noeud = asn1js.AsnType;

export class ErreurAsn1 extends Error {}

const MAX = 10_000_000;

/** Un seul objet ASN.1 qui occupe exactement les octets. */
export function parseAsn1(octets: Uint8Array): Noeud {
  const lu = asn1js.fromBER(Uint8Array.from(octets), { maxDepth: 60, maxNodes: 100_000, maxContentLength: MAX });
  if (lu.offset !== octets.length) throw new ErreurAsn1('objet ASN.1 mal formé ou suivi d’autres octets');
  return lu.result;
}

/** Les octets exacts de l'objet, tels qu'ils ont été lus. */
export function rawOf(noeud: Noeud): Buffer {
  return Buffer.from(noeud.valueBeforeDecodeView);
}

/** Enfants d'un objet construit de cette étiquette (classe 1 universelle, 3 contextuelle). */
export function childrenOf(noeud: Noeud | undefined, etiquette: number, classe = 1): Noeud[] {
  if (!noeud || !isTag(noeud, etiquette, classe) || !noeud.idBlock.isConstructed) throw new ErreurAsn1('structure inattendue');
  const bloc: unknown = noeud.valueBlock;
  if (typeof bloc !== 'object' || bloc === null || !('value' in bloc) || !Array.isArray(bloc.value)) throw new ErreurAsn1('structure inattendue');
  return bloc.value.filter((enfant): enfant is Noeud => enfant instanceof asn1js.BaseBlock);
}

export function isTag(noeud: Noeud | undefined, etiquette: number, classe = 1): noeud is Noeud {
  return noeud !== undefined && noeud.idBlock.tagClass === classe && noeud.idBlock.tagNumber === etiquette;
}

export const SEQUENCE = 16;
export const SET = 17;

export function oidOf(noeud: Noeud | undefined): string {
  if (!(noeud instanceof asn1js.ObjectIdentifier)) throw new ErreurAsn1('identifiant attendu');
  return noeud.getValue();
}

export function octetsOf(noeud: Noeud | undefined): Buffer {
  if (!(noeud instanceof asn1js.OctetString)) throw new ErreurAsn1('octets attendus');
  return Buffer.from(noeud.getValue());
}

export function intOf(noeud: Noeud | undefined): number {
  if (!(noeud instanceof asn1js.Integer)) throw new ErreurAsn1('entier attendu');
  return Number(noeud.toBigInt());
}

export function dateOf(noeud: Noeud | undefined): Date {
  if (!(noeud instanceof asn1js.UTCTime) && !(noeud instanceof asn1js.GeneralizedTime)) throw new ErreurAsn1('date attendue');
  return noeud.toDate();
}

/** TLV en DER : longueur minimale, contenu déjà encodé. */
export function encodeTlv(octet: number, ...contenu: Uint8Array[]): Buffer {
  const corps = Buffer.concat(contenu);
  if (corps.length < 0x80) return Buffer.concat([Buffer.from([octet, corps.length]), corps]);
  const longueur = Buffer.from(corps.length.toString(16).padStart(2 * Math.ceil(corps.length.toString(16).length / 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([octet, 0x80 | longueur.length]), longueur, corps]);
}

export const encodeSequence = (...contenu: Uint8Array[]): Buffer => encodeTlv(0x30, ...contenu);
export const encodeSet = (...contenu: Uint8Array[]): Buffer => encodeTlv(0x31, ...contenu);
export const encodeOctets = (octets: Uint8Array): Buffer => encodeTlv(0x04, octets);
export const encodeNull = (): Buffer => encodeTlv(0x05);

export function encodeOid(oid: string): Buffer {
  return Buffer.from(new asn1js.ObjectIdentifier({ value: oid }).toBER());
}

export function encodeInt(valeur: number): Buffer {
  return Buffer.from(new asn1js.Integer({ value: valeur }).toBER());
}

/** SET OF en DER : éléments triés par leurs octets. */
export function encodeSetOf(elements: readonly Uint8Array[]): Buffer {
  return encodeSet(...[...elements].sort((a, b) => Buffer.compare(a, b)));
}

/** Date d'une signature : UTCTime jusqu'en 2049, GeneralizedTime ensuite (RFC 5652, 11.3), à la seconde. */
export function encodeTime(instant: Date): Buffer {
  const texte = instant.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  const utc = instant.getUTCFullYear() >= 1950 && instant.getUTCFullYear() < 2050;
  return utc ? encodeTlv(0x17, Buffer.from(`${texte.slice(2)}Z`)) : encodeTlv(0x18, Buffer.from(`${texte}Z`));
}
