import { classeurIllisible } from '../erreurs.ts';
import type { Rangee } from './rangees.ts';
import { lireEntier, lireFlux, lisible, ouvrirArchive } from './xlsx/archive.ts';
import type { Archive } from './xlsx/archive.ts';
import { Feuille } from './xlsx/feuille.ts';
import type { Valeurs } from './xlsx/feuille.ts';
import { attribut, lireLiens } from './xlsx/liens.ts';
import type { Lien } from './xlsx/liens.ts';
import { TextesPartages } from './xlsx/partages.ts';
import { stylesDate } from './xlsx/styles.ts';

export type Classeur = {
  feuilles: string[];
  date1904: boolean;
  archive: Archive;
  /** Entrée de l'archive où est chaque feuille. */
  entrees: ReadonlyMap<string, string>;
  liens: readonly Lien[];
  /** Lues à la première feuille, reprises aux suivantes. */
  valeurs: Promise<Valeurs> | null;
};

/** Noms des feuilles d'un XLSX, dans l'ordre, et son calendrier. Une feuille de graphique n'a pas de cellules. */
export async function lireClasseur(chemin: string): Promise<Classeur> {
  const archive = await ouvrirArchive(chemin);
  return lisible(async () => {
    const racine = lireLiens((await lireEntier(archive, '_rels/.rels')) ?? '', '');
    const partie = racine.find((l) => l.sorte === 'officeDocument')?.cible ?? [...archive.entrees.keys()].find((n) => /^xl\/workbook\d*\.xml$/i.test(n)) ?? '';
    const [, dossier = '', nom = ''] = /^(.*?)\/?([^/]*)$/.exec(partie) ?? [];
    const xml = (await lireEntier(archive, partie)) ?? '';
    const liens = lireLiens((await lireEntier(archive, `${dossier}/_rels/${nom}.rels`)) ?? '', dossier);
    const entrees = new Map<string, string>();
    for (const [balise] of xml.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)) {
      const lien = /\s\w+:id\s*=\s*["']([^"']*)["']/.exec(balise)?.[1];
      const cible = liens.find((l) => l.id === lien);
      if (cible?.sorte === 'worksheet') entrees.set(attribut(balise, 'name'), cible.cible);
    }
    if (entrees.size === 0) throw classeurIllisible();
    return { feuilles: [...entrees.keys()], archive, entrees, liens, valeurs: null, date1904: /<(?:\w+:)?workbookPr\s[^>]*?\bdate1904=["'](?:1|true)["']/.test(xml) };
  });
}

/** Textes partagés et styles de date : les deux parties dont toutes les feuilles ont besoin. */
async function lireValeurs({ archive, liens, date1904 }: Classeur): Promise<Valeurs> {
  const partie = (sorte: string): string => liens.find((l) => l.sorte === sorte)?.cible ?? '';
  const entree = archive.entrees.get(partie('sharedStrings'));
  let partages: TextesPartages | null = null;
  if (entree !== undefined) {
    partages = new TextesPartages(entree.uncompressedSize);
    for await (const octets of lireFlux(archive, entree)) partages.donner(octets);
    partages.finir();
  }
  return { partages, dates: stylesDate((await lireEntier(archive, partie('styles'))) ?? ''), date1904 };
}

/**
 * Rangées d'une feuille, par lots et en flux ; les formules valent leur dernier résultat, et ne sont jamais
 * calculées. `suivre` reçoit le nombre d'octets du fichier déjà lus.
 */
export async function* lireXlsx(classeur: Classeur, feuille: string, suivre: (octets: number) => void): AsyncGenerator<Rangee> {
  const entree = classeur.archive.entrees.get(classeur.entrees.get(feuille) ?? '');
  if (entree === undefined) throw classeurIllisible();
  try {
    const lecteur = new Feuille(await (classeur.valeurs ??= lireValeurs(classeur)));
    for await (const octets of lireFlux(classeur.archive, entree, suivre)) {
      lecteur.donner(octets);
      yield* lecteur.prendre();
    }
    lecteur.finir();
  } catch (e) {
    throw e instanceof Error && e.name === 'ErreurCus' ? e : classeurIllisible();
  }
}
