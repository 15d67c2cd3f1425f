import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { LOT_LIGNES, lotsEnVigueur, prepareLots, removePrepares } from '../../../electron/store/attributions.ts';
import type { LigneAttribution } from '../../../electron/store/attributions.ts';
import { openService } from '../../../electron/service/index.ts';
import { tempDir } from '../../aides/repertoire.ts';
import { dossierAttributions, ecrireTableau } from './aide.ts';

const titres = ['date', 'commune', 'qpv', 'dalo'];
const tableauDe = (n: number, annee: number): string[][] => [titres, ...Array.from({ length: n }, (_, i) => [`${annee}-0${1 + (i % 9)}-1${i % 10}`, '13055', 'non', i % 3 === 0 ? 'oui' : 'non'])];

it('interrompu pendant l’écriture, l’import ne laisse aucune ligne, et le suivant va au bout', async () => {
  const repertoire = tempDir();
  const service = openService({ repertoireDonnees: join(repertoire, 'donnees'), utilisateur: 'Ada', ordinateur: 'poste-1', maintenant: () => new Date('2026-03-01T09:00:00Z') });
  const dossier = join(repertoire, 'd.cus');
  await service.appeler('dossier.creer', { chemin: dossier, siren: '268300118', nom: 'Office fictif', effet: '2026-01-01' });
  const chemin = ecrireTableau({ repertoire }, 'a.csv', tableauDe(LOT_LIGNES * 2 + 5, 2024));
  const arret = new AbortController();
  const etapes = new Set<string>();
  const reponse = await service.appeler('import.lire', { chemin, type: 'attributions' }, {
    signal: arret.signal,
    progres: ({ etape, fait }) => {
      etapes.add(etape);
      if (etape.startsWith('Enregistrement') && fait > 0) arret.abort();
    },
  });
  expect([reponse.ok, !reponse.ok && reponse.error.code, [...etapes]]).toEqual([false, 'annule', ['Lecture du tableau', 'Enregistrement des attributions']]);
  const annees = async (): Promise<unknown> => {
    const r = await service.appeler('attributions.resultats', {});
    return r.ok && r.value.annees.map((a) => [a.annee, a.attributions]);
  };
  expect(await annees()).toEqual([]);
  await service.appeler('dossier.copier', { destination: join(repertoire, 'copie.cus') });
  const copie = new Database(join(repertoire, 'copie.cus'), { readonly: true });
  expect(copie.prepare('SELECT count(*) FROM attribution').pluck().get()).toBe(0);
  copie.close();
  await service.appeler('import.lire', { chemin, type: 'attributions' });
  expect(await annees()).toEqual([[2024, LOT_LIGNES * 2 + 5]]);
  await service.fermer();
});

it('des lignes laissées par un arrêt brutal partent au prochain import ; un import annulé garde son numéro pour être refait', async () => {
  const d = await dossierAttributions(4, 300);
  await d.faire('import.lire', { chemin: ecrireTableau(d, 'a.csv', tableauDe(7, 2024)), type: 'attributions' });
  const { operations } = await d.faire('operations.lister', {});
  await d.faire('operations.annuler', { operation: operations[0]?.id ?? 0 });
  await d.faire('dossier.fermer', {});
  const base = new Database(d.dossier);
  base.prepare(`INSERT INTO attribution (lot, ligne, jour) VALUES (9, 1, '2024-01-01')`).run();
  const lignes: LigneAttribution[] = [{ ligne: 2, logement: null, attribution: { jour: '2025-01-01', commune: null, qpv: null, bail: null, quartile: null, premier: null, reloge: null, prioritaire: null, categorie: null, dalo: null, reserve: null, echec: null, mutation: null, mutationRu: null, venant: null, refus: null } }];
  const lots = await prepareLots(base, lignes, () => Promise.resolve());
  expect([[...lots], lotsEnVigueur(base), base.prepare('SELECT lot, ligne FROM attribution').all()]).toEqual([[[2025, 2]], [], [{ lot: 2, ligne: 2 }]]);
  removePrepares(base);
  expect(base.prepare('SELECT count(*) FROM attribution').pluck().get()).toBe(0);
  base.close();
  await d.faire('dossier.ouvrir', { chemin: d.dossier });
  await d.faire('operations.refaire', { operation: operations[0]?.id ?? 0 });
  expect((await d.faire('attributions.resultats', {})).annees.map((a) => [a.annee, a.attributions])).toEqual([[2024, 7]]);
});

