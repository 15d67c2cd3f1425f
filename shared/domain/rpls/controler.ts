import type { CodeRejet, CodeRemarque } from './anomalies.ts';
import { rang } from './champs.ts';
import { maximumDeclare } from './maximum.ts';

/** Où écrire une remarque : champ en cause, valeur montrée. */
export type Signaler = (code: CodeRemarque, champ: string, valeur: string) => void;
export type Rejeter = (code: CodeRejet, champ: string, valeur: string) => void;

const SURFHAB = rang('SURFHAB');
const CONSTRUCT = rang('CONSTRUCT');
const LOCAT = rang('LOCAT');
const PATRIMOINE = rang('PATRIMOINE');
const MODE = rang('MODE');
const LOYERPRINC = rang('LOYERPRINC');
const LOYERMAXAPL = rang('LOYERMAXAPL');
const LOYERMAXCUS = rang('LOYERMAXCUS');

const nombreOuNull = (v: unknown): number | null => (typeof v === 'number' ? v : null);

/**
 * Remarques qui comparent des champs d'une ligne acceptée. Une surface de 0 devient `null` dans
 * `valeurs` ; rien d'autre n'est changé.
 */
export function controlerValeurs(valeurs: unknown[], signaler: Signaler): void {
  if (valeurs[SURFHAB] === 0) {
    valeurs[SURFHAB] = null;
    signaler('surface-nulle', 'SURFHAB', '0');
  }
  const construction = valeurs[CONSTRUCT];
  if (typeof construction === 'number') {
    const locat = valeurs[LOCAT];
    if (typeof locat === 'number' && locat < construction) signaler('annees-incoherentes', 'LOCAT', String(locat));
    const patrimoine = valeurs[PATRIMOINE];
    if (typeof patrimoine === 'number' && patrimoine < construction) signaler('annees-incoherentes', 'PATRIMOINE', String(patrimoine));
  }
  const loyer = valeurs[LOYERPRINC];
  if (typeof loyer !== 'number') return;
  const maximum = maximumDeclare(nombreOuNull(valeurs[LOYERMAXCUS]), nombreOuNull(valeurs[LOYERMAXAPL]));
  if (maximum !== null && loyer > maximum) signaler('loyer-superieur-au-maximum', 'LOYERPRINC', ecrireCentiemes(loyer));
  const mode = valeurs[MODE];
  if (mode === 2 || mode === 3) signaler('loyer-sans-locataire', 'LOYERPRINC', ecrireCentiemes(loyer));
}

/** Centièmes → « 412 » ou « 412,5 », comme dans un fichier. */
export function ecrireCentiemes(centiemes: number): string {
  const entier = Math.trunc(centiemes / 100);
  const reste = String(centiemes % 100).padStart(2, '0').replace(/0+$/, '');
  return reste === '' ? String(entier) : `${entier},${reste}`;
}
