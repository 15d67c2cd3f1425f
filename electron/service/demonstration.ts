import type { Contexte, Suivi } from './contexte.ts';
import { createDossierFictif, fillAssociation, fillAttributions, fillChamps, fillEngagements, fillNpl, fillOccupation, fillScenarios, fillServiceRendu, fillVentes, freeName, importParc } from './demonstration-etapes.ts';

/**
 * Crée dans `repertoire` le dossier d'un bailleur fictif, avec son parc, ses champs et ses cibles, et
 * le laisse ouvert. Rien de ce que le répertoire contient n'est remplacé. Rend le chemin du dossier.
 */
export async function createDemonstration(contexte: Contexte, repertoire: string, suivi: Suivi): Promise<string> {
  const etapes: [string, () => Promise<unknown>][] = [
    ['Champs', () => fillChamps(contexte.appeler)],
    ['Import du parc', () => importParc(contexte.appeler, repertoire)],
    ['Occupation sociale', () => fillOccupation(contexte.appeler, repertoire)],
    ['Service rendu', () => fillServiceRendu(contexte.appeler)],
    ['Attributions', () => fillAttributions(contexte.appeler, repertoire)],
    ['Engagements', () => fillEngagements(contexte.appeler)],
    ['Plan de mise en vente', () => fillVentes(contexte.appeler)],
    ['Politique des loyers', () => fillNpl(contexte.appeler, repertoire)],
    ['Scénarios de cibles', () => fillScenarios(contexte.appeler)],
    ['Association et concertation', () => fillAssociation(contexte.appeler)],
  ];
  const chemin = freeName(repertoire, 'Dossier de démonstration.cus');
  await createDossierFictif(contexte.appeler, chemin);
  for (const [rang, [etape, faire]] of etapes.entries()) {
    suivi.signal.throwIfAborted();
    suivi.progres({ etape, fait: rang, total: etapes.length });
    await faire();
  }
  return chemin;
}

