import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { racine } from '../../../build/outils/chemins.ts';
import type { Entree, Operation, Sortie } from '../../../shared/contract.ts';
import type { ReponseAppel } from '../../../shared/pont.ts';
import type { DuService } from '../../../electron/service/port/port.ts';

type Reponse<O extends Operation> = { ok: true; value: Sortie<O> } | Extract<ReponseAppel, { ok: false }>;

/** Le service dans son processus, tel que main le lance ; tuable à tout moment. */
export type Enfant = {
  /** Réponse du service ; `null` s'il est mort avant de la donner. */
  appeler<O extends Operation>(nom: O, entree: Entree<O>): Promise<Reponse<O> | null>;
  /** kill -9, puis la fin du processus. */
  tuer(): Promise<void>;
  /** Fermeture demandée, puis la fin du processus. */
  fermer(): Promise<void>;
};

/** `limite` : taille de fichier maximale, en blocs de 1024 octets, imposée par le noyau (`ulimit -f`). */
export async function lancerService(repertoire: string, options: { limite?: number } = {}): Promise<Enfant> {
  const arguments_ = [
    join(racine, 'electron/service/processus.ts'),
    JSON.stringify({ repertoireDonnees: join(repertoire, 'donnees'), utilisateur: 'Ada', ordinateur: 'poste-1', maintenant: '2026-03-01T09:00:00Z' }),
  ];
  // `exec` : le service est bien l'enfant, et reçoit lui-même le signal.
  const [programme, args] =
    options.limite === undefined
      ? [process.execPath, arguments_]
      : ['bash', ['-c', `ulimit -f ${options.limite} && exec "$0" "$@"`, process.execPath, ...arguments_]];
  const processus = spawn(programme, args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
    // Ce que le service met de côté tombe sur le même disque que le dossier.
    env: { ...process.env, TMPDIR: repertoire },
  });
  const attentes = new Map<string, (reponse: ReponseAppel | null) => void>();
  const fini = new Promise<void>((resolve) => processus.once('close', () => resolve()));
  const pret = new Promise<void>((resolve, reject) => {
    processus.on('message', (message: DuService) => {
      if ('pret' in message) resolve();
      if ('echec' in message) reject(new Error(message.echec.message));
      if ('reponse' in message) {
        attentes.get(message.id)?.(message.reponse);
        attentes.delete(message.id);
      }
    });
    processus.once('error', reject);
    void fini.then(() => {
      reject(new Error('le service s’est arrêté avant d’être prêt'));
      for (const repondre of attentes.values()) repondre(null);
      attentes.clear();
    });
  });
  await pret;
  let rang = 0;
  return {
    appeler: (nom, entree) =>
      new Promise((resolve) => {
        const id = String((rang += 1));
        attentes.set(id, (reponse) => resolve(reponse as Reponse<typeof nom> | null));
        processus.send({ id, nom, entree }, (erreur) => {
          if (erreur && attentes.delete(id)) resolve(null);
        });
      }),
    tuer: async () => {
      processus.kill('SIGKILL');
      await fini;
    },
    fermer: async () => {
      if (processus.connected) processus.send({ fermer: true });
      await fini;
    },
  };
}

/** La même chose, en exigeant que l'opération réussisse. */
export async function exiger<O extends Operation>(enfant: Enfant, nom: O, entree: Entree<O>): Promise<Sortie<O>> {
  const reponse = await enfant.appeler(nom, entree);
  if (reponse === null) throw new Error(`${nom} : le service est mort`);
  if (!reponse.ok) throw new Error(`${nom} : ${reponse.error.message} ${reponse.error.action}`);
  return reponse.value;
}
