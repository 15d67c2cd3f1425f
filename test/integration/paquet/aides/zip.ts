/** ZIP écrit à la main, pour y mettre ce qu'aucun outil n'écrirait. */
import { crc32, deflateRawSync } from 'node:zlib';

export type EntreeForgee = {
  nom: string | Buffer;
  octets?: Uint8Array;
  deflate?: boolean;
  /** Données compressées toutes faites. */
  compresse?: Uint8Array;
  drapeaux?: number;
  methode?: number;
  crc?: number;
  tailleAnnoncee?: number;
  extra?: Buffer;
  /** Écarts propres à l'en-tête local. */
  local?: { nom?: string; crc?: number; compresse?: number; taille?: number; methode?: number; drapeaux?: number };
  descripteur?: boolean;
  /** Octets perdus avant l'entrée. */
  avant?: Buffer;
};

export type Archive = { debut?: Buffer; avantRepertoire?: Buffer; fin?: Buffer; commentaire?: string; nombre?: number; decalage?: number };

export function forgeZip(entrees: readonly EntreeForgee[], archive: Archive = {}): Buffer {
  const morceaux: Buffer[] = [archive.debut ?? Buffer.alloc(0)];
  const central: Buffer[] = [];
  let position = morceaux[0]?.length ?? 0;
  const push = (b: Uint8Array): void => {
    morceaux.push(Buffer.from(b));
    position += b.length;
  };
  for (const e of entrees) {
    const nom = Buffer.from(e.nom);
    const octets = e.octets ?? Buffer.alloc(0);
    const donnees = e.compresse ?? (e.deflate ? deflateRawSync(octets) : octets);
    const drapeaux = (e.drapeaux ?? 0x0800) | (e.descripteur ? 8 : 0);
    const methode = e.methode ?? (e.deflate ? 8 : 0);
    const crc = e.crc ?? crc32(octets);
    const taille = e.tailleAnnoncee ?? octets.length;
    const extra = e.extra ?? Buffer.alloc(0);
    if (e.avant) push(e.avant);
    const debut = position;
    const local = Buffer.alloc(30);
    const nomLocal = Buffer.from(e.local?.nom ?? nom);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(e.local?.drapeaux ?? drapeaux, 6);
    local.writeUInt16LE(e.local?.methode ?? methode, 8);
    local.writeUInt16LE(0x21, 12);
    if (!e.descripteur) {
      local.writeUInt32LE(e.local?.crc ?? crc, 14);
      local.writeUInt32LE(e.local?.compresse ?? donnees.length, 18);
      local.writeUInt32LE(e.local?.taille ?? taille, 22);
    }
    local.writeUInt16LE(nomLocal.length, 26);
    local.writeUInt16LE(extra.length, 28);
    for (const b of [local, nomLocal, extra, donnees]) push(b);
    if (e.descripteur) {
      const d = Buffer.alloc(16);
      d.writeUInt32LE(0x08074b50, 0);
      d.writeUInt32LE(e.local?.crc ?? crc, 4);
      d.writeUInt32LE(donnees.length, 8);
      d.writeUInt32LE(taille, 12);
      push(d);
    }
    const entree = Buffer.alloc(46);
    entree.writeUInt32LE(0x02014b50, 0);
    entree.writeUInt16LE(20, 4);
    entree.writeUInt16LE(20, 6);
    entree.writeUInt16LE(drapeaux, 8);
    entree.writeUInt16LE(methode, 10);
    entree.writeUInt16LE(0x21, 14);
    entree.writeUInt32LE(crc, 16);
    entree.writeUInt32LE(donnees.length, 20);
    entree.writeUInt32LE(taille, 24);
    entree.writeUInt16LE(nom.length, 28);
    entree.writeUInt16LE(extra.length, 30);
    entree.writeUInt32LE(debut, 42);
    central.push(Buffer.concat([entree, nom, extra]));
  }
  push(archive.avantRepertoire ?? Buffer.alloc(0));
  const repertoire = Buffer.concat(central);
  const fin = Buffer.alloc(22);
  const commentaire = Buffer.from(archive.commentaire ?? '');
  fin.writeUInt32LE(0x06054b50, 0);
  fin.writeUInt16LE(archive.nombre ?? entrees.length, 8);
  fin.writeUInt16LE(archive.nombre ?? entrees.length, 10);
  fin.writeUInt32LE(repertoire.length, 12);
  fin.writeUInt32LE(position + (archive.decalage ?? 0), 16);
  fin.writeUInt16LE(commentaire.length, 20);
  return Buffer.concat([...morceaux, repertoire, fin, commentaire, archive.fin ?? Buffer.alloc(0)]);
}
