import { spawn } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { ecrireFichier, generateBailleur, generateEvolution } from '../../../electron/demo/index.ts';
import { openDossier } from '../../../electron/store/ouverture.ts';
import { empreinteDossier, ouvrirAtelier } from './aide.ts';

const ENFANT = fileURLToPath(new URL('./coupure-enfant.ts', import.meta.url));

/** Lance l'import, le tue `delai` ms après l'ouverture du dossier (`null` : le laisse finir). */
function importerPuisTuer(dossier: string, fichier: string, repertoire: string, delai: number | null): Promise<{ duree: number; fini: boolean }> {
  return new Promise((resolve, reject) => {
    const enfant = spawn(process.execPath, [ENFANT, dossier, fichier, repertoire], { stdio: ['ignore', 'pipe', 'inherit'] });
    let sortie = '';
    let debut = 0;
    enfant.stdout.on('data', (morceau: Buffer) => {
      sortie += morceau.toString();
      if (debut !== 0 || !sortie.includes('ouvert')) return;
      debut = performance.now();
      if (delai !== null) setTimeout(() => enfant.kill('SIGKILL'), delai);
    });
    enfant.on('error', reject);
    enfant.on('exit', () => resolve({ duree: performance.now() - debut, fini: sortie.includes('fini') }));
  });
}

async function empreinteApres(dossier: string): Promise<string> {
  // Rouvrir comme l'application le fait : verrou repris, journal WAL relu, intégrité vérifiée.
  const ouvert = await openDossier(dossier, { utilisateur: 'Essai', ordinateur: 'banc', maintenant: new Date('2026-03-01T10:00:00Z') });
  ouvert.fermer();
  return empreinteDossier(dossier);
}

/**
 * Coupe un premier import, puis une mise à jour, à `coupures` instants répartis sur leur durée. Le
 * dossier est chaque fois tel qu'avant, ou entièrement importé. Rend combien de fois chacun.
 */
export async function eprouverCoupures(logements: number, coupures: number, instant: (rang: number) => number): Promise<{ avant: number; apres: number }> {
  const premiere = generateBailleur({ graine: 21, logements, annee: 2026 });
  const suivante = generateEvolution({ graine: 21, logements, annee: 2026 });
  const atelier = await ouvrirAtelier(premiere.identite.siren);
  await atelier.fermer();
  const [a, b] = ['a.csv', 'b.csv'].map((n) => join(atelier.repertoire, n)) as [string, string];
  ecrireFichier(premiere, a);
  ecrireFichier(suivante, b);
  const vus = { avant: 0, apres: 0 };
  let depart = atelier.dossier;
  for (const [etape, fichier] of [a, b].entries()) {
    const entier = join(atelier.repertoire, `entier-${etape}.cus`);
    copyFileSync(depart, entier);
    const avant = empreinteDossier(depart);
    const { duree, fini } = await importerPuisTuer(entier, fichier, atelier.repertoire, null);
    expect(fini).toBe(true);
    const apres = empreinteDossier(entier);
    for (let rang = 0; rang < coupures; rang++) {
      const essai = join(atelier.repertoire, `essai-${etape}-${rang}.cus`);
      copyFileSync(depart, essai);
      await importerPuisTuer(essai, fichier, atelier.repertoire, duree * instant(rang));
      const trouve = await empreinteApres(essai);
      expect([avant, apres]).toContain(trouve);
      vus[trouve === avant ? 'avant' : 'apres']++;
      rmSync(essai);
    }
    depart = entier;
  }
  return vus;
}
