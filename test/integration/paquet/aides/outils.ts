import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createSelfSigned, openPaquet, readEntry, readP12, type CleSignature, type Fichier } from '../../../../electron/paquet/index.ts';
import { zipFichiers } from '../../../../electron/paquet/zip-ecrire.ts';
import { ErreurCus } from '../../../../shared/erreurs.ts';

export const INSTANT = new Date('2026-03-01T09:00:00Z');

/** Dossier temporaire, retiré à la fin de l'essai. */
export function tempDir(): string {
  const dossier = mkdtempSync(join(tmpdir(), 'cus-paquet-'));
  onTestFinished(() => rmSync(dossier, { recursive: true, force: true }));
  return dossier;
}

export function openssl(dossier: string, ...args: string[]): string {
  return execFileSync('openssl', args, { cwd: dossier, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
}

export async function newCle(type: 'EC' | 'RSA' = 'EC'): Promise<{ cle: CleSignature; pem: string; p12: Uint8Array }> {
  const creee = await createSelfSigned({ nom: 'Régie des Essais', instant: INSTANT, type, validiteJours: 3650, motDePasse: 'mot' });
  return { cle: readP12(creee.p12, 'mot', INSTANT), pem: creee.certificatPem, p12: creee.p12 };
}

export const FICHIERS: Fichier[] = [
  { nom: 'LISEZ-MOI.txt', octets: Buffer.from('Ce paquet contient…\n') },
  { nom: 'donnees.json', octets: Buffer.from('{"schema":"essai"}') },
  { nom: 'pieces/délibération n° 3.pdf', octets: Buffer.from('%PDF-1.7 …') },
];

/** Toutes les entrées d'un paquet, META-INF compris, dans l'ordre. */
export async function unpack(source: string | Uint8Array): Promise<Fichier[]> {
  const paquet = await openPaquet(source);
  return Promise.all([...paquet.entrees.keys()].map(async (nom) => ({ nom, octets: await readEntry(paquet, nom) })));
}

/** Un ZIP sain de ces entrées, sans contrôle de leur sens. */
export async function pack(fichiers: readonly Fichier[]): Promise<Buffer> {
  const morceaux: Uint8Array[] = [];
  for await (const morceau of zipFichiers(fichiers)) morceaux.push(morceau);
  return Buffer.concat(morceaux);
}

export function flipBit(octets: Uint8Array, bit: number): Buffer {
  const altere = Buffer.from(octets);
  altere.writeUInt8(altere.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return altere;
}

/** Le code de l'erreur dite à l'utilisateur ; l'essai échoue si rien n'est levé ou si ce n'en est pas une. */
export async function codeOf(faire: () => unknown): Promise<string> {
  try {
    await faire();
  } catch (cause) {
    if (!(cause instanceof ErreurCus)) throw cause;
    const { message, action } = cause.erreur;
    if (!/^(?:\p{Lu}|« ).*\.$/su.test(message) || !/^\p{Lu}.*\.$/su.test(action)) throw new Error(`erreur mal dite : ${cause.message}`, { cause });
    return cause.erreur.code;
  }
  throw new Error('aucune erreur');
}
