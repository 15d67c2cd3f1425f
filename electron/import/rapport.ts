import { closeSync, constants, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { messageAnomalie } from '../../shared/domain/rpls/anomalies.ts';
import { COMMENTAIRE_COMPLEMENT } from '../../shared/domain/rpls/entete.ts';
import { neutralise } from '../documents/csv.ts';
// Non par l'index du paquet : il chargerait la signature pour écrire un CSV.
import { explainEcriture } from '../paquet/atomique.ts';
import type { Encodage } from './fichier.ts';
import { decodeurDe } from './texte.ts';

type LigneAnomalie = { ligne: number; champ: string; valeur: string; code: string; rejet: number; brut: Buffer | null };
export type RapportEcrit = { lignes: number; rejets: string | null };
export type Origine = { type: 'rpls' | 'logements'; encodage: Encodage; entete: Buffer | null };

/**
 * Écrit à côté, jusqu'au disque, puis renomme : jamais de rapport à moitié écrit à sa place ; le
 * fichier de même nom est gardé (`A.precedent-1.csv`). D'une traite : la base ne peut pas servir à
 * autre chose pendant qu'on en parcourt les anomalies.
 */
function writeAtomic(chemin: string, remplir: (ecrire: (morceau: string | Uint8Array) => void) => void): void {
  const provisoire = join(dirname(chemin), `.${parse(chemin).base}.${process.pid}.provisoire`);
  let cree = false;
  try {
    const descripteur = openSync(provisoire, 'w');
    cree = true;
    try {
      writeMorceaux(descripteur, remplir);
      fsyncSync(descripteur);
    } finally {
      closeSync(descripteur);
    }
    keepPrecedent(chemin);
    renameSync(provisoire, chemin);
  } catch (e) {
    if (cree) rmSync(provisoire, { force: true });
    throw explainEcriture(e, chemin, undefined);
  }
}

function writeMorceaux(descripteur: number, remplir: (ecrire: (morceau: string | Uint8Array) => void) => void): void {
  let tampon: Buffer[] = [];
  let taille = 0;
  const vider = (): void => {
    for (let reste = Buffer.concat(tampon); reste.length > 0; ) reste = reste.subarray(writeSync(descripteur, reste));
    tampon = [];
    taille = 0;
  };
  remplir((morceau) => {
    const octets = typeof morceau === 'string' ? Buffer.from(morceau, 'utf8') : Buffer.from(morceau);
    tampon.push(octets);
    if ((taille += octets.length) > 1 << 20) vider();
  });
  vider();
}

function keepPrecedent(chemin: string): void {
  if (!existsSync(chemin)) return;
  const p = parse(chemin);
  for (let n = 1; ; n++) {
    try {
      return copyFileSync(chemin, join(p.dir, `${p.name}.precedent-${n}${p.ext}`), constants.COPYFILE_EXCL);
    } catch (e) {
      if (!(e instanceof Error && 'code' in e && e.code === 'EEXIST')) throw e;
    }
  }
}

const citer = (texte: string): string => (/[;"\r\n]/.test(texte) ? `"${texte.replaceAll('"', '""')}"` : texte);

/** Première ligne du rapport ; c'est à elle qu'un rapport corrigé se reconnaît à l'import. */
export const COLONNES_RAPPORT = ['ligne', 'champ', 'valeur', 'code', 'message', 'ligne_originale'] as const;

/**
 * « A.csv » → « A.rejets.csv », ou « A.rejets-2.csv » si ce nom est pris : le fichier que
 * l'utilisateur est peut-être en train de corriger n'est jamais écrasé.
 */
export function cheminRejets(rapport: string): string {
  const p = parse(rapport);
  for (let n = 1; ; n++) {
    const chemin = join(p.dir, `${p.name}.rejets${n === 1 ? '' : `-${n}`}.csv`);
    if (!existsSync(chemin)) return chemin;
  }
}

/**
 * Écrit le rapport (`;`, UTF-8 avec marque) : une ligne par anomalie, avec la ligne d'origine. Quand
 * l'origine s'y prête et qu'il y a des rejets, écrit à côté les lignes rejetées, octets exacts, sous
 * leur première ligne : un fichier à corriger et à importer. Rend le nombre d'anomalies et le chemin
 * de ce second fichier. Erreurs : celles de `explainEcriture`, qui nomment le rapport demandé.
 */
export function writeRapport(chemin: string, origine: Origine, anomalies: () => Iterable<LigneAnomalie>): RapportEcrit {
  let nombre = 0;
  let rejets = 0;
  const decoder = decodeurDe(origine.encodage);
  writeAtomic(chemin, (ecrire) => {
    ecrire(`\ufeff${COLONNES_RAPPORT.join(';')}\r\n`);
    let ligne = -1;
    let originale = '';
    for (const a of anomalies()) {
      if (a.ligne !== ligne || a.brut !== null) originale = a.brut === null ? '' : decoder(a.brut);
      ligne = a.ligne;
      nombre++;
      rejets += a.rejet;
      ecrire([String(a.ligne), a.champ, neutralise(a.valeur), a.code, messageAnomalie(a.code, a.champ, a.valeur), originale].map(citer).join(';') + '\r\n');
    }
  });
  const { entete } = origine;
  if (entete === null || rejets === 0) return { lignes: nombre, rejets: null };
  const voisin = cheminRejets(chemin);
  writeRejets(voisin, origine.type, entete, rejets, anomalies);
  return { lignes: nombre, rejets: voisin };
}

function writeRejets(chemin: string, type: Origine['type'], entete: Buffer, rejets: number, anomalies: () => Iterable<LigneAnomalie>): void {
  const fin = Buffer.from('\r\n');
  writeAtomic(chemin, (ecrire) => {
    ecrire(type === 'rpls' ? enteteComplement(entete, rejets) : entete);
    ecrire(fin);
    for (const a of anomalies()) {
      if (a.rejet === 0 || a.brut === null) continue;
      ecrire(a.brut);
      ecrire(fin);
    }
  });
}

/**
 * La première ligne d'origine, avec le nombre de ses lignes (champ 11) et un commentaire (champ 12)
 * qui dit que le fichier complète : sans lui, tous les autres logements paraîtraient disparus.
 */
export function enteteComplement(entete: Buffer, lignes: number): Buffer {
  // En Latin-1, chaque octet est un caractère : les octets d'origine ressortent tels quels.
  const texte = entete.toString('latin1');
  const champs = entete.includes(34) ? champsCites(texte) : texte.split(';');
  champs[10] = String(lignes);
  champs[11] = COMMENTAIRE_COMPLEMENT;
  return Buffer.from(champs.map(citer).join(';'), 'latin1');
}

const champsCites = (texte: string): string[] => parseCsv(texte, { delimiter: ';', relax_quotes: true })[0] ?? [];
