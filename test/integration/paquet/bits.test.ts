import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPaquet, verifyPaquet, writePaquet } from '../../../electron/paquet/index.ts';
import { FICHIERS, INSTANT, flipBit, newCle, pack, tempDir, unpack } from './aides/outils.ts';

const GROS = { nom: 'gros.txt', octets: Buffer.from(Array.from({ length: 20_000 }, (_, i) => `ligne ${i * 7919}`).join('\n')) };

async function write(genre: 'EC' | 'RSA' | 'sans', fichiers = FICHIERS): Promise<string> {
  const cle = genre === 'sans' ? undefined : (await newCle(genre)).cle;
  const destination = join(tempDir(), cle ? 'p.asice' : 'p.zip');
  await writePaquet({ fichiers, destination, instant: INSTANT, ...(cle ? { cle } : {}) });
  return destination;
}

describe.each(['EC', 'RSA', 'sans'] as const)('un bit changé (%s)', (genre) => {
  it('est trouvé et le fichier nommé, où qu’il soit ; ajouter, retirer, renommer aussi', async () => {
    const chemin = await write(genre);
    const nom = genre === 'sans' ? 'p.zip' : 'p.asice';
    const entrees = await unpack(chemin);
    const verify = async (modifiees: typeof entrees) => verifyPaquet(await pack(modifiees), { instant: INSTANT, nom });
    expect((await verify(entrees)).verdict).toBe(genre === 'sans' ? 'non-signe' : 'signe');
    for (const [i, entree] of entrees.entries()) {
      const bits = entree.octets.length * 8;
      // Un bit sur sept : chaque octet est visité, et chaque rang de bit.
      for (let bit = i; bit < bits; bit += 7) {
        const altere = { ...entree, octets: flipBit(entree.octets, bit) };
        const { verdict, ecarts } = await verify(entrees.with(i, altere));
        expect({ bit, verdict, ecarts }).toEqual({ bit, verdict: 'modifie', ecarts: [{ fichier: entree.nom, quoi: 'change' }] });
      }
      const sans = await verify(entrees.toSpliced(i, 1));
      // Sans sa liste d'empreintes un paquet non signé n'est plus qu'un ZIP.
      if (entree.nom === 'META-INF/empreintes.json') expect(sans.verdict).toBe('illisible');
      else expect(sans).toMatchObject({ verdict: 'modifie', ecarts: [{ fichier: entree.nom, quoi: 'absent' }] });
      const copie = await verify([...entrees, { ...entree, nom: `${entree.nom}.copie` }]);
      expect(copie).toMatchObject({ verdict: 'modifie', ecarts: [{ fichier: `${entree.nom}.copie`, quoi: 'en-trop' }] });
    }
  });

  it('dans les octets compressés aussi', async () => {
    const chemin = await write(genre, [...FICHIERS, GROS]);
    const octets = readFileSync(chemin);
    const { entrees } = await openPaquet(octets);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...entrees.values()), fc.nat(), async (entree, n) => {
        // Le dernier octet d'un flux compressé peut finir par des bits qui ne disent rien.
        const bits = (entree.compresse - (entree.deflate ? 1 : 0)) * 8;
        const altere = flipBit(octets, entree.debut * 8 + (n % bits));
        const { verdict, ecarts } = await verifyPaquet(altere, { instant: INSTANT, nom: chemin });
        expect({ verdict, ecarts }).toEqual({ verdict: 'modifie', ecarts: [{ fichier: entree.nom, quoi: 'change' }] });
      }),
      { numRuns: 200 },
    );
  });

  it('hors des contenus, ne change jamais ce qui est lu', async () => {
    const chemin = await write(genre, [...FICHIERS, GROS]);
    const octets = readFileSync(chemin);
    const sain = await verifyPaquet(octets, { instant: INSTANT, nom: chemin });
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: octets.length * 8 - 1 }), async (bit) => {
        const verdict = await verifyPaquet(flipBit(octets, bit), { instant: INSTANT, nom: chemin });
        if (verdict.verdict === 'signe' || verdict.verdict === 'non-signe') expect(verdict).toEqual(sain);
      }),
      { numRuns: 200 },
    );
  });
});
