import { ErreurCus, invalide } from '../../shared/erreurs.ts';
import { keepCompiled } from '../compilation.ts';
import { openParentPort } from './port/parent.ts';
import type { OptionsProcessus } from './port/port.ts';
import { servir } from './port/servir.ts';

/** Entrée du processus de service : s'ouvre, sert son port, se ferme à la demande. */
const port = openParentPort();
const options = JSON.parse(process.argv.at(-1) ?? '{}') as OptionsProcessus;

try {
  verifierMoteur();
  keepCompiled();
  // Chargé après la vérification : le lien natif de SQLite fait tomber un moteur trop ancien.
  const { openService } = await import('./index.ts');
  const { maintenant, ...reste } = options;
  const fixe = maintenant === undefined ? undefined : new Date(maintenant);
  const service = openService({ ...reste, sauvegardeQuotidienne: true, ...(fixe === undefined ? {} : { maintenant: () => new Date(fixe) }) });
  await servir(port, service);
  process.exit(0);
} catch (erreur) {
  console.error(erreur);
  port.postMessage({ echec: erreurOuverture(erreur) });
  port.close();
  process.exitCode = 1;
}

function verifierMoteur(): void {
  if (Number(process.versions.napi) < 10)
    throw invalide(
      'moteur-ancien',
      `Le service demande Node 22 ou plus récent, et tourne sous Node ${process.versions.node}.`,
      'Installez Node 24, puis relancez Atelier CUS.',
    );
}

function erreurOuverture(erreur: unknown) {
  if (erreur instanceof ErreurCus) return erreur.erreur;
  return invalide(
    'service-non-ouvert',
    'Le service qui tient le dossier n’a pas pu démarrer.',
    'Fermez Atelier CUS et relancez-le ; si cela persiste, réinstallez-le.',
    erreur instanceof Error ? erreur.message : String(erreur),
  ).erreur;
}
