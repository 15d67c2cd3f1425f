import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateAttributions, generateBailleur } from '../../../electron/demo/index.ts';
import type { Logement, TotauxAttributions } from '../../../electron/demo/index.ts';
import { essaiService } from '../../aides/service.ts';
import type { EssaiService } from '../../aides/service.ts';

export const ANNEES = [2023, 2024, 2025] as const;
export type Dossier = EssaiService & { dossier: string; logements: Logement[]; fichier: string; texte: string; totaux: TotauxAttributions };

/** Un dossier au parc connu, et ses attributions de trois années, écrites à côté. */
export async function dossierAttributions(graine: number, nombre: number): Promise<Dossier> {
  const s = essaiService();
  const dossier = join(s.repertoire, 'd.cus');
  const rpls = join(s.repertoire, 'rpls.csv');
  const logements: Logement[] = [];
  const g = generateBailleur({ graine, logements: nombre, annee: 2026, siren: '268300118', salete: 0, surAccepte: (l) => void logements.push(l) });
  writeFileSync(rpls, Buffer.concat([...g.blocs]));
  const { texte, totaux } = generateAttributions(graine, logements, ANNEES);
  const fichier = join(s.repertoire, 'attributions.csv');
  writeFileSync(fichier, texte);
  await s.faire('dossier.creer', { chemin: dossier, siren: '268300118', nom: 'Office fictif', effet: '2026-01-01' });
  await s.faire('import.lire', { chemin: rpls, type: 'rpls' });
  return { ...s, dossier, logements, fichier, texte, totaux };
}

/** Écrit un tableau dans le répertoire du dossier ; rend son chemin. */
export function ecrireTableau(d: Pick<EssaiService, 'repertoire'>, nom: string, lignes: readonly (readonly string[])[]): string {
  const chemin = join(d.repertoire, nom);
  writeFileSync(chemin, `${lignes.map((l) => l.join(';')).join('\r\n')}\r\n`);
  return chemin;
}
