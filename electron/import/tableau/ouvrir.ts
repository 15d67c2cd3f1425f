import { basename } from 'node:path';
import { csvLine } from '../../documents/csv.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { withFichier, natureFichier, readPlein } from '../fichier.ts';
import type { Encodage } from '../fichier.ts';
import { encodageDe } from './analyse.ts';
import { lireCsv } from './csv.ts';
import { formatTableau } from './format.ts';
import type { FormatTableau } from './format.ts';
import type { Rangee } from './rangees.ts';
import { lireClasseur, lireXlsx } from './xlsx.ts';

export type Ouverture = {
  /** Encodage et séparateur d'un texte ; devinés sans cela. */
  encodage?: Encodage | undefined;
  separateur?: string | undefined;
  /** Feuille d'un classeur ; sans cela, la première qui n'est pas vide. */
  feuille?: string | undefined;
  /** Appelé de temps en temps avec l'avancement (octets d'un texte ou d'un XLSX, lignes d'un autre classeur) ; peut lever pour arrêter. */
  suivre?: ((fait: number) => void) | undefined;
};

export type Tableau = {
  format: FormatTableau;
  /** Encodage dans lequel `brut` est écrit. */
  encodage: Encodage;
  /** Les numéros de jour du classeur comptent depuis 1904, non depuis 1900. */
  date1904: boolean;
  /** Noms des feuilles ; aucune pour un texte. */
  feuilles: string[];
  rangees: AsyncGenerator<Rangee>;
};

/**
 * Ouvre un tableau, quel que soit son format (CSV de tout séparateur et encodage, XLSX, ODS, XLS), reconnu
 * à ses octets, et rend ses rangées une à une : numéro de ligne dans le fichier (à partir de 1), cellules
 * en texte (dates ISO, nombres exacts), octets à recopier. Les rangées vides sont passées. ODS et XLS se
 * lisent d'un bloc : à appeler dans un fil à part (`electron/service/rangees.ts`).
 * Erreurs (sortie 2) : celles de `formatTableau`, classeur illisible ou démesuré, feuille absente.
 */
export async function ouvrirTableau(chemin: string, o: Ouverture = {}): Promise<Tableau> {
  const format = formatTableau(chemin);
  const suivre = o.suivre ?? (() => undefined);
  if (format === 'texte') {
    const encodage = o.encodage ?? deviner(chemin);
    return { format, encodage, date1904: false, feuilles: [], rangees: lireCsv(chemin, encodage, o.separateur ?? ';', suivre) };
  }
  if (format === 'xlsx') {
    const classeur = await lireClasseur(chemin);
    const { feuilles, date1904 } = classeur;
    exiger(feuilles, o.feuille, chemin);
    const rangees = o.feuille === undefined ? premiereRemplie(feuilles, (f) => lireXlsx(classeur, f, suivre)) : lireXlsx(classeur, o.feuille, suivre);
    return { format, encodage: 'utf-8', date1904, feuilles, rangees };
  }
  // Lourd, et inutile à un XLSX : chargé au premier ODS ou XLS.
  const { lireSansFlux } = await import('./sans-flux.ts');
  const { feuilles, date1904 } = await lireSansFlux(chemin, format);
  const noms = feuilles.map((f) => f.nom);
  exiger(noms, o.feuille, chemin);
  const lire = async function* (nom: string): AsyncGenerator<Rangee> {
    for (const r of feuilles.find((f) => f.nom === nom)?.rangees() ?? []) {
      if (r.ligne % 2000 === 0) suivre(r.ligne);
      yield { ...r, brut: () => Buffer.from(csvLine(r.cellules).trimEnd(), 'utf8') };
    }
  };
  return { format, encodage: 'utf-8', date1904, feuilles: noms, rangees: o.feuille === undefined ? premiereRemplie(noms, lire) : lire(o.feuille) };
}

async function* premiereRemplie(feuilles: readonly string[], lire: (feuille: string) => AsyncGenerator<Rangee>): AsyncGenerator<Rangee> {
  for (const feuille of feuilles) {
    let vide = true;
    for await (const rangee of lire(feuille)) {
      vide = false;
      yield rangee;
    }
    if (!vide) return;
  }
}

function exiger(feuilles: readonly string[], voulue: string | undefined, chemin: string): void {
  if (voulue === undefined || feuilles.includes(voulue)) return;
  throw invalide('feuille-absente', `Le classeur « ${basename(chemin)} » n’a pas de feuille « ${voulue} ».`, `Choisir une de ses feuilles : ${feuilles.slice(0, 10).join(', ')}.`);
}

const ECHANTILLON = 512 * 1024;

function deviner(chemin: string): Encodage {
  return withFichier(chemin, (descripteur, octets) => {
    const tampon = Buffer.alloc(Math.min(octets, ECHANTILLON));
    const debut = tampon.subarray(0, readPlein(descripteur, tampon, 0));
    const nature = natureFichier(debut);
    return nature === 'utf-16le' || nature === 'utf-16be' ? nature : encodageDe(debut, octets <= ECHANTILLON);
  });
}
