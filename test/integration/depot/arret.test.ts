import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDir } from '../../aides/repertoire.ts';
import { cus, MAINTENANT, preparer } from '../cli/aides/cus.ts';
import { modeleDossier } from './aides.ts';

const PASSES = 8;

// Arrêts semés sur toute la durée d'un dépôt, mesurée d'abord.
test('tué à tout moment : ou bien rien, ou bien le dépôt entier et son paquet', async () => {
  const r = tempDir();
  const octets = await modeleDossier();
  const deposer = async (nom: string, apres: number | null) => {
    writeFileSync(join(r, `${nom}.cus`), octets);
    const debut = performance.now();
    const fin = await cus(['deposer', `${nom}.cus`, '--sortie', nom, '--sans-signature', '--maintenant', MAINTENANT], {
      cwd: r,
      lance: (p) => {
        if (apres === null) return;
        const minuterie = setTimeout(() => p.kill('SIGKILL'), apres);
        p.on('exit', () => clearTimeout(minuterie));
      },
    });
    return { code: fin.code, duree: performance.now() - debut };
  };
  const { code, duree } = await deposer('entier', null);
  expect(code).toBe(0);
  for (let i = 1; i <= PASSES; i += 1) {
    const nom = `tue-${i}`;
    await deposer(nom, (duree * (i + 2)) / (PASSES + 2));
    await preparer(r, async (faire) => {
      await faire('dossier.ouvrir', { chemin: join(r, `${nom}.cus`) });
      const { depots } = await faire('depot.lister', {});
      const paquets = existsSync(join(r, nom)) ? readdirSync(join(r, nom)).filter((f) => !f.startsWith('.')) : [];
      expect(paquets.length).toBe(depots.length);
      for (const depot of depots) {
        expect(await faire('paquet.lire', { chemin: depot.paquet })).toMatchObject({ verdict: { verdict: 'non-signe' }, version: 1, empreinte: depot.empreinte });
        await faire('depot.extraire', { version: 1, destination: join(r, `${nom}-v1.cus`) });
      }
      // Rejoué, le dépôt se fait, et ce que l'arrêt avait laissé disparaît.
      const { version } = await faire('depot.deposer', { repertoire: join(r, nom), sansSignature: true });
      expect({ version, caches: readdirSync(join(r, nom)).filter((f) => f.startsWith('.')) }).toEqual({ version: depots.length + 1, caches: [] });
    });
  }
}, 120_000);
