import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Fichiers courts mais longs à exécuter : processus arrêtés, démonstrations, suites de dépôts. */
const LONGS = /integration\/(depot\/arret|demo\/demo|cli\/verbes|import\/coupure|depot\/depot|retour\/retour|cli\/refus|paquet\/bits)\.test\.ts$/;

/** Vitest commence par les plus gros fichiers ; les longs passent devant, pour qu'aucun ne finisse seul. */
export class LongsDabord extends BaseSequencer {
  override async sort(fichiers: TestSpecification[]): Promise<TestSpecification[]> {
    const rang = (f: TestSpecification): number => (LONGS.test(f.moduleId) ? 0 : 1);
    return (await super.sort(fichiers)).toSorted((a, b) => rang(a) - rang(b));
  }
}
