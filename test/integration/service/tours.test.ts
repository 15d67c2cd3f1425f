import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openConnexion } from '../../../electron/store/connexion.ts';
import { parTours, rendreLaMain } from '../../../electron/service/tours.ts';
import type { Tour } from '../../../electron/service/tours.ts';
import { tempDir } from '../../aides/repertoire.ts';

const TOURS = 5;

/** Une vraie base, et un calcul en cinq tours qui compte ses lignes à chacun. */
function ouvrir() {
  const base = openConnexion(join(tempDir(), 'a.cus'));
  onTestFinished(() => void base.close());
  base.exec('CREATE TABLE t (n INTEGER) STRICT; INSERT INTO t VALUES (1)');
  const compter = (): number => base.prepare<[], number>('SELECT count(*) FROM t').pluck().get() ?? 0;
  const cle = (): string => String(base.prepare<[], number>('SELECT total_changes()').pluck().get() ?? 0);
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
