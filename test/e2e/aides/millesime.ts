import { join } from 'node:path';
import { inject } from 'vitest';
import type { InlineConfig, Plugin } from 'vite';
import { construit, racine } from '../../../build/outils/chemins.ts';
import { construire, dossierVariante, type Adaptateur } from '../../../build/vite/commun.ts';
import { configurationPreload, configurationPrincipal } from '../../../build/vite/principal.ts';
import { configurationRenderer } from '../../../build/vite/renderer.ts';
import { configurationService } from '../../../build/vite/service.ts';

const LISTE = join(racine, 'shared/millesimes/index.ts');
const ESSAI = join(racine, 'test/aides/millesime-essai.ts');

/** Le millésime d'essai dans la liste, à la construction : rien d'autre du produit n'est touché. */
const ajouterMillesime: Plugin = {
  name: 'millesime-essai',
  enforce: 'pre',
  transform(code, id) {
    if (id.split('?')[0] !== LISTE) return null;
    const avec = code.replace('= [millesime2019];', '= [millesime2019, millesimeEssai];');
    if (avec === code) throw new Error('la liste des millésimes a changé de forme');
    return `import { millesimeEssai } from ${JSON.stringify(ESSAI)};\n${avec}`;
  },
};

const avec = (c: InlineConfig): InlineConfig => ({ ...c, plugins: [...(c.plugins ?? []), ajouterMillesime] });

/** Construit l'application qui connaît un millésime de plus, à côté de l'autre. Rend le fichier de main. */
export async function compilerAvecMillesime(): Promise<string> {
  const adaptateur: Adaptateur = inject('moteur').genre === 'essai' ? 'spawn' : 'utilityProcess';
  const sortie = join(construit, 'millesime-essai');
  const configurations = [configurationRenderer(sortie), configurationPreload(sortie), configurationPrincipal(sortie, adaptateur), configurationService(sortie, adaptateur)];
  for (const c of configurations) await construire(avec(c));
  return join(sortie, dossierVariante('main', adaptateur), 'main.cjs');
}
