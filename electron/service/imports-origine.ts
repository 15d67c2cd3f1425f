import { basename } from 'node:path';
import { invalide } from '../../shared/erreurs.ts';
import type { ErreurCus } from '../../shared/erreurs.ts';
import { autreOrganisme } from '../import/erreurs.ts';
import { lireEnteteSeule } from '../import/rpls/entete.ts';
import type { Base } from '../store/base.ts';
import { readChamp } from '../store/champs.ts';
import { listOrigines } from '../store/origines.ts';
import type { Origine } from '../store/origines.ts';
import type { NatureImport } from './imports-nature.ts';

/** D'où viennent les logements d'un fichier : `repris` est `null` pour l'organisme du dossier. */
export type OrigineImport = { siren: string; repris: Origine | null };

/**
 * L'origine d'un fichier : celle de sa première ligne quand elle la nomme, sinon celle que la personne
 * dit. Dans un dossier de plusieurs bailleurs, un fichier qui n'en nomme aucun ne se devine pas.
 * Erreurs : « autre-organisme », « origine-inconnue », « origine-a-preciser ».
 */
export function originImport(base: Base, chemin: string, { type, rapport }: NatureImport, demandee: string | undefined): OrigineImport {
  const organisme: OrigineImport = { siren: readChamp(base, 'organisme/siren') ?? '', repris: null };
  const origines = listOrigines(base);
  const trouver = (siren: string): OrigineImport | null => {
    const repris = origines.find((o) => o.siren === siren);
    return siren === organisme.siren ? organisme : repris === undefined ? null : { siren, repris };
  };
  const dite = demandee === undefined ? undefined : trouver(demandee);
  if (dite === null) throw origineInconnue(demandee ?? '');
  const nommee = type === 'rpls' && rapport === null ? (lireEnteteSeule(chemin)?.siren ?? null) : null;
  if (nommee !== null) {
    const lue = trouver(nommee);
    if (lue === null || (dite !== undefined && dite.siren !== nommee)) throw autreOrganisme(chemin, nommee, (dite ?? organisme).siren, lue === null);
    return lue;
  }
  if (dite !== undefined) return dite;
  if (origines.length > 0) throw aPreciser(chemin, [organisme.siren, ...origines.map((o) => o.siren)]);
  return organisme;
}

const origineInconnue = (siren: string): ErreurCus =>
  invalide(
    'origine-inconnue',
    `« ${siren} » n’est ni l’organisme du dossier ni un bailleur repris.`,
    'Le déclarer d’abord parmi les organismes repris ou fusionnés ; rien n’a été changé.',
  );

const aPreciser = (chemin: string, sirens: readonly string[]): ErreurCus =>
  invalide(
    'origine-a-preciser',
    `Le fichier « ${basename(chemin)} » ne dit pas de quel organisme viennent ses logements, et ce dossier en réunit plusieurs.`,
    `Dire l’organisme du fichier (au terminal, --origine SIREN, parmi ${sirens.join(', ')}) ; rien n’a été changé.`,
    { sirens: [...sirens] },
  );
