import type { TypeTableau } from '../../shared/domain/tableaux/natures.ts';
import { invalide } from '../../shared/erreurs.ts';

export function natureNonLue(type: TypeTableau): never {
  throw invalide('type-non-lu', `Les fichiers de type « ${type} » ne sont pas encore lus.`, 'Importer une déclaration RPLS ou un tableau de logements ; le dossier n’a pas été changé.');
}
