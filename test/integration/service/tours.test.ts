import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openConnexion } from '../../../electron/store/connexion.ts';
import { parTours, rendreLaMain } from '../../../electron/service/tours.ts';
import type { Tour } from '../../../electron/service/tours.ts';
import { prepareLots } from '../../../electron/store/attributions.ts';
import type { LigneAttribution } from '../../../electron/store/attributions.ts';
import { openDossier } from '../../../electron/store/ouverture.ts';
import { readVersionParc, writeHors } from '../../../electron/store/version.ts';
import { conduct } from '../../../electron/service/geste.ts';
import { readExclus } from '../../../electron/service/loyers.ts';
import { prepareMesures } from '../../../electron/service/carte-mesures.ts';
import { writeChamp } from '../../../electron/store/champs.ts';
import { tempDir } from '../../aides/repertoire.ts';
import { dossierAttributions } from '../attributions/aide.ts';

const TOURS = 5;

/** Une vraie base, et un calcul en cinq tours qui compte ses lignes à chacun. */
function ouvrir() {
  const base = openConnexion(join(tempDir(), 'a.cus'));
  onTestFinished(() => void base.close());
  base.exec('CREATE TABLE t (n INTEGER) STRICT; INSERT INTO t VALUES (1)');
  const compter = (): number => base.prepare<[], number>('SELECT count(*) FROM t').pluck().get() ?? 0;
  const cle = (): string => String(readVersionParc(base));
  let tours = 0;
  const calcul = parTours('Essai', cle, function* (): Generator<Tour, number[]> {
    const lus: number[] = [];
    for (let i = 0; i < TOURS; i++) {
      tours += 1;
      lus.push(compter());
      yield { fait: i + 1, total: TOURS };
    }
    return lus;
  });
  const suivi = (arret = new AbortController()) => ({ signal: arret.signal, progres: () => undefined });
  return { base, calcul, suivi, tours: () => tours };
}

test('d’un bloc ou tour par tour, le même résultat, gardé tant que rien ne s’écrit', async () => {
  const { base, calcul, suivi, tours } = ouvrir();
  await calcul.preparer(base, suivi());
  await calcul.preparer(base, suivi());
  expect([calcul.lire(base), tours()]).toEqual([[1, 1, 1, 1, 1], TOURS]);
  base.exec('INSERT INTO t VALUES (2)');
  expect([calcul.lire(base), tours()]).toEqual([[2, 2, 2, 2, 2], 2 * TOURS]);
});

test('une écriture pendant le calcul le fait reprendre : jamais deux états mêlés', async () => {
  const { base, calcul, suivi } = ouvrir();
  const fin = calcul.preparer(base, suivi());
  await rendreLaMain();
  base.exec('INSERT INTO t VALUES (2)');
  await fin;
  expect(calcul.lire(base)).toEqual([2, 2, 2, 2, 2]);
});

test('deux demandes n’en font qu’une ; l’abandon de l’une ne prive pas l’autre', async () => {
  const { base, calcul, suivi, tours } = ouvrir();
  await Promise.all([calcul.preparer(base, suivi()), calcul.preparer(base, suivi())]);
  expect(tours()).toBe(TOURS);
  base.exec('INSERT INTO t VALUES (2)');
  const arret = new AbortController();
  const [partie, restee] = [calcul.preparer(base, suivi(arret)), calcul.preparer(base, suivi())];
  const refus = expect(partie).rejects.toThrow(/annulée/u);
  arret.abort();
  await Promise.all([refus, restee]);
  const faits = tours();
  expect([calcul.lire(base), tours()]).toEqual([[2, 2, 2, 2, 2], faits]);
});

test('dans une transaction, qui peut être défaite, rien n’est gardé', async () => {
  const { base, calcul, suivi } = ouvrir();
  base.exec('BEGIN; INSERT INTO t VALUES (2)');
  await calcul.preparer(base, suivi());
  expect(calcul.lire(base)).toEqual([2, 2, 2, 2, 2]);
  base.exec('ROLLBACK');
  expect(calcul.lire(base)).toEqual([1, 1, 1, 1, 1]);
});

test('une écriture sans rapport pendant le calcul ne le reprend pas ; une qui compte, si', async () => {
  const { base, calcul, suivi, tours } = ouvrir();
  base.exec('CREATE TABLE autre (n INTEGER) STRICT');
  const ecrire = (hors: 'lecture' | 'parc') => writeHors(base, hors, () => base.exec('INSERT INTO autre VALUES (1)'));
  const fin = calcul.preparer(base, suivi());
  for (const hors of ['lecture', 'parc', 'lecture', 'parc'] as const) {
    await rendreLaMain();
    ecrire(hors);
  }
  await fin;
  expect([calcul.lire(base), tours()]).toEqual([[1, 1, 1, 1, 1], TOURS]);
  const reprise = calcul.preparer(base, suivi());
  base.exec('INSERT INTO t VALUES (2)');
  ecrire('lecture');
  await reprise;
  expect([calcul.lire(base), tours() > TOURS]).toEqual([[2, 2, 2, 2, 2], true]);
});

test('l’import d’attributions et un champ tapé laissent valoir ce qui est compté du parc ; un logement changé, non', async () => {
  const d = await dossierAttributions(4, 100);
  await d.faire('dossier.fermer', {});
  const dossier = await openDossier(d.dossier, { utilisateur: 'Ada', ordinateur: 'poste-1', maintenant: new Date('2026-03-01T09:00:00Z') });
  onTestFinished(() => dossier.fermer());
  const { base } = dossier;
  const parcourus = async (): Promise<string[]> => {
    const etapes: string[] = [];
    const suivi = { signal: new AbortController().signal, progres: ({ etape }: { etape: string }) => void etapes.push(etape) };
    await readExclus(base, 'SH', suivi);
    await prepareMesures(base, 'ensemble', suivi);
    return [...new Set(etapes)];
  };
  const TOUT = ['Logements hors des moyennes', 'DPE du parc', 'Occupation sociale'];
  expect([await parcourus(), await parcourus()]).toEqual([TOUT, []]);
  const lignes: LigneAttribution[] = [{ ligne: 2, logement: null, attribution: { jour: '2025-01-01', commune: null, qpv: null, bail: null, quartile: null, premier: null, reloge: null, prioritaire: null, categorie: null, dalo: null, reserve: null, echec: null, mutation: null, mutationRu: null, venant: null, refus: null } }];
  await prepareLots(base, lignes, () => Promise.resolve());
  expect(await parcourus()).toEqual([]);
  const contexte = { maintenant: () => new Date('2026-03-01T09:00:00Z'), utilisateur: 'Ada' };
  const poser = (champ: string, valeur: string) => conduct(contexte, base, 'champs.definir', champ, (par) => writeChamp(base, champ, valeur, par));
  poser('organisme/contact/telephone', '0102030405');
  expect(await parcourus()).toEqual([]);
  poser('occupation/bandes', '30, 60, 90');
  expect(await parcourus()).toEqual(['Occupation sociale']);
  base.exec('UPDATE logement SET mode = 1 WHERE id = (SELECT min(id) FROM logement)');
  expect(await parcourus()).toEqual(TOUT);
});
