import { join } from 'node:path';
import { ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import { essaiService } from '../../aides/service.ts';
import type { EssaiService } from '../../aides/service.ts';
import type { Sortie } from '../../../shared/contract.ts';

export type Ligne = Sortie<'logements.page'>['lignes'][number];
export type Filtre = Sortie<'explication.lire'>['sources'][number]['filtres'][number];
export const PARC: Filtre = { colonne: 'parc', valeurs: ['oui'] };

/** Un dossier rempli par un bailleur généré, sortis du parc compris ; toutes ses lignes, telles que la table les montre. */
export async function ouvrirParc(logements = 700, graine = 11): Promise<{ service: EssaiService; lignes: Ligne[]; dossier: string }> {
  const service = essaiService();
  const generation = generateBailleur({ graine, logements, annee: 2026 });
  const dossier = join(service.repertoire, 'parc.cus');
  const fichier = join(service.repertoire, 'parc.csv');
  ecrireFichier(generation, fichier);
  await service.faire('dossier.creer', { chemin: dossier, siren: generation.identite.siren, nom: 'Habitat fictif' });
  await service.faire('import.lire', { chemin: fichier, type: 'rpls' });
  return { service, lignes: await lireToutes(service, []), dossier };
}

export async function lireToutes(service: EssaiService, filtres: Filtre[]): Promise<Ligne[]> {
  const lignes: Ligne[] = [];
  for (;;) {
    const page = await service.faire('logements.page', { decalage: lignes.length, nombre: 1000, filtres });
    lignes.push(...page.lignes);
    if (page.lignes.length === 0 || lignes.length >= page.total) return lignes;
  }
}

const plat = (t: string): string => t.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Le filtre dit naïvement, sur la ligne que la table montre : l'étalon des essais. */
export function garde(ligne: Ligne, f: Filtre): boolean {
  const v = f.colonne === 'parc' ? (ligne['sortiepatrim'] === null ? 'oui' : 'non') : (ligne[f.colonne] ?? null);
  if (f.valeurs !== undefined && !f.valeurs.some((x) => (x === '' ? v === null : v !== null && String(v) === x))) return false;
  if (f.contient !== undefined && f.contient !== '' && (v === null || !plat(String(v)).includes(plat(f.contient)))) return false;
  const avant = (borne: string) => (typeof v === 'number' ? v < Number(borne) : String(v) < borne);
  const apres = (borne: string) => (typeof v === 'number' ? v > Number(borne) : String(v) > borne);
  if (f.de !== undefined && (v === null || avant(f.de))) return false;
  if (f.a !== undefined && (v === null || apres(f.a))) return false;
  return f.vide === undefined || f.vide === (v === null);
}
