import { invalide } from '../erreurs.ts';
import type { DefinitionChamp, DefinitionControle, Indicateur, Millesime } from './types.ts';
import { millesime2019 } from './2019.ts';

export const millesimes: readonly Millesime[] = [millesime2019];
export const MILLESIME_PAR_DEFAUT = millesime2019.nom;

/** Erreur `millesime-inconnu` (sortie 2) qui nomme ceux qui existent. */
export function findMillesime(nom: string): Millesime {
  const trouve = millesimes.find((m) => m.nom === nom);
  if (trouve === undefined) {
    const connus = millesimes.map((m) => m.nom).join(', ');
    throw invalide('millesime-inconnu', `Le millésime « ${nom} » n’existe pas.`, `Choisir parmi : ${connus}.`);
  }
  return trouve;
}

/** Par code ou alias (`G1` vaut `G-1`) ; `undefined` s'il n'est pas du millésime. */
export function findIndicateur(millesime: Millesime, code: string): Indicateur | undefined {
  return millesime.indicateurs.find((i) => i.code === code || i.alias.includes(code));
}

export function findChamp(millesime: Millesime, nom: string): DefinitionChamp | undefined {
  return millesime.champs.find((c) => c.champ === nom);
}

/** Défaut de programmation si le code n'est pas du millésime. */
export function findControle(millesime: Millesime, code: string): DefinitionControle {
  const c = millesime.controles.find((x) => x.code === code);
  if (c === undefined) throw new Error(`contrôle inconnu : ${code}`);
  return c;
}
