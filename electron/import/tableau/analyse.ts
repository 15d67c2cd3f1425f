import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { CHAMPS_GARDES, findChamp } from '../../../shared/domain/rpls/champs.ts';
import { codeDuLibelle } from '../../../shared/domain/rpls/cellule.ts';
import { VALEURS_USUELLES, champDuTitre } from '../../../shared/domain/rpls/colonnes.ts';
import { ILLISIBLE, decodeTexte } from '../../../shared/domain/rpls/decoder.ts';
import { normaliser } from '../../../shared/domain/ensembles/cle.ts';
import { resolveDepcom } from '../../../shared/territoires/index.ts';
import type { Encodage } from '../fichier.ts';
import { marqueUtf8, natureFichier, readPlein, withFichier } from '../fichier.ts';
import { isUtf8 } from 'node:buffer';
import { nomsColonnes } from './rangees.ts';

const ECHANTILLON = 512 * 1024;
const LIGNES = 500;
const SEPARATEURS = [';', '\t', ',', '|'];

export type Apercu = { encodage: Encodage; separateur: string; lignes: string[][] };
export type ColonneProposee = { nom: string; exemple: string[]; cible: string | null };

/** Encodage d'un texte d'après son début. */
function encodageDe(debut: Buffer, entier: boolean): Encodage {
  const nature = natureFichier(debut);
  if (nature === 'utf-16le' || nature === 'utf-16be') return nature;
  const fin = entier ? debut.length : Math.max(debut.lastIndexOf(10), 0);
  return isUtf8(debut.subarray(0, fin)) ? 'utf-8' : 'windows-1252';
}

/** Premières lignes d'un texte, découpées avec le séparateur qui les rend le plus régulières. */
export function apercuCsv(chemin: string, encodage: Encodage | null, separateur: string | null): Apercu {
  const { debut, entier } = withFichier(chemin, (descripteur, octets) => {
    const tampon = Buffer.alloc(Math.min(octets, ECHANTILLON));
    return { debut: tampon.subarray(0, readPlein(descripteur, tampon, 0)), entier: octets <= ECHANTILLON };
  });
  const trouve = encodage ?? encodageDe(debut, entier);
  let texte = iconv.decode(debut.subarray(trouve === 'utf-8' ? marqueUtf8(debut) : 0), trouve);
  if (!entier) texte = texte.slice(0, Math.max(texte.lastIndexOf('\n'), 0));
  const essais = (separateur === null ? SEPARATEURS : [separateur]).map((s) => ({ s, lignes: decouper(texte, s) }));
  const meilleur = essais.reduce((a, b) => (regularite(b.lignes) > regularite(a.lignes) ? b : a));
  return { encodage: trouve, separateur: meilleur.s, lignes: meilleur.lignes };
}

function decouper(texte: string, separateur: string): string[][] {
  try {
    return parse(texte, { delimiter: separateur, relax_quotes: true, relax_column_count: true, to: LIGNES });
  } catch {
    return texte.split(/\r?\n/).slice(0, LIGNES).map((l) => l.split(separateur));
  }
}

/** Nombre de lignes qui ont le nombre de champs le plus courant, s'il dépasse un. */
function regularite(lignes: readonly string[][]): number {
  const parLargeur = new Map<number, number>();
  for (const l of lignes) if (l.length > 1) parLargeur.set(l.length, (parLargeur.get(l.length) ?? 0) + 1);
  return Math.max(0, ...[...parLargeur].map(([largeur, n]) => n * 100 + largeur));
}

/** Ligne des titres (à partir de 1) : parmi les dix premières, celle qui nomme le plus de champs. */
export function devinerEntete(lignes: readonly string[][]): number {
  let meilleure = 1;
  let score = -1;
  for (const [i, ligne] of lignes.slice(0, 10).entries()) {
    const reconnus = new Set(ligne.map(champDuTitre).filter((c) => c !== null)).size;
    const remplis = ligne.filter((c) => c.trim() !== '').length;
    const note = reconnus * 100 + Math.min(remplis, 99);
    if (reconnus > 0 && note > score) [meilleure, score] = [i + 1, note];
  }
  return meilleure;
}

/** Colonnes du tableau et le champ RPLS que chacune paraît donner : par son titre, sinon par ce qu'elle contient. */
export function proposerColonnes(lignes: readonly string[][], entete: number): ColonneProposee[] {
  const noms = nomsColonnes(lignes[entete - 1] ?? []);
  const corps = lignes.slice(entete);
  const prises = new Set<string>();
  const colonnes = noms.map((nom, i) => {
    const valeurs = corps.map((l) => l[i]?.trim() ?? '').filter((v) => v !== '');
    const titre = champDuTitre(nom);
    const cible = titre !== null && !prises.has(titre) ? titre : null;
    if (cible !== null) prises.add(cible);
    return { nom, exemple: [...new Set(valeurs)].slice(0, 3), cible, valeurs };
  });
  if (!prises.has('DEPCOM')) {
    const insee = colonnes.find((c) => c.cible === null && c.valeurs.length > 0 && partCommunes(c.valeurs) >= 0.8);
    if (insee) insee.cible = 'DEPCOM';
  }
  return colonnes.map(({ nom, exemple, cible }) => ({ nom, exemple, cible }));
}

function partCommunes(valeurs: readonly string[]): number {
  const code = (v: string): string => (/^\d{4}$/.test(v) ? `0${v}` : v);
  return valeurs.filter((v) => resolveDepcom(code(v)).commune !== null).length / valeurs.length;
}

/** Pour chaque champ à codes, les textes du tableau qui ne sont ni des codes ni leur libellé, et le code usuel. */
export function proposerValeurs(lignes: readonly string[][], entete: number, colonnes: readonly ColonneProposee[]): Record<string, Record<string, string>> {
  const resultat: Record<string, Record<string, string>> = {};
  for (const [i, colonne] of colonnes.entries()) {
    const champ = colonne.cible === null ? null : findChamp(colonne.cible);
    const usuelles = champ === null ? undefined : VALEURS_USUELLES[champ.nom];
    if (champ === null || usuelles === undefined) continue;
    for (const texte of new Set(lignes.slice(entete).map((l) => l[i]?.trim() ?? ''))) {
      if (texte === '' || decodeTexte(champ, texte) !== ILLISIBLE || codeDuLibelle(champ, texte) !== undefined) continue;
      const code = Object.entries(usuelles).find(([v]) => normaliser(v) === normaliser(texte))?.[1];
      if (code !== undefined) (resultat[champ.nom] ??= {})[texte] = code;
    }
  }
  return resultat;
}

export const CIBLES = CHAMPS_GARDES.map((c) => ({ nom: c.nom, libelle: c.libelle, obligatoire: c.nom === 'IDENT_INT' || c.nom === 'DEPCOM' }));
