import { buildMatrice, type EntreeMatrice, type Matrice } from '../../../shared/domain/engagements/matrice.ts';
import type { StockDe } from '../../../shared/domain/engagements/denominateur.ts';
import { readSaisies, type LectureSaisies } from '../../../shared/domain/engagements/lecture.ts';
import { findMillesime } from '../../../shared/millesimes/index.ts';

export const millesime = findMillesime('2019');

export const TREIZE = { code: 'dep-13', nom: 'Bouches-du-Rhône' };
export const VAR = { code: 'dep-83', nom: 'Var' };
export const AMP = { code: 'epci-200054807', nom: "Métropole d'Aix-Marseille-Provence" };

export function matriceDe(changements: Partial<EntreeMatrice> = {}): Matrice {
  return buildMatrice({
    millesime,
    dateEffet: '2026-07-01',
    organisme: 'Habitat du Littoral',
    territoires: { departements: [TREIZE, VAR], epciPs1: [AMP], demandes: [] },
    indicateursDemandes: [],
    tables: new Set(['locatif']),
    ...changements,
  });
}

export const stockDe: StockDe = (territoire) =>
  ({ 'dep-13': { parc: 1000, parcFG: 80 }, 'dep-83': { parc: 500, parcFG: 0 }, 'epci-200054807': { parc: 900, parcFG: 70 } })[territoire] ?? {
    parc: 0,
    parcFG: 0,
  };

export function lectureDe(saisies: Record<string, string>): LectureSaisies {
  return readSaisies(new Map(Object.entries(saisies)));
}
