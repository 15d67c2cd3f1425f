import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import { openService } from '../../../electron/service/index.ts';
import { empreinteDossier, ouvrirAtelier } from './aide.ts';
import { eprouverCoupures } from './coupure.ts';

it('tué en route, l’import est entier ou n’a pas eu lieu', async () => {
  const vus = await eprouverCoupures(4000, 3, (rang) => [0.15, 0.6, 0.9][rang] ?? 0.5);
  expect(vus.avant + vus.apres).toBe(6);
  // Le premier instant tombe pendant la lecture : il y a toujours des dossiers restés comme avant.
  expect(vus.avant).toBeGreaterThan(0);
}, 180_000);

// Lu sur place jusqu'à une trentaine de milliers de logements, dans un fil à part au-delà.
it.each([12_000, 40_000])('annulé pendant la lecture de %i logements, il ne laisse rien', async (logements) => {
  const generation = generateBailleur({ graine: 2, logements, annee: 2026 });
  const atelier = await ouvrirAtelier(generation.identite.siren);
  const fichier = join(atelier.repertoire, 'parc.csv');
  ecrireFichier(generation, fichier);
  await atelier.fermer();
  const avant = empreinteDossier(atelier.dossier);
  const service = openService({ repertoireDonnees: atelier.repertoire, utilisateur: 'Essai', ordinateur: 'banc' });
  await service.appeler('dossier.ouvrir', { chemin: atelier.dossier });
  const arret = new AbortController();
  const etapes = new Set<string>();
  const reponse = await service.appeler('import.lire', { chemin: fichier }, {
    signal: arret.signal,
    progres: ({ etape }) => {
      etapes.add(etape);
      if (etape === 'Lecture des logements') arret.abort();
    },
  });
  expect(reponse).toMatchObject({ ok: false, error: { code: 'annule', sortie: 2 } });
  expect([...etapes]).toEqual(['Examen du fichier', 'Lecture des logements']);
  await service.fermer();
  expect(empreinteDossier(atelier.dossier)).toBe(avant);
  expect(readdirSync(atelier.repertoire).filter((f) => f.startsWith('import-'))).toEqual([]);
});
