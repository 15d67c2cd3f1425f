import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

export type Ecran = { affichage: string; fermer(): Promise<void> };

/** Vrai s'il y a un écran où ouvrir une fenêtre. */
export function aUnEcran(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/**
 * Ouvre un écran virtuel sur un numéro libre, que Xvfb choisit lui-même et dit sur son descripteur 3.
 * Il est fermé par son numéro de processus, et meurt avec ce script s'il s'arrête.
 */
export async function ouvrirEcranVirtuel(): Promise<Ecran> {
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const fini = new Promise<void>((resolve) => xvfb.once('close', () => resolve()));
  const fermerAussi = (): void => void xvfb.kill();
  process.once('exit', fermerAussi);
  const numero = await new Promise<string>((resolve, reject) => {
    const sortie = xvfb.stdio[3] as Readable;
    let lu = '';
    sortie.setEncoding('utf8').on('data', (morceau: string) => {
      lu += morceau;
      if (lu.includes('\n')) resolve(lu.trim());
    });
    xvfb.once('error', reject);
    xvfb.once('close', () => reject(new Error('Xvfb s’est arrêté sans ouvrir d’écran')));
  });
  return {
    affichage: `:${numero}`,
    fermer: async () => {
      process.off('exit', fermerAussi);
      xvfb.kill();
      await fini;
    },
  };
}
