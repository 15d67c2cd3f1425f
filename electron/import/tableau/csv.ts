import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { invalide } from '../../../shared/erreurs.ts';
import { ligneTropLongue } from '../erreurs.ts';
import type { Encodage } from '../fichier.ts';
import { LIGNE_MAXIMALE } from '../rpls/decoupe.ts';
import type { Rangee } from './rangees.ts';

type Enregistrement = { raw: string; record: string[]; info: { lines: number } };

/** Rangées d'un texte à séparateur, en flux. Les lignes vides, ou de cellules toutes vides, sont passées. */
export async function* lireCsv(chemin: string, encodage: Encodage, separateur: string, suivre: (octets: number) => void): AsyncGenerator<Rangee> {
  const texte = createReadStream(chemin, { highWaterMark: 1 << 18 });
  texte.on('data', () => {
    try {
      suivre(texte.bytesRead);
    } catch (e) {
      texte.destroy(e instanceof Error ? e : new Error(String(e)));
    }
  });
  const analyseur = parse({
    delimiter: separateur, bom: true, raw: true, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true,
    // Toutes les fins de ligne à la fois : un fichier recollé de plusieurs les mêle.
    record_delimiter: ['\r\n', '\n', '\r'], max_record_size: LIGNE_MAXIMALE,
  });
  const fini = pipeline(texte, iconv.decodeStream(encodage), analyseur);
  // Une erreur de la chaîne arrive aussi par l'analyseur : ici elle ne doit pas rester sans témoin.
  fini.catch(() => undefined);
  let ligne = 0;
  try {
    for await (const brut of analyseur) {
      const { raw, record, info } = brut as Enregistrement;
      const net = raw.replace(/^[\r\n]+|[\r\n]+$/g, '');
      ligne = info.lines - (net.match(/\r\n|\r|\n/g)?.length ?? 0);
      if (record.every((c) => c.trim() === '')) continue;
      yield { ligne, cellules: record, brut: () => iconv.encode(net, encodage) };
    }
  } catch (e) {
    throw expliquer(e, chemin, ligne + 1);
  } finally {
    texte.destroy();
  }
}

function expliquer(e: unknown, chemin: string, ligne: number): unknown {
  switch ((e as { code?: string }).code) {
    case 'CSV_MAX_RECORD_SIZE':
      return ligneTropLongue(chemin, ligne);
    case 'CSV_QUOTE_NOT_CLOSED':
      return invalide('guillemet-ouvert', `Un guillemet ouvert après la ligne ${ligne} n’est jamais refermé.`, 'Corriger ce guillemet dans le fichier, puis importer de nouveau.');
    default:
      return e;
  }
}
