import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { invalide } from '../../shared/erreurs.ts';
import type { ErreurCus } from '../../shared/erreurs.ts';

/**
 * Qui tient le dossier. Le verrou lui-même est celui de SQLite (il meurt avec le processus) ; ce
 * fichier voisin sert à nommer son porteur, et à s'abstenir quand il vient d'un autre ordinateur,
 * où les verrous d'un dossier partagé ne disent rien de sûr.
 */
const Porteur = z.object({ utilisateur: z.string(), ordinateur: z.string(), pid: z.number(), depuis: z.string() });
export type Porteur = z.output<typeof Porteur>;

export const cheminVerrou = (dossier: string): string => `${dossier}.verrou`;

export function readPorteur(dossier: string): Porteur | null {
  const chemin = cheminVerrou(dossier);
  if (!existsSync(chemin)) return null;
  try {
    return Porteur.parse(JSON.parse(readFileSync(chemin, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Écrit le nom de qui tient le dossier. Rend `false` s'il n'a pas pu l'être (disque plein) : le verrou
 * est celui de SQLite, il tient sans lui, et un fichier vide ne nommerait personne.
 */
export function writePorteur(dossier: string, porteur: Porteur): boolean {
  try {
    writeFileSync(cheminVerrou(dossier), JSON.stringify(porteur));
    return true;
  } catch {
    removePorteur(dossier);
    return false;
  }
}

export function removePorteur(dossier: string): void {
  rmSync(cheminVerrou(dossier), { force: true });
}

export function dossierTenu(dossier: string, porteur: Porteur | null): ErreurCus {
  const qui = porteur
    ? `par ${porteur.utilisateur} sur ${porteur.ordinateur} depuis le ${dateLisible(porteur.depuis)}`
    : 'par un autre programme';
  return invalide(
    'dossier-tenu',
    `Le dossier « ${dossier} » est déjà ouvert ${qui}.`,
    porteur
      ? 'Le fermer là-bas, ou travailler sur une copie du fichier.'
      : 'Fermer ce programme, ou travailler sur une copie du fichier.',
    porteur ?? undefined,
  );
}

function dateLisible(iso: string): string {
  const [jour = '', heure = ''] = iso.split('T');
  return `${jour.split('-').reverse().join('/')} à ${heure.slice(0, 5)} (UTC)`;
}
