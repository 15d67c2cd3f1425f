import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InlineConfig } from 'vite';
import { construire, dossierVariante, type Adaptateur } from '../vite/commun.ts';
import { configurationPreload, configurationPrincipal } from '../vite/principal.ts';
import { configurationRenderer } from '../vite/renderer.ts';
import { configurationService } from '../vite/service.ts';
import { construit, racine } from './chemins.ts';
import { sousVerrou } from './verrou.ts';

type Cible = { nom: string; sources: string[]; produit: string; configuration: InlineConfig };

const communes = ['shared', 'build/vite', 'package-lock.json'];

function cibles(adaptateur: Adaptateur): Cible[] {
  const principal = dossierVariante('main', adaptateur);
  const service = dossierVariante('service', adaptateur);
  return [
    { nom: 'renderer', sources: ['renderer'], produit: 'renderer/index.html', configuration: configurationRenderer(construit) },
    { nom: 'preload', sources: ['electron/preload.ts'], produit: 'preload/preload.cjs', configuration: configurationPreload(construit) },
    {
      nom: principal,
      sources: ['electron/main.ts', 'electron/app', 'electron/service/port'],
      produit: `${principal}/main.cjs`,
      configuration: configurationPrincipal(construit, adaptateur),
    },
    {
      nom: service,
      sources: ['electron'],
      produit: `${service}/processus.mjs`,
      configuration: configurationService(construit, adaptateur),
    },
  ];
}

/** Construit ce dont les sources ont changé (par empreinte de leur contenu). Rend le fichier de main. */
export function compiler(adaptateur: Adaptateur): Promise<string> {
  return sousVerrou('compilation', async () => {
    const note = join(construit, 'empreintes.json');
    const connues = await lireEmpreintes(note);
    for (const { nom, sources, produit, configuration } of cibles(adaptateur)) {
      const actuelle = await empreinte([...sources, ...communes]);
      if (connues[nom] === actuelle && existsSync(join(construit, produit))) continue;
      await construire(configuration);
      connues[nom] = actuelle;
      await mkdir(construit, { recursive: true });
      await writeFile(note, JSON.stringify(connues, null, 2));
    }
    return join(construit, dossierVariante('main', adaptateur), 'main.cjs');
  });
}

async function lireEmpreintes(note: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(note, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

async function empreinte(sources: readonly string[]): Promise<string> {
  const hache = createHash('sha256');
  for (const fichier of (await Promise.all(sources.map(lister))).flat().toSorted()) {
    hache.update(`${fichier}\0`);
    hache.update(await readFile(join(racine, fichier)));
  }
  return hache.digest('hex');
}

async function lister(source: string): Promise<string[]> {
  try {
    const entrees = await readdir(join(racine, source), { recursive: true, withFileTypes: true });
    return entrees.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name).slice(racine.length + 1));
  } catch {
    return [source];
  }
}
