import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sortie } from '../../../shared/contract.ts';
import { essaiDossier } from '../depot/aides.ts';

export type Vente = Sortie<'ventes.page'>['lignes'][number];

/** Le dossier de démonstration, et quelques logements de son parc choisis pour le plan. */
export async function essaiVentes(nombre = 6) {
  const essai = await essaiDossier();
  const page = await essai.faire('logements.page', { decalage: 0, nombre: 300, filtres: [{ colonne: 'parc', valeurs: ['oui'] }, { colonne: 'construct', de: '1950', a: '2005' }] });
  const choisis = page.lignes.slice(0, nombre).map((l) => String(l['ident_int']));
  const plan = async (): Promise<Vente[]> => (await essai.faire('ventes.page', { decalage: 0, nombre: 1000 })).lignes;
  const fichier = (nom: string, texte: string): string => {
    const chemin = join(essai.repertoire, nom);
    writeFileSync(chemin, texte);
    return chemin;
  };
  return { ...essai, choisis, candidats: page.lignes, plan, fichier };
}
