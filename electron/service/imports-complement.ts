import { mkdirSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import { invalide } from '../../shared/erreurs.ts';
import type { ErreurCus } from '../../shared/erreurs.ts';
import type { Encodage } from '../import/fichier.ts';
import type { FormatRapport } from '../import/rapport-corrige.ts';
import { decodeurDe } from '../import/texte.ts';
import type { Base } from '../store/base.ts';
import { iterateLignesGardees, readDoublons } from '../store/complement.ts';
import type { LigneGardee } from '../store/complement.ts';
import type { DeclarationEnVigueur, DernierImport } from '../store/imports.ts';

export const complementSansDossier = (): ErreurCus =>
  invalide('complement-sans-dossier', 'Ce fichier ne contient que des lignes corrigées, et le dossier n’a encore aucun logement.', 'Importer d’abord la déclaration entière.');

/** Textes des lignes déjà rejetées en double d'un logement en vigueur. */
export function doublonsConnus(base: Base, declaration: DeclarationEnVigueur | null): string[] {
  return declaration === null ? [] : [...textes(readDoublons(base, declaration.id))];
}

export type RapportCorrige = { chemin: string; numeros: [lue: number, ligne: number][]; effacer(): void };

/**
 * Fait d'un rapport corrigé un complément à lire, dans `temporaire`, sous la première ligne du dernier
 * import. Il porte le nom du rapport : les messages nomment ainsi le fichier de la personne.
 */
export async function convertRapport(
  base: Base,
  chemin: string,
  format: FormatRapport,
  temporaire: string,
  { declaration, dernier }: { declaration: DeclarationEnVigueur | null; dernier: DernierImport | null },
): Promise<RapportCorrige> {
  if (declaration === null || declaration.logements === 0 || dernier === null) throw complementSansDossier();
  if (dernier.type !== 'rpls' || dernier.entete === null) {
    throw invalide(
      'rapport-de-tableau',
      `Le fichier « ${basename(chemin)} » est un rapport d’anomalies, et le dernier import est un tableau de logements.`,
      'Corriger le tableau lui-même, puis l’importer de nouveau.',
    );
  }
  const repertoire = join(temporaire, `rapport-${randomUUID()}`);
  const effacer = (): void => rmSync(repertoire, { recursive: true, force: true });
  try {
    mkdirSync(repertoire, { recursive: true });
    const destination = join(repertoire, basename(chemin));
    const origines = textes(iterateLignesGardees(base, declaration.id));
    const entete = decodeurDe((dernier.encodage ?? 'utf-8') as Encodage)(dernier.entete);
    const { writeComplement } = await import('../import/rapport-corrige.ts');
    const numeros = await writeComplement(chemin, format, destination, entete, (texte) => origines.has(texte));
    return { chemin: destination, numeros, effacer };
  } catch (e) {
    effacer();
    throw e;
  }
}

function textes(lignes: Iterable<LigneGardee>): Set<string> {
  const lus = new Set<string>();
  for (const { brut, encodage } of lignes) lus.add(decodeurDe((encodage ?? 'utf-8') as Encodage)(brut));
  return lus;
}
