import type { Sortie } from '../../../shared/contract.ts';
import { invalide, refus } from '../../../shared/erreurs.ts';
import type { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { FICHIERS, RETOUR } from '../../../shared/paquet/noms.ts';
import { openPaquet, readEntry, verifyPaquet } from '../../paquet/index.ts';
import type { Paquet } from '../../paquet/index.ts';
import { empreinteDe, parseDonnees } from './donnees.ts';

export type Verdict = Sortie<'paquet.verifier'>;
export type DepotLu = { donnees: DonneesPaquet; empreinte: string };

/**
 * Le dépôt que porte un paquet intègre. Erreurs : « paquet-modifie » (sortie 1), « paquet-illisible »,
 * « paquet-sans-depot ».
 */
export async function readPaquetDepot(chemin: string, instant: Date, signal: AbortSignal): Promise<DepotLu> {
  const paquet = await openPaquet(chemin, { signal });
  requireIntegre(chemin, await verifyPaquet(paquet, { instant, signal }));
  return readDepotDe(chemin, paquet, signal);
}

/** Contenu d'un paquet dont le verdict est déjà rendu. */
export async function readDepotDe(chemin: string, paquet: Paquet, signal: AbortSignal): Promise<DepotLu> {
  if (!paquet.entrees.has(FICHIERS.donnees)) {
    throw invalide(
      'paquet-sans-depot',
      paquet.entrees.has(RETOUR) ? `« ${chemin} » est un Retour de l’État, non le paquet d’un dépôt.` : `« ${chemin} » n’est pas un paquet d’Atelier CUS : ${FICHIERS.donnees} n’y est pas.`,
      'Choisir le paquet CUS_… du dépôt, tel qu’il a été reçu.',
    );
  }
  const octets = await readEntry(paquet, FICHIERS.donnees, signal);
  return { donnees: parseDonnees(octets), empreinte: empreinteDe(octets) };
}

/** Refuse un conteneur qui n'est pas celui qui a été scellé, en nommant ce qui a changé. */
export function requireIntegre(chemin: string, verdict: Verdict): void {
  switch (verdict.verdict) {
    case 'signe':
    case 'non-signe':
      return;
    case 'modifie':
      throw refus(
        'paquet-modifie',
        `Le paquet « ${chemin} » a été modifié depuis qu’il a été scellé (${verdict.ecarts.map((e) => e.fichier).join(', ')}).`,
        'Demander le fichier d’origine à son expéditeur ; rien n’en a été lu.',
        { ecarts: verdict.ecarts },
      );
    case 'illisible':
      throw invalide('paquet-illisible', verdict.raison ?? `Le paquet « ${chemin} » ne peut pas être lu.`, 'Demander à l’expéditeur de transmettre à nouveau le fichier d’origine.');
  }
}
