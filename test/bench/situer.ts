/**
 * Le processus mesuré : un vrai service qui situe tout un parc après un changement, et le temps le plus
 * long qu'une autre demande y aurait attendu. Arguments : répertoire, parc, contours, SIREN.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openService } from '../../electron/service/index.ts';
import { fullScan } from './parcours.ts';

const [repertoire = '', parc = '', contours = '', siren = ''] = process.argv.slice(2);
const dossier = join(repertoire, 'qpv.cus');
for (const suffixe of ['', '-wal', '-shm', '.verrou']) rmSync(dossier + suffixe, { force: true });
const service = openService({ repertoireDonnees: join(repertoire, 'qpv-donnees'), utilisateur: 'Mesure', ordinateur: 'banc' });

async function faire(nom: string, entree: unknown): Promise<unknown> {
  const r = await service.appeler(nom, entree);
  if (!r.ok) throw new Error(`${nom} : ${r.error.message}`);
  return r.value;
}

await faire('dossier.creer', { chemin: dossier, siren, nom: 'Mesure' });
const { profil } = (await faire('import.analyser', { chemin: parc })) as { profil: unknown };
await faire('import.lire', { chemin: parc, profil, appliquer: true });
await faire('qpv.charger', { chemin: contours });
await faire('qpv.etat', {});
const { ensembles } = (await faire('ensembles.lister', {})) as { ensembles: { id: string }[] };
const durees: number[] = [];
let tourMs = 0;
let logements = 0;
for (let i = 0; i < 5; i++) {
  // Un repère périme toutes les positions.
  await faire('qpv.poser', { objet: 'ensemble', cle: ensembles[i]?.id ?? '', lon: 5.37, lat: 43.3 });
  let dernier = performance.now();
  const debut = dernier;
  let enCours = true;
  const veiller = (): void => {
    const t = performance.now();
    tourMs = Math.max(tourMs, t - dernier);
    dernier = t;
    if (enCours) setImmediate(veiller);
  };
  setImmediate(veiller);
  const etat = (await faire('qpv.etat', {})) as { logements: number };
  veiller();
  enCours = false;
  durees.push(performance.now() - debut);
  ({ logements } = etat);
}
await service.fermer();
const situesMs = durees.toSorted((a, b) => a - b)[2];
process.stdout.write(`${JSON.stringify({ logements, situesMs, parcoursMs: fullScan(dossier), tourMs })}\n`);
