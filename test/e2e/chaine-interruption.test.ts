import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { sirenFictif } from '../../electron/demo/identite.ts';
import { launchAtelier } from './aides/atelier.ts';
import { attendreEnregistre, capturer, dimensionner } from './aides/ecran.ts';
import { CHAMPS, MAINTENANT, NOM } from './aides/matiere.ts';
import { pidService } from './aides/processus.ts';
import { cus } from './aides/terminal.ts';

it('le service tué par deux fois pendant la saisie : la fenêtre le dit, et rien de tapé ne se perd', async () => {
  const dossier = await mkdtemp(join(tmpdir(), 'atelier-interruption-'));
  onTestFinished(() => rm(dossier, { recursive: true, force: true }));
  await cus(dossier, 'creer', 'a.cus', '--siren', sirenFictif(44), '--nom', NOM);
  const atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'a.cus')] });
  onTestFinished(() => atelier.fermer());
  const { page, application } = atelier;
  await dimensionner(atelier);
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
  for (const [i, { champ, frappe }] of CHAMPS.entries()) {
    // Tué juste après une sortie de champ, avant que sa réponse ait pu revenir.
    const pid = i === 3 || i === 7 ? await pidService(application) : null;
    await page.locator(`[data-champ="${champ}"]`).getByRole('textbox').fill(frappe);
    await page.keyboard.press('Tab');
    if (pid !== null) {
      process.kill(pid, 'SIGKILL');
      await page.getByText('il est revenu et le dossier est rouvert').waitFor();
      await capturer(page, `40-service-interrompu-${i}`);
      await page.getByRole('button', { name: 'Masquer' }).click();
    }
  }
  await attendreEnregistre(page);
  await atelier.fermer();
  const lus = (await cus(dossier, 'champs', 'a.cus')) as { champs: { champ: string; valeur: string | null }[] };
  const parChamp = new Map(lus.champs.map((c) => [c.champ, c.valeur]));
  expect(CHAMPS.map(({ champ }) => ({ champ, valeur: parChamp.get(champ) }))).toEqual(CHAMPS.map(({ champ, valeur }) => ({ champ, valeur })));
});
