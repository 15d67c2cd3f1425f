import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateBailleur, generateOps } from '../../../electron/demo/index.ts';
import type { Logement, TotauxOps } from '../../../electron/demo/index.ts';
import { essaiService } from '../../aides/service.ts';
import type { EssaiService } from '../../aides/service.ts';

export const REFERENCE = '2026-01-01';

export type Dossier = EssaiService & { logements: Logement[]; ops: string; totaux: TotauxOps; dossier: string };

/** Un dossier au parc connu, et l'enquête de ses locataires, écrite à côté. */
export async function dossierOccupe(graine: number, nombre: number, salete = 0.01): Promise<Dossier> {
  const s = essaiService();
  const dossier = join(s.repertoire, 'd.cus');
  const rpls = join(s.repertoire, 'rpls.csv');
  const logements: Logement[] = [];
  const g = generateBailleur({ graine, logements: nombre, annee: 2026, siren: '268300118', salete, surAccepte: (l) => void logements.push(l) });
  writeFileSync(rpls, Buffer.concat([...g.blocs]));
  const { texte, totaux } = generateOps(graine, logements, 2026, REFERENCE);
  const ops = join(s.repertoire, 'ops.csv');
  writeFileSync(ops, texte);
  await s.faire('dossier.creer', { chemin: dossier, siren: '268300118', nom: 'Office fictif' });
  await s.faire('import.lire', { chemin: rpls, type: 'rpls' });
  return { ...s, logements, ops, totaux, dossier };
}
