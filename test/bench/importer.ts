/**
 * Le processus mesuré : un vrai service qui importe un fichier dans un dossier neuf, puis répond à
 * `etat`, aux répartitions et aux groupes d'une sélection. Dit ses mesures en JSON sur sa sortie. Arguments : répertoire, fichier, petit fichier, SIREN.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openService } from '../../electron/service/index.ts';
import { bareCommit } from './commit.ts';
import { fullScan } from './parcours.ts';

const [repertoire = '', fichier = '', petit = '', siren = ''] = process.argv.slice(2);
const dossier = join(repertoire, 'mesure.cus');
for (const suffixe of ['', '-wal', '-shm', '.verrou']) rmSync(dossier + suffixe, { force: true });
const service = openService({ repertoireDonnees: repertoire, utilisateur: 'Mesure', ordinateur: 'banc' });

async function faire(nom: string, entree: unknown): Promise<unknown> {
  const r = await service.appeler(nom, entree);
  if (!r.ok) throw new Error(`${nom} : ${r.error.message}`);
  return r.value;
}

// Un premier petit import, sur un autre dossier : le service mesuré est en marche, son code chargé.
const essai = join(repertoire, 'essai.cus');
rmSync(essai, { force: true });
await faire('dossier.creer', { chemin: essai, siren, nom: 'Mesure' });
const depart = performance.now();
await faire('import.lire', { chemin: petit, type: 'rpls' });
const departMs = performance.now() - depart;
await faire('dossier.creer', { chemin: dossier, siren, nom: 'Mesure' });
const debut = performance.now();
const resultat = (await faire('import.lire', { chemin: fichier, type: 'rpls' })) as { acceptees: number; lignes: number };
const importMs = performance.now() - debut;
const etats: number[] = [];
for (let i = 0; i < 41; i++) {
  const t = performance.now();
  await faire('etat.lire', {});
  etats.push(performance.now() - t);
}
// La table et ses figures : la première sélection lit tout, les suivantes ne relisent que ce qu'elles filtrent.
const PARC = { colonne: 'parc', valeurs: ['oui'] };
await faire('logements.repartition', { filtres: [PARC] });
const chronometrer = async (nom: string, entree: (i: number) => unknown): Promise<number> => {
  const durees: number[] = [];
  for (let i = 0; i < 21; i++) {
    const t = performance.now();
    await faire(nom, entree(i));
    durees.push(performance.now() - t);
  }
  return mediane(durees);
};
// Un filtre différent à chaque fois : aucune réponse n'est gardée.
const filtres = (i: number): unknown[] => [PARC, { colonne: 'finan', valeurs: ['13', '52'] }, { colonne: 'surfhab', de: String(30 + i) }];
const repartitionMs = await chronometrer('logements.repartition', (i) => ({ filtres: filtres(i) }));
const groupesMs = await chronometrer('logements.groupes', (i) => ({ par: ['commune', 'finan'], filtres: filtres(i) }));
// Une case corrigée à la main, chaque fois un autre logement, une autre valeur.
const { lignes } = (await faire('logements.page', { decalage: 0, nombre: 41 })) as { lignes: { ident_int: string }[] };
const saisies: number[] = [];
for (const [i, { ident_int: identifiant }] of lignes.entries()) {
  const t = performance.now();
  await faire('corrections.saisir', { cases: [{ identifiant, colonne: 'loyerprinc', texte: String(100 + i) }] });
  saisies.push(performance.now() - t);
}
await service.fermer();
const memoireMo = process.resourceUsage().maxRSS / 1024;
const parcoursMs = fullScan(dossier);
const commitMs = bareCommit(dossier);
process.stdout.write(`${JSON.stringify({ lignes: resultat.lignes, acceptees: resultat.acceptees, departMs, importMs, etatMs: mediane(etats), parcoursMs, repartitionMs, groupesMs, saisieMs: mediane(saisies), commitMs, memoireMo })}\n`);

function mediane(valeurs: readonly number[]): number {
  return valeurs.toSorted((a, b) => a - b)[Math.floor(valeurs.length / 2)] ?? Number.NaN;
}
