import type { Encodage } from './fichier.ts';

/** Décodeur d'octets entiers (sans caractère coupé) de cet encodage. */
export function decodeurDe(encodage: Encodage): (octets: Uint8Array) => string {
  const decodeur = new TextDecoder(encodage, { ignoreBOM: true });
  return (octets) => decodeur.decode(octets);
}

/** L'UTF-8 de chacun des octets 128 à 255 de Windows-1252. */
export const WINDOWS_1252_EN_UTF8: readonly Uint8Array[] = Array.from({ length: 128 }, (_, i) =>
  new TextEncoder().encode(decodeurDe('windows-1252')(Uint8Array.of(0x80 + i))),
);
