import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DuService, VersService } from '../../electron/service/port/port.ts';

const racine = resolve(import.meta.dirname, '..', '..');
let dossier: string;
const enfants: ChildProcess[] = [];

beforeEach(() => {
  dossier = mkdtempSync(join(tmpdir(), 'atelier-service-'));
});
afterEach(() => {
  for (const enfant of enfants.splice(0)) enfant.kill('SIGKILL');
  rmSync(dossier, { recursive: true, force: true });
});

type Conversation = {
  enfant: ChildProcess;
  envoyer(message: VersService): void;
  /** Le prochain message, dans l'ordre où le service les a dits. */
  recevoir(): Promise<DuService>;
  /** Tout ce que le service a écrit sur sa sortie, une fois fini. */
  ecrit: Promise<string>;
};

function lancer(fichier: string): Conversation {
  const options = { repertoireDonnees: dossier, utilisateur: 'essai', ordinateur: 'banc', maintenant: '2026-03-01T09:00:00Z' };
  const enfant = spawn(process.execPath, [join(racine, fichier), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  enfants.push(enfant);
  const recus: DuService[] = [];
  const attentes: ((message: DuService) => void)[] = [];
  enfant.on('message', (message) => {
    const attente = attentes.shift();
    if (attente) attente(message as DuService);
    else recus.push(message as DuService);
  });
  return {
    enfant,
    envoyer: (message) => enfant.send(message),
    recevoir: () => {
      const recu = recus.shift();
      return recu ? Promise.resolve(recu) : new Promise((r) => attentes.push(r));
    },
    ecrit: enfant.stdout ? text(enfant.stdout) : Promise.resolve(''),
  };
}

describe('le processus de service, avec un service factice', () => {
  const factice = 'test/integration/aides/processus-factice.ts';

  it('répond, et les valeurs survivent au passage', async () => {
    const { envoyer, recevoir } = lancer(factice);
    const entree = { date: new Date(0), carte: new Map([['a', 1n]]), octets: new Uint8Array([1, 2, 255]), absent: undefined };
    envoyer({ id: '1', nom: 'echo', entree });
    expect([await recevoir(), await recevoir()]).toEqual([{ pret: true }, { id: '1', reponse: { ok: true, value: entree } }]);
  });

  it('dit l’avancement et s’annule', async () => {
    const { envoyer, recevoir } = lancer(factice);
    await recevoir();
    envoyer({ id: '1', nom: 'longue', entree: null });
    expect(await recevoir()).toEqual({ id: '1', progres: { etape: 'attente', fait: 0, total: null } });
    envoyer({ annuler: '1' });
    expect(await recevoir()).toEqual({ id: '1', reponse: { ok: true, value: 'annulée' } });
  });

  it.each(['defaut', 'incopiable'])('un défaut (%s) devient une erreur dite, le service continue', async (nom) => {
    const { envoyer, recevoir } = lancer(factice);
    await recevoir();
    envoyer({ id: '1', nom, entree: null });
    expect(await recevoir()).toMatchObject({ id: '1', reponse: { ok: false, error: { code: 'defaut-interne', sortie: 2 } } });
    envoyer({ id: '2', nom: 'echo', entree: 2 });
    expect(await recevoir()).toEqual({ id: '2', reponse: { ok: true, value: 2 } });
  });

  it.each([
    ['à la demande', (c: Conversation) => c.envoyer({ fermer: true })],
    ['quand main disparaît', (c: Conversation) => c.enfant.disconnect()],
  ])('se ferme %s', async (_nom, fermer) => {
    const conversation = lancer(factice);
    await conversation.recevoir();
    // « exit » et la fin de la sortie, et non « close » : Node ne dit pas celui-ci après `disconnect()`.
    const fin = Promise.all([once(conversation.enfant, 'exit'), conversation.ecrit]);
    fermer(conversation);
    expect(await fin).toEqual([[0, null], 'service fermé\n']);
  });
});

it('le vrai service s’ouvre, refuse une opération inconnue, et se ferme', async () => {
  const { enfant, envoyer, recevoir } = lancer('electron/service/processus.ts');
  expect(await recevoir()).toEqual({ pret: true });
  envoyer({ id: '1', nom: 'operation-inconnue', entree: {} });
  expect(await recevoir()).toMatchObject({ id: '1', reponse: { ok: false, error: { message: expect.any(String) } } });
  envoyer({ fermer: true });
  expect(await once(enfant, 'exit')).toEqual([0, null]);
});
