/** Le processus mesuré : la matrice de 10 000 cases, ouverte et remplie case par case. Arguments : répertoire, fichier, SIREN. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openService } from '../../electron/service/index.ts';
import type { Entree, Operation, Sortie } from '../../shared/contract.ts';
import { openEtalon } from './commit.ts';
import { CIBLES_MATRICE } from './engagements.ts';

const [repertoire = '', fichier = '', siren = ''] = process.argv.slice(2);
const chemin = join(repertoire, 'matrice.cus');
for (const suffixe of ['', '-wal', '-shm', '.verrou']) rmSync(chemin + suffixe, { force: true });
const service = openService({ repertoireDonnees: repertoire, utilisateur: 'Mesure', ordinateur: 'banc' });

async function faire<O extends Operation>(nom: O, entree: Entree<O>): Promise<Sortie<O>> {
  const r = await service.appeler(nom, entree);
  if (!r.ok) throw new Error(`${nom} : ${r.error.message}`);
  return r.value;
}
const mediane = (valeurs: readonly number[]): number => valeurs.toSorted((a, b) => a - b)[Math.floor(valeurs.length / 2)] ?? Number.NaN;

await faire('dossier.creer', { chemin, siren, nom: 'Mesure', effet: '2026-01-01' });
await faire('import.lire', { chemin: fichier, type: 'rpls' });
const { epci, departements } = await faire('etat.lire', {});
const presents = Object.keys(epci).filter((c) => /^\d{9}$/u.test(c)).map((c) => `epci-${c}`).toSorted().slice(0, 200);
await faire('champs.definir', { champ: 'options/territoires-ps1', valeur: presents.join(',') });
const compter = async (): Promise<number> => (await faire('engagements.matrice', {})).lignes.reduce((n, l) => n + l.cellules.length, 0);
// Le préfet identifie assez d'EPCI pour atteindre le nombre de cases.
for (let demandes = 60; demandes <= presents.length && (await compter()) < CIBLES_MATRICE.cases; demandes += 10) {
  await faire('champs.definir', { champ: 'options/territoires-demandes', valeur: presents.slice(0, demandes).join(',') });
}
const { lignes } = await faire('engagements.matrice', {});
const cellules = lignes.flatMap((l) => l.cellules);
await faire('engagements.definir', { cellules: cellules.map((c, i) => ({ champ: c.champ, valeur: c.denominateurPropose === null ? String(10 + (i % 90)) : `${i % 10}/${c.denominateurPropose.valeur}` })) });

const ouvertures: number[] = [];
let octets = 0;
for (let i = 0; i < 15; i++) {
  const t = performance.now();
  const lue = await faire('engagements.matrice', {});
  ouvertures.push(performance.now() - t);
  if (i === 0) octets = JSON.stringify(lue).length;
}
const saisies: number[] = [];
const nus: number[] = [];
// Un autre dossier, dans le même répertoire : l'étalon n'attend pas le dossier mesuré, et partage son disque.
const temoin = join(repertoire, 'temoin.cus');
for (const suffixe of ['', '-wal', '-shm', '.verrou']) rmSync(temoin + suffixe, { force: true });
copyFileSync(chemin, temoin);
const etalon = openEtalon(temoin);
for (let i = 0; i < 41; i++) {
  const champ = cellules[(i * 241) % cellules.length]?.champ ?? '';
  const t = performance.now();
  await faire('engagements.definir', { cellules: [{ champ, valeur: String(1000 + i) }] });
  saisies.push(performance.now() - t);
  nus.push(etalon.mesurer());
}
etalon.fermer();
await service.fermer();
process.stdout.write(`${JSON.stringify({ cases: cellules.length, departements: Object.keys(departements).length, epci: presents.length, ouvertureMs: mediane(ouvertures), octets, saisieMs: mediane(saisies), commitMs: mediane(nus) })}\n`);
