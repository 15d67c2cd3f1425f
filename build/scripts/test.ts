import { assurerBibliotheques } from '../outils/bibliotheques.ts';
import { ouvrirEcranVirtuel } from '../outils/ecran.ts';
import { additionner, conclure, lancerEssais, type Bilan } from '../outils/essais.ts';
import { lancer } from '../outils/messages.ts';
import { verifier } from '../outils/verifications.ts';

/** `npm test` : tout ce qui se vérifie dans un clone placé n'importe où, fenêtre réelle comprise. */
await lancer(async () => {
  await assurerBibliotheques('fenetre', 'ecranVirtuel', 'juges');
  const bilans: Bilan[] = [{ passes: 0, echecs: await verifier(), ignores: 0 }];
  bilans.push(await lancerEssais('unit'), await lancerEssais('integration'), await essaisFenetre());
  return conclure(additionner(bilans));
});

/** Sous Linux toujours un écran virtuel, même s'il y en a un vrai : l'essai ne prend pas le clavier de qui travaille. */
async function essaisFenetre(): Promise<Bilan> {
  if (process.platform !== 'linux') return lancerEssais('e2e');
  const ecran = await ouvrirEcranVirtuel();
  try {
    const { WAYLAND_DISPLAY: _, ...env } = process.env;
    return await lancerEssais('e2e', { ...env, DISPLAY: ecran.affichage });
  } finally {
    await ecran.fermer();
  }
}