const lignesGardees = (chemin: string): unknown => {
  const base = new Database(chemin, { readonly: true });
  const n = base.prepare('SELECT count(*) FROM attribution').pluck().get();
  base.close();
  return n;
};

it('le dossier fermé entre deux lots de lignes : l’import est annulé, et le fichier n’en garde aucune', async () => {
  const repertoire = tempDir();
  const service = openService({ repertoireDonnees: join(repertoire, 'donnees'), utilisateur: 'Ada', ordinateur: 'poste-1', maintenant: () => new Date('2026-03-01T09:00:00Z') });
  const dossier = join(repertoire, 'd.cus');
  await service.appeler('dossier.creer', { chemin: dossier, siren: '268300118', nom: 'Office fictif', effet: '2026-01-01' });
  const chemin = ecrireTableau({ repertoire }, 'a.csv', tableauDe(LOT_LIGNES * 3, 2024));
  const fermetures: Promise<unknown>[] = [];
  const reponse = await service.appeler('import.lire', { chemin, type: 'attributions' }, {
    progres: ({ etape, fait }) => {
      if (etape.startsWith('Enregistrement') && fait >= LOT_LIGNES && fermetures.length === 0) fermetures.push(service.appeler('dossier.fermer', {}));
    },
  });
  await Promise.all(fermetures);
  expect([reponse.ok, !reponse.ok && reponse.error.code, lignesGardees(dossier)]).toEqual([false, 'annule', 0]);
  await service.fermer();
});

it('l’échec de la mise en vigueur est dit tel quel et ne laisse aucune ligne ; un arrêt brutal, rien après l’ouverture', async () => {
  const d = await dossierAttributions(4, 100);
  await d.faire('dossier.fermer', {});
  const base = new Database(d.dossier);
  base.exec(`CREATE TRIGGER refus BEFORE INSERT ON attribution_lot BEGIN SELECT RAISE(ABORT, 'pas de lot'); END`);
  base.prepare(`INSERT INTO attribution (lot, ligne, jour) VALUES (9, 1, '2024-01-01')`).run();
  base.close();
  const copier = async (nom: string): Promise<unknown> => {
    const destination = join(d.repertoire, nom);
    await d.faire('dossier.copier', { destination });
    return lignesGardees(destination);
  };
  await d.faire('dossier.ouvrir', { chemin: d.dossier });
  expect(await copier('ouvert.cus')).toBe(0);
  await expect(d.faire('import.lire', { chemin: ecrireTableau(d, 'a.csv', tableauDe(7, 2024)), type: 'attributions' })).rejects.toThrow();
  expect(await copier('echoue.cus')).toBe(0);
});

it('un grand fichier se compare page à page', async () => {
  const d = await dossierAttributions(4, 300);
  const n = LOT_LIGNES + 3;
  const chemin = ecrireTableau(d, 'grand.csv', tableauDe(n, 2024));
  await d.faire('import.lire', { chemin, type: 'attributions' });
  writeFileSync(chemin, [titres, ...tableauDe(n, 2024).slice(2), ['2024-12-31', '13055', 'oui', 'oui']].map((l) => l.join(';')).join('\r\n'));
  const r = await d.faire('import.lire', { chemin, type: 'attributions' });
  expect([r.applique, r.ajoutes, r.modifies, r.disparus, r.inchanges]).toEqual([false, 1, 0, 1, n - 1]);
});
