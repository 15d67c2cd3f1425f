import { parse } from 'csv-parse/sync';
import { parseEntete } from '../../../shared/domain/rpls/entete.ts';
import type { Entete } from '../../../shared/domain/rpls/entete.ts';
import { natureFichier, readPlein, withFichier } from '../fichier.ts';
import { decodeurDe } from '../texte.ts';

const APERCU = 64 * 1024;

/** L'organisme que nomme la première ligne d'un fichier ; `null` quand ce n'est pas une déclaration RPLS. */
export function lireEnteteSeule(chemin: string): Entete | null {
  const octets = withFichier(chemin, (descripteur) => {
    const tampon = Buffer.alloc(APERCU);
    return tampon.subarray(0, readPlein(descripteur, tampon, 0));
  });
  if (natureFichier(octets) !== 'texte') return null;
  const fin = octets.indexOf(10);
  return lireLigneEntete(octets.subarray(0, fin < 0 ? octets.length : fin));
}

/** L'organisme que nomme une première ligne gardée telle quelle ; `null` si ce n'en est pas une. */
export function lireLigneEntete(ligne: Buffer): Entete | null {
  return parseEntete(decouper(decoder(ligne).replace(/^\ufeff/u, '').replace(/[\r\n]+$/u, '')));
}

/** Une première ligne courte ne dit pas l'encodage du fichier : en UTF-8 quand elle l'est, en Windows-1252 sinon. */
function decoder(ligne: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(ligne);
  } catch {
    return decodeurDe('windows-1252')(ligne);
  }
}

function decouper(texte: string): string[] {
  if (!texte.includes('"')) return texte.split(';');
  try {
    const lignes: string[][] = parse(texte, { delimiter: ';', relax_quotes: true, relax_column_count: true });
    return lignes[0] ?? [];
  } catch {
    return texte.split(';');
  }
}
