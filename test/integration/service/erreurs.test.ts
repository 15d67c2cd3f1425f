import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placeLibre, toErreur } from '../../../electron/service/erreurs.ts';
import { essaiService } from '../../aides/service.ts';

test('un dossier de démonstration où il ne peut pas être : dit en français, sans code du système', async () => {
  const { echouer, repertoire } = essaiService();
  const fichier = join(repertoire, 'occupe');
  writeFileSync(fichier, 'x');
  expect(await echouer('dossier.demonstration', { repertoire: fichier })).toEqual({
    code: 'place-prise', sortie: 2, message: `« ${fichier} » existe déjà et n’est pas un répertoire.`, action: 'Choisir un autre nom ou un autre emplacement.',
  });
  const dessous = join(fichier, 'demo');
  expect(await echouer('dossier.demonstration', { repertoire: dessous })).toEqual({
    code: 'pas-un-repertoire', sortie: 2, message: `« ${dessous} » passe par un fichier comme si c’était un répertoire.`, action: 'Vérifier l’emplacement, ou en choisir un autre.',
  });
});

test('une panne d’écriture sans cause dite est un manque de place quand la place manque vraiment', () => {
  const panne = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
  const { signal } = new AbortController();
  expect([0, 1024, 100_000_000, null].map((libre) => toErreur(panne, signal, () => libre).code)).toEqual(['disque-plein', 'disque-plein', 'disque-en-panne', 'disque-en-panne']);
  expect(toErreur(panne, signal).code).toBe('disque-en-panne');
});

test('la place libre se lit là où est le dossier ; inconnue, elle n’est pas inventée', () => {
  const { repertoire } = essaiService();
  expect(placeLibre([repertoire])).toBeGreaterThan(0);
  expect(placeLibre([join(repertoire, 'absent')])).toBeNull();
});
