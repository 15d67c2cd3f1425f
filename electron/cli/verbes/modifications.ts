import { invalide } from '../../../shared/erreurs.ts';
import { tableau } from '../tableau.ts';
import { openDossierDe } from '../verbe.ts';
import type { Appel, Verbe } from '../verbe.ts';

export const verbe: Verbe = {
  nom: 'modifications',
  resume: 'montre ce qui a changé entre deux dépôts, ou depuis le dernier',
  arguments: [{ nom: 'DOSSIER', aide: 'le fichier .cus' }],
  options: {
    de: { type: 'texte', valeur: 'N', aide: 'dépôt de départ ; le dernier par défaut' },
    a: { type: 'texte', valeur: 'N', aide: 'dépôt d’arrivée ; le dossier tel qu’il est par défaut' },
  },
  exemples: ['modifications convention.cus', 'modifications convention.cus --de 1 --a 2 --json'],
  async run(appel) {
    const de = readVersion(appel, 'de');
    const a = readVersion(appel, 'a');
    await openDossierDe(appel);
    const { modifications } = await appel.appeler('modifications.lister', { ...(de === undefined ? {} : { de }), ...(a === undefined ? {} : { a }) });
    return {
      json: { modifications: modifications.map(({ champ, avant, apres, quand }) => ({ champ, avant, apres, quand })) },
      texte:
        modifications.length === 0
          ? 'Rien n’a changé.'
          : tableau(
              [
                { titre: 'Quoi', valeur: (m) => m.libelle },
                { titre: 'Avant', valeur: (m) => m.avant ?? '—' },
                { titre: 'Après', valeur: (m) => m.apres ?? '—' },
                { titre: 'Quand', valeur: (m) => m.quand?.slice(0, 10) ?? '' },
              ],
              modifications,
            ),
    };
  },
};

function readVersion(appel: Appel, option: string): number | undefined {
  const donne = appel.texte(option);
  if (donne === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/u.test(donne)) throw invalide('usage', `« ${donne} » n’est pas un numéro de dépôt.`, `Donner par exemple --${option} 1.`);
  return Number(donne);
}
