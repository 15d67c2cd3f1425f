import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Encodage } from './fichier.ts';
import { COLONNES_RAPPORT, enteteComplement } from './rapport.ts';
import { apercuCsv } from './tableau/analyse.ts';
import { lireCsv } from './tableau/csv.ts';

export type FormatRapport = { encodage: Encodage; separateur: string };

/** Comment lire ce fichier si c'est un rapport d'anomalies, tel qu'écrit ou réenregistré par un tableur ; `null` sinon. */
export function formatRapport(chemin: string): FormatRapport | null {
  for (const separateur of [';', ',', '\t']) {
    const { encodage, lignes } = apercuCsv(chemin, null, separateur);
    if (rangs(lignes[0] ?? []) !== null) return { encodage, separateur };
  }
  return null;
}

/** Place de chaque colonne du rapport ; `null` s'il en manque une. */
function rangs(titres: readonly string[]): { ligne: number; originale: number } | null {
  const noms = titres.map((t) => t.trim().replace(/^\ufeff/u, '').toLowerCase());
  if (!COLONNES_RAPPORT.every((c) => noms.includes(c))) return null;
  return { ligne: noms.indexOf('ligne'), originale: noms.indexOf('ligne_originale') };
}

/**
 * Écrit, en UTF-8, le complément que fait un rapport corrigé : sous la première ligne d'origine, une
 * fois chaque ligne de logement. Quand les anomalies d'une même ligne n'ont pas toutes été corrigées,
 * le texte d'origine cède à celui qui l'a été. Rend, pour chaque ligne écrite, son numéro dans le rapport.
 */
export async function writeComplement(
  chemin: string,
  { encodage, separateur }: FormatRapport,
  destination: string,
  entete: string,
  isOrigine: (texte: string) => boolean,
): Promise<[lue: number, ligne: number][]> {
  const lignes = await readLignes(chemin, encodage, separateur, isOrigine);
  const sortie = createWriteStream(destination);
  sortie.write(enteteComplement(Buffer.from(entete, 'utf8'), lignes.length));
  sortie.write('\r\n');
  let lue = 2;
  const numeros: [number, number][] = [];
  for (const { texte, ligne } of lignes) {
    sortie.write(`${texte}\r\n`);
    numeros.push([lue, ligne]);
    // Une ligne d'origine peut en contenir d'autres, entre guillemets.
    lue += 1 + (texte.match(/\n/g)?.length ?? 0);
  }
  sortie.end();
  await finished(sortie);
  return numeros;
}

type Corrigee = { texte: string; ligne: number };

async function readLignes(chemin: string, encodage: Encodage, separateur: string, isOrigine: (texte: string) => boolean): Promise<Corrigee[]> {
  const groupes = new Map<string, Corrigee[]>();
  let places: ReturnType<typeof rangs> = null;
  for await (const { ligne, cellules } of lireCsv(chemin, encodage, separateur, () => undefined)) {
    if (places === null) {
      places = rangs(cellules);
      continue;
    }
    const texte = (cellules[places.originale] ?? '').replace(/[\r\n]+$/, '');
    // Une remarque sur le fichier n'a pas de ligne de logement.
    if (texte.trim() === '') continue;
    const numero = cellules[places.ligne]?.trim() ?? '';
    const cle = numero === '' ? `sans numéro, ${ligne}` : numero;
    const groupe = groupes.get(cle) ?? [];
    if (groupe.every((c) => c.texte !== texte)) groupe.push({ texte, ligne });
    groupes.set(cle, groupe);
  }
  return [...groupes.values()].flatMap((groupe) => {
    const corrigees = groupe.filter((c) => !isOrigine(c.texte));
    return corrigees.length > 0 ? corrigees : groupe;
  });
}
