import { resolve } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import { parseBornes } from '../../shared/domain/occupation/bandes.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { Encodage } from '../import/fichier.ts';
import { writeRapport } from '../import/rapport.ts';
import { readChamp } from '../store/champs.ts';
import { findChamp } from '../../shared/millesimes/index.ts';
import { saisir } from './champs.ts';
import { millesimeDe } from './millesime.ts';
import { iterateAnomalies } from '../store/imports.ts';
import { enqueteEnVigueur } from '../store/occupation.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { assertCible } from './fichiers.ts';
import { exportOccupation } from './occupation-export.ts';
import { prepareMasques } from './occupation-masques.ts';
import { CHAMP_BANDES, prepareOccupation, readOccupation } from './occupation-resultats.ts';

function definirBandes(contexte: Contexte, texte: string): Sortie<'occupation.definirBandes'> {
  const lu = parseBornes(texte);
  if (!lu.ok) throw invalide('bornes-invalides', `Ces bornes ne se lisent pas. ${lu.message}`, 'Taper par exemple 20, 40, 60, 80, 100, 120 ; rien n’a été changé.');
  const quand = contexte.maintenant().toISOString();
  const { base } = contexte.dossierEcriture();
  const [apres, definition] = [texte.trim() === '' ? '' : lu.bornes.join(', '), findChamp(millesimeDe(base), CHAMP_BANDES)];
  if (definition !== undefined && (readChamp(base, CHAMP_BANDES) ?? '') !== apres) saisir(contexte, base, definition, apres);
  return { bornes: [...lu.bornes], enregistreA: quand };
}

/** Le rapport de l'enquête en vigueur, comme celui d'une déclaration. */
function exporterRapport(contexte: Contexte, destination: string): Sortie<'occupation.anomalies'> {
  const { base, chemin: dossier } = contexte.dossier();
  const enquete = enqueteEnVigueur(base);
  if (enquete === null) throw invalide('aucun-import', 'Aucune enquête n’a encore été importée dans ce dossier.', 'Importer d’abord un fichier.');
  const chemin = resolve(destination);
  assertCible(chemin, { dossier, entrees: [enquete.fichier] });
  const { lignes, rejets } = writeRapport(chemin, { type: 'logements', encodage: (enquete.encodage ?? 'utf-8') as Encodage, entete: enquete.entete }, () => iterateAnomalies(base, 'main', enquete.import));
  return { chemin, lignes, ...(rejets === null ? {} : { rejets }) };
}

export const handlers = {
  'occupation.lire': async (contexte, { par, masquer, code }, suivi) => {
    const { base } = contexte.dossier();
    await prepareOccupation(base, suivi);
    if (masquer) await prepareMasques(base, suivi);
    return readOccupation(base, par, { masquer, code });
  },
  'occupation.definirBandes': (contexte, { bornes }) => definirBandes(contexte, bornes),
  'occupation.exporter': (contexte, { destination, ...demande }, suivi) => exportOccupation(contexte, resolve(destination), demande, suivi),
  'occupation.anomalies': (contexte, { destination }) => exporterRapport(contexte, destination),
  'occupation.dernier': (contexte) => {
    const enquete = enqueteEnVigueur(contexte.dossier().base);
    return { import: enquete === null ? null : (JSON.parse(enquete.resultat) as Sortie<'import.lire'>) };
  },
} satisfies Partial<Handlers>;
