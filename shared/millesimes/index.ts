import { invalide } from '../erreurs.ts';
import type { DefinitionChamp, DefinitionControle, Indicateur, Millesime, Seuil } from './types.ts';
import { millesime2019 } from './2019.ts';

const connus: Millesime[] = [millesime2019];

export const millesimes: readonly Millesime[] = connus;

/** Ajoute un millésime : un fichier de données, rien d'autre à changer. Refuse un nom déjà pris. */
export function addMillesime(millesime: Millesime): void {
  if (connus.some((m) => m.nom === millesime.nom)) throw new Error(`millésime déjà connu : ${millesime.nom}`);
  connus.push(millesime);
}
export const MILLESIME_PAR_DEFAUT = millesime2019.nom;

/** Erreur `millesime-inconnu` (sortie 2) qui nomme ceux qui existent. */
export function findMillesime(nom: string): Millesime {
  const trouve = connus.find((m) => m.nom === nom);
  if (trouve === undefined) {
    const noms = connus.map((m) => m.nom).join(', ');
    throw invalide('millesime-inconnu', `Le millésime « ${nom} » n’existe pas.`, `Choisir parmi : ${noms}.`);
  }
  return trouve;
}

/** Par code ou alias (`G1` vaut `G-1`) ; `undefined` s'il n'est pas du millésime. */
export function findIndicateur(millesime: Millesime, code: string): Indicateur | undefined {
  return millesime.indicateurs.find((i) => i.code === code || i.alias.includes(code));
}

/** Le minimum légal auquel se compare la cible totale de cet indicateur ; `undefined` s'il n'y en a pas. */
export function findSeuil(millesime: Millesime, indicateur: string, ventilation: string): Seuil | undefined {
  return ventilation === 'total' ? millesime.seuils.find((s) => s.cible?.indicateur === indicateur) : undefined;
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
