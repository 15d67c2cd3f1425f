import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';

const run = promisify(execFile);
/** Toutes les feuilles, UTF-8, `;`, valeurs brutes plutôt que telles qu'affichées. */
const FILTRE_CSV = 'csv:Text - txt - csv (StarCalc):59,34,76,1,,1033,false,false,false,false,false,-1';

export async function inTemp<T>(faire: (dossier: string) => Promise<T>): Promise<T> {
  const dossier = await mkdtemp(join(tmpdir(), 'documents-'));
  try {
    return await faire(dossier);
  } finally {
    await rm(dossier, { recursive: true, force: true });
  }
}

async function convert(dossier: string, fichier: string, filtre: string, sortie: string): Promise<void> {
  const profil = pathToFileURL(join(dossier, 'profil')).href;
  await run('soffice', [`-env:UserInstallation=${profil}`, '--headless', '--convert-to', filtre, '--outdir', join(dossier, sortie), join(dossier, fichier)], {
    // Les noms de feuilles accentués deviennent des noms de fichiers : quel que soit l'environnement.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
}

/** Ce que LibreOffice voit dans un classeur : feuille → lignes de textes bruts. */
export function readWithLibreOffice(octets: Uint8Array, extension: 'xlsx' | 'ods'): Promise<Record<string, string[][]>> {
  return inTemp(async (dossier) => {
    await writeFile(join(dossier, `c.${extension}`), octets);
    await convert(dossier, `c.${extension}`, FILTRE_CSV, 'csv');
    const feuilles: Record<string, string[][]> = {};
    for (const nom of await readdir(join(dossier, 'csv'))) {
      const contenu = await readFile(join(dossier, 'csv', nom), 'utf8');
      feuilles[nom.slice('c-'.length, -'.csv'.length)] = parse(contenu, { delimiter: ';', bom: true, relaxColumnCount: true });
    }
    return feuilles;
  });
}

/** Le même classeur, ouvert et enregistré par LibreOffice. */
export function saveWithLibreOffice(octets: Uint8Array): Promise<Uint8Array> {
  return inTemp(async (dossier) => {
    await writeFile(join(dossier, 'c.xlsx'), octets);
    await convert(dossier, 'c.xlsx', 'xlsx:Calc MS Excel 2007 XML', 'sortie');
    return new Uint8Array(await readFile(join(dossier, 'sortie', 'c.xlsx')));
  });
}

/** Texte d'un PDF par poppler, et le verdict de qpdf (lève si le PDF est mal formé). */
export function readPdf(octets: Uint8Array): Promise<{ texte: string; pages: number }> {
  return inTemp(async (dossier) => {
    const pdf = join(dossier, 'd.pdf');
    await writeFile(pdf, octets);
    await run('qpdf', ['--check', pdf]);
    const { stdout: texte } = await run('pdftotext', ['-layout', pdf, '-'], { maxBuffer: 64 * 2 ** 20 });
    const { stdout: pages } = await run('qpdf', ['--show-npages', pdf]);
    return { texte, pages: Number(pages) };
  });
}
