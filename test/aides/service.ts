import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Entree, Operation, Sortie } from '../../shared/contract.ts';
import type { Erreur } from '../../shared/erreurs.ts';
import { openService } from '../../electron/service/index.ts';
import { tempDir } from './repertoire.ts';

export const MAINTENANT = '2026-03-01T09:00:00.000Z';

export type EssaiService = {
  repertoire: string;
  /** L'opération doit réussir : rend sa valeur. */
  faire<O extends Operation>(operation: O, entree: Entree<O>): Promise<Sortie<O>>;
  /** L'opération doit échouer : rend son erreur. */
  echouer<O extends Operation>(operation: O, entree: Entree<O>): Promise<Erreur>;
};

/** Le vrai service, sur de vrais fichiers, à un instant fixe ; chaque réponse est vérifiée contre le contrat. */
export function essaiService(options: { utilisateur?: string; maintenant?: () => Date } = {}): EssaiService {
  const repertoire = tempDir();
  const service = openService({
    repertoireDonnees: join(repertoire, 'donnees'),
    utilisateur: options.utilisateur ?? 'Ada',
    ordinateur: 'poste-1',
    maintenant: options.maintenant ?? (() => new Date(MAINTENANT)),
    verifierSorties: true,
  });
  onTestFinished(() => service.fermer());
  return {
    repertoire,
    async faire(operation, entree) {
      const reponse = await service.appeler(operation, entree);
      if (!reponse.ok) throw new Error(`${operation} : ${reponse.error.message} ${reponse.error.action} ${JSON.stringify(reponse.error.details)}`);
      return reponse.value;
    },
    async echouer(operation, entree) {
      const reponse = await service.appeler(operation, entree);
      if (reponse.ok) throw new Error(`${operation} aurait dû échouer`);
      return reponse.error;
    },
  };
}
