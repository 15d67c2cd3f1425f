import { join } from 'node:path';
import { essaiDossier } from '../depot/aides.ts';

export const CIBLE = 'engagement/G-1/organisme/2031/total';
export const TELEPHONE = 'organisme/contact/telephone';
export type Remarque = { champ: string; nature: 'a-corriger' | 'a-completer' | 'question' | 'proposition' | 'favorable'; texte: string; valeurProposee?: string };

export const REMARQUES: Remarque[] = [
  { champ: TELEPHONE, nature: 'a-completer', texte: 'Un numéro.' },
  { champ: CIBLE, nature: 'proposition', texte: '', valeurProposee: '1400' },
];

/** Un dossier déposé une fois, et de quoi écrire un Retour de l'État sur ce dépôt. */
export async function depose(dossier: Parameters<typeof essaiDossier>[0] = {}) {
  const essai = await essaiDossier(dossier);
  const { paquet, empreinte } = await essai.faire('depot.deposer', { repertoire: essai.envoi, sansSignature: true });
  let numero = 0;
  const annoter = async (observations: Remarque[], options: { de?: string; format?: 'xlsx' | 'zip'; avis?: 'favorable' | 'reserve'; auteur?: string } = {}): Promise<string> => {
    const sortie = join(essai.repertoire, `retour-${(numero += 1)}.${options.format ?? 'xlsx'}`);
    const { de = paquet, format: _, ...reste } = options;
    return (await essai.faire('paquet.annoter', { paquet: de, sortie, observations, auteur: 'DDTM', ...reste })).retour;
  };
  const fils = async () => (await essai.faire('observations.lister', {})).observations;
  const id = async (champ: string) => (await fils()).find((o) => o.champ === champ)?.id ?? '';
  return { ...essai, paquet, empreinte, annoter, fils, id };
}
