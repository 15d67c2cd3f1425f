import { normaliser } from '../ensembles/cle.ts';
import type { CodeRemarque } from './anomalies.ts';
import type { Champ } from './champs.ts';
import { ILLISIBLE, decodeTexte } from './decoder.ts';
import type { Lu } from './decoder.ts';
import { isAbsente, reparer } from './reparer.ts';

/** Ce qu'une cellule de tableau donne : la valeur, et la remarque à faire quand elle a été rétablie. */
export type CelluleLue = { valeur: Lu; remarque: CodeRemarque | null };

const ISO = /^([12]\d{3})-(\d{2})(?:-(\d{2}))?$/;

/** Comment lire les cellules d'un champ : les traductions du profil, le calendrier du classeur. */
export type LectureCellule = { valeurs?: Readonly<Record<string, string>> | undefined; date1904?: boolean | undefined };

/**
 * Valeur d'une cellule d'un tableau fait par l'organisme : la correspondance du profil d'abord, puis
 * ce qu'une déclaration écrirait, puis le libellé d'un code, une date ISO, une unité écrite, enfin ce
 * qu'un tableur a abîmé et qui se rétablit. Un identifiant ne se vide ni ne se complète ici.
 */
export function decodeCellule(champ: Champ, brut: string, { valeurs, date1904 = false }: LectureCellule = {}): CelluleLue {
  const texte = brut.trim();
  const traduit = valeurs === undefined ? undefined : traduire(valeurs, texte);
  if (traduit !== undefined) return { valeur: decodeTexte(champ, traduit), remarque: null };
  if (champ.type === 'texte') return decodeNumero(champ, texte, date1904);
  const directe = decodeTexte(champ, texte);
  const valeur = directe === ILLISIBLE ? autrement(champ, texte) : directe;
  if (valeur !== ILLISIBLE) return { valeur, remarque: null };
  if (isAbsente(champ, texte)) return { valeur: null, remarque: 'valeur-absente' };
  const repare = reparer(champ, texte, date1904);
  if (repare === null) return { valeur, remarque: null };
  const relue = decodeTexte(champ, repare.texte);
  const retablie = relue === ILLISIBLE ? autrement(champ, repare.texte) : relue;
  return { valeur: retablie, remarque: retablie === ILLISIBLE ? null : repare.code };
}

function decodeNumero(champ: Champ, texte: string, date1904: boolean): CelluleLue {
  if (isAbsente(champ, texte)) return { valeur: null, remarque: 'valeur-absente' };
  const repare = reparer(champ, texte, date1904);
  return { valeur: decodeTexte(champ, repare?.texte ?? texte), remarque: repare?.code ?? null };
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
