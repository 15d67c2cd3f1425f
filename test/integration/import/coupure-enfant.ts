/** Importe un fichier dans un dossier existant, pour être tué en route. Dit où il en est sur sa sortie. */
import { openService } from '../../../electron/service/index.ts';

const [dossier = '', fichier = '', repertoire = ''] = process.argv.slice(2);
const service = openService({ repertoireDonnees: repertoire, utilisateur: 'Essai', ordinateur: 'banc', maintenant: () => new Date('2026-03-01T09:00:00Z') });
await service.appeler('dossier.ouvrir', { chemin: dossier });
process.stdout.write('ouvert\n');
const reponse = await service.appeler('import.lire', { chemin: fichier, appliquer: true });
process.stdout.write(reponse.ok ? 'fini\n' : `${JSON.stringify(reponse.error)}\n`);
await service.fermer();
