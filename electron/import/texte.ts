import iconv from 'iconv-lite';
import type { Encodage } from './fichier.ts';

/** Décodeur d'octets entiers (sans caractère coupé) de cet encodage. */
export function decodeurDe(encodage: Encodage): (octets: Buffer) => string {
  if (encodage === 'utf-8') return (octets) => octets.toString('utf8');
  return (octets) => iconv.decode(octets, encodage, { stripBOM: false });
}
