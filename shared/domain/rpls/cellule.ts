import { normaliser } from '../ensembles/cle.ts';
import type { Champ } from './champs.ts';
import { ILLISIBLE, decodeTexte } from './decoder.ts';
import type { Lu } from './decoder.ts';

/** Ce qu'une cellule de tableau donne : la valeur, et le texte rétabli quand un tableur l'avait abîmé. */
export type CelluleLue = { valeur: Lu; repare: string | null };

/** Codes dont un tableur retire les zéros de tête, et leur longueur. */
const LONGUEURS: Readonly<Record<string, number>> = { DEPCOM: 5, CODEPOSTAL: 5, SIRETEXPRO: 14, QUALACQ: 2 };
const ISO = /^([12]\d{3})-(\d{2})(?:-(\d{2}))?$/;

/** Le texte d'un code auquel un tableur a retiré ses zéros de tête (« 1001 » → « 01001 ») ; `null` sinon. */
export function repareCode(champ: Champ, texte: string): string | null {
  const longueur = LONGUEURS[champ.nom];
  return longueur !== undefined && texte.length === longueur - 1 && /^\d[\dAB]\d*$|^\d$/.test(texte) ? `0${texte}` : null;
}

/**
 * Valeur d'une cellule d'un tableau fait par l'organisme : la correspondance du profil d'abord, puis
 * ce qu'une déclaration écrirait, puis le libellé d'un code, une date ISO, une unité écrite.
 */
export function decodeCellule(champ: Champ, brut: string, valeurs: Readonly<Record<string, string>> | undefined): CelluleLue {
  const texte = brut.trim();
  const traduit = valeurs === undefined ? undefined : traduire(valeurs, texte);
  if (traduit !== undefined) return { valeur: decodeTexte(champ, traduit), repare: null };
  const repare = repareCode(champ, texte);
  if (repare !== null) {
    const valeur = decodeTexte(champ, repare);
    if (valeur !== ILLISIBLE) return { valeur, repare };
  }
  const valeur = decodeTexte(champ, texte);
  return { valeur: valeur === ILLISIBLE ? autrement(champ, texte) : valeur, repare: null };
}

function traduire(valeurs: Readonly<Record<string, string>>, texte: string): string | undefined {
  if (Object.hasOwn(valeurs, texte)) return valeurs[texte];
  const cle = normaliser(texte);
  if (cle === '') return undefined;
  return Object.entries(valeurs).find(([v]) => normaliser(v) === cle)?.[1];
}

/** Code dont le texte est le libellé (« collectif », « oui ») ; `undefined` si aucun, ou plusieurs. */
export function codeDuLibelle(champ: Pick<Champ, 'codes'>, texte: string): string | undefined {
  const cle = normaliser(texte);
  const codes = Object.entries(champ.codes ?? {}).filter(([, libelle]) => normaliser(libelle) === cle);
  return codes.length === 1 ? codes[0]?.[0] : undefined;
}

function autrement(champ: Champ, texte: string): Lu {
  switch (champ.type) {
    case 'code':
    case 'lettre': {
      const code = codeDuLibelle(champ, texte);
      return code === undefined ? ILLISIBLE : decodeTexte(champ, code);
    }
    case 'surface':
    case 'euros':
      return decodeTexte(champ, texte.replace(/\s*(€|euros?|m²|m2)$/i, ''));
    case 'mois':
    case 'jour': {
      const iso = ISO.exec(texte.replace(/T00:00:00(\.000)?Z?$/, ''));
      const jma = /^\d{2}\/(\d{2})\/(\d{4})$/.exec(texte);
      if (champ.type === 'mois') {
        if (iso !== null) return decodeTexte(champ, `${iso[2]}/${iso[1]}`);
        return jma === null ? ILLISIBLE : decodeTexte(champ, `${jma[1]}/${jma[2]}`);
      }
      return iso?.[3] === undefined ? ILLISIBLE : decodeTexte(champ, `${iso[3]}/${iso[2]}/${iso[1]}`);
    }
    case 'annee': {
      const annee = /^(?:\d{2}\/\d{2}\/)?([12]\d{3})(?:-\d{2}-\d{2})?(?:T.*)?$/.exec(texte);
      return annee === null ? ILLISIBLE : Number(annee[1]);
    }
    default:
      return ILLISIBLE;
  }
}
