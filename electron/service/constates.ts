import type { ValeursChamps } from '../../shared/domain/organisme/champs.ts';
import type { Base } from '../store/base.ts';
import { readDepots } from '../store/depots.ts';

/** Dates que le dossier connaît sans qu'elles soient tapées, par champ : celle du premier dépôt fait ici. */
export function readConstates(base: Base): ValeursChamps {
  const premier = readDepots(base)[0];
  return premier === undefined ? {} : { 'calendrier/depot': premier.date.slice(0, 10) };
}
