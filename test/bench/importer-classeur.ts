/** Le processus mesuré : un vrai service importe un classeur dans un dossier neuf. Arguments : répertoire, classeur, SIREN. */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openService } from '../../electron/service/index.ts';

const [repertoire = '', fichier = '', siren = ''] = process.argv.slice(2);
const dossier = join(repertoire, 'classeur.cus');
for (const suffixe of ['', '-wal', '-shm', '.verrou']) rmSync(dossier + suffixe, { force: true });
const service = openService({ repertoireDonnees: repertoire, utilisateur: 'Mesure', ordinateur: 'banc' });

async function faire(nom: string, entree: unknown): Promise<unknown> {
  const r = await service.appeler(nom, entree);
  if (!r.ok) throw new Error(`${nom} : ${r.error.message}`);
  return r.value;
}

await faire('dossier.creer', { chemin: dossier, siren, nom: 'Mesure' });
const debut = performance.now();
// Reconnaissance des colonnes comprise : c'est ce qu'attend la personne.
const { lignes } = (await faire('import.lire', { chemin: fichier })) as { lignes: number };
const ms = performance.now() - debut;
await service.fermer();
process.stdout.write(JSON.stringify({ lignes, octets: statSync(fichier).size, ms, memoireMo: process.resourceUsage().maxRSS / 1024 }));
