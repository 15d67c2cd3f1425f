import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { disqueReel, type Disque } from '../../../electron/paquet/disque.ts';
import { verifyPaquet, writeAtomically, writePaquet } from '../../../electron/paquet/index.ts';
import { FICHIERS, INSTANT, codeOf, tempDir } from './aides/outils.ts';

/** Disque réel qui tombe en panne à la n-ième opération ; `noms` : les opérations faites. */
function failAt(n: number, code: string): { disque: Disque; noms: string[] } {
  const noms: string[] = [];
  const step = (nom: string): void => {
    noms.push(nom);
    if (noms.length === n) throw Object.assign(new Error(code), { code });
  };
  const disque: Disque = {
    async create(chemin) {
      step('create');
      const vrai = await disqueReel.create(chemin);
      return {
        write: async (octets) => {
          // Une panne d'écriture laisse la moitié du bloc derrière elle, comme un disque plein.
          if (noms.length + 1 === n) await vrai.write(octets.subarray(0, octets.length / 2));
          step('write');
          await vrai.write(octets);
        },
        sync: async () => {
          step('sync');
          await vrai.sync();
        },
        close: () => vrai.close(),
      };
    },
    async duplicate(de, vers) {
      step('duplicate');
      return disqueReel.duplicate(de, vers);
    },
    async rename(de, vers) {
      step('rename');
      await disqueReel.rename(de, vers);
    },
    remove: (chemin) => disqueReel.remove(chemin),
    async exists(dossier, nom) {
      step('exists');
      return disqueReel.exists(dossier, nom);
    },
    async list(dossier) {
      step('list');
      return disqueReel.list(dossier);
    },
    async syncDossier(dossier) {
      step('syncDossier');
      await disqueReel.syncDossier(dossier);
    },
  };
  return { disque, noms };
}

const contenu = (dossier: string): Record<string, string> => Object.fromEntries(readdirSync(dossier).map((f) => [f, readFileSync(join(dossier, f), 'latin1')]));

describe('pannes pendant l’écriture', () => {
  it.each([
    ['ENOSPC', 'disque-plein'],
    ['EACCES', 'ecriture-refusee'],
    ['EIO', 'ecriture-impossible'],
  ])('%s à chaque opération : le dossier est comme avant', async (code, attendu) => {
    for (const ancien of [true, false]) {
      const sain = tempDir();
      if (ancien) writeFileSync(join(sain, 'p.zip'), 'ancien');
      const { disque, noms } = failAt(0, code);
      await writePaquet({ fichiers: FICHIERS, destination: join(sain, 'p.zip'), instant: INSTANT }, { disque });
      expect(new Set(noms)).toEqual(new Set(['list', 'create', 'write', 'sync', 'exists', ...(ancien ? ['duplicate'] : []), 'rename', 'syncDossier']));
      for (let n = 1; n <= noms.length; n += 1) {
        const dossier = tempDir();
        if (ancien) writeFileSync(join(dossier, 'p.zip'), 'ancien');
        const panne = failAt(n, code);
        const dit = await codeOf(() => writePaquet({ fichiers: FICHIERS, destination: join(dossier, 'p.zip'), instant: INSTANT }, { disque: panne.disque }));
        expect({ n, dit, contenu: contenu(dossier) }).toEqual({ n, dit: attendu, contenu: ancien ? { 'p.zip': 'ancien' } : {} });
      }
    }
  });

  it('un vrai disque plein est dit', async () => {
    // /dev/full accepte l'ouverture et refuse toute écriture avec ENOSPC.
    const dossier = tempDir();
    const { open } = await import('node:fs/promises');
    const plein: Disque = {
      ...disqueReel,
      async create(chemin) {
        const vrai = await disqueReel.create(chemin);
        await vrai.close();
        const full = await open('/dev/full', 'w');
        return { write: async (octets) => void (await full.write(octets)), sync: () => full.sync(), close: () => full.close() };
      },
    };
    expect(await codeOf(() => writePaquet({ fichiers: FICHIERS, destination: join(dossier, 'p.zip'), instant: INSTANT }, { disque: plein }))).toBe('disque-plein');
    expect(readdirSync(dossier)).toEqual([]);
  });

  it('l’annulation ne laisse rien, à quelque morceau qu’elle vienne', async () => {
    for (let n = 0; n < 4; n += 1) {
      const dossier = tempDir();
      writeFileSync(join(dossier, 'p.zip'), 'ancien');
      const arret = new AbortController();
      const morceaux = function* (): Generator<Uint8Array> {
        for (let i = 0; i < 4; i += 1) {
          if (i === n) arret.abort();
          yield Buffer.from('x');
        }
      };
      expect(await codeOf(() => writeAtomically(join(dossier, 'p.zip'), morceaux(), { signal: arret.signal }))).toBe('annule');
      expect(contenu(dossier)).toEqual({ 'p.zip': 'ancien' });
    }
  });

  it('tué à n’importe quel moment : l’ancien paquet ou le nouveau, jamais un morceau ; le reste est ramassé', async () => {
    const dossier = tempDir();
    const cible = join(dossier, 'p.zip');
    await writePaquet({ fichiers: FICHIERS, destination: cible, instant: INSTANT });
    const programme = fileURLToPath(new URL('./aides/ecrire-sans-fin.ts', import.meta.url));
    for (let essai = 0; essai < 6; essai += 1) {
      const enfant = spawn(process.execPath, [programme, cible], { stdio: ['ignore', 'pipe', 'inherit'] });
      // Chaque ligne dit une écriture achevée : tuer après la première, à un moment quelconque de la suivante.
      await once(enfant.stdout, 'data');
      for (let i = 0; i < essai * 7; i += 1) await new Promise(setImmediate);
      enfant.kill('SIGKILL');
      await once(enfant, 'exit');
      for (const nom of readdirSync(dossier).filter((f) => f.endsWith('.zip'))) {
        expect((await verifyPaquet(join(dossier, nom), { instant: INSTANT })).verdict).toBe('non-signe');
      }
    }
    await writePaquet({ fichiers: FICHIERS, destination: cible, instant: INSTANT });
    expect(readdirSync(dossier).filter((f) => f.endsWith('.partiel'))).toEqual([]);
  });
});
