import { openParentPort } from '../../../electron/service/port/parent.ts';
import type { ServiceOuvert } from '../../../electron/service/port/port.ts';
import { servir } from '../../../electron/service/port/servir.ts';
import { refus } from '../../../shared/erreurs.ts';

/** Service qui n'ouvre aucun dossier : de quoi essayer le port, le même qu'en vrai. */
const service: ServiceOuvert = {
  appeler(nom, entree, { signal, progres } = {}) {
    switch (nom) {
      case 'echo':
        return Promise.resolve({ ok: true, value: entree });
      case 'incopiable':
        return Promise.resolve({ ok: true, value: () => 1 });
      case 'defaut':
        return Promise.reject(new Error('panne'));
      case 'longue':
        progres?.({ etape: 'attente', fait: 0, total: null });
        return new Promise((resolve) => {
          signal?.addEventListener('abort', () => resolve({ ok: true, value: 'annulée' }));
        });
      case 'finir':
        return process.exit(Number(entree));
      default:
        return Promise.resolve({ ok: false, error: refus('operation-inconnue', 'Opération inconnue.', 'Aucune.').erreur });
    }
  },
  fermer: () => Promise.resolve(console.log('service fermé')),
};

void servir(openParentPort(), service).then(() => process.exit(0));
