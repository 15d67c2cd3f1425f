import { invalide } from '../../shared/erreurs.ts';
import type { Appel } from './verbe.ts';

/** Le numéro du scénario de loyers de ce nom, dans le dossier ouvert ; `scenario-inconnu` (sortie 2) nomme ceux qui y sont. */
export async function trouverScenario(appel: Appel, nom: string): Promise<number> {
  const { scenarios } = await appel.appeler('npl.scenarios', {});
  const trouve = scenarios.find((s) => s.nom === nom);
  if (trouve !== undefined) return trouve.id;
  throw invalide('scenario-inconnu', `Le dossier n’a pas de scénario « ${nom} ».`, scenarios.length === 0 ? 'En garder un avec « npl --scenario S.json --enregistrer ».' : `Choisir parmi : ${scenarios.map((s) => s.nom).join(', ')}.`);
}
