import { execFileSync } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, ftruncateSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Erreur } from '../../shared/erreurs.ts';
import { tempDir } from '../aides/repertoire.ts';
import { exiger, lancerService, type Enfant } from './aides/enfant.ts';
import { creerModele } from './aides/modele.ts';

const MO = 1024 * 1024;

/** Un vrai petit disque, quand le système laisse en monter un ; `null` sinon. */
function monterDisque(octets: number): string | null {
  const point = tempDir();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${octets}`, 'tmpfs', point], { stdio: 'ignore' });
  } catch {
    return null;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', point]));
  return point;
}

/** Occupe le disque jusqu'à n'y laisser que `reste` octets. */
function remplir(disque: string, reste: number): void {
  const lest = openSync(join(disque, 'lest'), 'w');
  const bloc = Buffer.alloc(64 * 1024);
  let ecrits = 0;
  try {
    for (;;) ecrits += writeSync(lest, bloc);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')) throw cause;
    ftruncateSync(lest, ecrits - reste);
  } finally {
    closeSync(lest);
  }
}

/** Saisit jusqu'à ce que la place manque : rend la dernière valeur dite enregistrée, et le refus. */
async function saisirJusquAuRefus(service: Enfant): Promise<{ derniere: string | null; dites: number; refus: Erreur }> {
  let derniere: string | null = null;
  for (let n = 0; n < 5_000; n += 1) {
    const valeur = `${n} ${'adresse fictive '.repeat(200)}`.trim();
    const reponse = await service.appeler('champs.definir', { champ: 'organisme/siege/adresse', valeur });
    if (reponse === null) throw new Error('le service est mort au lieu de refuser');
    if (!reponse.ok) return { derniere, dites: n, refus: reponse.error };
    derniere = valeur;
  }
  throw new Error('le disque ne s’est jamais rempli');
}

const adresse = async (service: Enfant): Promise<string | null | undefined> =>
  (await exiger(service, 'champs.lister', {})).champs.find((c) => c.champ === 'organisme/siege/adresse')?.valeur;

/** Un refus en deux parts, sortie 2, qui nomme la place qui manque. */
function attendreRefus(erreur: Erreur | undefined): void {
  expect(erreur).toMatchObject({ code: 'disque-plein', sortie: 2 });
  expect(erreur?.message).toMatch(/place/u);
  expect(erreur?.action).toMatch(/^Libérer de la place/u);
}

it('un disque plein refuse la saisie, le dépôt et l’import, et ne perd rien', async () => {
  const r = tempDir();
  const { dossier, suivante } = await creerModele(r);
  const taille = statSync(dossier).size;
  const disque = monterDisque(taille * 3 + 8 * MO);
  if (disque === null) {
    // Sans droit de monter un disque, la même preuve se fait par la limite du noyau, dans l'essai suivant.
    console.log('Disque : pas de droit de monter un disque ici ; la limite de taille de fichier du noyau sert seule.');
    return;
  }
  const chemin = join(disque, 'dossier.cus');
  copyFileSync(dossier, chemin);
  copyFileSync(suivante, join(disque, 'suivante.csv'));
  mkdirSync(join(disque, 'sortie'));
  let service = await lancerService(disque);
  await exiger(service, 'dossier.ouvrir', { chemin });

  remplir(disque, 512 * 1024);
  const { derniere, dites, refus } = await saisirJusquAuRefus(service);
  attendreRefus(refus);
  expect(await adresse(service)).toBe(derniere);
  const depot = await service.appeler('depot.deposer', { repertoire: join(disque, 'sortie'), sansSignature: true, malgre: 'essai' });
  attendreRefus(depot?.ok === false ? depot.error : undefined);
  expect(readdirSync(join(disque, 'sortie'))).toEqual([]);
  const lecture = await service.appeler('import.lire', { chemin: join(disque, 'suivante.csv'), appliquer: true });
  attendreRefus(lecture?.ok === false ? lecture.error : undefined);
  const etatPlein = await exiger(service, 'etat.lire', {});
  expect((await exiger(service, 'depot.lister', {})).depots).toEqual([]);
  await service.tuer();

  // Tué sur un disque plein, rouvert une fois la place faite : tout ce qui a été dit enregistré est là.
  rmSync(join(disque, 'lest'));
  service = await lancerService(disque);
  await exiger(service, 'dossier.ouvrir', { chemin });
  expect(await adresse(service)).toBe(derniere);
  expect(await exiger(service, 'etat.lire', {})).toEqual(etatPlein);
  const refait = await exiger(service, 'depot.deposer', { repertoire: join(disque, 'sortie'), sansSignature: true, malgre: 'essai' });
  expect(refait.version).toBe(1);
  expect(await exiger(service, 'import.lire', { chemin: join(disque, 'suivante.csv'), appliquer: true })).toMatchObject({ applique: true });
  await service.fermer();
  console.log(`Disque : ${dites} saisies dites enregistrées avant le refus, toutes gardées ; dépôt et import refusés sans rien laisser, refaits une fois la place libérée.`);
});

it('une limite de taille de fichier refuse la saisie et le dépôt sans perdre ce qui est enregistré', async () => {
  const r = tempDir();
  const { dossier } = await creerModele(r);
  // Le journal de SQLite grandit à part du dossier : la limite porte sur chacun des deux.
  const limite = Math.ceil(statSync(dossier).size / 1024) + 64;
  const service = await lancerService(r, { limite });
  await exiger(service, 'dossier.ouvrir', { chemin: dossier });
  const { derniere, dites, refus } = await saisirJusquAuRefus(service);
  attendreRefus(refus);
  expect(await adresse(service)).toBe(derniere);
  const depot = await service.appeler('depot.deposer', { repertoire: join(r, 'sortie'), sansSignature: true, malgre: 'essai' });
  // La copie figée se fait par la sauvegarde de SQLite, qui sous une limite ne dit pas que c'est la place.
  expect(depot).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^disque-(?:plein|en-panne)$/u) as string, sortie: 2 } });
  expect(existsSync(join(r, 'sortie'))).toBe(false);
  await service.tuer();
  const apres = await lancerService(r);
  await exiger(apres, 'dossier.ouvrir', { chemin: dossier });
  expect(await adresse(apres)).toBe(derniere);
  await exiger(apres, 'champs.definir', { champ: 'organisme/siege/adresse', valeur: 'place faite' });
  await apres.fermer();
  console.log(`Limite du noyau (${limite} Kio par fichier) : ${dites} saisies dites enregistrées avant le refus, la dernière retrouvée ; dépôt refusé sans rien laisser.`);
});
