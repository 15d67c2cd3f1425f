import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CHAMPS } from '../../shared/domain/rpls/champs.ts';
import { lireDossier, ouvrirAtelier } from '../integration/import/aide.ts';

const reference = (nom: string): string => {
  const chemin = fileURLToPath(new URL(`../../../shared/donnees/${nom}`, import.meta.url));
  if (!existsSync(chemin)) throw new Error(`référence absente : ${chemin}`);
  return chemin;
};

const Dictionnaire = z.object({
  champs: z.array(z.object({ position: z.number(), nom: z.string(), longueur: z.string(), modalites: z.record(z.string(), z.string()).optional() })),
});

describe('la table des champs', () => {
  const { champs } = Dictionnaire.parse(JSON.parse(readFileSync(reference('rpls-dictionnaire.json'), 'utf8')));

  it('a les noms et les places du dictionnaire, sauf le commentaire final, dont la place a changé', () => {
    expect(CHAMPS.map((c) => [c.position, c.nom])).toEqual(champs.slice(0, 63).map((c) => [c.position, c.nom]));
    expect(champs[63]?.nom).toBe('COMMENTAIRE');
  });

  it('a tous ses codes, et pas un de plus, la sentinelle mise à part', () => {
    const siens = (codes: Record<string, string> | null | undefined, sentinelle: string | null) => Object.keys(codes ?? {}).filter((c) => c !== sentinelle).toSorted();
    for (const c of champs.slice(0, 63)) {
      if (c.modalites === undefined) continue;
      const notre = CHAMPS[c.position - 1];
      expect([c.nom, siens(notre?.codes, null)]).toEqual([c.nom, siens(c.modalites, notre?.sentinelle ?? null)]);
    }
  });
});

it('lit la déclaration synthétique de 300 logements', async () => {
  const atelier = await ouvrirAtelier();
  const r = await atelier.faire('import.lire', { chemin: reference('rpls-synthetique-300.csv') });
  expect(r.lignes).toBe(300);
  expect(r.acceptees + r.rejetees).toBe(300);
  expect({ type: r.type, annee: r.annee, rejetees: r.rejetees, siret: r.comptesAnomalies['siret-invalide'] }).toEqual({ type: 'rpls', annee: 2026, rejetees: 0, siret: 1 });
  await atelier.fermer();
  expect(lireDossier(atelier.dossier, 'SELECT nomvoie, surfhab, datconv, dpeenergie FROM logement WHERE ident_int = \'R0-L1\'')).toEqual([
    { nomvoie: 'DES CÈDRES FICTIFS', surfhab: 3700, datconv: '1990-07-01', dpeenergie: 'B' },
  ]);
});
