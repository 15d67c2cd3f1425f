import { beforeEach, expect, test } from 'vitest';
import { abandonnerEchecs, enregistrer, nouveauDossier, reessayer, resteAEcrire, useEnregistrement } from '../../../renderer/app/enregistrement.ts';
import { refus } from '../../../shared/erreurs.ts';

type Ecriture = { finir: (a: string) => void; echouer: () => void };

/** Des écritures dont l'essai décide la fin, dans l'ordre où elles sont parties. */
function serveur() {
  const parties: string[] = [];
  const enCours: Ecriture[] = [];
  const tache = (cle: string, valeur: string) => ({
    cle,
    libelle: cle,
    ecrire: () => {
      parties.push(`${cle}=${valeur}`);
      return new Promise<{ enregistreA: string }>((resolve, reject) => {
        enCours.push({ finir: (enregistreA) => resolve({ enregistreA }), echouer: () => reject(refus('plein', 'Le disque est plein.', 'Libérer de la place.')) });
      });
    },
  });
  const prochaine = (): Ecriture => enCours.shift() ?? expect.fail('aucune écriture en cours');
  return { parties, tache, prochaine };
}

const tourner = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  abandonnerEchecs();
  nouveauDossier(null);
});

test('les écritures partent une à une, dans l’ordre, et la dernière heure est montrée', async () => {
  const s = serveur();
  enregistrer(s.tache('a', '1'));
  enregistrer(s.tache('b', '1'));
  expect([s.parties, resteAEcrire()]).toEqual([['a=1'], true]);
  s.prochaine().finir('2026-03-12T09:00:00Z');
  await tourner();
  expect(s.parties).toEqual(['a=1', 'b=1']);
  s.prochaine().finir('2026-03-12T09:00:01Z');
  await tourner();
  expect([useEnregistrement.getState().enregistreA, resteAEcrire()]).toEqual(['2026-03-12T09:00:01Z', false]);
});

test('une saisie plus récente du même champ remplace celle qui attend', async () => {
  const s = serveur();
  enregistrer(s.tache('a', '1'));
  enregistrer(s.tache('b', '1'));
  enregistrer(s.tache('b', '2'));
  s.prochaine().finir('t');
  await tourner();
  s.prochaine().finir('t');
  await tourner();
  expect(s.parties).toEqual(['a=1', 'b=2']);
});

test('un échec reste visible, n’arrête pas les autres et se rejoue', async () => {
  const s = serveur();
  enregistrer(s.tache('a', '1'));
  enregistrer(s.tache('b', '1'));
  s.prochaine().echouer();
  await tourner();
  s.prochaine().finir('t');
  await tourner();
  expect([useEnregistrement.getState().echecs.map((e) => [e.tache.cle, e.erreur.code]), resteAEcrire()]).toEqual([[['a', 'plein']], true]);
  reessayer();
  s.prochaine().finir('t');
  await tourner();
  expect([s.parties, resteAEcrire()]).toEqual([['a=1', 'b=1', 'a=1'], false]);
});

test('un échec n’est jamais rejoué par-dessus une saisie plus récente', async () => {
  const s = serveur();
  enregistrer(s.tache('a', '1'));
  enregistrer(s.tache('a', '2'));
  s.prochaine().echouer();
  await tourner();
  expect(useEnregistrement.getState().echecs).toEqual([]);
  s.prochaine().finir('t');
  await tourner();
  reessayer();
  await tourner();
  expect(s.parties).toEqual(['a=1', 'a=2']);
});
