import { basename, resolve } from 'node:path';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { isRejet } from '../../shared/domain/rpls/anomalies.ts';
import { libelleAnomalie } from '../../shared/domain/rpls/libelles-anomalies.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { ErreurCus } from '../../shared/erreurs.ts';
import type { Encodage } from '../import/fichier.ts';
import { writeRapport } from '../import/rapport.ts';
import type { RapportEcrit } from '../import/rapport.ts';
import type { Base } from '../store/base.ts';
import { countAnomalies, iterateAnomalies } from '../store/imports.ts';
import type { DernierImport, FicheImport } from '../store/imports.ts';
import type { Lecture } from './imports-lecture.ts';

/** Le rapport d'une lecture dont la préparation est attachée. */
export function rapportLecture(base: Base, importId: number, fiche: FicheImport, chemin: string): RapportEcrit {
  const origine = { type: fiche.type, encodage: fiche.encodage as Encodage, entete: fiche.entete === null ? null : Buffer.from(fiche.entete) };
  return writeRapport(resolve(chemin), origine, () => iterateAnomalies(base, 'prep', importId));
}

/** Le rapport d'un import appliqué. */
export function rapportDossier(base: Base, chemin: string, dernier: DernierImport | null): RapportEcrit {
  if (dernier === null) throw invalide('aucun-import', 'Aucun fichier n’a encore été importé dans ce dossier.', 'Importer d’abord un fichier.');
  const { id, type, encodage, entete } = dernier;
  return writeRapport(resolve(chemin), { type, encodage: (encodage ?? 'utf-8') as Encodage, entete }, () => iterateAnomalies(base, 'main', id));
}

/**
 * Refus d'un fichier dont aucun logement n'est accepté : l'appliquer viderait le dossier. Le rapport
 * demandé est écrit quand même, depuis la préparation attachée : il dit quoi corriger.
 */
export function aucunLogement(base: Base, importId: number, fiche: FicheImport, { lignes, rejetees }: Lecture, rapport: string | null): ErreurCus {
  const fichier = `« ${basename(fiche.fichier)} »`;
  if (rapport !== null) rapportLecture(base, importId, fiche, rapport);
  if (lignes === 0) return invalide('aucun-logement', `Le fichier ${fichier} n’a aucune ligne de logement.`, 'Refaire l’export, puis l’importer ; le dossier n’a pas été changé.');
  const raisons = Object.entries(countAnomalies(base, 'prep', importId)).filter(([code]) => isRejet(code)).map(([code, n]) => `${libelleAnomalie(code)} : ${n}`);
  const suite = rapport === null ? 'Au terminal, --anomalies A.csv écrit ces lignes et leur raison.' : `Ces lignes et leur raison sont écrites dans « ${rapport} ».`;
  return invalide(
    'aucun-logement',
    `Aucun logement du fichier ${fichier} ne peut être accepté : ${pluriel(lignes, 'ligne lue', 'lignes lues')}, ${pluriel(rejetees, 'rejetée')} (${raisons.join(', ')}).`,
    `Corriger le fichier, puis l’importer de nouveau ; le dossier n’a pas été changé. ${suite}`,
  );
}
