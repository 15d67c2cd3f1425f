/**
 * La matrice d'un bailleur de 30 départements et 200 EPCI : environ 10 000 cases. Enregistrer une case, rapporté à un
 * enregistrement nu du même instant ; l'ouvrir, à 191 000 logements contre 19 000 dans les mêmes territoires.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ecrireFichier, generateBailleur } from '../../electron/demo/index.ts';

export const CIBLES_MATRICE = { saisie: 5, ouverture: 1.3, cases: 10_000 };
export type MesureMatrice = { logements: number; cases: number; departements: number; epci: number; ouvertureMs: number; octets: number; saisieMs: number; commitMs: number };

const ENFANT = fileURLToPath(new URL('./matrice.ts', import.meta.url));
const DEPARTEMENTS = '01,02,06,13,14,21,25,26,29,30,31,33,34,35,37,38,42,44,45,49,51,54,57,59,62,63,67,69,76,83'.split(',');
const TAILLES = [19_000, 191_000] as const;

/** Les deux tailles, alternées : une machine occupée ralentit l'une comme l'autre. */
export function mesurerMatrice(essais: number, repertoire: string): MesureMatrice[] {
  const fichiers = TAILLES.map((logements) => {
    const fichier = join(repertoire, `matrice-${logements}.csv`);
    const g = generateBailleur({ graine: 11, logements, annee: 2026, departements: DEPARTEMENTS, nombreCommunes: 700, salete: 0 });
    ecrireFichier(g, fichier);
    return { logements, fichier, siren: g.identite.siren };
  });
  return Array.from({ length: essais }, () => fichiers).flat().map(({ logements, fichier, siren }) => {
    const sortie = execFileSync(process.execPath, [ENFANT, repertoire, fichier, siren], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    return { logements, ...(JSON.parse(sortie) as Omit<MesureMatrice, 'logements'>) };
  });
}
