import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Generation } from '../../../shared/domain/qpv/generations.ts';

/** Ce que cet ordinateur garde des QPV, pour tous les dossiers. */
export const rangement = (repertoire: string): string => join(repertoire, 'qpv');
export const fichierContours = (repertoire: string, g: Generation): string => join(rangement(repertoire), `contours-${g}.json.gz`);
/** Vrai quand des contours sont gardés : à demander avant de charger de quoi les lire. */
export const hasContours = (repertoire: string): boolean => (['2015', '2024'] as const).some((g) => existsSync(fichierContours(repertoire, g)));
