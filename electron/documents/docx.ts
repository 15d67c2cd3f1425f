import { readZip, writeZip } from './archive.ts';

const DATE = /(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)/gu;

/** Les mêmes octets pour le même document et le même instant : dates du document et heures du ZIP fixées, entrées dans un ordre fixe. */
export async function normaliserDocx(octets: Uint8Array, instant: Date): Promise<Uint8Array> {
  const date = `${instant.toISOString().slice(0, 19)}Z`;
  const entrees = [...(await readZip(octets))].map(([nom, contenu]) => ({
    nom,
    octets: nom === 'docProps/core.xml' ? Buffer.from(Buffer.from(contenu).toString('utf8').replace(DATE, `$1${date}$2`)) : contenu,
  }));
  // [Content_Types].xml d'abord, comme le veut l'usage ; le reste par nom.
  const rang = (nom: string): string => (nom === '[Content_Types].xml' ? '' : nom);
  return writeZip(entrees.sort((a, b) => (rang(a.nom) < rang(b.nom) ? -1 : 1)));
}
