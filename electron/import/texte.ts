import iconv from 'iconv-lite';
import type { Encodage } from './fichier.ts';

/** Décodeur d'octets entiers (sans caractère coupé) de cet encodage. */
export function decodeurDe(encodage: Encodage): (octets: Buffer) => string {
  if (encodage === 'utf-8') return (octets) => octets.toString('utf8');
  return (octets) => iconv.decode(octets, encodage, { stripBOM: false });
}

/** L'UTF-8 de chacun des octets 128 à 255 de Windows-1252. */
export const WINDOWS_1252_EN_UTF8: readonly Uint8Array[] = Array.from({ length: 128 }, (_, i) =>
  Buffer.from(iconv.decode(Buffer.from([0x80 + i]), 'windows-1252'), 'utf8'),
);
