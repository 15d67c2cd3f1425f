import { CHAMPS } from '../../../shared/domain/rpls/champs.ts';
import type { Champ } from '../../../shared/domain/rpls/champs.ts';
import { ILLISIBLE, decodeTexte } from '../../../shared/domain/rpls/decoder.ts';
import type { Lu, Valeur } from '../../../shared/domain/rpls/decoder.ts';

/**
 * Lecture d'un champ depuis ses octets, sans passer par une chaîne, quand sa forme est l'ordinaire.
 * Tout ce qui sort de l'ordinaire rend `AUTREMENT` : `decodeTexte` en décide alors, lui seul.
 */
export const AUTREMENT = Symbol('autrement');
type LuOctets = Lu | typeof AUTREMENT;
export type LireOctets = (octets: Uint8Array, debut: number, fin: number) => LuOctets;

const ZERO = 48;
const BARRE = 47;
const chiffre = (octet: number | undefined): number => (octet ?? 0) - ZERO;
const isChiffre = (n: number): boolean => n >= 0 && n <= 9;

function lireCode(champ: Champ): LireOctets {
  const valeurs: (Valeur | undefined)[] = [];
  for (const code of Object.keys(champ.codes ?? {})) if (/^\d+$/.test(code)) valeurs[Number(code)] = Number(code);
  if (champ.sentinelle !== null) valeurs[Number(champ.sentinelle)] = null;
  const longueur = champ.longueurCode;
  return (octets, debut, fin) => {
    if (fin - debut !== longueur) return AUTREMENT;
    let n = chiffre(octets[debut]);
    if (!isChiffre(n)) return AUTREMENT;
    if (longueur === 2) {
      const unite = chiffre(octets[debut + 1]);
      if (!isChiffre(unite)) return AUTREMENT;
      n = n * 10 + unite;
    }
    const valeur = valeurs[n];
    return valeur === undefined ? AUTREMENT : valeur;
  };
}

function lireLettre(champ: Champ): LireOctets {
  const valeurs: (string | undefined)[] = [];
  for (const code of Object.keys(champ.codes ?? {})) if (code.length === 1) valeurs[code.charCodeAt(0)] = code;
  return (octets, debut, fin) => (fin - debut === 1 ? (valeurs[octets[debut] ?? 0] ?? AUTREMENT) : AUTREMENT);
}

function entier(octets: Uint8Array, debut: number, fin: number): number {
  let n = 0;
  for (let i = debut; i < fin; i++) {
    const c = chiffre(octets[i]);
    if (!isChiffre(c)) return -1;
    n = n * 10 + c;
  }
  return n;
}

const lireAnnee: LireOctets = (octets, debut, fin) => {
  if (fin - debut !== 4) return AUTREMENT;
  const n = entier(octets, debut, fin);
  return n >= 1000 && n <= 2999 ? n : AUTREMENT;
};

function lireNombre(champ: Champ): LireOctets {
  const sentinelle = champ.sentinelle === null ? -1 : Number(champ.sentinelle) * 100;
  return (octets, debut, fin) => {
    if (fin - debut > 9) return AUTREMENT;
    const n = entier(octets, debut, fin) * 100;
    if (n < 0) return AUTREMENT;
    return n === sentinelle ? null : n;
  };
}

/** Les dates se répètent : chacune n'est écrite en texte qu'une fois. */
function lireDate(champ: Champ): LireOctets {
  const connues = new Map<number, LuOctets>();
  const longueur = champ.type === 'jour' ? 10 : 7;
  return (octets, debut, fin) => {
    if (fin - debut !== longueur) return AUTREMENT;
    let cle = 0;
    for (let i = debut; i < fin; i++) {
      const octet = octets[i] ?? 0;
      const rang = i - debut;
      if (octet === BARRE && (rang === 2 || rang === 5)) continue;
      const c = octet - ZERO;
      if (!isChiffre(c)) return AUTREMENT;
      cle = cle * 10 + c;
    }
    // « 01/1900 » et « 0101900 » auraient la même clé : la barre doit être à sa place.
    if (octets[debut + 2] !== BARRE || (longueur === 10 && octets[debut + 5] !== BARRE)) return AUTREMENT;
    let valeur = connues.get(cle);
    if (valeur === undefined) {
      const lue = decodeTexte(champ, String.fromCharCode(...octets.subarray(debut, fin)));
      valeur = lue === ILLISIBLE ? AUTREMENT : lue;
      connues.set(cle, valeur);
    }
    return valeur;
  };
}

function lireur(champ: Champ): LireOctets | null {
  switch (champ.type) {
    case 'texte': return null;
    case 'code': return lireCode(champ);
    case 'lettre': return lireLettre(champ);
    case 'annee': return lireAnnee;
    case 'surface':
    case 'euros': return lireNombre(champ);
    case 'mois':
    case 'jour': return lireDate(champ);
  }
}

/** Par champ, dans l'ordre ; `null` pour les champs de texte. */
export const LIRE_OCTETS: readonly (LireOctets | null)[] = CHAMPS.map(lireur);
