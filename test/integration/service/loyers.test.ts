import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import { essaiService } from '../../aides/service.ts';

// Les comptés viennent des sommes gardées, les exclus d'une relecture des logements : deux calculs qui doivent se rejoindre.
test.each(['SH', 'SU', 'SC'] as const)('en %s, comptés et exclus font le parc, à toutes les mailles', async (surface) => {
  const { faire, repertoire } = essaiService();
  const rpls = generateBailleur({ graine: 23, logements: 1500, annee: 2026, salete: 0.1 });
  const fichier = join(repertoire, 'rpls.csv');
  ecrireFichier(rpls, fichier);
  await faire('dossier.creer', { chemin: join(repertoire, 'a.cus'), siren: rpls.identite.siren, nom: 'Habitat', effet: '2026-01-01' });
  await faire('import.lire', { chemin: fichier });
  const { logements } = await faire('etat.lire', {});
  for (const par of ['ensemble', 'commune', 'epci', 'departement', 'organisme'] as const) {
    const { lignes, exclus } = await faire('loyers.lire', { par, surface });
    const loues = lignes.reduce((n, l) => n + l.loues, 0);
    const horsMoyenne = Object.values(exclus).reduce((a, b) => a + b, 0);
    expect({ par, parc: lignes.reduce((n, l) => n + l.logements, 0), somme: loues + horsMoyenne }).toEqual({ par, parc: logements, somme: logements });
    expect(loues).toBe(rpls.totaux().loyers[surface].loues);
  }
});
