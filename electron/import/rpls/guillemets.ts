import { parse } from 'csv-parse/sync';
import { NOMBRE_CHAMPS } from '../../../shared/domain/rpls/champs.ts';
import type { Decoupe } from './decoupe.ts';

export type LigneCitee = { champs: string[]; brut: Buffer };

const GUILLEMET = 34;
const SEPARATEUR = 59;
const LF = 10;
const CR = 13;
/** Un champ entre guillemets ne court pas sur plus de texte que cela : au-delà, le guillemet est un caractère. */
const APERCU = 64 * 1024;

/** État des guillemets à la fin du texte. Un guillemet n'ouvre un champ qu'à son début. */
export function etatGuillemets(octets: Uint8Array): 'ferme' | 'ouvert' | 'litteral' {
  let dedans = false;
  let debutChamp = true;
  for (let i = 0; i < octets.length; i++) {
    const octet = octets[i];
    if (dedans) {
      if (octet !== GUILLEMET) continue;
      if (octets[i + 1] === GUILLEMET) i++;
      else {
        const suivant = octets[i + 1];
        if (suivant !== undefined && suivant !== SEPARATEUR) return 'litteral';
        dedans = false;
      }
    } else {
      if (octet === GUILLEMET && debutChamp) dedans = true;
      debutChamp = octet === SEPARATEUR;
    }
  }
  return dedans ? 'ouvert' : 'ferme';
}

/**
 * Champs d'une ligne qui contient un guillemet, lignes suivantes comprises quand un champ cité les
 * contient. Un guillemet qui ne se referme pas est gardé comme un caractère : il ne doit pas avaler
 * les logements qui suivent.
 */
export function lireLigneCitee(decoupe: Decoupe, decoder: (octets: Buffer) => string): LigneCitee {
  const seule = decoupe.copie(false);
  const etat = etatGuillemets(seule);
  if (etat === 'ferme') return { champs: parseCitee(decoder(seule)) ?? decoder(seule).split(';'), brut: seule };
  if (etat === 'ouvert') {
    const jointe = joindreSuite(decoupe, decoder);
    if (jointe !== null) return jointe;
  }
  return { champs: decoder(seule).split(';'), brut: seule };
}

function joindreSuite(decoupe: Decoupe, decoder: (octets: Buffer) => string): LigneCitee | null {
  const debut = decoupe.copie(true);
  const suite = decoupe.apercu(APERCU);
  let position = 0;
  for (let lignes = 1; position < suite.length; lignes++) {
    const lf = suite.indexOf(LF, position);
    const finLigne = lf < 0 ? suite.length : lf;
    // Une ligne suivante qui est elle-même un logement n'est pas la suite d'un champ.
    if (compterSeparateurs(suite.subarray(position, finLigne)) >= NOMBRE_CHAMPS - 1) return null;
    const fin = finLigne > 0 && suite[finLigne - 1] === CR ? finLigne - 1 : finLigne;
    const brut = Buffer.concat([debut, suite.subarray(0, fin)]);
    const etat = etatGuillemets(brut);
    if (etat === 'litteral') return null;
    if (etat === 'ferme') {
      const champs = parseCitee(decoder(brut));
      if (champs === null || champs.length < NOMBRE_CHAMPS) return null;
      decoupe.sauter(lf < 0 ? suite.length : lf + 1, lignes);
      return { champs, brut };
    }
    position = finLigne + 1;
  }
  return null;
}

function compterSeparateurs(octets: Uint8Array): number {
  let n = 0;
  for (const octet of octets) if (octet === SEPARATEUR) n++;
  return n;
}

function parseCitee(texte: string): string[] | null {
  try {
    const lignes: string[][] = parse(texte, { delimiter: ';', relax_quotes: true, relax_column_count: true, record_delimiter: ['\r\n', '\n'] });
    return lignes.length === 1 ? (lignes[0] ?? null) : null;
  } catch {
    return null;
  }
}
