import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchAtelier, type Atelier } from './atelier.ts';
import { remplacerDialogues, type Dialogues } from './dialogues.ts';
import { dimensionner } from './ecran.ts';
import { ecrireMatiere, MAINTENANT } from './matiere.ts';
import { cus } from './terminal.ts';

/** Un dossier au parc importé, ouvert dans la fenêtre ; tout disparaît à `fermer`. */
export type AtelierImporte = { dossier: string; fichier: string; atelier: Atelier; dialogues: Dialogues; fermer(): Promise<void> };

export async function ouvrirImporte(nom: string): Promise<AtelierImporte> {
  const dossier = await mkdtemp(join(tmpdir(), `atelier-${nom}-`));
  const fichier = join(dossier, `${nom}.cus`);
  const matiere = ecrireMatiere(dossier);
  await cus(dossier, 'creer', fichier, '--siren', matiere.siren, '--nom', 'Habitat fictif', '--effet', '2026-01-01');
  await cus(dossier, 'importer', fichier, matiere.rpls);
  const atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, fichier] });
  atelier.page.setDefaultTimeout(20_000);
  const dialogues = await remplacerDialogues(atelier.application);
  await dimensionner(atelier);
  await atelier.page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
  return {
    dossier, fichier, atelier, dialogues,
    async fermer() {
      await atelier.fermer();
      await rm(dossier, { recursive: true, force: true });
    },
  };
}
